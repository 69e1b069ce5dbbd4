"""`weimin bench`."""

from __future__ import annotations

import argparse
import sys

from weimin.app.bench.run import bench
from weimin.cli.main import OK


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--records", type=int, default=1600, metavar="N", help="大约多少份记录（默认 1600）")
    parser.add_argument("--rules", action="store_true", help="测量每条规则的用时")


def run(args: argparse.Namespace) -> int:
    print(bench(args.records, lambda text: print(text, file=sys.stderr, flush=True), rules=args.rules), end="")
    return OK
