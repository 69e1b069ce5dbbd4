"""The state of each of the five steps of a dossier, computed from its events; nobody records a state.

The steps are 1 collecting opinions (topic), 2 consulting on selection and plan, 3 consulting on progress and completion,
4 followup, 5 evaluation. They are those of the dossier's last round; the topic belongs to every round. Outcomes,
responses and corrections belong to no step.

`steps_of` decides by the events alone, the first row that applies:

| the step has | state |
|---|---|
| an event, and it is step 1 or 5, or a later step has an event too | done |
| an event | now (in progress) |
| no event, but the topic lists it under `skipped` | skipped, with the reason |
| no event, and the whole dossier is compiled from reports | unseen: reports may have missed it |
| no event | ahead (not reached yet) |

`steps_with_findings` then adds what the rules found, again the first row that applies:

| found | state |
|---|---|
| an open duty that belongs to the step (`_STEP_OF_DUTY`), and it is not skipped | owed |
| ahead, but a later step has an event, and W207 misses no step | unasked: nothing requires this step |
| anything else | unchanged |

`dossiers/states.py` makes of these the states that are published, by whether the dossier goes on.

Example: topic, consultation and outcome, one open W401. Step 1 is done, step 2 now, step 3 and 5 ahead, step 4 owed.
"""

from __future__ import annotations

import msgspec

from weimin.model.dossier import SKIPPABLE, DossierStep, Event
from weimin.model.kinds import Topic
from weimin.model.kinds.topic import Skipped
from weimin.model.states import StepState


def steps_of(events: tuple[Event, ...], rounds: int) -> tuple[DossierStep, ...]:
    """The five steps of the last round (`rounds` is its number), by the events alone."""
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


_STEP_OF_DUTY = {"W105": 1, "W401": 4, "W501": 5, "W504": 2}


def steps_with_findings(
    steps: tuple[DossierStep, ...], open_duties: frozenset[str], missing: bool
) -> tuple[DossierStep, ...]:
    """The steps with what the rules found. `open_duties`: codes of the open duties; `missing`: W207 was found."""
    owed = {_STEP_OF_DUTY[code] for code in open_duties if code in _STEP_OF_DUTY}
    furthest = max((s.number for s in steps if s.stems), default=0)
    return tuple(
        msgspec.structs.replace(s, state=_state_with_findings(s, s.number in owed, furthest, missing)) for s in steps
    )


def _state_with_findings(step: DossierStep, owed: bool, furthest: int, missing: bool) -> StepState:
    if owed and step.state != StepState.SKIPPED:
        return StepState.OWED
    if step.state == StepState.AHEAD and step.number < furthest and not missing:
        return StepState.UNASKED
    return step.state
