"""What a page says in place of an answer that no record gives: whether it is still to come, was left out, or is not known."""

from __future__ import annotations

from weimin.model.dossier import Dossier
from weimin.model.states import CLOSED, StepState
from weimin.model.summary import Summary
from weimin.site.display_text import DisplayText


def absent(dossier: Dossier, summary: Summary, act: str, step: int = 0) -> DisplayText:
    """Of an `act` (协商, 形成成果) without a record: 尚未协商 only where it is still to come.

    `step`: the number of the step in which it is done, 0 where it belongs to none. What ended or is closed was done 没有; of a
    step that the topic skips, the reason; of what is compiled from reports, that they do not go as far.
    """
    return DisplayText(text=_words(dossier, summary, act, step), state="unrecorded")


def _words(dossier: Dossier, summary: Summary, act: str, step: int) -> str:
    state = StepState(summary.steps[step - 1]) if step else None
    match state:
        case StepState.SKIPPED:
            return f"{state.label}（理由：{dossier.steps[step - 1].reason}）"
        case StepState.UNASKED:
            return f"{state.label}{act}"
        case StepState.UNRECORDED:
            return state.label
    if dossier.compiled:
        return StepState.UNSEEN.label
    if summary.ended is not None or summary.state == CLOSED:
        return f"没有{act}"
    return f"尚未{act}"
