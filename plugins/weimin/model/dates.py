"""The table of dates: one row for every date field of every kind, beside the schemas (docs/adr/0073).

A row says three things of a field: whether it may lie ahead, what it may not precede, what it may not follow. Each limit
is *impossible* to break (an error), or *irregular* (a published notice: what happened out of order really happened, and
no rule may force an invented date). In doubt a limit is irregular.

The rules read the table (`rules/dates.py`, `history/rules/happened.py`), the reference prints it, and a test compares it
with the schemas: a date field without a row is an error of the program.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import msgspec

SINCE = date(2026, 11, 30)
"""The first day on which the rules of this table hold; records that stood before are judged more gently (`Code.since`)."""
SLACK = timedelta(days=1)
"""By how much a clock may be wrong: a date that lies ahead by no more is accepted (A104, A114, W122)."""
NAME = "/date"
"""The pointer of the date in a record's file name, as corrections write it."""


class Weight(StrEnum):
    """What it means that a limit is broken."""

    IMPOSSIBLE = "impossible"
    IRREGULAR = "irregular"


class Other(StrEnum):
    """The other date of a limit, where it does not stand in the same record."""

    CONSULTATION = "consultation"  # the consultations on whose result the record rests
    OUTCOME = "outcome"  # the outcome to which the measure belongs
    REFERENCES = "references"  # the records to which it refers, and those on which they rest
    FIRST_CONSULTATION = "first consultation"  # of the dossier
    FIRST_FOLLOWUP = "first followup"
    DECISION = "decision"  # /decision/date of the topic


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """What a date may not precede, or with `after` may not follow.

    `other`: a JSON pointer in the same record, whose `*` before the last name stand for the same lines as in the field
    (`/date`: the time of the record itself, from the day in its name to its `until`), or an `Other`. Of several others,
    a date may not precede the earliest, and may not follow the earliest. `newest`: only the latest line of the list is
    compared. `rule`: the code of another rule that finds it. `good`, `bad`: examples in the story of `EXAMPLE_DAYS`.
    """

    other: str
    weight: Weight
    good: str
    bad: str
    after: bool = False
    newest: bool = False
    rule: str = ""


class DateField(msgspec.Struct, frozen=True, kw_only=True):
    """A date field. `name`: what messages call it. `ahead`: it says what is planned, so it may lie in the future."""

    kind: str
    pointer: str
    name: str
    ahead: bool = False
    limits: tuple[Limit, ...] = ()
    keys: tuple[str, ...] = ()

    def values(self, raw: Any) -> Iterator[tuple[str, str]]:
        """(JSON pointer, date as written) of each value in a record's data; `unpublished` and `pending` are none."""
        return date_values(raw, self.keys)


EXAMPLE_DAYS = {
    "opinion": "2026-02-10",
    "consultation": "2026-03-02",
    "outcome": "2026-03-10",
    "response": "2026-03-25",
    "followup": "2026-06-01",
    "evaluation": "2026-07-01",
    "correction": "2026-07-05",
    "guidance": "2026-03-01",
}
"""The days in the names of the records of the examples; what else they say is in `tests/rules/date_story.py`."""
EXAMPLE_PRESENT = date(2026, 11, 30)
"""The day on which the examples are judged."""

_WORDS = ("unpublished", "pending")


def date_values(raw: Any, keys: tuple[str, ...], at: str = "") -> Iterator[tuple[str, str]]:
    """(JSON pointer, date) of the values at a path of keys; `*` is every line of a list, a number one line."""
    for n, key in enumerate(keys):
        if key == "*":
            for i, line in enumerate(raw if isinstance(raw, list) else ()):
                yield from date_values(line, keys[n + 1 :], f"{at}/{i}")
            return
        if isinstance(raw, dict) and key in raw:
            raw = raw[key]
        elif isinstance(raw, list) and key.isdigit() and int(key) < len(raw):
            raw = raw[int(key)]
        else:
            return
        at = f"{at}/{key}"
    if isinstance(raw, str | int) and not isinstance(raw, bool) and raw not in _WORDS:
        yield at, str(raw)


