"""Summaries as rows of a list: one line each on a phone."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from weimin.model.summary import Summary
from weimin.site.claims import event_claim
from weimin.site.site_context import SiteContext
from weimin.wording.dates import format_date, html_datetime


class DossierRow(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    href: str
    area: str
    on: str
    stamp: str
    claim: str
    state: str  # the tone of the state
    label: str
    duties: int
    overdue: int
    compiled: bool
    themes: tuple[str, ...]


def dossier_rows(summaries: Iterable[Summary], context: SiteContext) -> tuple[DossierRow, ...]:
    """In the order given."""
    return tuple(dossier_row(s, context) for s in summaries)


def dossier_row(s: Summary, context: SiteContext) -> DossierRow:
    return DossierRow(
        title=s.title,
        href=context.urls.dossier(s.id),
        area=context.area(s.platform),
        on=format_date(s.last_on) if s.last_on else "",
        stamp=html_datetime(s.last_on),
        claim=event_claim(s.id, s.last_stem),
        state=s.state.tone,
        label=s.state.label,
        duties=len(s.duties),
        overdue=sum(1 for d in s.duties if d.overdue_days > 0),
        compiled=s.compiled,
        themes=s.themes,
    )
