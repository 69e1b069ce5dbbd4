"""留痕: what was published, corrected, filed late, withheld, exempted and signed, and how a reader verifies it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from weimin.model.codes import CODES, Code
from weimin.model.figures import expression
from weimin.model.page import Page
from weimin.model.signature import SignatureState
from weimin.model.trail_rows import CorrectionRow, ExemptionRow, HistoryRow, LateFilingRow
from weimin.model.view import RegisterView
from weimin.site.display_text import DisplayText
from weimin.site.json_documents import FORMAT, json_bytes
from weimin.site.page import data, page
from weimin.site.presenters.corrections import change_view
from weimin.site.presenters.revisions import commit_shown, plain
from weimin.site.site_context import SiteContext
from weimin.site.view_models import ChangeView, Crumb, Head
from weimin.wording.dates import format_date, format_day

FEW, MOST = 20, 300  # lines of a section of /trail/, and of /corrections/ and the data beside both


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """A number with a link. `note`: its parts; `count`, `note_count`: the expressions of their `data-count`."""

    name: str
    number: str
    href: str
    note: str = ""
    count: str = ""
    note_count: str = ""


class CorrectionView(msgspec.Struct, frozen=True, kw_only=True):
    of: DisplayText
    area: DisplayText
    change: ChangeView


class LateView(msgspec.Struct, frozen=True, kw_only=True):
    of: DisplayText
    area: DisplayText
    message: str
    filed: DisplayText
    commit: DisplayText


class ExemptionView(msgspec.Struct, frozen=True, kw_only=True):
    rule: DisplayText
    subject: DisplayText
    reason: DisplayText
    approved_by: str
    until: DisplayText
    expired: bool


def trail_pages(view: RegisterView, context: SiteContext) -> Iterator[Page]:
    """`/trail/`, `/corrections/`, and both as data."""
    corrections = tuple(_correction(row, context) for row in view.trail.corrections)
    head = Head(
        title="留痕",
        address="/trail/",
        description="公布、更正、补录、不公布、豁免和签名，逐条可查；任何人都能自己核对。",
        crumbs=context.crumbs_to(Crumb("留痕")),
        section="trail",
        kind="trail",
    )
    yield page(context, "trail", head, **_trail(view, context, corrections))
    yield data("/trail/index.json", json_bytes(trail_data(view)))
    head = Head(
        title="更正",
        address="/corrections/",
        description="公布过的内容只用更正来改：原来怎么写，改成什么，为什么，谁批准。",
        crumbs=context.crumbs_to(Crumb("留痕", context.urls.to("/trail/")), Crumb("更正")),
        section="trail",
        kind="corrections",
    )
    yield page(context, "corrections", head, corrections=corrections[:MOST], total=view.trail.corrected)
    yield data("/corrections/index.json", json_bytes(corrections_data(view)))


def _trail(view: RegisterView, context: SiteContext, corrections: tuple[CorrectionView, ...]) -> dict[str, Any]:
    past = view.trail.history
    ledger = view.ledger
    grounds = {ground or "没有写理由": n for ground, n in ledger.sums("ground").items()}
    return {
        "past": past,
        "tip": past and commit_shown(context, past.commit),
        "counts": _counts(view, context),
        "corrections": corrections[:FEW],
        "late": tuple(_late(row, context) for row in past.late[:FEW]) if past else (),
        "since": format_date(past.since) if past else "",
        "until": format_date(past.until) if past else "",
        "late_total": past.filed_late if past else 0,
        "grounds": tuple(sorted(grounds.items(), key=lambda g: (-g[1], g[0]))),
        "withholding": tuple(
            (DisplayText(text=context.platform_name(code), href=context.urls.platform(code)), n)
            for code, n in sorted(ledger.sums("withholding").items())
        ),
        "unpublished": ledger.sums("all").get("unpublished", 0),
        "exemptions": tuple(_exemption(row, view, context) for row in view.trail.exemptions),
        "states": _states(past) if past else (),
        "found": _found(past, context) if past else (),
        "released": view.trail.released,
        "commands": _commands(view, context),
    }


def _counts(view: RegisterView, context: SiteContext) -> tuple[Count, ...]:
    outcomes = Counter(view.ledger.sums("publication"))
    trail, past = view.trail, view.trail.history
    return (
        Count(
            name="协商成果",
            number=str(outcomes.total()),
            href=context.urls.to("/results/"),
            note=f"决定公布{outcomes['publish']}，不公布{outcomes['withhold']}，尚未登记决定{outcomes['open']}",
            count=expression("协商成果"),
            note_count=expression("公布的成果", "不公布的成果", "没有登记决定的成果"),
        ),
        Count(
            name="更正",
            number=str(view.ledger.sums("all").get("correcting", 0)),
            href=context.urls.to("/corrections/"),
            note=f"连同社情民意的，共改了{trail.corrected}处",
            count=expression("更正"),
        ),
        Count(
            name="补录",
            number=str(past.filed_late) if past else "未核对",
            href="#late",
            note=f"在{past.steps}次提交里" if past else "",
        ),
        Count(
            name="不公布",
            number=str(outcomes["withhold"]),
            href="#withheld",
            note="只计数，内容不在这里",
            count=expression("不公布的成果"),
        ),
        Count(name="豁免", number=str(len(trail.exemptions)), href="#exemptions"),
        Count(
            name="有效签名",
            number=str(past.states.get(SignatureState.VALID.value, 0)) if past else "未核对",
            href="#signatures",
            note=f"在{past.steps}次提交里" if past else "",
        ),
    )


def _of(context: SiteContext, dossier: str, title: str, anchor: str) -> DisplayText:
    """The dossier, at an event of it; a platform's own record has no title."""
    if dossier:
        return DisplayText(text=title, href=context.urls.dossier(dossier, anchor))
    return DisplayText(text=title or "平台自己的记录")


