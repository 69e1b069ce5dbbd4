"""`weimin verify`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from weimin.adapters.published import Unreachable, published
from weimin.adapters.workers import available_cores
from weimin.app.verify.verify import VerifyRequest, VerifyResult, verify
from weimin.cli.errors import UsageError
from weimin.cli.exit_codes import ERRORS, OK
from weimin.cli.progress import Progress
from weimin.engine.opening import NothingToCheck

MAX_LINES = 200  # printed lines of each kind of fault


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("site", metavar="目录或网址", help="已发布的网站：一个文件夹，或者 http(s) 网址")
    parser.add_argument("--commit", default="", metavar="提交", help="与这个提交对照（默认网站自己写明的提交）")
    parser.add_argument("--claims", action="store_true", help="再核对网页上每个标有出处的内容")
    parser.add_argument("--root", type=Path, metavar="目录", help="仓库的位置（默认从当前目录往上找）")
    parser.add_argument("--jobs", type=int, default=available_cores(), metavar="N", help="同时用几个进程")


def run(args: argparse.Namespace) -> int:
    site = published(args.site)
    if site is None:
        raise UsageError(f"“{args.site}”不是文件夹，也不是 http:// 或 https:// 开头的网址。")
    request = VerifyRequest(start=Path.cwd(), root=args.root, commit=args.commit, claims=args.claims, jobs=args.jobs)
    try:
        with Progress() as tick:
            result = verify(site, request, tick)
    except Unreachable as error:
        raise NothingToCheck(f"{error}没有核对完，不能作结论。改法：核对网址和网络，再试一次。") from error
    for note in result.notes:
        print(note, file=sys.stderr)
    print(summary_text(result), end="")
    return OK if result.identical else ERRORS


def summary_text(result: VerifyResult) -> str:
    """The differences and faults, one per line, and the result as the last line."""
    lines = _at_most([d.message for d in result.differences], "处不一致")
    lines += _at_most([c.message for c in result.claim_faults], "处出处不符")
    lines.append(_last_line(result))
    return "\n".join(lines) + "\n"


def _at_most(lines: list[str], rest: str) -> list[str]:
    return lines if len(lines) <= MAX_LINES else [*lines[:MAX_LINES], f"……另有 {len(lines) - MAX_LINES} {rest}没有列出"]


def _last_line(v: VerifyResult) -> str:
    if not v.commit:
        return "网站没有通过核对。"
    of = f"{v.files} 个文件，提交 {v.commit}，截至 {v.as_of.isoformat()}"
    files = f"不一致：{len(v.differences)} 处（{of}）。" if v.differences else f"一致：{of}，逐字节相同。"
    if v.claims is None:
        return files
    c = v.claims
    shown = f"标有出处的内容 {c.elements} 处，出自 {c.records} 份记录的 {c.values} 项，最早见于 {c.commits} 个提交"
    shown += f"；重新数过的数 {c.recounted} 处" if c.recounted else ""
    return f"{files}\n{shown}" + (f"；{len(c.faults)} 处不符。" if c.faults else "，全部相符。")
