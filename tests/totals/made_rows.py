"""Summaries, duties and findings of few words, for the tests of sums and lists."""

from __future__ import annotations

from datetime import date
from typing import Any

from weimin.model.finding import Finding, Severity
from weimin.model.summary import (
    AnnouncementRow,
    AnswerDutyRow,
    ConsultationRow,
    DutyRow,
    EvaluationRow,
    MeasureRow,
    OutcomeRow,
    Summary,
    UpwardRow,
)

VILLAGE = "990101001001"
DUE = date(2026, 3, 31)


def day_of(text: str) -> date | None:
    return date.fromisoformat(text) if len(text) == 10 else None


def year_of(text: str) -> int | None:
    return int(text[:4]) if text[:4].isdigit() else None


def summary(**more: Any) -> Summary:
    facts: dict[str, Any] = {
        "id": f"{VILLAGE}/2026-001",
        "platform": VILLAGE,
        "title": "路灯",
        "themes": (),
        "compiled": False,
        "day": None,
        "last": None,
        "last_on": "",
        "step": 0,
        "steps": (),
        "rounds": 1,
        "closed": False,
        "ended": None,
    }
    return Summary(**facts | more)


def consultation(on: str, **more: Any) -> ConsultationRow:
    return ConsultationRow(stem=f"{on}-c", on=on, day=day_of(on), year=year_of(on), about=None, **more)


def outcome(on: str, publication: str | None = None, **more: Any) -> OutcomeRow:
    return OutcomeRow(
        stem=f"{on}-o", on=on, day=day_of(on), year=year_of(on), consensus=None, publication=publication, **more
    )


def evaluation(on: str, **more: Any) -> EvaluationRow:
    return EvaluationRow(stem=f"{on}-e", on=on, day=day_of(on), year=year_of(on), **more)


def measure(of: str, state: str | None, done: str = "", in_time: bool | None = None) -> MeasureRow:
    day = day_of(done)
    return MeasureRow(id="m1", stem=f"{of}-o", text="装灯", unit=None, due=None, state=state, done=day, in_time=in_time)


def upward(of: str, **more: Any) -> UpwardRow:
    facts: dict[str, Any] = {"kind": None, "to": None, "text": "请示", "reported": None, "answered": None}
    return UpwardRow(id="u1", stem=f"{of}-o", **facts | more)


def duty(due: date | None = DUE, overdue_days: int = 0) -> DutyRow:
    return DutyRow(code="W606", message="", owed_by=VILLAGE, due=due, overdue_days=overdue_days)


def answer(met_on: str = "", *, since: str = "2026-03-01", due: date | None = DUE, code: str = "W606") -> AnswerDutyRow:
    """Open where `met_on` is empty."""
    met = day_of(met_on) or (DUE if met_on else None)
    return AnswerDutyRow(code=code, since=day_of(since), due=due, met=met, met_on=met_on)


def coming(when: str, *, past: bool = False) -> AnnouncementRow:
    return AnnouncementRow(when=when, day=day_of(when), about=None, where=None, how=None, past=past)


def finding(owed_by: str | None = VILLAGE, due: date | None = DUE, overdue_days: int = 0, **more: Any) -> Finding:
    return Finding(
        code="W705",
        slug="plan-missing",
        severity=Severity.DUTY,
        path="platform.yml",
        line=1,
        column=1,
        message="",
        hint="",
        clause=None,
        owed_by=owed_by,
        due=due,
        overdue_days=overdue_days,
        **more,
    )
