"""待办: what is owed, by whom, until when. Days are dates, never counted from today."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from weimin.model.finding import Finding
from weimin.model.summary import DutyRow
from weimin.site.claims import record_claim
from weimin.site.shell import Shell
from weimin.site.shown import UNRECORDED, Shown
from weimin.site.wording.dates import day_words, days_in_words


class DutyView(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    message: str
    owed_by: Shown
    due: Shown
    overdue: bool
    rule_href: str
    claim: str
    exempt: bool = False


def duty_views(shell: Shell, duties: Iterable[DutyRow]) -> tuple[DutyView, ...]:
    return tuple(
        DutyView(
            code=d.code,
            message=days_in_words(d.message),
            owed_by=Shown(text=shell.who(d.owed_by), href=shell.who_href(d.owed_by)),
            due=_due(d.due, d.path),
            overdue=d.overdue_days > 0,
            rule_href=shell.urls.rule(d.code),
            claim=record_claim(d.path),
        )
        for d in duties
    )


def finding_views(shell: Shell, findings: Iterable[Finding]) -> tuple[DutyView, ...]:
    """The same of findings: the duties of a platform's own."""
    return tuple(
        DutyView(
            code=f.code,
            message=days_in_words(f.message),
            owed_by=Shown(text=shell.who(f.owed_by), href=shell.who_href(f.owed_by)) if f.owed_by else UNRECORDED,
            due=_due(f.due, f.path),
            overdue=f.overdue_days > 0,
            rule_href=shell.urls.rule(f.code),
            claim=record_claim(f.path),
            exempt=f.exempt,
        )
        for f in findings
    )


def _due(due: date | None, path: str) -> Shown:
    """The day; it is counted from the record at `path`, by the rule that stands beside it."""
    if due is None:
        return Shown(text="没有期限", state="none")
    return Shown(text=day_words(due), stamp=due.isoformat(), claim=record_claim(path))
