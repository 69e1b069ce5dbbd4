"""打印公示: the results of a dossier on a sheet of A4 for the notice board, in large type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from weimin.model.page import Page
from weimin.model.states import ENDED
from weimin.model.view import DossierView
from weimin.site.display_text import DisplayText
from weimin.site.media.addresses import page_address
from weimin.site.media.clip import clip
from weimin.site.media.embed_card import is_withdrawn
from weimin.site.page import page
from weimin.site.page_qr import page_qr
from weimin.site.presenters.questions import Question
from weimin.site.site_context import SiteContext
from weimin.site.view_models import Head, MeasureView

MEASURES = 5  # as many as fit the sheet; the page of the dossier has the others
_TEXT, _SHORT = 60, 24  # characters of a measure, of a unit


class PosterLine(msgspec.Struct, frozen=True, kw_only=True):
    """A measure: text, responsible unit, due day, last state."""

    text: DisplayText
    unit: DisplayText
    due: DisplayText
    state: DisplayText | None = None
    overdue: bool = False


def poster_page(view: DossierView, context: SiteContext, facts: Mapping[str, Any]) -> Page:
    """`facts` are those of the dossier page."""
    dossier = view.dossier
    measures: tuple[MeasureView, ...] = facts["measures"]
    gone = is_withdrawn(dossier)
    _asked, agreed, who, done, satisfied = facts["questions"]
    head = Head(
        title=f"公示：{dossier.title}",
        address=f"/{dossier.id}/poster.html",
        description=f"{facts['platform_name']}：{dossier.title}",
        kind="poster",
    )
    return page(
        context,
        "poster",
        head,
        dossier=dossier,
        title=DisplayText(text=dossier.title, claim=f"{dossier.topic.path}#/title" if dossier.topic else ""),
        platform_name=facts["platform_name"],
        notices=tuple(_notices(facts, compiled=dossier.compiled, ended=_ended(view))),
        agreed=None if gone else _question(_agreed(agreed) if measures else agreed),
        who=None if gone else _question(who),
        done=None if gone or not measures else _question(done),
        satisfied=None if gone else _question(satisfied),
        lines=() if gone else tuple(_line(m) for m in measures[:MEASURES]),
        more=0 if gone else max(0, len(measures) - MEASURES),
        last_on=facts["last_on"],
        source=context.urls.absolute(page_address(dossier.id)),
        code=page_qr(context.urls, page_address(dossier.id)),
    )


def _agreed(q: Question) -> Question:
    """How many measures were agreed: they themselves are listed below."""
    return Question(ask=q.ask, answer=q.notes[-1], notes=q.notes[:-1])


def _question(q: Question) -> Question:
    return Question(ask=q.ask, answer=_short(q.answer), notes=tuple(_short(n) for n in q.notes))


def _short(shown: DisplayText, most: int = _TEXT) -> DisplayText:
    """The text for print, without links and corrections. A clipped text has no claim: it differs from the record."""
    found = clip(shown.text, most)
    kept = msgspec.structs.replace(shown, text=found.text, href="", was="")
    return msgspec.structs.replace(kept, claim="", count="") if found.cut else kept


def _line(m: MeasureView) -> PosterLine:
    last = m.last
    return PosterLine(
        text=_short(m.text),
        unit=_short(m.unit, _SHORT),
        due=_short(m.due, _SHORT),
        state=DisplayText(text=last.label, claim=last.claim) if last else None,
        overdue=m.overdue,
    )


def _ended(view: DossierView) -> str:
    state = view.summary.state
    return f"议题{state.label}" if state in ENDED else ""


def _notices(facts: Mapping[str, Any], *, compiled: bool, ended: str) -> list[str]:
    """What must be read before the outcome."""
    changes = len(facts["changes"])
    words = (
        f"{ended}。" if ended else "",
        f"更正过{changes}处，这里写的是更正以后的内容。" if changes else "",
        "据公开报道整理，不是平台自己填报的。" if compiled else "",
    )
    return [w for w in words if w]
