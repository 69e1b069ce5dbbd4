"""Suggestions, dissent and matters reported up, each with its answers."""

from __future__ import annotations

from collections.abc import Iterator

from weimin.dossiers.disclosure import answer_hidden, is_withheld, line_hidden
from weimin.model.dossier import Dossier, Event, Line
from weimin.model.kinds import Answer, Dissent, Response, Suggestion, Upward
from weimin.model.kinds.outcome import Reported
from weimin.site.display_text import UNRECORDED, DisplayText
from weimin.site.presenters.presenter import Presenter
from weimin.site.site_context import SiteContext
from weimin.site.view_models import AnswerView, LineView
from weimin.wording.dates import format_date, format_span, html_datetime


def when(present: Presenter, event: Event) -> DisplayText:
    """The date of an event in the precision known; after a correction, with the date before it."""
    if event.on is None:
        return UNRECORDED
    data = None if is_withheld(event) else event.data
    words = format_span(event.on.text, getattr(data, "time", None), getattr(data, "until", None))
    old = next((c.old for c in event.changes if c.field == "/date" and isinstance(c.old, str)), "")
    return DisplayText(
        text=words, claim=f"{event.path}#", stamp=html_datetime(event.on.text), was=format_date(old) if old else ""
    )


def answers_by_line(context: SiteContext, dossier: Dossier) -> dict[str, tuple[AnswerView, ...]]:
    """Line id → the answers to it, in the order of the story."""
    found: dict[str, list[AnswerView]] = {}
    for event, response in dossier.responses:
        present = Presenter(context, event.path, "response", event.changes)
        for n, answer in enumerate(response.answers):
            line = answer.to.rpartition("#")[2]
            found.setdefault(line, []).append(_answer(present, dossier, event, response, answer, n))
    return {line: tuple(views) for line, views in found.items()}


def _answer(
    present: Presenter, dossier: Dossier, event: Event, response: Response, answer: Answer, n: int
) -> AnswerView:
    pointer = f"/answers/{n}"
    hidden = answer_hidden(dossier, answer)
    text = (
        DisplayText(text="答复内容不公开", state="withheld")
        if hidden
        else present.value(f"{pointer}/text", answer.text)
    )
    decision = (
        present.choice("answers.decision", answer.decision, f"{pointer}/decision").text if answer.decision else ""
    )
    return AnswerView(
        decision=decision,
        state=answer.decision or "",
        text=text,
        by=present.context.who(response.by) if response.by and response.by != "unpublished" else "",
        on=when(present, event),
        href=f"#{event.stem}",
        measure=answer.measure or "",
        claim=present.claim(f"{pointer}/decision") if answer.decision else "",
    )


def lines_of(context: SiteContext, dossier: Dossier, kind: str) -> tuple[LineView, ...]:
    """All lines of one kind that may be seen, in their order; a withheld outcome has none."""
    answers = answers_by_line(context, dossier)
    return tuple(_views(context, dossier, kind, answers))


def _views(
    context: SiteContext, dossier: Dossier, kind: str, answers: dict[str, tuple[AnswerView, ...]]
) -> Iterator[LineView]:
    for line in dossier.lines.values():
        event = dossier.event(line.stem)
        if line.kind != kind or event is None or is_withheld(event):
            continue
        present = Presenter(context, event.path, event.kind, event.changes)
        yield _line(present, dossier, line, answers.get(line.id, ()))


def _line(present: Presenter, dossier: Dossier, line: Line, answers: tuple[AnswerView, ...]) -> LineView:
    value = line.value
    if isinstance(value, Upward):
        return _upward(present, dossier, line, value, answers)
    assert isinstance(value, Suggestion | Dissent)
    return LineView(
        id=line.id,
        text=present.value(f"{line.pointer}/text", value.text),
        note=value.from_ or "" if isinstance(value, Suggestion) and value.from_ != "unpublished" else "",
        answers=answers,
        stem=line.stem,
    )


def _upward(present: Presenter, dossier: Dossier, line: Line, u: Upward, answers: tuple[AnswerView, ...]) -> LineView:
    hidden = line_hidden(dossier, line.id)
    text = DisplayText(text="内容不公开", state="withheld") if hidden else present.value(f"{line.pointer}/text", u.text)
    kind = present.choice("upward.kind", u.kind).text if u.kind else ""
    to = f"报{present.context.who(u.to)}" if u.to and u.to != "unpublished" else ""
    reported = u.reported
    on = present.value(f"{line.pointer}/reported", reported)
    if isinstance(reported, Reported):
        on = present.date("upward.reported.date", reported.date, f"{line.pointer}/reported/date")
    return LineView(
        id=line.id,
        text=text,
        note="，".join(w for w in (kind, to) if w),
        reported=on,
        answers=answers,
        stem=line.stem,
    )
