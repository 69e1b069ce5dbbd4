"""A small register in a plain folder with a store beside it: computed with what was kept, and from nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from weimin.engine.compute import compute
from weimin.engine.computed_register import ComputedRegister
from weimin.engine.options import Options
from weimin.engine.register import Register
from weimin.model.finding import Finding
from weimin.model.summary import Summary

CITY, COUNTY, TOWN, VILLAGE = "990100", "990101", "990101001", "990101001001"
AT = "content/network/990100"
TOP = f"{AT}/{COUNTY}/{TOWN}/{VILLAGE}"
ONE, TWO, AWAY = f"{TOP}/2026-001", f"{TOP}/2026-002", f"{AT}/{COUNTY}/2026-001"


def topic(title: str = "路灯", more: str = "") -> str:
    return f"---\ntitle: {title}\ntheme: 交通出行\nsources: [{{from: residents}}]\n{more}---\n"


def held(line: str = "s1", more: str = "") -> str:
    return (
        "---\nabout: selection\nmethods: [{kind: meeting, place: 村部, decided_by: consensus}]\n"
        f"participants: {{members: 3, residents: 10, departments: 2}}\nsuggestions: [{{id: {line}, text: 往东移}}]\n{more}---\n"
    )


def outcome(due: str = "2026-06-30", line: str = "m1", more: str = "") -> str:
    return (
        f"---\nof: [2026-03-02-consultation]\nconsensus: full\nmeasures: [{{id: {line}, text: 装灯, unit: 镇, due: '{due}'}}]\n"
        f"{more}---\n\n一致同意。\n"
    )


START: dict[str, str] = {
    "content/site.yml": "title: 样例\ntimezone: Asia/Shanghai\n",
    f"{AT}/platform.yml": "area: 样例市\n",
    f"{AT}/{COUNTY}/platform.yml": "area: 样例县\n",
    f"{AT}/{COUNTY}/{TOWN}/platform.yml": "area: 样例镇\n",
    f"{TOP}/platform.yml": "area: 样例村\n",
    f"{ONE}/topic.md": topic(),
    f"{ONE}/2026-03-02-consultation.md": held(),
    f"{ONE}/2026-03-10-outcome.md": outcome(),
}


class Sheet(NamedTuple):
    """All that a computed register says, without what only counts the run."""

    findings: tuple[Finding, ...]
    summaries: tuple[Summary, ...]
    counts: Mapping[str, Mapping[str, int]]
    amounts: list[Any]
    entries: list[Any]
    inbound: list[Any]
    platforms: list[Any]


def sheet(computed: ComputedRegister) -> Sheet:
    store = computed.state.store
    return Sheet(
        computed.findings,
        tuple(computed.summaries),
        computed.counts,
        sorted(store.all_rows("SELECT scope, name, value FROM total")),
        sorted(store.all_rows("SELECT list, rank, unit, key FROM list_entry")),
        sorted(store.all_rows("SELECT source, target, role, data FROM inbound")),
        sorted(store.all_rows("SELECT code, data FROM platform")),
    )


class Small:
    """Files below `root`; `kept` goes on from the store that the last run left."""

    def __init__(self, root: Path, files: Mapping[str, str] = START) -> None:
        self.root, self.store = root / "records", root / "store.sqlite"
        self.write(files)

    def write(self, files: Mapping[str, str | None]) -> None:
        """None deletes."""
        for name, text in files.items():
            path = self.root / name
            if text is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def kept(self, day: date, **options: Any) -> Sheet:
        return self._computed(day, self.store, options)

    def clean(self, day: date, **options: Any) -> Sheet:
        return self._computed(day, None, options)

    def _computed(self, day: date, store: Path | None, options: Mapping[str, Any]) -> Sheet:
        register = Register(self.root, store)
        try:
            return sheet(compute(register, Options(as_of=day, **options), lambda what, n, total: None))
        finally:
            register.close()


def found(said: Sheet, *codes: str) -> list[str]:
    """`CODE severity FILE overdue` of the findings with these codes."""
    return sorted(
        f"{f.code} {f.severity.value} {f.path.rpartition('/')[2].partition('.')[0]} {f.overdue_days}"
        for f in said.findings
        if not codes or f.code in codes
    )
