"""Gates: a step may not be filed while what comes before it is still owed (docs/reference/rules.md, "Steps, rounds, gates")."""

from __future__ import annotations

from datetime import date

import msgspec

from weimin.model.codes import CODES
from weimin.model.dossier import Dossier, Event
from weimin.model.finding import Duty, Problem
from weimin.rules.facts import rests_on
from weimin.rules.owing import first_day
from weimin.rules.wording import named, spaced

STEP_OF_GATE = {"step 2": 2, "followup": 4, "evaluation": 5}
"""The gate `closing` is not among them: it refuses no event, it keeps the dossier open."""


class Passed(msgspec.Struct, frozen=True):
    """A gate was passed by `event` while a duty was open. `late`: it was met after that."""

    event: Event
    late: bool


def gate_passed(dossier: Dossier, duty: Duty, source: Event) -> Passed | None:
    """The first event that went through the duty's gate while it was open.

    An event counts if the duty had certainly arisen by then, and the duty as open if no day of the periods could
    have been in time; the same day is in time. Compiled events pass no gate.
    """
    step = STEP_OF_GATE.get(CODES[duty.code].gate)
    if step is None or not duty.gated:
        return None
    met = first_day(duty)
    if duty.met is not None and met is None:
        return None
    for event in dossier.events:
        if event.step < step or event.round != duty.round or event.compiled or event.stem == source.stem:
            continue
        if not _follows(dossier, event, source):
            continue
        if met is None:
            return Passed(event, late=False)
        if event.span is not None and event.span.last is not None and event.span.last < met:
            return Passed(event, late=True)
    return None


def _follows(dossier: Dossier, event: Event, source: Event) -> bool:
    """The event came certainly not before the source: it rests on it, or no day of the two could be the other way."""
    if source.kind == "topic":
        return True
    first, chain = _chain(dossier, event)
    if source.stem in chain:
        return True
    return first is not None and source.span is not None and source.span.last is not None and first >= source.span.last


def _chain(dossier: Dossier, event: Event) -> tuple[date | None, frozenset[str]]:
    """All that an event rests on, and the first day on which it can have been, which is no earlier than theirs."""
    seen: set[str] = set()
    wait = [event]
    days: list[date] = []
    while wait:
        at = wait.pop()
        if at.stem in seen:
            continue
        seen.add(at.stem)
        if at.on is not None and at.on.first is not None:
            days.append(at.on.first)
        wait += [e for stem in rests_on(dossier, at) if (e := dossier.event(stem)) is not None]
    return max(days, default=None), frozenset(seen)


def gate_passed_late(dossier: Dossier, duty: Duty, passed: Passed) -> Problem:
    """W210: met after all, but later than the step that had to wait for it."""
    return Problem(
        code="W210",
        path=passed.event.path,
        message=f"{duty.message}，但日期是 {duty.met_on}，晚于{spaced(named(passed.event))}：前一步该办的事应在下一步之前办好",
        hint="不用改：这一条照实公布。日期写错了的，用更正（weimin new correction）改日期",
        dossier=dossier.id,
    )
