"""The register as checked: what stands in the store after a check, asked for a little at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

import msgspec

from weimin.engine.judge import DossierResult, Judge
from weimin.engine.register import Register
from weimin.engine.state import EngineState
from weimin.model.dossier import Inbound
from weimin.model.finding import Duty, Finding
from weimin.model.network import PlatformRow
from weimin.model.record import Record
from weimin.model.summary import Summary


class _Told(msgspec.Struct):
    """What others ask of a DossierResult; the rest of it is skipped, not read."""

    summary: Summary


_RESULT = msgspec.msgpack.Decoder(DossierResult)
_TOLD = msgspec.msgpack.Decoder(_Told)
_FINDING = msgspec.msgpack.Decoder(Finding)
_INBOUND = msgspec.msgpack.Decoder(Inbound)
_ROW = msgspec.msgpack.Decoder(PlatformRow)

_OFTEN = ("code", "slug", "path", "message", "hint", "clause", "dossier", "owed_by", "parameter")
FOUND = "found"
"""The scope of the amounts that count findings, by `CODE|severity|exempt`."""


class ComputedRegister:
    """What the build goes on with. Findings are those of everything, unfiltered, on the day `as_of`."""

    def __init__(self, register: Register, judge: Judge, as_of: date, file_findings: Iterable[Finding]) -> None:
        self.register, self.judge, self.as_of = register, judge, as_of
        self.state: EngineState = register.state
        self.file_findings = tuple(file_findings)
        self.replaced_findings: Mapping[str, tuple[Finding, ...]] = {}
        """What was found before in the folders that were judged again, where the store knew it."""
        self.replaced_summaries: Mapping[str, Summary] = {}
        self.commit = register.tree.commit()

    @property
    def rule_books(self) -> tuple[Record, ...]:
        return self.judge.books

    # Findings
    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All of them, in order of path, line, column, code."""
        rows = self.state.store.stream_rows("SELECT data FROM finding ORDER BY node, n")
        known: dict[str, str] = {}
        found = (*self.file_findings, *(_lean(today(_FINDING.decode(data), self.as_of), known) for (data,) in rows))
        return tuple(sorted(found, key=lambda f: f.order))

    def findings_of_unit(self, unit: str) -> tuple[Finding, ...]:
        """The findings that the computation of a unit produced, wherever they are located."""
        return self._findings_where("node", unit)

    def findings_in_file(self, path: str) -> tuple[Finding, ...]:
        """The findings located in a file, whichever unit's computation produced them."""
        return self._findings_where("path", path)

    def findings_about_unit(self, unit: str) -> tuple[Finding, ...]:
        """The findings that belong to a unit: those located in its files and those that name it."""
        return self._findings_where("unit", unit)

    def _findings_where(self, column: str, value: str) -> tuple[Finding, ...]:
        rows = self.state.store.all_rows(f"SELECT data FROM finding WHERE {column} = ? ORDER BY node, n", value)
        return tuple(today(_FINDING.decode(data), self.as_of) for (data,) in rows)

    def finding(self, node: str, n: int) -> Finding | None:
        found = self.state.store.first_row("SELECT data FROM finding WHERE node = ? AND n = ?", node, n)
        return today(_FINDING.decode(found[0]), self.as_of) if found else None

    @property
    def errors(self) -> int:
        """How many stand against publishing."""
        return sum(of.get("error", 0) for of in self.counts.values())

    @cached_property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """How many findings of each code there are: code → severity, or `exempt`."""
        found: dict[str, dict[str, int]] = {}
        rows = self.state.store.all_rows("SELECT name, value FROM amount WHERE scope = ? ORDER BY name", FOUND)
        for name, value in (*rows, *((found_name(f), 1) for f in self.file_findings)):
            code, severity = name.split("|")
            of = found.setdefault(code, {})
            of[severity] = of.get(severity, 0) + value
        return {code: found[code] for code in sorted(found)}

    # Rows
    def total(self, name: str) -> int:
        found = self.state.store.first_row("SELECT value FROM amount WHERE scope = 'register' AND name = ?", name)
        return found[0] if found else 0

    @property
    def summaries(self) -> tuple[Summary, ...]:
        """Of every dossier, in order of ids. All at once: for data that is of all."""
        return tuple(self.iterate_summaries())

    def iterate_summaries(self) -> Iterator[Summary]:
        for (data,) in self.state.store.stream_rows(
            "SELECT data FROM node WHERE platform <> '' AND id GLOB '*/*' ORDER BY id"
        ):
            yield self.decode_summary(data)

    def summary(self, dossier: str) -> Summary | None:
        found = self.state.store.first_row("SELECT data FROM node WHERE id = ?", dossier)
        return self.decode_summary(found[0]) if found else None

    def summaries_of_platform(self, platform: str) -> tuple[Summary, ...]:
        """The dossiers of a platform."""
        rows = self.state.store.all_rows(
            "SELECT data FROM node WHERE platform = ? AND id GLOB '*/*' ORDER BY id", platform
        )
        return tuple(self.decode_summary(data) for (data,) in rows)

    def summaries_citing_lists_of(self, platform: str) -> tuple[Summary, ...]:
        """Dossiers of other platforms that refer to this one's lists of projects."""
        asked = "SELECT DISTINCT source FROM inbound WHERE target = ? AND role = 'list' ORDER BY source"
        found = (self.summary(source) for (source,) in self.state.store.all_rows(asked, platform))
        return tuple(s for s in found if s is not None and s.platform != platform)

    def decode_summary(self, data: bytes) -> Summary:
        """The summary in a row of `node`, as on the day."""
        s = _TOLD.decode(data).summary
        if not any(d.due and d.due < self.as_of for d in s.duties):
            return s
        duties = tuple(
            msgspec.structs.replace(d, overdue_days=max((self.as_of - d.due).days, 0)) if d.due else d for d in s.duties
        )
        return msgspec.structs.replace(s, duties=duties)

    # References
    def inbound(self, target: str) -> tuple[Inbound, ...]:
        """What other folders refer to in this one."""
        asked = "SELECT data FROM inbound WHERE target = ? AND role <> 'list'"
        found = (_INBOUND.decode(data) for (data,) in self.state.store.all_rows(asked, target))
        return tuple(sorted(found, key=lambda i: (i.source, i.target)))

    def carried_duties(self, target: str) -> tuple[Duty, ...]:
        """What was open in dossiers that were merged or moved into this one."""
        asked = "SELECT DISTINCT source FROM inbound WHERE target = ? AND role = 'into' ORDER BY source"
        out: list[Duty] = []
        for (source,) in self.state.store.all_rows(asked, target):
            found = self.state.store.first_row("SELECT data FROM node WHERE id = ?", source)
            out += _RESULT.decode(found[0]).carried if found and "/" in source else ()
        return tuple(out)


def _lean(f: Finding, known: dict[str, str]) -> Finding:
    """With the texts that many findings have in common held once: a third of what all of them take."""
    often = {name: known.setdefault(text, text) for name in _OFTEN if (text := getattr(f, name))}
    return msgspec.structs.replace(f, **often)


def today(f: Finding, as_of: date) -> Finding:
    """A finding on another day than that on which it was found: between the two only the count of days went on."""
    if f.due is None:
        return f
    days = max((as_of - f.due).days, 0)
    return f if days == f.overdue_days else msgspec.structs.replace(f, overdue_days=days)


def found_name(f: Finding) -> str:
    return f"{f.code}|{'exempt' if f.exempt else f.severity.value}"


def rows_of(state: EngineState) -> Iterator[PlatformRow]:
    """The platforms as they were last read, in order of codes."""
    return (_ROW.decode(data) for (data,) in state.store.stream_rows("SELECT data FROM platform ORDER BY code"))
