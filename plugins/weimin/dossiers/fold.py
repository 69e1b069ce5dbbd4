"""State folded from the events, never typed: where each of the five steps stands."""

from __future__ import annotations

import msgspec

from weimin.model.dossier import SKIPPABLE, DossierStep, Event, StepState
from weimin.model.kinds import Topic
from weimin.model.kinds.topic import Skipped


def steps_of(events: tuple[Event, ...], rounds: int) -> tuple[DossierStep, ...]:
    """The five steps of the last round, by the events alone; what is owed is added by whoever knows the duties.

    Step 1 is done with the topic. A step with an event is done where a later one has an event too, else it goes on
    (an evaluation ends its round: it is done).
    """
    topic = next((e.data for e in events if isinstance(e.data, Topic)), None)
    skipped = {SKIPPABLE[s.step]: s for s in (topic.skipped or ()) if s.step in SKIPPABLE} if topic else {}
    compiled = bool(events) and all(e.compiled for e in events)
    stems: dict[int, list[str]] = {n: [] for n in range(1, 6)}
    for e in events:
        if e.step and (e.step == 1 or e.round == rounds):
            stems[e.step].append(e.stem)
    furthest = max((n for n in stems if stems[n]), default=0)
    return tuple(_step(n, tuple(stems[n]), furthest, skipped.get(n), compiled) for n in range(1, 6))


def _step(n: int, stems: tuple[str, ...], furthest: int, skipped: Skipped | None, compiled: bool) -> DossierStep:
    if stems:
        state = StepState.DONE if n < furthest or n in (1, 5) else StepState.NOW
    elif skipped is not None:
        return DossierStep(number=n, state=StepState.SKIPPED, reason=skipped.reason)
    else:
        state = StepState.UNSEEN if compiled else StepState.AHEAD
    return DossierStep(number=n, state=state, stems=stems)


_OWED = {"W105": 1, "W401": 4, "W501": 5, "W504": 2}


def steps_with_findings(
    steps: tuple[DossierStep, ...], open_duties: frozenset[str], missing: bool
) -> tuple[DossierStep, ...]:
    """The steps with what the rules found: owed where a duty for it is open (codes of the open duties).

    A step that was passed over is not asked for, unless one is `missing` (W207).
    """
    owed = {_OWED[code] for code in open_duties if code in _OWED}
    furthest = max((s.number for s in steps if s.stems), default=0)
    return tuple(msgspec.structs.replace(s, state=_found(s, s.number in owed, furthest, missing)) for s in steps)


def _found(step: DossierStep, owed: bool, furthest: int, missing: bool) -> StepState:
    if owed and step.state != StepState.SKIPPED:
        return StepState.OWED
    if step.state == StepState.AHEAD and step.number < furthest and not missing:
        return StepState.UNASKED
    return step.state
