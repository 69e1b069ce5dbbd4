"""待办: the open duties: text, debtor, due day. Days are shown as dates, never as a number of days from today."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import msgspec

from weimin.model.basis import Basis
from weimin.model.finding import Finding
from weimin.model.summary import DutyRow
from weimin.site.claims import record_claim
from weimin.site.display_text import UNRECORDED, DisplayText
from weimin.site.site_context import SiteContext
from weimin.wording.dates import format_day
from weimin.wording.duties import REFERENCE, format_for_public, parse_duty

_RULE = re.compile(r"依据 ?(?P<source>(?P<code>\d{4,12})/rules/[\w.-]+(?:#[\w.-]+)?)", re.ASCII)


class DutyView(msgspec.Struct, frozen=True, kw_only=True):
    """`counted`: from which day and how many days; `basis`: the rule that sets the number. Both are empty for a fixed day.

    `suggested`: for staff, where no document sets a day: 建议2026年3月17日前办理（本站参考，非文件规定）.
    """

    code: str
    message: str
    owed_by: DisplayText
    due: DisplayText
    overdue: bool
    rule_href: str
    claim: str
    counted: str = ""
    basis: DisplayText | None = None
    suggested: str = ""
    exempt: bool = False


def duty_views(context: SiteContext, duties: Iterable[DutyRow]) -> tuple[DutyView, ...]:
    return tuple(_view(context, d) for d in duties)


def own_list(context: SiteContext, findings: Iterable[Finding], duties: Iterable[DutyRow]) -> tuple[DutyView, ...]:
    """The list by which a platform's staff work: its own duties, then those of its dossiers, also with days that are only suggested."""
    own = (_view(context, f, exempt=f.exempt, staff=True) for f in findings)
    return (*own, *(_view(context, d, staff=True) for d in duties))


def public_notices(findings: Iterable[Finding], context: SiteContext) -> tuple[Finding, ...]:
    """Notices as the public reads them."""
    return tuple(
        msgspec.structs.replace(f, message=with_rules(format_for_public(f.message), context)) for f in findings
    )


def _view(context: SiteContext, d: DutyRow | Finding, *, exempt: bool = False, staff: bool = False) -> DutyView:
    words = parse_duty(d.message)
    return DutyView(
        code=d.code,
        message=with_rules(words.fact, context),
        counted=words.counted,
        basis=basis_shown(words.basis, context) if words.basis else None,
        owed_by=DisplayText(text=context.who(d.owed_by), href=context.who_href(d.owed_by)) if d.owed_by else UNRECORDED,
        due=due_shown(d.due, d.basis, record_claim(d.path)),
        suggested=_suggested(d.suggested_due) if staff else "",
        overdue=d.overdue_days > 0,
        rule_href=context.urls.rule(d.code),
        claim=record_claim(d.path),
        exempt=exempt,
    )


def basis_shown(basis: str, context: SiteContext) -> DisplayText:
    """依据 321302/rules/house#3 → 依据宿城区的规则, a link to the clause; other words as they are."""
    found = _RULE.fullmatch(basis)
    return DisplayText(text=with_rules(basis, context), href=context.urls.ref(found["source"]) if found else "")


def with_rules(words: str, context: SiteContext) -> str:
    """Words of a duty or notice in which references of rule records are written out: 依据宿城区的规则."""
    return _RULE.sub(lambda m: f"依据{context.area(m['code'])}的规则", words)


def due_shown(due: date | None, basis: Basis | None, claim: str, prefix: str = "") -> DisplayText:
    """The due day; `claim`: the record from which the rule counts. Where no document sets a day, it says so."""
    if due is not None:
        return DisplayText(text=prefix + format_day(due), stamp=due.isoformat(), claim=claim)
    return DisplayText(text="没有文件规定期限" if basis is Basis.DEFAULT else "没有期限", state="none")


def _suggested(day: date | None) -> str:
    return f"建议{format_day(day)}前办理（{REFERENCE}）" if day is not None else ""
