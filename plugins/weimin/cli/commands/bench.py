"""`weimin bench`."""

from __future__ import annotations

import argparse
import sys

from weimin.app.bench.run import bench, bench_history
from weimin.cli.main import OK


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--records", type=int, default=1600, metavar="N", help="大约多少份记录（默认 1600）")
    parser.add_argument("--rules", action="store_true", help="测量每条规则的用时")
    parser.add_argument("--history", type=int, metavar="N", help="改为测量留痕核对：大约多少次提交")


def run(args: argparse.Namespace) -> int:
    made = args.history
    measured = bench(args.records, _say, rules=args.rules) if made is None else bench_history(made, _say)
    print(measured, end="")
    return OK


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
