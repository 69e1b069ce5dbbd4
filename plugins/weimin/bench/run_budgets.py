"""Everything that the budgets need, measured in one run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from weimin.bench import budgets
from weimin.bench.measure import Failed, Measured
from weimin.bench.national import bench_network
from weimin.bench.rivals import compare
from weimin.bench.run import HEAD, audits, made_register, words_of, workplace
from weimin.bench.table import row, table
from weimin.bench.works import WORKS, Ground, build_pictures, fresh, pictures_of, works

AGAINST = ("hugo", "eleventy")


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """`sizes`: records of the small and of the large register; `limit` in seconds for any one run; `at`: where made registers are kept."""

    sizes: tuple[int, int]
    commits: int
    limit: float
    national: str = ""
    at: Path | None = None
    tools_at: Path | None = None


def bench_budgets(asked: Asked, say: Callable[[str], None], show: Callable[[str], None]) -> None:
    """The table of budgets, then the tables that it rests on; shown before what was measured on is deleted, which takes minutes."""
    with workplace() as folder:
        small, small_words = _size(asked.sizes[0], asked, folder / "small", say)
        register, _ = made_register(asked.sizes[0], asked.at or folder, say)
        ground = fresh(register, folder / "pairs", limit=asked.limit)
        compared = compare.compare(ground, AGAINST, folder / "rivals", say, asked.tools_at)
        picture = _picture(ground, small, say)
        large, large_words = _size(asked.sizes[1], asked, folder / "large", say)
        register, _ = made_register(asked.sizes[1], asked.at or folder, say)
        beside = _beside(fresh(register, folder / "beside", limit=asked.limit), large, asked, folder / "more", say)
        audit = audits(folder, asked.commits, say) if asked.commits else None
        network = _network(asked, folder, say)
        found = budgets.Found(
            small=small, large=large, against=compared, beside=beside, picture=picture, audit=audit, network=network
        )
        parts = [
            budgets.written(found),
            f"{small_words}\n{_table(small)}",
            compare.written(compared),
            f"{large_words}\n{_table(large)}",
            compare.written(beside),
        ]
        show("\n".join(parts))
        say("正在删除测量用的仓库和网站……")


def _size(records: int, asked: Asked, folder: Path, say: Callable[[str], None]) -> tuple[budgets.Size, str]:
    """Every work on a register of that size; one that fails is told of and the next is tried."""
    register, made = made_register(records, asked.at or folder.parent, say)
    ground = fresh(register, folder, limit=asked.limit)
    measured: dict[str, Measured] = {}
    failed: dict[str, str] = {}
    for key in WORKS:
        try:
            measured |= works(ground, say, (key,))
        except Failed as fault:
            failed[key] = str(fault).splitlines()[-1][:200]
    return budgets.Size(records=made.records, works=measured, failed=failed), words_of(made)


def _beside(
    ground: Ground, large: budgets.Size, asked: Asked, folder: Path, say: Callable[[str], None]
) -> compare.Compared:
    """The other tools on the large register, against what ours took there."""
    ours = {
        work: large.works[key]
        for work, key in (("cold", "build-cold"), ("change", "build-change"))
        if key in large.works
    }
    if len(ours) < 2:
        return compare.Compared(pairs=(), missing=dict.fromkeys(AGAINST, "为民自己没有跑完，没有比"), versions={})
    return compare.compare(ground, AGAINST, folder, say, asked.tools_at, ours)


def _picture(ground: Ground, small: budgets.Size, say: Callable[[str], None]) -> float | None:
    """Milliseconds of CPU that a share picture adds to a build from nothing; None where one of the two did not end."""
    say("正在测量：分享图片……")
    plain, drawn = small.works.get("build-cold"), build_pictures(ground)
    pictures = pictures_of(ground)
    if plain is None or plain.stopped or drawn.stopped or not pictures:
        return None
    return 1000 * (drawn.cpu - plain.cpu) / pictures


def _network(asked: Asked, folder: Path, say: Callable[[str], None]) -> tuple[int, dict[str, Measured]] | None:
    if not asked.national:
        return None
    platforms, measured = bench_network(asked.national, folder, say, limit=asked.limit)
    return platforms, dict(measured)


def _table(size: budgets.Size) -> str:
    rows = [row(WORKS[key][0], measured) for key, measured in size.works.items()]
    failures = "".join(f"{WORKS[key][0]}：没有跑完：{why}\n" for key, why in size.failed.items())
    return table(HEAD, rows) + failures
