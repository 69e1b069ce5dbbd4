"""What a rule of family A (the trail) can ask about one step of the main branch. Every answer is computed on demand, once.

A record that says what was said is protected: only a correction may change it. Where somebody changes or deletes it
all the same, the file on the branch is no longer the version that counts. The replay therefore keeps, for each such
path, its *lawful* version: the last content that the rules accept. Later steps are compared with the lawful version:

    step 1 adds outcome.md            (blob a)  no lawful version is stored: what the branch holds is lawful
    step 2 edits outcome.md to blob b           A103; the lawful version of outcome.md is a
    step 3 fills in one field of blob b         judged by what step 3 itself does; the lawful version is still a
    step 4 restores blob a                      no finding: the step puts back the lawful version
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property

import msgspec

from weimin.history.compare import Edit, compare, correction_only
from weimin.history.protection import PROTECTED, STANDING, STANDING_SINCE
from weimin.history.standing import edits_without_reason
from weimin.model.history import FileChange, ParsedRecord, Step
from weimin.model.parameter import Parameters, ParameterSetting
from weimin.model.place import CONTENT, Place


class HistoryLookups(msgspec.Struct, frozen=True, kw_only=True):
    """Functions through which the replay reads the repository, keyed by path and blob so that callers can cache them.

    `place`: path → place of a record, None for a path that is none. `parsed`: path, blob → data, None if unreadable.
    `parameter_settings`: path, blob → the settings of a rule record. `day`: seconds since 1970 → day in the site's
    time zone; `moment`: the same as an ISO time. `may_have_day_after`: blob, day → whether the content may name a later day;
    False spares parsing it. `title`: kind → its name in Chinese; `field`: kind, JSON pointer →
    the name of the field in Chinese. `first_day`: a setting of an issued rule → the day on which the main branch first had
    it, None if that is not known.
    """

    place: Callable[[str], Place | None]
    parsed: Callable[[str, str], ParsedRecord | None]
    parameter_settings: Callable[[str, str], tuple[ParameterSetting, ...]]
    day: Callable[[int], date]
    moment: Callable[[int], str]
    title: Callable[[str], str]
    field: Callable[[str, str], str]
    may_have_day_after: Callable[[str, date], bool] = lambda blob, day: True
    first_day: Callable[[ParameterSetting], date | None] = lambda setting: None


class StepContext:
    """One step, with the state of the main branch before it.

    `before`: path → blob below content/ in the commit before. `lawful`: path → lawful version, only where it differs
    from what the branch holds. `parameters_before`: the parameters in force before the step; `binding_before`: the same, where an
    issued rule binds from the day of its commit. `has_own_dossier`: the
    commit before holds a dossier that the platform filed itself.
    `previous_time`: committer's time of the commit before, `arrived` that of this step, both corrected for
    implausible clocks; `now`: the last second of the day of the audit. All in seconds since 1970, 0 if there is none.
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
        binding_before: Callable[[], Parameters],
        rule_records: Callable[[], Mapping[str, str]],
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
        self.binding_before = binding_before
        self._rule_records = rule_records
        self._edits: dict[str, tuple[Edit, ...]] = {}

    @cached_property
    def day(self) -> date:
        """The day of arrival on the main branch."""
        return self.lookups.day(self.arrived)

    @cached_property
    def records(self) -> tuple[tuple[FileChange, Place], ...]:
        """The changed files that are records or attachments, with their places."""
        inside = (c for c in self.step.changes if c.path.startswith(CONTENT))
        return tuple((c, place) for c in inside if (place := self.lookups.place(c.path)) is not None)

    @cached_property
    def added(self) -> tuple[tuple[FileChange, Place], ...]:
        """The records that the step creates."""
        return tuple((c, p) for c, p in self.records if not c.old and c.new)

    def lawful_blob(self, change: FileChange) -> str:
        """The lawful version of a path before the step; empty if there is none."""
        return self.lawful.get(change.path, change.old)

    def edits(self, change: FileChange, place: Place) -> tuple[Edit, ...]:
        """What the step does to a record, compared with the commit before.

        Where that version cannot be read, the lawful one is compared instead.
        """
        if change.path not in self._edits:
            old = self._compared_version(change, place)
            self._edits[change.path] = tuple(self._compared(change, place, old)) if old else ()
        return self._edits[change.path]

    def _compared_version(self, change: FileChange, place: Place) -> str:
        """The version with which the step is compared; empty if there is none that can be read."""
        readable = change.old and (place.kind == "attachment" or self.lookups.parsed(change.path, change.old))
        return change.old if readable else self.lawful.get(change.path, "")

    def correction_only(self, change: FileChange, place: Place) -> tuple[Edit, ...]:
        """Edits that only a correction may make, of a standing record those without a reason; none where the step restores
        the lawful version.
        """
        if not change.new or not self.lawful_blob(change):
            return ()
        edits = self._unlawful(change, place, self._compared_version(change, place), self.edits(change, place))
        return () if not edits or self.restores(change, place) else edits

    def restores(self, change: FileChange, place: Place) -> bool:
        """After the step the path holds everything that its stored lawful version holds."""
        lawful = self.lawful.get(change.path)
        if lawful is None:
            return False
        return not self._unlawful(change, place, lawful, tuple(self._compared(change, place, lawful)))

    def _unlawful(self, change: FileChange, place: Place, old: str, edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
        """Those of `edits`, which begin at the version `old`, that this way of editing does not allow."""
        if place.kind in PROTECTED:
            return correction_only(edits)
        if place.kind not in STANDING or self.day < STANDING_SINCE or not edits:
            return ()
        before = self.lookups.parsed(change.path, old)
        after = self.lookups.parsed(change.path, change.new) if change.is_file else None
        return edits_without_reason(place.kind, before, after, edits) if before is not None else ()

    def _compared(self, change: FileChange, place: Place, old: str) -> Iterable[Edit]:
        if place.kind == "attachment":
            if old == change.new and change.is_file:
                return ()
            return compare(ParsedRecord({"": old}), ParsedRecord({"": change.new}))
        before = self.lookups.parsed(change.path, old) if old else None
        if before is None:
            return ()
        return compare(before, self.lookups.parsed(change.path, change.new) if change.is_file else None)

    def parameters_after(self) -> Parameters:
        """What the rule records set after the step."""
        changed = {c.path: c.new for c, place in self.records if place.kind == "rule"}
        return parameters_of({**self._rule_records(), **changed}, self.lookups)


def parameters_of(rule_records: Mapping[str, str], lookups: HistoryLookups) -> Parameters:
    """The parameters that rule records (path → blob) set; an empty blob means that the record is deleted."""
    return Parameters(
        setting
        for path, blob in sorted(rule_records.items())
        if blob
        for setting in lookups.parameter_settings(path, blob)
    )
