"""What a rule of family A may ask about one step; everything is looked up once, and only when asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property

import msgspec

from weimin.history.compare import Edit, compare, correction_only
from weimin.history.protection import PROTECTED
from weimin.model.history import FileChange, ParsedRecord, Step
from weimin.model.parameter import Parameters, ParameterSetting
from weimin.model.place import CONTENT, Place


class HistoryLookups(msgspec.Struct, frozen=True, kw_only=True):
    """What the trail asks of others, by path and blob, so that it is asked once per content.

    `place`: what a path is, None for what is nothing's. `parsed`: a record's data, None where nothing can be read.
    `parameter_settings`: the parameters of a rule record. `day`: the day of a time in the site's time zone, `moment` the same time in ISO.
    `title`: what a kind is called; `field`: what a place in a record of a kind is called.
    """

    place: Callable[[str], Place | None]
    parsed: Callable[[str, str], ParsedRecord | None]
    parameter_settings: Callable[[str, str], tuple[ParameterSetting, ...]]
    day: Callable[[int], date]
    moment: Callable[[int], str]
    title: Callable[[str], str]
    field: Callable[[str, str], str]


class StepContext:
    """One step, with what stood before it.

    `before`: the blobs below content/ in the commit before. `lawful`: what lawfully stands where that differs.
    `parameters_before`: the parameters before the step; `books`: the rule records that give them, by path and blob.
    `previous_time`: the time of the commit before, `arrived` that of this step, as far as they can be believed; `now`: the latest
    moment that is not in the future. All in seconds since 1970, 0 where there is none.
    """

    def __init__(
        self,
        step: Step,
        lookups: HistoryLookups,
        *,
        before: Callable[[], Mapping[str, str]],
        lawful: Mapping[str, str],
        previous_time: int,
        arrived: int,
        now: int,
        has_own_dossier: Callable[[], bool],
        parameters_before: Callable[[], Parameters],
        books: Callable[[], Mapping[str, str]],
    ) -> None:
        self.step = step
        self.lookups = lookups
        self.before = before
        self.lawful = lawful
        self.previous_time = previous_time
        self.arrived = arrived
        self.now = now
        self.has_own_dossier = has_own_dossier
        self.parameters_before = parameters_before
        self._books = books
        self._edits: dict[str, tuple[Edit, ...]] = {}

    @cached_property
    def day(self) -> date:
        """The day of arrival on the main branch."""
        return self.lookups.day(self.arrived)

    @cached_property
    def records(self) -> tuple[tuple[FileChange, Place], ...]:
        """The changes of what has a place among the records."""
        inside = (c for c in self.step.changes if c.path.startswith(CONTENT))
        return tuple((c, place) for c in inside if (place := self.lookups.place(c.path)) is not None)

    @cached_property
    def added(self) -> tuple[tuple[FileChange, Place], ...]:
        return tuple((c, p) for c, p in self.records if not c.old and c.new)

    def lawful_blob(self, change: FileChange) -> str:
        """The blob that lawfully stands at a path before the step; empty where nothing does."""
        return self.lawful.get(change.path, change.old)

    def edits(self, change: FileChange, place: Place) -> tuple[Edit, ...]:
        """What the step does to a record, compared with the commit before it, or with what stood where that can be read no more."""
        if change.path not in self._edits:
            readable = change.old and (place.kind == "attachment" or self.lookups.parsed(change.path, change.old))
            old = change.old if readable else self.lawful.get(change.path, "")
            self._edits[change.path] = tuple(self._compared(change, place, old)) if old else ()
        return self._edits[change.path]

    def correction_only(self, change: FileChange, place: Place) -> tuple[Edit, ...]:
        """Edits that only a correction may make; none where the step puts back what lawfully stood."""
        if place.kind not in PROTECTED or not change.new or not self.lawful_blob(change):
            return ()
        if not (found := correction_only(self.edits(change, place))) or self.restores(change, place):
            return ()
        return found

    def restores(self, change: FileChange, place: Place) -> bool:
        """After the step the path holds all that lawfully stood there."""
        lawful = self.lawful.get(change.path)
        return lawful is not None and not correction_only(tuple(self._compared(change, place, lawful)))

    def _compared(self, change: FileChange, place: Place, old: str) -> Iterable[Edit]:
        if place.kind == "attachment":
            return (
                ()
                if old == change.new and change.is_file
                else compare(ParsedRecord({"": old}), ParsedRecord({"": change.new}))
            )
        before = self.lookups.parsed(change.path, old) if old else None
        if before is None:
            return ()
        return compare(before, self.lookups.parsed(change.path, change.new) if change.is_file else None)

    def parameters_after(self) -> Parameters:
        """What the rule records give after the step."""
        changed = {c.path: c.new for c, place in self.records if place.kind == "rule"}
        return parameters_of({**self._books(), **changed}, self.lookups)


def parameters_of(books: Mapping[str, str], lookups: HistoryLookups) -> Parameters:
    """What rule records give, by path and blob; an empty blob is none."""
    return Parameters(g for path, blob in sorted(books.items()) if blob for g in lookups.parameter_settings(path, blob))
