"""Gates: a step is not taken while a duty that belongs before it is open (docs/reference/rules.md, "Steps, rounds, gates").

The table of codes gives a duty its gate: `step 2`, `followup`, `evaluation`, or `closing`. An event *passes the gate*
of a duty if it was filed although the duty was open by then. The duty then becomes an error at that event; once it was
met after all, it becomes the notice W210.

An event passes the gate of a duty only if all of this holds:

1. The event is of the gate's step or a later one, in the duty's round, not compiled, and not the source of the duty.
2. The duty had certainly arisen: the event is based on the duty's source (directly, or through other events), or the
   first possible day of the event is not before the last possible day of the source. A duty of the topic always has.
3. The duty was certainly open: it is still open, or was met on a day after the last possible day of the event. On the
   same day it is in time. A duty met on a day that nobody knows counts as met in time.

`closing` refuses no event: it keeps the dossier from being closed, which an open duty does anyway (`rules/closing.py`).

Example: the outcome of 2026-03-10 has W602 (report the result) with the gate `evaluation`. An evaluation of 2026-06-01
whose `of` names the outcome passes the gate if the report is missing or dated 2026-06-02, but not if it is dated
2026-06 (it can have been on 2026-06-01).
"""

from __future__ import annotations

from datetime import date

import msgspec

from weimin.model.codes import CODES
from weimin.model.dossier import Dossier, Event
from weimin.model.finding import Duty, Problem
from weimin.rules.duties import first_met_day
from weimin.rules.facts import referenced_stems
from weimin.rules.wording import event_name, with_space

STEP_OF_GATE = {"step 2": 2, "followup": 4, "evaluation": 5}
"""Gate → the first step that has to wait. `closing` is not here: it refuses no event."""


class GatePassage(msgspec.Struct, frozen=True):
    """The `event` that passed the gate of a duty while it was open. `late`: the duty was met afterwards."""

    event: Event
    late: bool


def find_gate_passage(dossier: Dossier, duty: Duty, source: Event) -> GatePassage | None:
    """The first event that passed the gate of a duty; `source` is the event from which the duty springs."""
    step = STEP_OF_GATE.get(CODES[duty.code].gate)
    if step is None or not duty.gated:
        return None
    met = first_met_day(duty)
    if duty.met is not None and met is None:
        return None
    for event in dossier.events:
        if event.step < step or event.round != duty.round or event.compiled or event.stem == source.stem:
            continue
        if not _follows(dossier, event, source):
            continue
        if met is None:
            return GatePassage(event, late=False)
        if event.span is not None and event.span.last is not None and event.span.last < met:
            return GatePassage(event, late=True)
    return None


def _follows(dossier: Dossier, event: Event, source: Event) -> bool:
    """Whether the duty's source certainly came before the event: the event is based on it, or their dates say so."""
    if source.kind == "topic":
        return True
    first, basis = _basis(dossier, event)
    if source.stem in basis:
        return True
    return first is not None and source.span is not None and source.span.last is not None and first >= source.span.last


def _basis(dossier: Dossier, event: Event) -> tuple[date | None, frozenset[str]]:
    """The stems of an event and of all events on which it is based; and the first possible day of the event.

    An event is not earlier than those on which it is based, so that day is the latest of their first possible days.
    """
    visited: set[str] = set()
    pending = [event]
    days: list[date] = []
    while pending:
        current = pending.pop()
        if current.stem in visited:
            continue
        visited.add(current.stem)
        if current.on is not None and current.on.first is not None:
            days.append(current.on.first)
        pending += [e for stem in referenced_stems(dossier, current) if (e := dossier.event(stem)) is not None]
    return max(days, default=None), frozenset(visited)


def gate_passed_late(dossier: Dossier, duty: Duty, passed: GatePassage) -> Problem:
    """W210: the duty was met, but later than the event that had to wait for it."""
    return Problem(
        code="W210",
        path=passed.event.path,
        message=f"{duty.message}，但日期是 {duty.met_on}，晚于{with_space(event_name(passed.event))}：前一步该办的事应在下一步之前办好",
        hint="不用改：这一条照实公布。日期写错了的，用更正（weimin new correction）改日期",
        dossier=dossier.id,
    )
