"""`weimin import`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from weimin.app.entry.import_tables import ImportResult, annotate, import_files, new_template
from weimin.app.entry.refused import EntryRefused
from weimin.cli.errors import UsageError
from weimin.cli.exit_codes import ERRORS, OK
from weimin.engine.opening import open_register


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", metavar="文件", help=".xlsx、.csv、.jsonl，或者放着这些文件的文件夹")
    parser.add_argument("--root", type=Path, metavar="目录", help="仓库的位置（默认从当前目录往上找）")
    parser.add_argument(
        "--template", default="", metavar="种类", help="在当前目录写一个空白工作簿，例如 --template 协商活动"
    )
    parser.add_argument("--dry-run", action="store_true", help="只说会改什么，什么都不写")


def run(args: argparse.Namespace) -> int:
    if args.template:
        return _template(args)
    if not args.files:
        raise UsageError(
            "没有说导入哪个文件。例如 weimin import 协商活动.xlsx；空白工作簿用 weimin import --template 协商活动。"
        )
    register = open_register(args.root, Path.cwd())
    try:
        result = import_files(register, args.files, dry=args.dry_run)
    except FileNotFoundError as error:
        raise UsageError(f"找不到文件“{error.filename}”。改法：核对文件名和所在的文件夹。") from error
    for note in result.skipped:
        print(note, file=sys.stderr)
    if result.faults:
        return _print_faults(result, dry=args.dry_run)
    _print_summary(result, dry=args.dry_run)
    return OK


def _template(args: argparse.Namespace) -> int:
    if args.files or args.dry_run:
        raise UsageError("--template 只写一个空白工作簿，不和文件、--dry-run 一起用。")
    try:
        print(new_template(args.template, Path.cwd()).name)
    except EntryRefused as refused:
        raise UsageError(str(refused)) from refused
    return OK


def _print_faults(result: ImportResult, *, dry: bool) -> int:
    for fault in result.faults:
        print(f"{fault.place} {fault.message}\n  改法：{fault.hint}")
    annotated, not_annotated = ([], []) if dry else annotate(result.faults)
    for path in annotated:
        print(f"错误已经批注在“{path}”的单元格上：改好保存，再导入一次。", file=sys.stderr)
    for path in not_annotated:
        print(f"“{path}”里没有写批注：正开着，或者有图片、图表，写了会丢。照上面的位置改。", file=sys.stderr)
    print(f"有 {len(result.faults)} 处错误，什么都没有导入。", file=sys.stderr)
    return ERRORS


def _print_summary(result: ImportResult, *, dry: bool) -> None:
    """Print the paths on standard output, the summary on standard error."""
    for file in result.files:
        print(file.path)
    changed = sum(file.replaces for file in result.files)
    added = len(result.files) - changed
    prefix = "试运行，没有写入；" if dry else ""
    what = f"改动 {changed} 份，新建 {added} 份" if result.files else "与现有的记录一样，没有改动"
    print(f"{prefix}读了 {result.rows} 行：{what}。", file=sys.stderr)
    if any(file.replaces and file.event for file in result.files):
        print(
            "其中有卷宗里的记录：公布过的值要用更正来改（weimin new correction），补上原来缺的可以直接改。",
            file=sys.stderr,
        )
    if result.files:
        print("接下来核对：weimin check", file=sys.stderr)
