"""`weimin demo`."""

from __future__ import annotations

import argparse
from pathlib import Path

from weimin.cli.errors import UsageError
from weimin.cli.exit_codes import OK
from weimin.cli.progress import Progress
from weimin.demo import NotEmpty, make_demo


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="目录", help="写到哪里：一个空的或者还没有的文件夹")


def run(args: argparse.Namespace) -> int:
    try:
        with Progress() as tick:
            summary = make_demo(args.folder, tick)
    except NotEmpty as error:
        raise UsageError(str(error)) from error
    print(summary)
    return OK
