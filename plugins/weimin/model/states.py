"""The states of a dossier and of its five steps, and the only table of their words.

Nobody records a state: it follows from the records (`dossiers/fold.py`, `dossiers/states.py`). Pages, lists, cards, pictures,
search and data take the words from here, so that a matter is called the same wherever it stands.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from weimin.model.codes import STEPS


class StepState(StrEnum):
    """The state of one of the five steps in the dossier's last round."""

    DONE = "done"  # it was held
    NOW = "now"  # it was held and goes on
    OWED = "owed"
    SKIPPED = "skipped"  # the topic says so, with a reason
    AHEAD = "ahead"  # still to come
    UNASKED = "unasked"  # nothing requires it: a later step was taken, or the dossier is closed
    UNRECORDED = "unrecorded"  # a later step has a record, and this one has neither a record nor a reason
    NOT_HELD = "not_held"  # the dossier ended before
    UNSEEN = "unseen"  # the dossier is compiled from reports, and none of them goes as far

    @property
    def label(self) -> str:
        return _STEP_WORDS[self]


_STEP_WORDS = {
    StepState.DONE: "已开展",
    StepState.NOW: "进行中",
    StepState.OWED: "待办",
    StepState.SKIPPED: "略过",
    StepState.AHEAD: "未到",
    StepState.UNASKED: "未要求",
    StepState.UNRECORDED: "未记录",
    StepState.NOT_HELD: "未开展",
    StepState.UNSEEN: "后续未见记录",
}


class DossierState(msgspec.Struct, frozen=True):
    """`value`: the state itself; `label`: its word, for an open dossier the step at which it stands; `tone`: its colour."""

    value: str
    label: str
    tone: str


ENDED = (
    DossierState("withdrawn", "已撤回", "skipped"),
    DossierState("rejected", "不予立项", "skipped"),
    DossierState("merged", "已并入", "skipped"),
    DossierState("moved", "已移交", "skipped"),
    DossierState("ended", "已终止", "skipped"),  # how is not published
)
"""How a dossier ended (`ended.how` of the topic)."""

CLOSED = DossierState("closed", "已办结", "done")
OVERDUE = DossierState("overdue", "有逾期", "owed")
OVER = (CLOSED, *ENDED)
"""The states of a dossier that does not go on."""

_ENDED = {state.value: state for state in ENDED}
OPEN, COMPILED = "open", "compiled"
"""Values of the states that are named by a step."""

LABELS = (OVERDUE.label, *(state.label for state in OVER), *STEPS.values())
"""Every word that a dossier's state can have."""


def ended_state(how: str) -> DossierState:
    """`how` as in the topic's `ended.how`."""
    return _ENDED.get(how, ENDED[-1])


def dossier_state(*, ended: str | None, closed: bool, overdue: bool, compiled: bool, step: int) -> DossierState:
    """The first that applies: ended, closed, with an overdue duty, else open at `step`, the furthest of the last round.

    Of a dossier that is compiled from reports nobody knows whether it goes on: its state is `compiled`, at the last step of
    which a report tells.
    """
    if ended is not None:
        return ended_state(ended)
    if closed:
        return CLOSED
    if overdue:
        return OVERDUE
    name = STEPS.get(step, STEPS[1])
    return DossierState(COMPILED, name, "ahead") if compiled else DossierState(OPEN, name, "now")
