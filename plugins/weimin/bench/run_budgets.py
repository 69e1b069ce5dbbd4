"""All measurements for the budgets, in one run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from weimin.bench import budgets
from weimin.bench.national import bench_network
from weimin.bench.other_tools import compare
from weimin.bench.process import CommandFailed, ProcessUsage
from weimin.bench.run import HEAD, audit_usage, cached_register, describe_counts, workplace
from weimin.bench.table import row, table
from weimin.bench.tasks import TASKS, Workspace, build_pictures, clone_workspace, count_pictures, run_tasks

AGAINST = ("hugo", "eleventy")


class BudgetOptions(msgspec.Struct, frozen=True, kw_only=True):
    """`sizes`: records of the small and of the large register; `limit` in seconds per run.

    `at`: where generated registers are stored; `tools_at`: where other tools are installed.
    """

    sizes: tuple[int, int]
    commits: int
    limit: float
    national: str = ""
    at: Path | None = None
    tools_at: Path | None = None


def bench_budgets(options: BudgetOptions, log: Callable[[str], None], show: Callable[[str], None]) -> None:
    """The table of budgets and its source tables; shown before the generated data is deleted, which takes minutes."""
    with workplace() as folder:
        small, small_words = _size(options.sizes[0], options, folder / "small", log)
        register, _ = cached_register(options.sizes[0], options.at or folder, log)
        workspace = clone_workspace(register, folder / "pairs", limit=options.limit)
        compared = compare.compare(workspace, AGAINST, folder / "rivals", log, options.tools_at)
        picture = _picture(workspace, small, log)
        large, large_words = _size(options.sizes[1], options, folder / "large", log)
        register, _ = cached_register(options.sizes[1], options.at or folder, log)
        beside = _beside(
            clone_workspace(register, folder / "beside", limit=options.limit), large, options, folder / "more", log
        )
        audit = audit_usage(folder, options.commits, log) if options.commits else None
        network = _network(options, folder, log)
        found = budgets.BenchResults(
            small=small, large=large, against=compared, beside=beside, picture=picture, audit=audit, network=network
        )
        parts = [
            budgets.comparison_table(found),
            f"{small_words}\n{_table(small)}",
            compare.comparison_table(compared),
            f"{large_words}\n{_table(large)}",
            compare.comparison_table(beside),
        ]
        show("\n".join(parts))
        log("正在删除测量用的仓库和网站……")


def _size(
    records: int, options: BudgetOptions, folder: Path, log: Callable[[str], None]
) -> tuple[budgets.RegisterResults, str]:
    """All tasks on a register of that size; a failed task is recorded and the next one is run."""
    register, made = cached_register(records, options.at or folder.parent, log)
    workspace = clone_workspace(register, folder, limit=options.limit)
    usage: dict[str, ProcessUsage] = {}
    failed: dict[str, str] = {}
    for key in TASKS:
        try:
            usage |= run_tasks(workspace, log, (key,))
        except CommandFailed as fault:
            failed[key] = str(fault).splitlines()[-1][:200]
    return budgets.RegisterResults(records=made.records, usage=usage, failed=failed), describe_counts(made)


def _beside(
    workspace: Workspace,
    large: budgets.RegisterResults,
    options: BudgetOptions,
    folder: Path,
    log: Callable[[str], None],
) -> compare.Comparison:
    """The other tools on the large register, compared with our usage there."""
    ours = {
        work: large.usage[key]
        for work, key in (("cold", "build-cold"), ("change", "build-change"))
        if key in large.usage
    }
    if len(ours) < 2:
        return compare.Comparison(pairs=(), missing=dict.fromkeys(AGAINST, "为民自己没有跑完，没有比"), versions={})
    return compare.compare(workspace, AGAINST, folder, log, options.tools_at, ours)


def _picture(workspace: Workspace, small: budgets.RegisterResults, log: Callable[[str], None]) -> float | None:
    """Milliseconds of CPU per share image, from a build with and without images; None if one of them did not complete."""
    log("正在测量：分享图片……")
    plain, drawn = small.usage.get("build-cold"), build_pictures(workspace)
    pictures = count_pictures(workspace)
    if plain is None or plain.stopped or drawn.stopped or not pictures:
        return None
    return 1000 * (drawn.cpu - plain.cpu) / pictures


def _network(
    options: BudgetOptions, folder: Path, log: Callable[[str], None]
) -> tuple[int, dict[str, ProcessUsage]] | None:
    if not options.national:
        return None
    platforms, usage = bench_network(options.national, folder, log, limit=options.limit)
    return platforms, dict(usage)


def _table(size: budgets.RegisterResults) -> str:
    rows = [row(TASKS[key][0], usage) for key, usage in size.usage.items()]
    failures = "".join(f"{TASKS[key][0]}：没有跑完：{why}\n" for key, why in size.failed.items())
    return table(HEAD, rows) + failures
