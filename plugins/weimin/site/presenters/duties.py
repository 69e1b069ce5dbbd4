"""待办: the open duties: text, debtor, due day. Days are shown as dates, never as a number of days from today."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import msgspec

from weimin.model.finding import Finding
from weimin.model.summary import DutyRow
from weimin.site.claims import record_claim
from weimin.site.display_text import UNRECORDED, DisplayText
from weimin.site.site_context import SiteContext
from weimin.wording.dates import format_day
from weimin.wording.duties import format_for_public, parse_duty

_RULE = re.compile(r"依据 ?(?P<source>(?P<code>\d{4,12})/rules/[\w.-]+(?:#[\w.-]+)?)", re.ASCII)


class DutyView(msgspec.Struct, frozen=True, kw_only=True):
    """`counted`: from which day and how many days; `basis`: the rule that sets the number. Both are empty for a fixed day."""

    code: str
    message: str
    owed_by: DisplayText
    due: DisplayText
    overdue: bool
    rule_href: str
    claim: str
    counted: str = ""
    basis: DisplayText | None = None
    exempt: bool = False


def duty_views(context: SiteContext, duties: Iterable[DutyRow]) -> tuple[DutyView, ...]:
    return tuple(_view(context, d) for d in duties)


def finding_views(context: SiteContext, findings: Iterable[Finding]) -> tuple[DutyView, ...]:
    """The same of findings: the duties of a platform's own."""
    return tuple(_view(context, f, exempt=f.exempt) for f in findings)


def public_notices(findings: Iterable[Finding], context: SiteContext) -> tuple[Finding, ...]:
    """Notices as the public reads them."""
    return tuple(
        msgspec.structs.replace(f, message=_with_rules(format_for_public(f.message), context)) for f in findings
    )


def _view(context: SiteContext, d: DutyRow | Finding, *, exempt: bool = False) -> DutyView:
    words = parse_duty(d.message)
    return DutyView(
        code=d.code,
        message=_with_rules(words.fact, context),
        counted=words.counted,
        basis=basis_shown(words.basis, context) if words.basis else None,
        owed_by=DisplayText(text=context.who(d.owed_by), href=context.who_href(d.owed_by)) if d.owed_by else UNRECORDED,
        due=_due(d.due, d.path),
        overdue=d.overdue_days > 0,
        rule_href=context.urls.rule(d.code),
        claim=record_claim(d.path),
        exempt=exempt,
    )


def basis_shown(basis: str, context: SiteContext) -> DisplayText:
    """依据 321302/rules/house#3 → 依据宿城区的规则, a link to the clause; other words as they are."""
    found = _RULE.fullmatch(basis)
    return DisplayText(text=_with_rules(basis, context), href=context.urls.ref(found["source"]) if found else "")


def _with_rules(words: str, context: SiteContext) -> str:
    return _RULE.sub(lambda m: f"依据{context.area(m['code'])}的规则", words)


def _due(due: date | None, path: str) -> DisplayText:
    """The due day; its claim is the record at `path`, from which the rule counts."""
    if due is None:
        return DisplayText(text="没有期限", state="none")
    return DisplayText(text=format_day(due), stamp=due.isoformat(), claim=record_claim(path))
