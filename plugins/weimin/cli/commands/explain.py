"""`weimin explain`."""

from __future__ import annotations

import argparse
from pathlib import Path

from weimin.app.entry.explain import explain
from weimin.cli.errors import UsageError
from weimin.cli.exit_codes import OK


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="规则", help="规则的编号，例如 W602")
    parser.add_argument("--root", type=Path, metavar="目录", help="仓库的位置（默认从当前目录往上找）")


def run(args: argparse.Namespace) -> int:
    try:
        text = explain(args.code, args.root, Path.cwd())
    except KeyError as error:
        raise UsageError(f"没有编号为“{args.code}”的规则。{error.args[0]}") from error
    print(text)
    return OK
