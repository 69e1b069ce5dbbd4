"""Applying corrections: rules and pages see the corrected record; the file of the record is never changed.

A correction is a record of its own. It refers to one record of the same folder (`of`) and lists changes; each change has
a `field` (JSON pointer; `/body` is the prose, `/date` the date in the file's name), the old value (`from`) and the new
value (`to`). The steps:

1. All corrections of the folder are sorted by day, then N, then stem.
2. For each, in that order: find the record that it corrects, as changed by the corrections before it. A reference that
   leads nowhere is left to rule L101.
3. Apply its changes one after the other to a copy of that record's data. Each `from` must be the value that the copy has
   at that moment (null: the field is absent); a change with another `from` does not fit.
4. Build the kind's class from the changed data, so that the corrected record is as valid as any other.
5. If a change does not fit, or the data is no longer valid, the whole correction has no effect and gives one problem
   (L107). Otherwise the corrected record replaces the record, and its changes are listed as applied.

Invariants: a correction is applied completely or not at all; the order of files on the disk has no influence; the records
that come in are never modified.

Example: 2026-04-02-correction has `of: 2026-03-10-outcome` and changes `/measures/0/due` from 2026-06-30 to 2026-09-30. A
later correction of the same field must have `from: 2026-09-30`.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from weimin.model.dossier import AppliedChange
from weimin.model.finding import Problem
from weimin.model.kinds import Change, Correction, Data
from weimin.model.period import Period, parse_period
from weimin.model.record import Record, parse_ref

DataBuilder = Callable[[str, Any], "tuple[Data | None, str]"]
"""(kind, raw data) → (the kind's class or None, what is invalid about the data in Chinese)."""

BODY, DATE = "/body", "/date"
_ABSENT = object()


class CorrectionResult(msgspec.Struct, frozen=True, kw_only=True):
    """The corrected records. `days`: reference of a record → the corrected date of its name, where one was corrected.

    `applied`: all changes that took effect, in order; `problems`: L107 for each correction that did not.
    """

    records: tuple[Record, ...]
    days: dict[str, Period]
    applied: tuple[AppliedChange, ...]
    problems: tuple[Problem, ...]


def apply_corrections(records: Iterable[Record], build_data: DataBuilder) -> CorrectionResult:
    """Apply every correction among the records of one folder, in order of day and N, to the others."""
    by_ref = {r.place.ref: r for r in records}
    corrections = sorted(
        (r for r in by_ref.values() if isinstance(r.data, Correction)),
        key=lambda r: (r.place.on.sort_day if r.place.on else None, r.place.number, r.place.stem),
    )
    days: dict[str, Period] = {}
    applied: list[AppliedChange] = []
    problems: list[Problem] = []
    for c in corrections:
        target = _target(c, by_ref)
        if target is None:
            continue
        draft = _Draft(target, days.get(target.place.ref) or target.place.on)
        problem = draft.apply(c) or draft.rebuild(c, build_data)
        if problem is not None:
            problems.append(problem)
            continue
        by_ref[target.place.ref] = draft.record
        if draft.day is not None:
            days[target.place.ref] = draft.day
        applied += _applied(c, target)
    return CorrectionResult(records=tuple(by_ref.values()), days=days, applied=tuple(applied), problems=tuple(problems))


class _Draft:
    """A copy of a record to which one correction is applied; discarded unless all changes fit."""

    def __init__(self, target: Record, day: Period | None) -> None:
        self.record, self.day = target, day
        self._raw, self._body = copy.deepcopy(target.raw), target.body

    def apply(self, c: Record) -> Problem | None:
        """Apply the changes of a correction; the problem of the first that does not fit."""
        assert isinstance(c.data, Correction)
        for i, change in enumerate(c.data.changes):
            current = self._current(change.field)
            if not self._fits(change, current) or not self._set(change):
                return _misfit(c, f"/changes/{i}/from", change.field, current)
        return None

    def rebuild(self, c: Record, build_data: DataBuilder) -> Problem | None:
        """Build the kind's class from the changed data; a problem if the data is no longer valid."""
        data, why = build_data(self.record.place.kind, self._raw)
        if data is None:
            message = f"按这份更正改了以后，“{self.record.place.stem}”的内容不合要求：{why}"
            return _problem(c, "/changes", message, "改更正里的 to。")
        self.record = msgspec.structs.replace(self.record, raw=self._raw, data=data, body=self._body)
        return None

    def _is_prose(self, field: str) -> bool:
        """`/body` means the prose, except in records without prose, which may have a field of that name (评议主体)."""
        return field == BODY and self.record.place.path.endswith(".md")

    def _current(self, field: str) -> Any:
        """The value of a field at this moment."""
        if self._is_prose(field):
            return self._body
        if field == DATE:
            return self.day.text if self.day else _ABSENT
        return get_value(self._raw, field)

    def _fits(self, change: Change, current: Any) -> bool:
        if current is _ABSENT:
            return change.from_ is None
        return _same(change.from_, current) or (self._is_prose(change.field) and change.from_ is None)

    def _set(self, change: Change) -> bool:
        """Set the new value; False if the field's parent does not exist or a date is invalid."""
        if self._is_prose(change.field):
            self._body = change.to if isinstance(change.to, str) else ""
            return True
        if change.field == DATE:
            try:
                self.day = parse_period(str(change.to), in_name=True)
            except ValueError:
                return False
            return True
        return set_value(self._raw, change.field, change.to)


def _applied(c: Record, target: Record) -> list[AppliedChange]:
    assert isinstance(c.data, Correction) and c.place.on is not None
    return [
        AppliedChange(
            correction=c.place.stem,
            on=c.place.on,
            target=target.place.stem,
            field=change.field,
            old=change.from_,
            new=change.to,
            reason=c.data.reason,
            approved_by=c.data.approved_by,
        )
        for change in c.data.changes
    ]


def _target(c: Record, by_ref: dict[str, Record]) -> Record | None:
    assert isinstance(c.data, Correction)
    try:
        ref = parse_ref(c.data.of)
    except ValueError:
        return None
    record = ref.record
    if ref.platform is None:
        folder = c.place.dossier or f"{c.place.platform}/{c.place.folder}"
        record = f"{folder}/{record}"
    return by_ref.get(record)


def _same(a: Any, b: Any) -> bool:
    """Equal, or equal as text: YAML may read a number or a date where a person meant text."""
    return (type(a) is type(b) and bool(a == b)) or (not isinstance(a, (dict, list)) and str(a) == str(b))


def _misfit(c: Record, pointer: str, field: str, current: Any) -> Problem:
    now = "没有这一项" if current is _ABSENT else f"“{_short(current)}”"
    hint = "" if current is _ABSENT or isinstance(current, (dict, list)) else f"把 from 改成：{_short(current)}"
    return _problem(
        c, pointer, f"更正的“{field}”写的原值与记录现在的值不一致：记录里是{now}", hint or "核对 field 和 from。"
    )


def _problem(c: Record, pointer: str, message: str, hint: str) -> Problem:
    return Problem(code="L107", path=c.place.path, pointer=pointer, message=message, hint=hint, dossier=c.place.dossier)


def _short(value: Any) -> str:
    text = str(value).replace("\n", " ")
    return text if len(text) <= 40 else text[:39] + "…"


def _keys(pointer: str) -> list[str]:
    """The keys of a JSON pointer, unescaped."""
    return [p.replace("~1", "/").replace("~0", "~") for p in pointer.split("/")[1:]]


def get_value(raw: Any, pointer: str) -> Any:
    """The value at a JSON pointer (RFC 6901), or a marker if there is none."""
    for key in _keys(pointer):
        if isinstance(raw, dict) and key in raw:
            raw = raw[key]
        elif isinstance(raw, list) and key.isascii() and key.isdigit() and int(key) < len(raw):
            raw = raw[int(key)]
        else:
            return _ABSENT
    return raw


def set_value(raw: Any, pointer: str, value: Any) -> bool:
    """Set the value at a JSON pointer, or remove it (None). False if its parent does not exist."""
    *parents, last = _keys(pointer) or [""]
    for key in parents:
        raw = get_value(raw, "/" + key.replace("~", "~0").replace("/", "~1"))
        if raw is _ABSENT:
            return False
    if isinstance(raw, dict):
        if value is None:
            raw.pop(last, None)
        else:
            raw[last] = value
        return True
    if isinstance(raw, list) and last.isascii() and last.isdigit() and int(last) <= len(raw):
        if value is None:
            del raw[int(last) : int(last) + 1]
        else:
            raw[int(last) : int(last) + 1] = [value]
        return True
    return False
