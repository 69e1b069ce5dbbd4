"""Corrections applied: the corrected record is what rules and pages see; the file stays as it was."""

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
"""(kind, raw data) → the kind's class, or None and what does not fit, in Chinese."""

BODY, DATE = "/body", "/date"
_ABSENT = object()


class CorrectionResult(msgspec.Struct, frozen=True, kw_only=True):
    """Records as corrected, the days in their names as corrected, what was changed, and what did not fit."""

    records: tuple[Record, ...]
    days: dict[str, Period]
    applied: tuple[AppliedChange, ...]
    problems: tuple[Problem, ...]


def apply_corrections(records: Iterable[Record], build_data: DataBuilder) -> CorrectionResult:
    """Apply every correction among the records, in order of day and N, to the records of the same folder.

    A correction whose target is not here is left to the rule on references (L101).
    """
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
    """A record while one correction is made to it; nothing of it counts unless all its changes fit."""

    def __init__(self, target: Record, day: Period | None) -> None:
        self.record, self.day = target, day
        self._raw, self._body = copy.deepcopy(target.raw), target.body

    def apply(self, c: Record) -> Problem | None:
        assert isinstance(c.data, Correction)
        for i, change in enumerate(c.data.changes):
            standing = self._standing(change.field)
            if not self._fits(change, standing) or not self._put(change):
                return _misfit(c, f"/changes/{i}/from", change.field, standing)
        return None

    def rebuild(self, c: Record, build_data: DataBuilder) -> Problem | None:
        """The changed record as its kind's class; a problem where it no longer is one."""
        data, why = build_data(self.record.place.kind, self._raw)
        if data is None:
            said = f"按这份更正改了以后，“{self.record.place.stem}”的内容不合要求：{why}"
            return _problem(c, "/changes", said, "改更正里的 to。")
        self.record = msgspec.structs.replace(self.record, raw=self._raw, data=data, body=self._body)
        return None

    def _prose(self, field: str) -> bool:
        """`/body` is the prose; a record without prose may have a field of that name (评议主体)."""
        return field == BODY and self.record.place.path.endswith(".md")

    def _standing(self, field: str) -> Any:
        if self._prose(field):
            return self._body
        if field == DATE:
            return self.day.text if self.day else _ABSENT
        return get_value(self._raw, field)

    def _fits(self, change: Change, standing: Any) -> bool:
        if standing is _ABSENT:
            return change.from_ is None
        return _same(change.from_, standing) or (self._prose(change.field) and change.from_ is None)

    def _put(self, change: Change) -> bool:
        if self._prose(change.field):
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
    here = ref.record
    if ref.platform is None:
        here = f"{c.place.dossier}/{here}" if c.place.dossier else f"{c.place.platform}/{c.place.folder}/{here}"
    return by_ref.get(here)


def _same(a: Any, b: Any) -> bool:
    return (type(a) is type(b) and bool(a == b)) or (not isinstance(a, (dict, list)) and str(a) == str(b))


def _misfit(c: Record, pointer: str, field: str, standing: Any) -> Problem:
    now = "没有这一项" if standing is _ABSENT else f"“{_short(standing)}”"
    hint = "" if standing is _ABSENT or isinstance(standing, (dict, list)) else f"把 from 改成：{_short(standing)}"
    return _problem(
        c, pointer, f"更正的“{field}”写的原值与记录现在的值不一致：记录里是{now}", hint or "核对 field 和 from。"
    )


def _problem(c: Record, pointer: str, message: str, hint: str) -> Problem:
    return Problem(code="L107", path=c.place.path, pointer=pointer, message=message, hint=hint, dossier=c.place.dossier)


def _short(value: Any) -> str:
    text = str(value).replace("\n", " ")
    return text if len(text) <= 40 else text[:39] + "…"


def _steps(pointer: str) -> list[str]:
    return [p.replace("~1", "/").replace("~0", "~") for p in pointer.split("/")[1:]]


def get_value(raw: Any, pointer: str) -> Any:
    """The value under a JSON pointer (RFC 6901), or a marker of its own where there is none."""
    for key in _steps(pointer):
        if isinstance(raw, dict) and key in raw:
            raw = raw[key]
        elif isinstance(raw, list) and key.isascii() and key.isdigit() and int(key) < len(raw):
            raw = raw[int(key)]
        else:
            return _ABSENT
    return raw


def set_value(raw: Any, pointer: str, value: Any) -> bool:
    """Set (None: remove) the value under a JSON pointer whose parent stands; False where it does not."""
    *parents, last = _steps(pointer) or [""]
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
