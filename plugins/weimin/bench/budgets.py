"""The budgets of the design: each limit, the actual figure, and whether it is met."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import msgspec

from weimin.bench.other_tools.compare import Comparison
from weimin.bench.process import ProcessUsage
from weimin.bench.table import table
from weimin.bench.tasks import TASKS

HEAD = ("预算", "限度", "实测", "结论", "Hugo", "Eleventy")
Figure = Callable[[ProcessUsage], float]
UsageByTask = Mapping[str, ProcessUsage]


class RegisterResults(msgspec.Struct, frozen=True, kw_only=True):
    """The results on one register: `records` in it, usage by task; `failed`: task → its error message."""

    records: int
    usage: UsageByTask
    failed: Mapping[str, str] = {}


class BenchResults(msgspec.Struct, frozen=True, kw_only=True):
    """All results. `audit`: (commits, from nothing, one commit more); `network`: (platforms, usage by task); None: not run.

    `against`, `beside`: other tools on the small and on the large register; `picture`: milliseconds of CPU per share image.
    """

    small: RegisterResults
    large: RegisterResults
    against: Comparison
    beside: Comparison
    picture: float | None = None
    audit: tuple[int, ProcessUsage, ProcessUsage] | None = None
    network: tuple[int, UsageByTask] | None = None


class Budget(msgspec.Struct, frozen=True, kw_only=True):
    """A budget. `actual` is None if it could not be measured; `unit` follows both figures; `theirs`: Hugo and Eleventy."""

    name: str
    limit: float
    actual: float | None
    unit: str = ""
    theirs: tuple[str, str] = ("", "")

    @property
    def met(self) -> bool | None:
        return None if self.actual is None else self.actual <= self.limit

    @property
    def row(self) -> tuple[str, ...]:
        verdict = {True: "达到", False: "未达到", None: "未测量"}[self.met]
        actual = "–" if self.actual is None else f"{_number(self.actual)}{self.unit}"
        return (self.name, f"≤ {_number(self.limit)}{self.unit}", actual, verdict, *self.theirs)


def comparison_table(found: BenchResults) -> str:
    """The table of all budgets."""
    return table(HEAD, [line.row for line in lines(found)])


def lines(found: BenchResults) -> Iterator[Budget]:
    """Every budget, in the order of the design."""
    yield from _against(found)
    yield from _large(found)
    yield from _growth(found)
    yield from _audit(found)
    yield from _network(found)
    yield Budget(name="分享图片，每张的 CPU", limit=60, actual=found.picture, unit=" 毫秒")


def _against(found: BenchResults) -> Iterator[Budget]:
    n = found.small.records
    for work, name, limits in (
        ("cold", f"{n} 份记录从头生成", (0.5, 0.5, 0.25)),
        ("change", f"{n} 份记录改了一份", (0.05, 0.05, None)),
    ):
        for limit, what, unit, figure in zip(
            limits, ("CPU", "用时", "最大进程"), ("秒", "秒", " MiB"), _FIGURES, strict=True
        ):
            if limit is None:
                continue
            hugo = found.against.find("hugo", work)
            actual = figure(hugo.ours) / figure(hugo.theirs) if hugo and not hugo.theirs.stopped else None
            theirs = _theirs(found.against, work, figure, unit)
            yield Budget(name=f"{name}，{what}", limit=limit, actual=actual, unit=" × Hugo", theirs=theirs)


_FIGURES: tuple[Figure, ...] = (lambda m: m.cpu, lambda m: m.wall, lambda m: m.memory)


def _theirs(compared: Comparison, work: str, figure: Figure, unit: str) -> tuple[str, str]:
    """`12.3秒（为民 4.5秒）` for each of the two tools; a dash for one that was not run."""
    texts = []
    for tool in ("hugo", "eleventy"):
        pair = compared.find(tool, work)
        sign = "> " if pair and pair.theirs.stopped else ""
        texts.append(
            f"{sign}{_number(figure(pair.theirs))}{unit}（为民 {_number(figure(pair.ours))}）" if pair else "–"
        )
    return texts[0], texts[1]


def _large(found: BenchResults) -> Iterator[Budget]:
    large = found.large
    for key, name, limit, work in (
        ("build-change", "改了一份，重新生成", 3, "change"),
        ("check-change", "改了一份，核对（--base）", 2, ""),
        ("check-cold", "从头核对", 60, ""),
        ("build-cold", "从头生成", 300, "cold"),
    ):
        yield Budget(
            name=f"{large.records} 份记录{name}",
            limit=limit,
            actual=_ended(large, key, _FIGURES[1]),
            unit="秒",
            theirs=_theirs(found.beside, work, _FIGURES[1], "秒") if work else ("", ""),
        )
    complete = large.usage.keys() == TASKS.keys() and not any(m.stopped for m in large.usage.values())
    peak = max((m.memory for m in large.usage.values()), default=None)
    yield Budget(
        name=f"{large.records} 份记录，任何进程的内存", limit=600, actual=peak if complete else None, unit=" MiB"
    )


def _growth(found: BenchResults) -> Iterator[Budget]:
    small, large = found.small, found.large
    for key, name in (("check-cold", "核对"), ("build-cold", "生成")):
        some, all_ = _ended(small, key, _FIGURES[0]), _ended(large, key, _FIGURES[0])
        actual = (all_ / large.records) / (some / small.records) if some and all_ else None
        yield Budget(name=f"每份记录的 CPU，{large.records} ÷ {small.records}，从头{name}", limit=1.2, actual=actual)
    some, all_ = _ended(small, "build-change", _FIGURES[0]), _ended(large, "build-change", _FIGURES[0])
    actual = all_ / some if some and all_ else None
    yield Budget(name=f"CPU，{large.records} ÷ {small.records}，改了一份重新生成", limit=2, actual=actual)


def _audit(found: BenchResults) -> Iterator[Budget]:
    commits, cold, more = found.audit or (50_000, None, None)
    yield Budget(name=f"{commits} 次提交，从头核对留痕", limit=60, actual=cold.wall if cold else None, unit="秒")
    yield Budget(name=f"{commits} 次提交，再多一次", limit=1, actual=more.wall if more else None, unit="秒")


def _network(found: BenchResults) -> Iterator[Budget]:
    platforms, actual = found.network or (664_000, {})
    for key, name in (("check-cold", "核对"), ("build-cold", "生成")):
        m = actual.get(key)
        ended = m is not None and not m.stopped
        title = f"{platforms} 个平台的网络，{name}" + (f"（{_number(m.wall)}秒）" if m is not None else "")
        yield Budget(name=title, limit=1024, actual=m.memory if m is not None and ended else None, unit=" MiB")


def _ended(size: RegisterResults, key: str, figure: Figure) -> float | None:
    """The figure of a task that completed; None for one that was stopped, failed or left out."""
    m = size.usage.get(key)
    return figure(m) if m is not None and not m.stopped else None


def _number(value: float) -> str:
    return f"{value:.3f}" if value < 1 else f"{value:.2f}" if value < 100 else f"{value:.0f}"
