"""`weimin export`."""

from __future__ import annotations

import argparse
from pathlib import Path

from weimin.adapters.workers import available_cores
from weimin.app.build.export import FORMATS, NotEmptyFolder, export
from weimin.app.build.refused import Refused
from weimin.cli.commands.build import print_refusal
from weimin.cli.commands.check import day
from weimin.cli.errors import UsageError
from weimin.cli.exit_codes import ERRORS, OK
from weimin.cli.progress import Progress
from weimin.engine.opening import open_register
from weimin.engine.options import Options


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--root", type=Path, metavar="目录", help="仓库的位置（默认从当前目录往上找）")
    parser.add_argument(
        "--output", type=Path, required=True, metavar="目录", help="写到哪里：一个空的或者还没有的文件夹"
    )
    parser.add_argument(
        "--format", choices=FORMATS, default="csv", help="csv、json 和 parquet 按种类和年份分文件，sqlite 只有一个文件"
    )
    parser.add_argument("--as-of", type=day, metavar="日期", help="按哪一天判断是否逾期（默认今天）")
    parser.add_argument("--jobs", type=int, default=available_cores(), metavar="N", help="同时用几个进程")


def run(args: argparse.Namespace) -> int:
    register = open_register(args.root, Path.cwd())
    try:
        with Progress() as tick:
            done = export(register, Options(as_of=args.as_of, jobs=args.jobs), args.output, args.format, tick)
    except NotEmptyFolder as error:
        raise UsageError(f"文件夹“{error}”里已经有东西，没有写入。改法：换一个空的文件夹。") from error
    except Refused as refused:
        print_refusal(refused, "有错误，数据没有导出。")
        return ERRORS
    print(done.message)
    return OK
