"""协商成果; of one that is withheld, the decision alone."""

from __future__ import annotations

from weimin.model.kinds import Channel, Count, Funding, Outcome, Publication, Submission, funding_sum, known, listed
from weimin.site.display_text import UNRECORDED, DisplayText
from weimin.site.presenters.presenter import Presenter, rows, safe_url
from weimin.site.view_models import Row
from weimin.wording.counts import format_yuan
from weimin.wording.dates import format_date


def outcome_rows(present: Presenter, o: Outcome, dossier: str) -> tuple[Row, ...]:
    if o.withheld:
        return decision_rows(present, o.publication)
    return (
        *rows(present.several("of", o.of or None, lambda f, v, p: present.ref(f, v, dossier=dossier, pointer=p))),
        present.row("consensus", present.choice("consensus", o.consensus)),
        *rows(_funding(present, o)),
        present.row("submitted", *_submitted(present, o)),
        *decision_rows(present, o.publication),
    )


def decision_rows(present: Presenter, p: Publication | str | None) -> tuple[Row, ...]:
    if not isinstance(p, Publication):
        return (present.row("publication", present.text("publication", p)),)
    head = (
        present.row("publication", present.choice("publication.decision", p.decision)),
        present.row("publication.by", present.who("publication.by", p.by)),
        present.row("publication.date", present.date("publication.date", p.date)),
    )
    if p.decision == "withhold":
        return (*head, present.row("publication.reason", present.text("publication.reason", p.reason)))
    return (
        *head,
        *rows(present.row("publication.reason", present.text("publication.reason", p.reason)), _channels(present, p)),
    )


def _channels(present: Presenter, p: Publication) -> Row:
    found = listed(p.channels)
    field = "publication.channels"
    if not found:
        return present.row(field, present.text(field, p.channels))
    return present.row(field, *(_channel(present, c, f"/publication/channels/{n}") for n, c in enumerate(found)))


def _channel(present: Presenter, c: Channel, pointer: str) -> DisplayText:
    kind = present.choice("publication.channels.kind", c.kind, f"{pointer}/kind")
    title = f"《{c.title}》" if c.title and c.title != "unpublished" else ""
    words = "，".join(w for w in (kind.text + title, _day(c.date)) if w)
    return DisplayText(text=words, state=kind.state, claim=kind.claim, href=safe_url(c.url))


def _day(text: str | None) -> str:
    return format_date(text) if text and text != "unpublished" else ""


def _submitted(present: Presenter, o: Outcome) -> tuple[DisplayText, ...]:
    found = listed(o.submitted)
    if not found:
        return (present.text("submitted", o.submitted),)
    return tuple(_submission(present, s, f"/submitted/{n}") for n, s in enumerate(found))


def _submission(present: Presenter, s: Submission, pointer: str) -> DisplayText:
    to = present.context.who(s.to) if s.to and s.to != "unpublished" else "单位未公布" if s.to else "单位未记录"
    doc_no = s.doc_no if s.doc_no and s.doc_no != "unpublished" else ""
    text = "，".join(w for w in (to, _day(s.date), doc_no) if w)
    return present.value(pointer, s, lambda _: text)


def _funding(present: Presenter, o: Outcome) -> Row:
    found = listed(o.funding)
    if not found:
        return present.row("funding", present.text("funding", o.funding))
    lines = [_fund(present, f, f"/funding/{n}") for n, f in enumerate(found)]
    return present.row("funding", *lines, *([_sum(present, o)] if len(lines) > 1 else []))


def _sum(present: Presenter, o: Outcome) -> DisplayText:
    """合计: the sum of the lines with an amount, and the number of those without."""
    money = funding_sum(listed(o.funding))
    if not money.most:
        return DisplayText(text="金额都没有写，不能合计", state="unrecorded", claim=present.claim("/funding"))
    about = "" if money.exact else "约"
    rest = f"（另有{money.unknown}笔没有写金额）" if money.unknown else ""
    return DisplayText(text=f"合计{about}{_between(money.yuan, money.most)}{rest}", claim=present.claim("/funding"))


def _between(yuan: Count | None, most: Count | None) -> str:
    """8万元; 8万元至12万元; 至多12万元."""
    if most is None or most == yuan:
        return format_yuan(yuan) if yuan is not None else ""
    return f"{format_yuan(yuan)}至{format_yuan(most)}" if yuan else f"至多{format_yuan(most)}"


def _fund(present: Presenter, f: Funding, pointer: str) -> DisplayText:
    parts = (
        f.from_ or "",
        present.choice("funding.kind", f.kind).text if f.kind else "",
        _between(f.yuan if known(f.yuan) else None, f.yuan_to if known(f.yuan_to) else None),
        present.choice("funding.state", f.state).text if f.state else "",
    )
    text = "，".join("未公布" if p == "unpublished" else p for p in parts if p)
    return present.value(pointer, f, lambda _: text) if text else UNRECORDED
