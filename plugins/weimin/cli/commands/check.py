"""`weimin check`."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from pathlib import Path

from weimin.adapters.workers import available
from weimin.app.check import Held, Options, check, open_register
from weimin.cli.main import ERRORS, OK
from weimin.cli.outcome import Usage
from weimin.cli.progress import Progress
from weimin.model.checked import Checked
from weimin.report import as_json, as_text


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="路径", help="只列出这些文件或文件夹的问题（核对仍看全部）")
    parser.add_argument("--root", type=Path, metavar="目录", help="仓库的位置（默认从当前目录往上找）")
    parser.add_argument("--as-of", type=day, metavar="日期", help="按哪一天判断是否逾期（默认今天）")
    parser.add_argument("--select", default="", metavar="规则", help="只看这些规则，逗号分开，可写开头：W6,P")
    parser.add_argument("--ignore", default="", metavar="规则", help="不看这些规则")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式")
    parser.add_argument("--output", type=Path, metavar="文件", help="写到文件而不是屏幕")
    parser.add_argument("--jobs", type=int, default=available(), metavar="N", help="同时用几个进程")


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"日期“{text}”要写成 2026-11-22 这样") from error


def codes(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def run(args: argparse.Namespace) -> int:
    options = Options(as_of=args.as_of, select=codes(args.select), ignore=codes(args.ignore), jobs=args.jobs)
    register = open_register(args.root, Path.cwd())
    with Progress() as tick:
        checked, held = check(register, options, tick)
    checked = _only(checked, args.paths, register.tree.root)
    for note in checked.notes:
        print(note, file=sys.stderr)
    text = written(checked, held, args.format, colour=args.output is None and sys.stdout.isatty())
    if args.output is None:
        sys.stdout.write(text)
    else:
        args.output.write_text(text, encoding="utf-8", newline="\n")
    return ERRORS if checked.errors else OK


def written(checked: Checked, held: Held, form: str, *, colour: bool) -> str:
    if form == "json":
        return as_json.write(checked)
    register, network = held.register, held.judge.network

    def source(path: str, line: int) -> str:
        try:
            text = register.tree.read(path).decode("utf-8", "replace")
        except OSError:
            return ""
        return next((part for n, part in enumerate(text.split("\n"), 1) if n == line), "")

    def names(code: str) -> str:
        row = network.get(code)
        return row.name if row else code

    return as_text.write(checked, source, names, colour=colour and "NO_COLOR" not in os.environ)


def _only(checked: Checked, paths: list[str], root: Path) -> Checked:
    """The findings below some paths. Raises Usage where a path is not in the repository."""
    if not paths:
        return checked
    wanted: list[str] = []
    for text in paths:
        path = Path(text).resolve()
        if not path.exists() or not path.is_relative_to(root):
            raise Usage(f"路径“{text}”不在仓库里。")
        wanted.append(path.relative_to(root).as_posix())
    from msgspec.structs import replace

    inside = tuple(
        f for f in checked.findings if any(w == "." or f.path == w or f.path.startswith(w + "/") for w in wanted)
    )
    return replace(checked, findings=inside)
