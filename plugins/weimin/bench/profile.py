"""A task profiled in one process, by module and by function."""

from __future__ import annotations

import pstats
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import msgspec

from weimin.bench.table import table
from weimin.bench.tasks import TASKS, Workspace, run_tasks

PROFILED_TASKS = ("check-cold", "build-cold", "build-again", "build-change")
_MODULES, _FUNCTIONS, _STAGES = 16, 18, 18


def profiles(workspace: Workspace, folder: Path, log: Callable[[str], None]) -> str:
    """For each task: modules and functions by their own time, and use cases (weimin.app) by cumulative time."""
    parts = []
    for key in PROFILED_TASKS:
        file = folder / f"{key}.profile"
        for _, usage in run_tasks(msgspec.structs.replace(workspace, profile=file), log, (key,)):
            stats = pstats.Stats(str(file))
            parts.append(f"{TASKS[key][0]}（一个进程，测量本身使它变慢：{usage.wall:.1f} 秒）\n{_account(stats)}")
    return "\n".join(parts)


def _account(stats: pstats.Stats) -> str:
    rows = [
        (_module(file), f"{_short(file)}:{line} {name}", calls, own, cumulative)
        for (file, line, name), (_, calls, own, cumulative, _callers) in _rows(stats)
    ]
    total = sum(own for *_, own, _ in rows) or 1.0
    modules: dict[str, float] = defaultdict(float)
    for module, _, _, own, _ in rows:
        modules[module] += own
    by_module = [
        (name, f"{own:.2f}", f"{own / total:.0%}")
        for name, own in sorted(modules.items(), key=lambda m: -m[1])[:_MODULES]
    ]
    by_own = sorted(rows, key=lambda row: -row[3])[:_FUNCTIONS]
    stages = sorted((row for row in rows if row[0].startswith("weimin.app")), key=lambda row: -row[4])[:_STAGES]
    return "\n".join(
        (
            table(("模块", "自身（秒）", "占"), by_module),
            table(("函数", "次数", "自身（秒）", "占"), [_own(row, total) for row in by_own]),
            table(
                ("用例（连同它调用的）", "次数", "合计（秒）"),
                [(row[1], str(row[2]), f"{row[4]:.2f}") for row in stages],
            ),
        )
    )


def _own(row: tuple[str, str, int, float, float], total: float) -> tuple[str, ...]:
    return (row[1], str(row[2]), f"{row[3]:.2f}", f"{row[3] / total:.0%}")


Row = tuple[tuple[str, int, str], tuple[int, int, float, float, object]]


def _rows(stats: pstats.Stats) -> list[Row]:
    """(file, line, function) and (primitive calls, calls, own seconds, cumulative seconds, callers)."""
    found: dict[tuple[str, int, str], tuple[int, int, float, float, object]] = stats.stats  # type: ignore[attr-defined]  # typeshed leaves it out
    return sorted(found.items(), key=lambda item: item[0])


def _module(file: str) -> str:
    """The module (`weimin.records.yaml.read`), or the name of a third-party package."""
    path = Path(file)
    if "weimin" in path.parts:
        at = len(path.parts) - 1 - path.parts[::-1].index("weimin")
        return ".".join(Path(*path.parts[at:]).with_suffix("").parts)
    if "site-packages" in path.parts:
        return path.parts[path.parts.index("site-packages") + 1].removesuffix(".py")
    if file.startswith("<frozen importlib"):
        return "（载入模块）"
    if file == "~":
        return "（内置函数）"
    return "（模板）" if path.suffix not in (".py", "") or file == "<template>" else "（Python 自带）"


def _short(file: str) -> str:
    return _module(file) if file != "~" else "内置"
