"""The table of budgets: every line of the design, measured against its limit, never taken for met where it was not measured."""

from __future__ import annotations

from weimin.bench.budgets import BenchResults, RegisterResults, comparison_table, lines
from weimin.bench.other_tools.compare import Comparison, Pair
from weimin.bench.process import ProcessUsage
from weimin.bench.tasks import TASKS


def took(wall: float, cpu: float = 1, memory: float = 100, *, stopped: bool = False) -> ProcessUsage:
    return ProcessUsage(wall=wall, cpu=cpu, memory=memory, stopped=stopped)


def size(records: int, **run_tasks: ProcessUsage) -> RegisterResults:
    return RegisterResults(records=records, usage={key: run_tasks.get(key.replace("-", "_"), took(1)) for key in TASKS})


def pairs(*found: Pair) -> Comparison:
    return Comparison(pairs=found, missing={}, versions={"hugo": "v", "eleventy": "v"})


COLD = Pair(tool="hugo", work="cold", theirs=took(30, 30, 800), ours=took(12, 18, 100))
CHANGE = Pair(tool="hugo", work="change", theirs=took(30, 30, 800), ours=took(1.5, 1.2))


def verdicts(found: BenchResults) -> dict[str, bool | None]:
    return {line.name: line.met for line in lines(found)}


def test_every_budget_has_a_line_and_a_verdict() -> None:
    found = BenchResults(
        small=size(10_000, build_cold=took(9, 10), check_cold=took(3, 4), build_change=took(1, 1)),
        large=size(240_000, build_cold=took(301, 280), check_cold=took(60, 120), build_change=took(3, 2)),
        against=pairs(COLD, CHANGE),
        beside=pairs(Pair(tool="hugo", work="cold", theirs=took(444), ours=took(301))),
        picture=61,
        audit=(50_000, took(59), took(1.01)),
        network=(664_000, {"check-cold": took(90, memory=700), "build-cold": took(900, memory=1025)}),
    )
    assert verdicts(found) == {
        "10000 份记录从头生成，CPU": False,
        "10000 份记录从头生成，用时": True,
        "10000 份记录从头生成，最大进程": True,
        "10000 份记录改了一份，CPU": True,
        "10000 份记录改了一份，用时": True,
        "240000 份记录改了一份，重新生成": True,
        "240000 份记录改了一份，核对（--base）": True,
        "240000 份记录从头核对": True,
        "240000 份记录从头生成": False,
        "240000 份记录，任何进程的内存": True,
        "每份记录的 CPU，240000 ÷ 10000，从头核对": False,
        "每份记录的 CPU，240000 ÷ 10000，从头生成": True,
        "CPU，240000 ÷ 10000，改了一份重新生成": True,
        "50000 次提交，从头核对留痕": True,
        "50000 次提交，再多一次": False,
        "664000 个平台的网络，核对（90.00秒）": True,
        "664000 个平台的网络，生成（900秒）": False,
        "分享图片，每张的 CPU": False,
    }
    told = comparison_table(found)
    assert told.count("未达到") == 6
    assert "444秒（为民 301）" in told
    assert "30.00秒（为民 18.00）" in told


def test_what_was_not_measured_is_not_met() -> None:
    found = BenchResults(
        small=RegisterResults(records=10, usage={}),
        large=RegisterResults(records=20, usage={}),
        against=pairs(),
        beside=pairs(),
    )
    assert set(verdicts(found).values()) == {None}
    assert "达到" not in comparison_table(found).replace("未达到", "")


def test_a_work_that_was_stopped_meets_nothing() -> None:
    found = BenchResults(
        small=size(10),
        large=size(20, build_cold=took(200, stopped=True)),
        against=pairs(Pair(tool="hugo", work="cold", theirs=took(9, stopped=True), ours=took(1))),
        beside=pairs(),
    )
    met = verdicts(found)
    assert met["20 份记录从头生成"] is None
    assert met["20 份记录，任何进程的内存"] is None
    assert met["10 份记录从头生成，CPU"] is None
    assert "> 9.00秒" in comparison_table(found)
