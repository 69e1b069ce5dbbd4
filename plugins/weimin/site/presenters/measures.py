"""落实事项: text, responsible unit, due day, and the state at each followup."""

from __future__ import annotations

from datetime import date

from weimin.dossiers.disclosure import is_withheld, line_hidden
from weimin.model.dossier import Dossier, Event, Line
from weimin.model.kinds import Done, Followup, Measure, MeasureState, listed
from weimin.model.kinds.outcome import Target
from weimin.model.period import parse_period
from weimin.site.presenters.lines import when
from weimin.site.presenters.presenter import Presenter
from weimin.site.site_context import SiteContext
from weimin.site.view_models import MeasureView, StateView
from weimin.wording.counts import format_count, format_number
from weimin.wording.dates import format_date


def states_of(context: SiteContext, dossier: Dossier, event: Event, followup: Followup) -> tuple[StateView, ...]:
    """The states of one followup, in its order; without measures that are not public."""
    present = Presenter(context, event.path, "followup", event.changes)
    told = ((n, m) for n, m in enumerate(listed(followup.measures)) if not line_hidden(dossier, m.id))
    return tuple(_state(present, dossier, event, m, n) for n, m in told)


def _state(present: Presenter, dossier: Dossier, event: Event, m: MeasureState, n: int) -> StateView:
    line = dossier.lines.get(m.id)
    return StateView(
        id=m.id,
        measure=line.value.text if line and isinstance(line.value, Measure) else "",
        state=m.state,
        label=present.choice("measures.state", m.state).text,
        claim=present.claim(f"/measures/{n}/state"),
        at=present.claim(f"/measures/{n}"),
        on=when(present, event),
        done=_done(m.done, event),
        amounts=_amounts(present, m),
        reason=_known(m.reason),
        note=_known(m.note),
        href=f"#{event.stem}",
    )


def _amounts(present: Presenter, m: MeasureState) -> str:
    """已完成12栋，在办5栋，计划20栋."""
    return "，".join(
        present.context.label("followup", "measures.amounts.stage", a.stage)
        + (format_count(a.amount, _known(a.unit)) if a.amount is not None else f"{_known(a.unit)}（数未记录）")
        for a in listed(m.amounts)
    )


def _known(text: str | None) -> str:
    return text if text and text != "unpublished" else ""


def _done(done: Done | str | None, event: Event) -> str:
    """What was done and on which day; where that is the day of the followup, which stands before it, 当天."""
    if not isinstance(done, Done):
        return ""
    amount = _amount(done.amount, done.unit)
    on = event.on.text if event.on else ""
    if done.date and done.date == on:
        return f"当天完成{amount}"
    day = f"{format_date(done.date)}完成" if done.date and done.date != "unpublished" else ""
    return "，".join(p for p in (f"完成{amount}" if amount else "", day) if p)


def _amount(amount: int | float | str | None, unit: str | None) -> str:
    if amount is None or amount == "unpublished":
        return ""
    return (amount if isinstance(amount, str) else format_number(amount)) + _known(unit)


def measures_of(context: SiteContext, dossier: Dossier, as_of: date) -> tuple[MeasureView, ...]:
    """All measures with their states; those of a withheld outcome are not public."""
    states: dict[str, list[StateView]] = {}
    for event, followup in dossier.followups:
        for state in states_of(context, dossier, event, followup):
            states.setdefault(state.id, []).append(state)
    views = []
    for line in dossier.measures:
        event_of = dossier.event(line.stem)
        if event_of is not None and not is_withheld(event_of):
            views.append(_measure(context, event_of, line, tuple(states.get(line.id, ())), as_of))
    return tuple(views)


def _measure(context: SiteContext, event: Event, line: Line, states: tuple[StateView, ...], as_of: date) -> MeasureView:
    m = line.value
    assert isinstance(m, Measure)
    present = Presenter(context, event.path, "outcome", event.changes)
    at = line.pointer
    return MeasureView(
        id=m.id,
        text=present.value(f"{at}/text", m.text),
        unit=present.who("measures.unit", m.unit, f"{at}/unit"),
        helpers="、".join(context.who(w) for w in listed(m.with_)),
        target=_amount(m.target.amount, m.target.unit) if isinstance(m.target, Target) else "",
        due=present.date("measures.due", m.due, f"{at}/due"),
        upkeep=_known(m.upkeep),
        stem=line.stem,
        states=states,
        overdue=not event.compiled and _overdue(m.due, states, as_of),
        at=present.claim(at),
    )


def _overdue(due: str | None, states: tuple[StateView, ...], as_of: date) -> bool:
    """Its day is over and it is not done."""
    if not due or due == "unpublished" or (states and states[-1].state == "done"):
        return False
    last = parse_period(due).last
    return last is not None and last < as_of
