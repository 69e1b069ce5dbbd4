"""`weimin bench`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from weimin.bench.other_tools.compare import OTHER_TOOLS
from weimin.bench.process import CommandFailed
from weimin.bench.run import bench, bench_against, bench_history, bench_national, bench_profile
from weimin.bench.run_budgets import BudgetOptions, bench_budgets
from weimin.bench.search import search_tables
from weimin.cli.errors import UsageError
from weimin.cli.exit_codes import OK
from weimin.records.divisions import InvalidDivisions

LEAST = 300
"""Records of the smallest register in which every measured task finds the records that it needs."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--records", type=size, default=1600, metavar="N", help="大约多少份记录（默认 1600）")
    parser.add_argument("--rules", action="store_true", help="测量每条规则的用时")
    parser.add_argument("--history", type=int, metavar="N", help="改为测量留痕核对：大约多少次提交")
    parser.add_argument("--profile", action="store_true", help="时间花在哪里：按模块、函数、用例列出")
    parser.add_argument("--budgets", action="store_true", help="设计里的每一条预算：限度、实测、达到没有")
    parser.add_argument(
        "--sizes",
        type=sizes,
        default=(10_000, 240_000),
        metavar="小,大",
        help="与 --budgets 合用：两种规模（默认 10000,240000）",
    )
    parser.add_argument(
        "--commits", type=int, default=50_000, metavar="N", help="与 --budgets 合用：多少次提交（默认 50000，0 不测）"
    )
    parser.add_argument("--search", type=int, metavar="N", help="改为测量查找索引：多少个卷宗")
    parser.add_argument(
        "--national", metavar="名录或个数", help="改为测量只有平台的网络：区划名录（CSV），或编造这么多个"
    )
    parser.add_argument(
        "--against", type=tools, metavar="工具", help=f"与别的工具比，逗号分开：{'、'.join(OTHER_TOOLS)}；先后各跑一遍"
    )
    parser.add_argument("--tools", type=Path, metavar="目录", help="别的工具装在哪里（默认在 PATH 里找）")
    parser.add_argument("--limit", type=float, default=30, metavar="分钟", help="一次测量最多多久，到时停止（默认 30）")
    parser.add_argument("--at", type=Path, metavar="目录", help="测量用的仓库存在这里，下次不再生成（默认用完删除）")


def tools(text: str) -> tuple[str, ...]:
    named = tuple(part.strip() for part in text.split(",") if part.strip())
    if not named or not set(named) <= set(OTHER_TOOLS):
        raise argparse.ArgumentTypeError(f"“{text}”要从这些里选，逗号分开：{','.join(OTHER_TOOLS)}")
    return named


def size(text: str) -> int:
    if not text.strip().isdecimal() or int(text) < LEAST:
        raise argparse.ArgumentTypeError(f"“{text}”要写成 {LEAST} 以上的整数，再少就没有可改的记录了")
    return int(text)


def sizes(text: str) -> tuple[int, int]:
    parts = text.split(",")
    if len(parts) != 2:
        raise argparse.ArgumentTypeError(f"“{text}”要写成 10000,240000 这样")
    return size(parts[0]), size(parts[1])


def run(args: argparse.Namespace) -> int:
    try:
        measured = _measured(args)
    except InvalidDivisions as fault:
        raise UsageError(f"名录“{args.national}”不能用：\n{fault}") from fault
    except CommandFailed as failed:
        raise UsageError(f"被测量的命令没有跑完，它最后说：\n{failed}") from failed
    _show(measured)
    return OK


def _measured(args: argparse.Namespace) -> str:
    limit = args.limit * 60
    if args.budgets:
        request = BudgetOptions(
            sizes=args.sizes,
            commits=args.commits,
            limit=limit,
            national=args.national or "",
            at=args.at,
            tools_at=args.tools,
        )
        bench_budgets(request, _say, _show)
        return ""
    if args.search is not None:
        return search_tables(args.search, _say)
    if args.national:
        return bench_national(args.national, _say, limit=limit)
    if args.history is not None:
        return bench_history(args.history, _say)
    if args.against:
        return bench_against(args.records, args.against, _say, limit=limit, tools_at=args.tools, at=args.at)
    if args.profile:
        return bench_profile(args.records, _say, at=args.at)
    return bench(args.records, _say, rules=args.rules, at=args.at)


def _show(tables: str) -> None:
    print(tables, end="", flush=True)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