def _before(other: str, weight: Weight, good: str, bad: str, **more: Any) -> Limit:
    return Limit(other=other, weight=weight, good=good, bad=bad, **more)


def _after(other: str, weight: Weight, good: str, bad: str, **more: Any) -> Limit:
    return Limit(other=other, weight=weight, good=good, bad=bad, after=True, **more)


_NO, _ODD = Weight.IMPOSSIBLE, Weight.IRREGULAR
_RESULT = _before(Other.CONSULTATION, _NO, "2026-03-10", "2026-03-01")
_RECORD = _before(NAME, _ODD, "2026-03-10", "2026-03-09")


def _field(kind: str, pointer: str, name: str, *limits: Limit, ahead: bool = False) -> DateField:
    keys = () if pointer == NAME and kind in EXAMPLE_DAYS else tuple(pointer.split("/")[1:])
    return DateField(kind=kind, pointer=pointer, name=name, ahead=ahead, limits=limits, keys=keys)


def _own_day(kind: str, *, bad: str = "") -> Iterator[DateField]:
    """The rows of the day in a record's name and of its `until`; `bad`: a day before those on which it rests."""
    day = EXAMPLE_DAYS[kind]
    references = (_before(Other.REFERENCES, _NO, day, bad, rule="W208"),) if bad else ()
    yield _field(kind, NAME, "日期", *references)
    if kind not in ("correction", "opinion", "guidance"):
        before = date.fromordinal(date.fromisoformat(day).toordinal() - 1).isoformat()
        yield _field(kind, "/until", "最后一天", _before(NAME, _NO, day, before))


def _sources(kind: str) -> DateField:
    """The days of the reports from which a record was compiled."""
    limits: tuple[Limit, ...] = ()
    if kind in EXAMPLE_DAYS and kind != "correction":
        day = EXAMPLE_DAYS[kind]
        before = date.fromordinal(date.fromisoformat(day).toordinal() - 1).isoformat()
        limits = (_before(NAME, _ODD, day, before, newest=True),)
    return _field(kind, "/compiled_from/*/date", "报道日期", *limits)


