"""`weimin check`."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from pathlib import Path

import msgspec

from weimin.adapters.workers import available_cores
from weimin.app.check.change import UnknownRevision, check_change, open_change
from weimin.app.check.change_trail import trail_check_of
from weimin.app.check.check import check
from weimin.app.check.impact import impact
from weimin.app.check.reporting import surroundings
from weimin.app.check.staged import check_staged
from weimin.cli.errors import UsageError, warn_without_store
from weimin.cli.exit_codes import ERRORS, OK
from weimin.cli.progress import Progress
from weimin.engine.computed_register import ComputedRegister
from weimin.engine.opening import find_records, open_register
from weimin.engine.options import Options
from weimin.model.check_result import CheckResult
from weimin.model.network import Network
from weimin.report.context import ReportContext
from weimin.report.formats import FORMATS


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="路径", help="只列出这些文件或文件夹的问题（核对仍看全部）")
    parser.add_argument("--root", type=Path, metavar="目录", help="仓库的位置（默认从当前目录往上找）")
    parser.add_argument("--base", metavar="版本", help="只看从这个版本分出来以后改动的部分，例如 origin/main")
    parser.add_argument("--head", default="", metavar="版本", help="与 --base 合用：核对这个提交，不看也不签出文件")
    parser.add_argument("--staged", action="store_true", help="只看已经 git add、准备提交的内容（提交前的钩子用）")
    parser.add_argument("--as-of", type=day, metavar="日期", help="按哪一天判断是否逾期（默认今天）")
    parser.add_argument("--select", default="", metavar="规则", help="只看这些规则，逗号分开，可写开头：W6,P")
    parser.add_argument("--ignore", default="", metavar="规则", help="不看这些规则")
    parser.add_argument("--format", choices=tuple(FORMATS), default="text", help="输出格式")
    parser.add_argument("--output", type=Path, metavar="文件", help="写到文件而不是屏幕")
    parser.add_argument(
        "--also", type=also, action="append", default=[], metavar="格式=文件", help="同一次核对再写一份别的格式"
    )
    parser.add_argument("--jobs", type=int, default=available_cores(), metavar="N", help="同时用几个进程")


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"日期“{text}”要写成 2026-11-22 这样") from error


def also(text: str) -> tuple[str, Path]:
    form, _, file = text.partition("=")
    if form not in FORMATS or not file:
        raise argparse.ArgumentTypeError(f"“{text}”要写成 digest=文件名 这样，格式可选：{'、'.join(FORMATS)}")
    return form, Path(file)


def codes(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def run(args: argparse.Namespace) -> int:
    options = Options(as_of=args.as_of, select=codes(args.select), ignore=codes(args.ignore), jobs=args.jobs)
    if args.staged and args.base is not None:
        raise UsageError("--staged 和 --base 不能一起用：一个看准备提交的内容，一个看已有的改动。")
    if args.head and args.base is None:
        raise UsageError("--head 要和 --base 一起用。改法：weimin check --base origin/main --head 版本")
    if args.staged:
        checked, context = _staged(args, options)
    elif args.base is not None:
        checked, context = _change(args, options)
    else:
        checked, context = _all(args, options)
    colour = args.output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    text = FORMATS[args.format](checked, msgspec.structs.replace(context, colour=colour))
    if args.output is None:
        sys.stdout.write(text)
    else:
        _write(args.output, text)
    for form, file in args.also:
        _write(file, FORMATS[form](checked, context))
    for note in checked.notes:
        print(note, file=sys.stderr)
    return ERRORS if checked.errors else OK


def _all(args: argparse.Namespace, options: Options) -> tuple[CheckResult, ReportContext]:
    register = open_register(args.root, Path.cwd(), stored=True)
    warn_without_store(register)
    with Progress() as tick:
        checked, computed = check(register, options, tick)
    return _only(checked, args.paths, register.tree.root), surroundings(register, computed.judge.network)


def _change(args: argparse.Namespace, options: Options) -> tuple[CheckResult, ReportContext]:
    root = find_records(args.root, Path.cwd())
    try:
        opened = open_change(root, args.base, args.head, use_store=True)
    except UnknownRevision as error:
        raise UsageError(
            f"仓库里没有“{error}”这个版本。改法：先取回再试：git fetch origin，然后写 --base origin/main"
        ) from error
    with Progress() as tick:
        change_check = check_change(opened, options, trail_check=trail_check_of(root, args.base, options), tick=tick)
    network = change_check.computed.judge.network if change_check.computed else Network(())
    records = tuple(f.path for f in change_check.change.files if f.after)
    context = surroundings(change_check.register, network, records=records, impact=impact(change_check))
    return _only(change_check.checked, args.paths, root), context


def _staged(args: argparse.Namespace, options: Options) -> tuple[CheckResult, ReportContext]:
    root = find_records(args.root, Path.cwd())
    checked, register, judge = check_staged(root, options)
    return _only(checked, args.paths, root), surroundings(register, judge.network, records=())


def _write(file: Path, text: str) -> None:
    # a file name may have bytes that are no UTF-8; in JSON this escape reads back as the same name
    file.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")


def formatted(checked: CheckResult, computed: ComputedRegister, form: str, *, colour: bool) -> str:
    """A complete check in one of the formats."""
    colour = colour and "NO_COLOR" not in os.environ
    return FORMATS[form](checked, surroundings(computed.register, computed.judge.network, colour=colour))


def _only(checked: CheckResult, paths: list[str], root: Path) -> CheckResult:
    """The findings below some paths. Raises Usage where a path is not in the repository."""
    if not paths:
        return checked
    selected: list[str] = []
    for text in paths:
        path = Path(text).resolve()
        if not path.exists() or not path.is_relative_to(root):
            raise UsageError(f"路径“{text}”不在仓库里。")
        selected.append(path.relative_to(root).as_posix())
    inside = tuple(
        f for f in checked.findings if any(w == "." or f.path == w or f.path.startswith(w + "/") for w in selected)
    )
    return msgspec.structs.replace(checked, findings=inside)
