"""`weimin verify`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from weimin.adapters.published import Unreachable, published
from weimin.adapters.workers import available_cores
from weimin.app.verify.verify import Asked, Verified, verify
from weimin.cli.errors import Usage
from weimin.cli.exit_codes import ERRORS, OK
from weimin.cli.progress import Progress
from weimin.engine.opening import NothingToCheck

MOST = 200  # lines of each kind that are printed


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("site", metavar="目录或网址", help="已发布的网站：一个文件夹，或者 http(s) 网址")
    parser.add_argument("--commit", default="", metavar="提交", help="与这个提交对照（默认网站自己写明的提交）")
    parser.add_argument("--claims", action="store_true", help="再核对网页上每个标有出处的内容")
    parser.add_argument("--root", type=Path, metavar="目录", help="仓库的位置（默认从当前目录往上找）")
    parser.add_argument("--jobs", type=int, default=available_cores(), metavar="N", help="同时用几个进程")


def run(args: argparse.Namespace) -> int:
    site = published(args.site)
    if site is None:
        raise Usage(f"“{args.site}”不是文件夹，也不是 http:// 或 https:// 开头的网址。")
    asked = Asked(start=Path.cwd(), root=args.root, commit=args.commit, claims=args.claims, jobs=args.jobs)
    try:
        with Progress() as tick:
            verified = verify(site, asked, tick)
    except Unreachable as error:
        raise NothingToCheck(f"{error}没有核对完，不能作结论。改法：核对网址和网络，再试一次。") from error
    for note in verified.notes:
        print(note, file=sys.stderr)
    print(words(verified), end="")
    return OK if verified.same else ERRORS


def words(verified: Verified) -> str:
    """What was found, a line each; the sum of it last."""
    lines = _first([d.message for d in verified.differs], "处不一致")
    lines += _first([c.message for c in verified.bad_claims], "处出处不符")
    lines.append(_sum(verified))
    return "\n".join(lines) + "\n"


def _first(lines: list[str], rest: str) -> list[str]:
    return lines if len(lines) <= MOST else [*lines[:MOST], f"……另有 {len(lines) - MOST} {rest}没有列出"]


def _sum(v: Verified) -> str:
    if not v.commit:
        return "网站没有通过核对。"
    of = f"{v.files} 个文件，提交 {v.commit}，截至 {v.as_of.isoformat()}"
    files = f"不一致：{len(v.differs)} 处（{of}）。" if v.differs else f"一致：{of}，逐字节相同。"
    if v.claims is None:
        return files
    c = v.claims
    shown = f"标有出处的内容 {c.elements} 处，出自 {c.records} 份记录的 {c.values} 项，最早见于 {c.commits} 个提交"
    shown += f"；重新数过的数 {c.counted} 处" if c.counted else ""
    return f"{files}\n{shown}" + (f"；{len(c.bad)} 处不符。" if c.bad else "，全部相符。")