_ROWS: tuple[DateField, ...] = (
    _field("platform", "/established", "成立日期"),
    _field(
        "platform", "/closed/date", "撤销日期", _before("/established", _ODD, "2019-11-20", "2019-11-19"), ahead=True
    ),
    _field("platform", "/place_found/date", "名录日期"),
    _field("exemptions", "/*/until", "截止日期", ahead=True),
    _field("rule", "/issued", "印发日期", _after("/effective_from", _ODD, "2026-02-01", "2026-02-02")),
    _field("rule", "/effective_from", "施行日期", ahead=True),
    _field(
        "rule", "/effective_to", "失效日期", _before("/effective_from", _NO, "2026-02-01", "2026-01-31"), ahead=True
    ),
    _field(
        "projects",
        "/adopted/date",
        "通过日期",
        _after("/items/*/due", _ODD, "2026-09-30", "2026-10-01"),
        _after("/items/*/progress/*/as_of", _ODD, "2026-04-30", "2026-05-01"),
    ),
    _field("projects", "/items/*/due", "完成期限", ahead=True),
    _field("projects", "/items/*/progress/*/as_of", "进展截至的日期"),
    _field("plan", "/approved/date", "审定日期", _after("/items/*/when", _ODD, "2026-03-31", "2026-04-01")),
    _field("plan", "/items/*/when", "计划时间", ahead=True),
    *_own_day("guidance"),
    *_own_day("opinion"),
    _field("opinion", "/triage/date", "处理日期", _before(NAME, _ODD, "2026-02-10", "2026-02-09")),
    _field("opinion", "/answered", "答复日期", _before(NAME, _NO, "2026-02-10", "2026-02-09")),
    _field("topic", "/announces/*/when", "预告的时间", ahead=True),
    _field(
        "topic",
        "/announces/*/until",
        "预告的最后一天",
        _before("/announces/*/when", _NO, "2026-03-02", "2026-03-01"),
        ahead=True,
    ),
    _field("topic", "/approval/date", "审定日期", _after(Other.FIRST_CONSULTATION, _ODD, "2026-03-02", "2026-03-03")),
    _field("topic", "/notice/from", "公示起始日期", ahead=True),
    _field("topic", "/notice/to", "公示截止日期", _before("/notice/from", _NO, "2026-02-15", "2026-02-14"), ahead=True),
    _field("topic", "/decision/date", "决策日期", _after(Other.FIRST_FOLLOWUP, _ODD, "2026-06-01", "2026-06-02")),
    _field("topic", "/ended/date", "结束日期", ahead=True),
    _field(
        "consultation",
        NAME,
        "日期",
        _before(Other.REFERENCES, _NO, "2026-07-01", "2026-06-30", rule="W208"),
        _after(Other.DECISION, _ODD, "2026-03-20", "2026-03-21", rule="W202"),
    ),
    _field("consultation", "/until", "最后一天", _before(NAME, _NO, "2026-03-02", "2026-03-01"), ahead=True),
    _field("consultation", "/methods/*/from", "书面协商的发出日期"),
    _field(
        "consultation",
        "/methods/*/to",
        "书面协商的截止日期",
        _before("/methods/*/from", _NO, "2026-03-01", "2026-02-28"),
        ahead=True,
    ),
    _field("consultation", "/methods/*/opens", "网络议政的开始日期"),
    _field(
        "consultation",
        "/methods/*/closes",
        "网络议政的结束日期",
        _before("/methods/*/opens", _NO, "2026-03-01", "2026-02-28"),
        ahead=True,
    ),
    _field("consultation", "/announced/date", "告知日期", _after(NAME, _ODD, "2026-03-02", "2026-03-03")),
    *_own_day("outcome", bad="2026-03-01"),
    _field("outcome", "/measures/*/due", "完成期限", _RESULT, _RECORD, ahead=True),
    _field("outcome", "/upward/*/reported/date", "上报日期", _RESULT, _RECORD),
    _field("outcome", "/submitted/*/date", "报送日期", _RESULT, _RECORD),
    _field("outcome", "/publication/date", "公布与否的决定日期", _RESULT, _RECORD),
    _field(
        "outcome",
        "/publication/channels/*/date",
        "公布日期",
        _RESULT,
        _before("/publication/date", _ODD, "2026-03-15", "2026-03-14"),
    ),
    *_own_day("response", bad="2026-03-01"),
    *_own_day("followup", bad="2026-03-09"),
    _field(
        "followup",
        "/measures/*/done/date",
        "完成日期",
        _before(Other.CONSULTATION, _NO, "2026-03-10", "2026-03-01"),
        _after(NAME, _NO, "2026-06-01", "2026-06-02"),
        _before(Other.OUTCOME, _ODD, "2026-03-10", "2026-03-09"),
    ),
    *_own_day("evaluation", bad="2026-03-09"),
    _field("evaluation", "/reconsult/date", "是否再协商的决定日期", _before(NAME, _NO, "2026-07-01", "2026-06-30")),
    *_own_day("correction", bad="2026-03-09"),
    _field("news", "/date", "日期"),
    *(_field(kind, "/corrected/*/date", "更正日期") for kind in ("platform", "projects", "plan", "news")),
    *(
        _sources(kind)
        for kind in (
            *("platform", "rule", "projects", "plan", "guidance", "opinion", "topic", "consultation", "outcome"),
            *("response", "followup", "evaluation", "correction", "news", "page"),
        )
    ),
)

TABLE: dict[str, tuple[DateField, ...]] = {
    kind: tuple(row for row in _ROWS if row.kind == kind) for kind in dict.fromkeys(row.kind for row in _ROWS)
}
"""Kind → its rows, in the order of its schema."""
