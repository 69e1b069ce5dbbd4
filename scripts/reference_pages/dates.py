"""The generated part of dates.md: the table of dates with its limits and examples."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from reference_pages.markdown import code, table
from weimin.model.dates import EXAMPLE_DAYS, EXAMPLE_PRESENT, NAME, TABLE, DateField, Limit, Other, Weight
from weimin.records.kinds import KINDS

_OTHERS = {
    Other.CONSULTATION: "the consultation on whose result it rests",
    Other.OUTCOME: "the outcome of the measure",
    Other.REFERENCES: "the records to which it refers, and those on which they rest",
    Other.FIRST_CONSULTATION: "the first consultation",
    Other.FIRST_FOLLOWUP: "the first followup",
    Other.DECISION: f"{code('/decision/date')} of the topic, if it is about selection",
}
_HEAD = ("field", "may lie ahead", "may not be", "if it is", "found as", "good", "bad")


def table_of_dates() -> str:
    """A table for each kind: one line for each limit of a field, and one for a field without any."""
    lines = []
    for kind, rows in TABLE.items():
        lines += [f"### {kind}", "", _story(kind), "", table(_HEAD, [line for row in rows for line in _lines(row)])]
    return "\n".join(lines)


def _story(kind: str) -> str:
    day = f" In the examples it is of {EXAMPLE_DAYS[kind]}." if kind in EXAMPLE_DAYS else ""
    return f"{KINDS[kind].title}: [fields](records.md#{kind}).{day}"


def _lines(row: DateField) -> Iterator[tuple[str, ...]]:
    ahead = "yes" if row.ahead else "no"
    for limit in row.limits:
        found = limit.rule or ("W120" if limit.weight is Weight.IMPOSSIBLE else "W121")
        yield (
            code(row.pointer),
            ahead,
            _limit(limit),
            limit.weight.value,
            _rule(found),
            code(limit.good),
            code(limit.bad),
        )
    if row.limits:
        return
    if row.ahead:
        yield (code(row.pointer), ahead, "", "", "", "any date", "none")
        return
    good, bad = (EXAMPLE_PRESENT + timedelta(days=n) for n in (1, 2))
    found = f"{_rule('W122')}, {_rule('A104' if not row.keys else 'A114')}"
    yield (
        code(row.pointer),
        ahead,
        "after the day of the check",
        Weight.IMPOSSIBLE.value,
        found,
        code(f"{good}"),
        code(f"{bad}"),
    )


def _limit(limit: Limit) -> str:
    order = "after" if limit.after else "before"
    other = _OTHERS[Other(limit.other)] if not limit.other.startswith("/") else code(limit.other)
    if limit.other == NAME:
        other = "the record's own time" + (" (to its `until`)" if limit.after else "")
    return f"{order} {other}" + (", the newest of the list" if limit.newest else "")


def _rule(found: str) -> str:
    return f"[{found}](rules.md#{found.lower()})"
