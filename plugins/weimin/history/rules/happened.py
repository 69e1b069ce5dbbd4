"""What a record says to have happened is not dated after the day of its commit (A114); the day in its name is A104.

Which fields say so is a matter of the table of dates (`model/dates.py`): all but those that may lie ahead. A value is
judged by the step that brings it, and compared by its first possible day with the day of arrival; a clock may be wrong by
a day. A step before the rule existed gets a notice: nobody can change what was committed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weimin.history.rules.registry import step_rule
from weimin.history.step_context import StepContext
from weimin.history.wording import describe_record, describe_step
from weimin.model.codes import CODES
from weimin.model.dates import NAME, SLACK, TABLE, DateField
from weimin.model.finding import Problem, Severity
from weimin.model.history import FileChange, ParsedRecord
from weimin.model.period import Period, parse_period
from weimin.model.place import Place

CODE = "A114"
_UNCOMMITTED = "日期写错的，改成实际发生的日期；还没有发生的，发生以后再写"
_COMMITTED = "日期写错的，用更正改成实际发生的日期：weimin new correction；提交本身改不了，这一条一直留着"
_SAID = {kind: tuple(row for row in rows if not row.ahead and row.keys) for kind, rows in TABLE.items()}
"""Kind → the fields of its data that say what has happened."""


@step_rule("A114")
def happened_after_commit(context: StepContext) -> Iterator[Problem]:
    last = context.day + SLACK
    since = CODES[CODE].since
    severity = Severity.NOTICE if since is not None and context.step.commit and context.day < since else None
    for change, place in context.records:
        if not change.new or not change.is_file or not _SAID.get(place.kind):
            continue
        if not context.lookups.may_have_day_after(change.new, last):
            continue
        for pointer, name, on in _new_days(context, change, place):
            if on.first is not None and on.first > last:
                arrival = describe_step(context) if context.step.commit else f"今天（{context.day}）"
                yield Problem(
                    code=CODE,
                    path=change.path,
                    pointer=pointer,
                    severity=severity,
                    message=f"{describe_record(context.lookups, place)}的{name} {on.text} 在{arrival}之后：写的是已经发生的事",
                    hint=_COMMITTED if context.step.commit else _UNCOMMITTED,
                    dossier=place.dossier,
                )


def _new_days(context: StepContext, change: FileChange, place: Place) -> Iterator[tuple[str, str, Period]]:
    """(JSON pointer, name of the field, date) of each date that the step brings."""
    after = context.lookups.parsed(change.path, change.new)
    if after is None:
        return
    before = context.lookups.parsed(change.path, change.old) if change.old else None
    for row in _SAID[place.kind]:
        old = {*row.values(before.raw)} if before is not None else set()
        for pointer, text in row.values(after.raw):
            if (pointer, text) not in old and (on := _period(text)) is not None:
                yield pointer, row.name, on
    if place.kind == "correction":
        yield from _corrected_days(after)


def _corrected_days(correction: ParsedRecord) -> Iterator[tuple[str, str, Period]]:
    """The dates to which a correction changes fields of another record; that of its name is A104."""
    raw: Any = correction.raw if isinstance(correction.raw, dict) else {}
    lines = raw.get("changes")
    rows = _SAID.get(_kind_of(str(raw.get("of") or "")), ())
    for n, line in enumerate(lines if isinstance(lines, list) else ()):
        field = str(line.get("field")) if isinstance(line, dict) else ""
        row = next((row for row in rows if field != NAME and _is_at(row, field)), None)
        if row is not None and (on := _period(str(line.get("to")))) is not None:
            yield f"/changes/{n}/to", f"更正后的{row.name}", on


def _kind_of(reference: str) -> str:
    """The kind of record that a reference names by its stem; an opinion's stem is a date alone."""
    words = [part for part in reference.rpartition("/")[2].partition("#")[0].split("-") if part.isalpha()]
    return next((word for word in words if word in TABLE), "opinion")


def _is_at(row: DateField, pointer: str) -> bool:
    parts = pointer.split("/")[1:]
    return len(parts) == len(row.keys) and all(
        key == part or (key == "*" and part.isdigit()) for key, part in zip(row.keys, parts, strict=True)
    )


def _period(text: str) -> Period | None:
    try:
        return parse_period(text)
    except ValueError:
        return None  # another rule reports a date that is none
