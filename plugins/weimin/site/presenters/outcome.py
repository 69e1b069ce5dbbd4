"""协商成果; of one that is withheld, the decision alone."""

from __future__ import annotations

from weimin.model.kinds import Channel, Funding, Outcome, Publication, Submission, funding_sum, listed
from weimin.site.display_text import UNRECORDED, DisplayText
from weimin.site.presenters.presenter import Teller, rows, safe_url
from weimin.site.view_models import Row
from weimin.wording.counts import format_count, format_number
from weimin.wording.dates import format_date


def outcome_rows(t: Teller, o: Outcome, dossier: str) -> tuple[Row, ...]:
    if o.withheld:
        return decision_rows(t, o.publication)
    return (
        *rows(t.several("of", o.of or None, lambda f, v, p: t.ref(f, v, dossier=dossier, pointer=p))),
        t.row("consensus", t.choice("consensus", o.consensus)),
        *rows(_funding(t, o)),
        t.row("submitted", *_submitted(t, o)),
        *decision_rows(t, o.publication),
    )


def decision_rows(t: Teller, p: Publication | str | None) -> tuple[Row, ...]:
    if not isinstance(p, Publication):
        return (t.row("publication", t.text("publication", p)),)
    head = (
        t.row("publication", t.choice("publication.decision", p.decision)),
        t.row("publication.by", t.who("publication.by", p.by)),
        t.row("publication.date", t.date("publication.date", p.date)),
    )
    if p.decision == "withhold":
        return (*head, t.row("publication.reason", t.text("publication.reason", p.reason)))
    return (*head, *rows(t.row("publication.reason", t.text("publication.reason", p.reason)), _channels(t, p)))


def _channels(t: Teller, p: Publication) -> Row:
    found = listed(p.channels)
    field = "publication.channels"
    if not found:
        return t.row(field, t.text(field, p.channels))
    return t.row(field, *(_channel(t, c, f"/publication/channels/{n}") for n, c in enumerate(found)))


def _channel(t: Teller, c: Channel, pointer: str) -> DisplayText:
    kind = t.choice("publication.channels.kind", c.kind, f"{pointer}/kind")
    title = f"《{c.title}》" if c.title and c.title != "unpublished" else ""
    words = "，".join(w for w in (kind.text + title, _day(c.date)) if w)
    return DisplayText(text=words, state=kind.state, claim=kind.claim, href=safe_url(c.url))


def _day(text: str | None) -> str:
    return format_date(text) if text and text != "unpublished" else ""


def _submitted(t: Teller, o: Outcome) -> tuple[DisplayText, ...]:
    found = listed(o.submitted)
    if not found:
        return (t.text("submitted", o.submitted),)
    return tuple(_submission(t, s, f"/submitted/{n}") for n, s in enumerate(found))


def _submission(t: Teller, s: Submission, pointer: str) -> DisplayText:
    to = t.shell.who(s.to) if s.to and s.to != "unpublished" else "单位未公布" if s.to else "单位未记录"
    doc_no = s.doc_no if s.doc_no and s.doc_no != "unpublished" else ""
    text = "，".join(w for w in (to, _day(s.date), doc_no) if w)
    return t.show(pointer, s, lambda _: text)


def _funding(t: Teller, o: Outcome) -> Row:
    found = listed(o.funding)
    if not found:
        return t.row("funding", t.text("funding", o.funding))
    lines = [_fund(t, f, f"/funding/{n}") for n, f in enumerate(found)]
    return t.row("funding", *lines, *([_sum(t, o)] if len(lines) > 1 else []))


def _sum(t: Teller, o: Outcome) -> DisplayText:
    """合计: computed from the lines, and what could not be added."""
    money = funding_sum(listed(o.funding))
    if not money.yuan:
        return DisplayText(text="金额都没有写，不能合计", state="unrecorded", claim=t.claim("/funding"))
    about = "" if money.exact else "约"
    rest = f"（另有{money.unknown}笔没有写金额）" if money.unknown else ""
    return DisplayText(text=f"合计{about}{format_number(money.yuan)}元{rest}", claim=t.claim("/funding"))


def _fund(t: Teller, f: Funding, pointer: str) -> DisplayText:
    parts = (
        f.from_ or "",
        t.choice("funding.kind", f.kind).text if f.kind else "",
        format_count(f.yuan, "元") if f.yuan is not None and f.yuan != "unpublished" else "",
        t.choice("funding.state", f.state).text if f.state else "",
    )
    text = "，".join("未公布" if p == "unpublished" else p for p in parts if p)
    return t.show(pointer, f, lambda _: text) if text else UNRECORDED
