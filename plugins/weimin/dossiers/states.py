"""The states of the five steps as they are published: those of the events and findings (`dossiers/fold.py`), and whether
the dossier goes on at all.

`final_steps` changes a state by the first row that applies:

| the step is | and the dossier | state |
|---|---|---|
| now | is closed, has ended, or is compiled from reports | done: it was held, and nobody says that it goes on |
| ahead or unseen | has an event of a later step | unrecorded |
| ahead | has ended | not held |
| ahead | is closed | unasked: nothing is owed |
| anything else | | unchanged |

Example: a dossier with topic and consultation that was withdrawn: step 1 and 2 are done, the others were not held.
"""

from __future__ import annotations

import msgspec

from weimin.model.dossier import DossierStep
from weimin.model.states import StepState


def final_steps(
    steps: tuple[DossierStep, ...], *, closed: bool, ended: bool, compiled: bool
) -> tuple[DossierStep, ...]:
    """`steps`: with what the rules found (`dossiers.fold.steps_with_findings`)."""
    furthest = max((s.number for s in steps if s.stems), default=0)

    def final(step: DossierStep) -> StepState:
        match step.state:
            case StepState.NOW if closed or ended or compiled:
                return StepState.DONE
            case StepState.AHEAD | StepState.UNSEEN if step.number < furthest:
                return StepState.UNRECORDED
            case StepState.AHEAD if ended:
                return StepState.NOT_HELD
            case StepState.AHEAD if closed:
                return StepState.UNASKED
        return step.state

    return tuple(msgspec.structs.replace(s, state=final(s)) for s in steps)
