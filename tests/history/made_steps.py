"""A main branch in memory: steps are mappings of path to data, and the trail is asked what it finds in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from weimin.history.step_context import HistoryLookups, StepContext
from weimin.history.trail import TrailReplay
from weimin.model.finding import Problem
from weimin.model.history import FileChange, ParsedRecord, Side, Step, TrailState
from weimin.model.parameter import ParameterSetting
from weimin.model.place import Place
from weimin.records.place import place_of

CITY = "content/network/321300"
VILLAGE = f"{CITY}/321302/321302001/321302001004"
D = f"{VILLAGE}/2026-001"
NOW = date(2026, 12, 31)


def noon(day: str) -> int:
    """Noon of a day, or the second of a time in ISO, in seconds since 1970."""
    text = day if "T" in day else f"{day}T12:00:00"
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def _text(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat()


class Branch:
    """Data by path and blob. `given`: parameters of a rule record by its blob; a blob is the text of its data."""

    def __init__(self, now: date = NOW, state: TrailState | None = None) -> None:
        self.files: dict[str, str] = {}
        self.parsed: dict[str, ParsedRecord | None] = {}
        self.given: dict[str, tuple[ParameterSetting, ...]] = {}
        self.steps = 0
        self.seen: StepContext | None = None
        end = datetime(now.year, now.month, now.day, 23, 59, 59, tzinfo=UTC)
        self.trail = TrailReplay(self.lookups, lambda commit: dict(self.files), int(end.timestamp()), state)

    @property
    def lookups(self) -> HistoryLookups:
        return HistoryLookups(
            place=self._place,
            parsed=lambda path, blob: self.parsed.get(blob),
            parameter_settings=lambda path, blob: self.given.get(blob, ()),
            day=lambda at: datetime.fromtimestamp(at, UTC).date(),
            moment=_text,
            title=lambda kind: kind,
            field=lambda kind, pointer: pointer,
        )

    @staticmethod
    def _place(path: str) -> Place | None:
        found = place_of(path)
        return found if isinstance(found, Place) else None

    def blob(self, data: Any, body: str = "") -> str:
        """Its name; None is a record that cannot be read."""
        name = repr((data, body))
        self.parsed[name] = None if data is None else ParsedRecord(data, body)
        return name

    def step(
        self,
        day: str,
        files: Mapping[str, Any],
        *,
        at: str = "",
        commit: str | None = None,
        sides: Iterable[Mapping[str, Any]] = (),
        mode: str = "100644",
    ) -> list[Problem]:
        """What is found in a commit made on a day. A value of "" deletes; a text is a blob as it is."""
        changes = self._changes(files, mode)
        brought = tuple(Side(parent=f"p{n}", changes=self._changes(side, mode)) for n, side in enumerate(sides))
        self.steps += 1
        name = f"{self.steps:040}" if commit is None else commit
        made = Step(
            commit=name,
            parents=(f"{self.steps - 1:040}", *(side.parent for side in brought)),
            author="张",
            at=noon(at or day),
            committed=noon(day),
            changes=changes,
            sides=brought,
        )
        problems, self.seen = self.trail.replay_step(made)
        for change in changes:
            self.files[change.path] = change.new
            if not change.new:
                del self.files[change.path]
        return problems

    def _changes(self, files: Mapping[str, Any], mode: str) -> tuple[FileChange, ...]:
        found = []
        for path, data in files.items():
            new = data if isinstance(data, str) else self.blob(data)
            old = self.files.get(path, "")
            found.append(FileChange(path, "100644" if old else "", mode if new else "", old, new))
        return tuple(found)


def told(problems: Iterable[Problem]) -> list[str]:
    """`CODE NAME POINTER` of every finding."""
    return [f"{p.code} {p.path.rpartition('/')[2]} {p.pointer}".strip() for p in problems]
