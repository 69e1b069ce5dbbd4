"""`weimin audit`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import msgspec

from weimin.app.audit.audit import audit
from weimin.app.audit.checkpoint import with_checkpoint
from weimin.cli.commands.check import codes, day
from weimin.cli.errors import UsageError
from weimin.cli.exit_codes import ERRORS, OK
from weimin.cli.progress import Progress
from weimin.engine.history.replay import UnknownCommit
from weimin.engine.opening import find_records
from weimin.engine.options import Options
from weimin.report import as_trail
from weimin.report.context import ReportContext
from weimin.report.formats import FORMATS


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--root", type=Path, metavar="目录", help="仓库的位置（默认从当前目录往上找）")
    parser.add_argument("--since", default="", metavar="版本", help="只核对这个版本之后的提交（默认从第一次提交起）")
    parser.add_argument(
        "--checkpoint", default="", metavar="文件或版本", help="再看历史是否从这个公布过的检查点接下来，没有被改写"
    )
    parser.add_argument("--as-of", type=day, metavar="日期", help="按哪一天判断是否在将来（默认今天）")
    parser.add_argument("--select", default="", metavar="规则", help="只看这些规则，逗号分开，可写开头：A10")
    parser.add_argument("--ignore", default="", metavar="规则", help="不看这些规则")
    parser.add_argument("--format", choices=tuple(FORMATS), default="text", help="输出格式")
    parser.add_argument("--output", type=Path, metavar="文件", help="写到文件而不是屏幕")


def run(args: argparse.Namespace) -> int:
    options = Options(as_of=args.as_of, select=codes(args.select), ignore=codes(args.ignore))
    root = find_records(args.root, Path.cwd())
    try:
        with Progress() as tick:
            audited = audit(root, options, args.since, tick)
        if args.checkpoint:
            audited = with_checkpoint(audited, root, args.checkpoint, options)
    except UnknownCommit as error:
        raise UsageError(f"仓库里没有“{error}”这个版本。改法：git log --oneline 看有哪些版本。") from error
    if args.format != "text":
        audited = msgspec.structs.replace(audited, findings=tuple(sorted(audited.findings, key=lambda f: f.order)))
    colour = args.output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    writers = {**FORMATS, "text": as_trail.write}
    text = writers[args.format](audited, _surroundings(colour))
    if args.output is None:
        sys.stdout.write(text)
    else:
        args.output.write_text(text, encoding="utf-8", newline="\n")
    for note in audited.notes:
        print(note, file=sys.stderr)
    return ERRORS if audited.errors else OK


def _surroundings(colour: bool) -> ReportContext:
    """Without source lines, because the work tree is not the commit. All rules of family A are the site's own (本站规则)."""
    return ReportContext(
        source=lambda path, line: "", names=lambda code: code, clause=lambda reference: "本站规则", colour=colour
    )
