"""Look-ups of stored unit results: summaries of dossiers, and references between units."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from weimin.engine.judge import DossierResult
from weimin.engine.queries.inbound import InboundTable
from weimin.engine.queries.unit_result import UnitResultTable
from weimin.engine.register import Register
from weimin.engine.state import EngineState
from weimin.model.dossier import Inbound
from weimin.model.finding import Duty
from weimin.model.summary import Summary


class _SummaryOnly(msgspec.Struct):
    """The part of a DossierResult that most look-ups need; the other fields are skipped, not decoded."""

    summary: Summary


_RESULT = msgspec.msgpack.Decoder(DossierResult)
_SUMMARY = msgspec.msgpack.Decoder(_SummaryOnly)


class StoredResults:
    """What the store contains of computed units, a few rows at a time. Days overdue are counted up to `as_of`."""

    def __init__(self, register: Register, as_of: date) -> None:
        self.register, self.as_of = register, as_of
        self.state: EngineState = register.state
        self._units, self._inbound = UnitResultTable(self.state.store), InboundTable(self.state.store)

    # Summaries
    @property
    def summaries(self) -> tuple[Summary, ...]:
        """The summaries of all dossiers, in order of ids. They are all in memory: prefer `iterate_summaries`."""
        return tuple(self.iterate_summaries())

    def iterate_summaries(self) -> Iterator[Summary]:
        """The summaries of all dossiers, in order of ids."""
        return map(self.decode_summary, self._units.stream_dossiers())

    def summary(self, dossier: str) -> Summary | None:
        data = self._units.data_of(dossier)
        return self.decode_summary(data) if data is not None else None

    def summaries_of_platform(self, platform: str) -> tuple[Summary, ...]:
        """The dossiers of a platform, in order of ids."""
        return tuple(map(self.decode_summary, self._units.dossiers_of_platform(platform)))

    def summaries_citing_lists_of(self, platform: str) -> tuple[Summary, ...]:
        """The dossiers of other platforms whose topics name this platform's project lists, in order of ids."""
        found = (self.summary(source) for source in self._inbound.sources(platform, "list"))
        return tuple(s for s in found if s is not None and s.platform != platform)

    def decode_summary(self, data: bytes) -> Summary:
        """The summary in the result of a dossier. Duties computed on an earlier day are overdue for more days now."""
        s = _SUMMARY.decode(data).summary
        if not any(d.due and d.due < self.as_of for d in s.duties):
            return s
        duties = tuple(
            msgspec.structs.replace(d, overdue_days=max((self.as_of - d.due).days, 0)) if d.due else d for d in s.duties
        )
        return msgspec.structs.replace(s, duties=duties)

    # References between units
    def inbound(self, target: str) -> tuple[Inbound, ...]:
        """The references of other units to a unit, in order of their sources."""
        return tuple(sorted(self._inbound.of_target(target), key=lambda i: (i.source, i.target)))

    def carried_duties(self, target: str) -> tuple[Duty, ...]:
        """What was still owed in dossiers that were merged or moved into this one."""
        duties: list[Duty] = []
        for source in self._inbound.sources(target, "into"):
            data = self._units.data_of(source)
            if data and "/" in source:
                duties += _RESULT.decode(data).carried
        return tuple(duties)
