"""`weimin new`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from weimin.adapters.files import find_root
from weimin.app.entry.network import new_network
from weimin.app.entry.new import NewRecord, NoContent, new_record, open_for_entry
from weimin.app.entry.new_correction import CorrectionRequest, new_correction
from weimin.app.entry.record_target import TargetRequest
from weimin.app.entry.refused import EntryRefused
from weimin.cli.errors import UsageError
from weimin.cli.exit_codes import OK
from weimin.engine.opening import NothingToCheck
from weimin.records.divisions import InvalidDivisions


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", metavar="种类", help="topic、consultation、outcome 等，或者 network、correction")
    parser.add_argument("--root", type=Path, metavar="目录", help="仓库的位置（默认从当前目录往上找）")
    parser.add_argument("--platform", default="", metavar="平台", help="平台的代码或名称")
    parser.add_argument(
        "--dossier", default="", metavar="卷宗", help="卷宗：代码/年份-编号；写了 --platform 的只写年份-编号"
    )
    parser.add_argument("--on", default="", metavar="日期", help="哪一天的事，知道到哪一步写到哪一步（默认今天）")
    parser.add_argument("--slug", default="", metavar="名称", help="规则、网页、动态的英文文件名")
    parser.add_argument("--draft", action="store_true", help="实事项目清单的征求意见稿")
    network = parser.add_argument_group("weimin new network")
    network.add_argument("--from", dest="table", type=Path, metavar="CSV", help="区划名录：代码、名称、上级")
    correction = parser.add_argument_group("weimin new correction")
    correction.add_argument("--of", default="", metavar="记录", help="更正哪一份：代码/年份-编号/文件名")
    correction.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="字段=新值",
        help="/字段=新值，- 表示删去这一项，/body=@文件 换正文；可写几次，按先后改",
    )
    correction.add_argument("--reason", default="", metavar="理由", help="为什么更正")
    correction.add_argument("--approved-by", default="", metavar="单位", help="谁批准的，写单位或岗位，不写姓名")


def run(args: argparse.Namespace) -> int:
    try:
        if args.kind == "network":
            return _network(args)
        _refuse_unused_options(args)
        register = open_for_entry(args.root, Path.cwd())
        record = (
            new_correction(register, _correction_request(args))
            if _is_correction(args)
            else new_record(register, _target_request(args))
        )
    except NoContent as error:
        raise NothingToCheck(str(error)) from error
    except EntryRefused as error:
        raise UsageError(str(error)) from error
    _print_result(record, register.tree.root)
    return OK


def _is_correction(args: argparse.Namespace) -> bool:
    return args.kind in ("correction", "更正")


def _target_request(args: argparse.Namespace) -> TargetRequest:
    return TargetRequest(
        kind=args.kind, platform=args.platform, dossier=args.dossier, on=args.on, slug=args.slug, draft=args.draft
    )


def _correction_request(args: argparse.Namespace) -> CorrectionRequest:
    for option, value in (
        ("--of", args.of),
        ("--set", args.set),
        ("--reason", args.reason),
        ("--approved-by", args.approved_by),
    ):
        if not value:
            raise EntryRefused(f"更正要写明哪一份、改什么、为什么、谁批准：缺少 {option}。")
    return CorrectionRequest(
        of=args.of, sets=args.set, reason=args.reason, approved_by=args.approved_by, on=args.on, dossier=args.dossier
    )


def _refuse_unused_options(args: argparse.Namespace) -> None:
    """Refuse options that have no effect, instead of ignoring them."""
    unused = {"--from": args.table}
    if _is_correction(args):
        unused |= {"--slug": args.slug, "--draft": args.draft, "--platform": args.platform}
    else:
        unused |= {"--of": args.of, "--set": args.set, "--reason": args.reason, "--approved-by": args.approved_by}
    for option, value in unused.items():
        if value:
            raise EntryRefused(f"weimin new {args.kind} 用不上 {option}。去掉它再试。")


def _network(args: argparse.Namespace) -> int:
    """Create platforms from a table; works in an empty folder, where it creates content/."""
    if args.table is None:
        raise EntryRefused(
            "没有说名录在哪里。加上 --from，例如 weimin new network --from 名录.csv，列名为 code、name、parent。"
        )
    root = args.root or find_root(Path.cwd()) or Path.cwd()
    try:
        summary = new_network(args.table, root)
    except FileNotFoundError as error:
        raise EntryRefused(f"找不到文件“{error.filename}”。核对 --from 的路径。") from error
    except InvalidDivisions as error:
        raise EntryRefused(f"名录有问题，什么都没有写入：\n{error}") from error
    print(summary)
    return OK


def _print_result(record: NewRecord, root: Path) -> None:
    """Print the path alone on standard output, so that a script can open it; the next steps on standard error."""
    print(record.path if root == Path.cwd() else os.path.relpath(root / record.path))
    print(f"新建了一份{record.title}。接下来：", file=sys.stderr)
    for n, step in enumerate(record.steps, 1):
        print(f"  {n}. {step}", file=sys.stderr)
