"""`weimin bench`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from weimin.app.bench.rivals.compare import RIVALS
from weimin.app.bench.run import bench, bench_against, bench_history
from weimin.cli.main import OK


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--records", type=int, default=1600, metavar="N", help="大约多少份记录（默认 1600）")
    parser.add_argument("--rules", action="store_true", help="测量每条规则的用时")
    parser.add_argument("--history", type=int, metavar="N", help="改为测量留痕核对：大约多少次提交")
    parser.add_argument(
        "--against", type=tools, metavar="工具", help=f"与别的工具比，逗号分开：{'、'.join(RIVALS)}；先后各跑一遍"
    )
    parser.add_argument("--tools", type=Path, metavar="目录", help="别的工具装在哪里（默认在 PATH 里找）")
    parser.add_argument("--limit", type=float, default=30, metavar="分钟", help="一次测量最多多久，到时停止（默认 30）")
    parser.add_argument("--at", type=Path, metavar="目录", help="测量用的仓库存在这里，下次不再生成（默认用完删除）")


def tools(text: str) -> tuple[str, ...]:
    named = tuple(part.strip() for part in text.split(",") if part.strip())
    if not named or not set(named) <= set(RIVALS):
        raise argparse.ArgumentTypeError(f"“{text}”要从这些里选，逗号分开：{','.join(RIVALS)}")
    return named


def run(args: argparse.Namespace) -> int:
    if args.history is not None:
        measured = bench_history(args.history, _say)
    elif args.against:
        limit = args.limit * 60
        measured = bench_against(args.records, args.against, _say, limit=limit, tools_at=args.tools, at=args.at)
    else:
        measured = bench(args.records, _say, rules=args.rules, at=args.at)
    print(measured, end="")
    return OK


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
