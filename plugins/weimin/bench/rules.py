"""The cost of each rule: microseconds per dossier or platform, averaged over a register."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from weimin.bench.table import table
from weimin.engine.compute import compute
from weimin.engine.options import Options
from weimin.engine.register import Register
from weimin.rules.context import PlatformContext, RuleContext
from weimin.rules.registry import DOSSIER_RULES, PLATFORM_RULES

_HEAD = ("规则", "对象", "个数", "每个用时（微秒）")


def rule_table(root: Path, as_of: date) -> str:
    """Every rule of family W timed separately, most expensive first; the last line is the mean."""
    register = Register(root)
    computed = compute(register, Options(as_of=as_of), lambda what, n, total: None)
    judge = computed.judge
    context = RuleContext(as_of=as_of, parameters=judge.parameters, network=judge.network, lookup=register)
    units = list(register.units.values())
    dossiers = [(register.dossier(register.read(u)), context) for u in units if u.is_dossier]
    platforms = [
        (PlatformContext(context, row, register.platform_records(register.read(u))),)
        for u in units
        if not u.is_dossier and (row := judge.network.get(u.id)) is not None
    ]
    rows = [*_timed(DOSSIER_RULES, dossiers, "卷宗"), *_timed(PLATFORM_RULES, platforms, "平台")]
    rows.sort(key=lambda row: (-row[3], row[0]))
    mean = sum(row[3] for row in rows) / len(rows)
    shown = [(code, what, str(n), f"{cost:.1f}") for code, what, n, cost in rows]
    return table(_HEAD, [*shown, ("平均", "", "", f"{mean:.1f}")])


def _timed(
    rules: dict[str, Callable[..., Iterable[Any]]], subjects: Sequence[tuple[Any, ...]], what: str
) -> list[tuple[str, str, int, float]]:
    out = []
    for code, rule in rules.items():
        started = time.perf_counter()
        for subject in subjects:
            for _seen in rule(*subject):
                pass
        out.append((code, what, len(subjects), (time.perf_counter() - started) / max(1, len(subjects)) * 1e6))
    return out