def _area(context: SiteContext, platform: str) -> DisplayText:
    return DisplayText(text=context.area(platform), href=context.who_href(platform))


def _correction(row: CorrectionRow, context: SiteContext) -> CorrectionView:
    return CorrectionView(
        of=_of(context, row.dossier, row.title, row.applied.correction),
        area=_area(context, row.platform),
        change=change_view(context, row.applied, kind=row.kind, path=row.path, hidden=row.hidden),
    )


def _late(row: LateFilingRow, context: SiteContext) -> LateView:
    return LateView(
        of=_of(context, row.dossier, row.title, row.stem),
        area=_area(context, row.platform),
        message=plain(context, row.message),
        filed=DisplayText(text=format_day(date.fromisoformat(row.filed)), stamp=row.filed),
        commit=commit_shown(context, row.commit),
    )


def _exemption(row: ExemptionRow, view: RegisterView, context: SiteContext) -> ExemptionView:
    e = row.exemption
    href = context.urls.dossier(row.of) if row.title else context.who_href(row.of)
    name = row.title or (context.platform_name(row.of) if row.of else e.subject)
    return ExemptionView(
        rule=DisplayText(text=e.rule, href=context.urls.rule(e.rule) if e.rule in CODES else ""),
        subject=DisplayText(text=name, href=href),
        reason=DisplayText(text=e.reason, claim=f"{row.path}#/{row.number}/reason"),
        approved_by=context.who(e.approved_by),
        until=DisplayText(text=format_date(e.until), claim=f"{row.path}#/{row.number}/until"),
        expired=e.until < view.build.as_of.isoformat(),
    )


def _states(past: HistoryRow) -> tuple[tuple[str, int], ...]:
    return tuple((state.label, past.states[state.value]) for state in SignatureState if past.states.get(state.value))


def _found(past: HistoryRow, context: SiteContext) -> tuple[tuple[DisplayText, Code, int], ...]:
    return tuple(
        (DisplayText(text=code, href=context.urls.rule(code)), CODES[code], count)
        for code, count in past.finding_counts.items()
    )


def _commands(view: RegisterView, context: SiteContext) -> tuple[str, ...]:
    """The commands to verify the site; in place of an address that the site does not know, its description."""
    forge, commit = view.site.forge, view.build.commit
    source = forge.url if forge else "仓库的网址"
    at = f" && git checkout {commit}" if commit else ""
    return (
        f"git clone {source} records && cd records{at}",
        f"weimin audit --as-of {view.build.as_of.isoformat()}",
        f"weimin verify {context.urls.base or '本站的网址'}",
    )


def trail_data(view: RegisterView) -> dict[str, Any]:
    """The trail as data: numbers, late filings, exemptions; the corrections are in /corrections/index.json."""
    past = view.trail.history
    return {
        "format": FORMAT,
        "corrections": view.trail.corrected,
        "withheld": dict(sorted(view.ledger.sums("ground").items())),
        "exemptions": [{"platform": r.platform, "exemption": r.exemption} for r in view.trail.exemptions],
        "released": view.trail.released,
        "history": past,
    }


def corrections_data(view: RegisterView) -> dict[str, Any]:
    return {"format": FORMAT, "corrections": [_correction_data(row) for row in view.trail.corrections]}


def _correction_data(row: CorrectionRow) -> dict[str, Any]:
    a = row.applied
    shown: dict[str, Any] = {
        "platform": row.platform,
        "dossier": row.dossier or None,
        "correction": a.correction,
        "on": a.on.text,
        "kind": row.kind,
        "approved_by": a.approved_by,
    }
    public = {"of": a.target, "path": row.path, "field": a.field, "from": a.old, "to": a.new, "reason": a.reason}
    return shown if row.hidden else shown | public
