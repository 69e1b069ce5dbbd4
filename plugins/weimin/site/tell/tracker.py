"""The five steps at a glance: done, now, owed, skipped with its reason, ahead, or not seen."""

from __future__ import annotations

import msgspec

from weimin.model.codes import STEPS
from weimin.model.dossier import Dossier, StepState
from weimin.model.summary import Summary
from weimin.site.shown import Shown
from weimin.site.wording.dates import date_words


class StepView(msgspec.Struct, frozen=True, kw_only=True):
    number: int
    name: str
    state: str
    label: str
    reason: str = ""
    links: tuple[Shown, ...] = ()


def tracker(dossier: Dossier, summary: Summary) -> tuple[StepView, ...]:
    """The dossier knows events and reasons; the summary knows in addition what is owed."""
    return tuple(
        StepView(
            number=step.number,
            name=STEPS[step.number],
            state=_seen(dossier, state).value,
            label=_seen(dossier, state).label,
            reason=step.reason,
            links=tuple(Shown(text=_day(dossier, stem), href=f"#{stem}") for stem in step.stems),
        )
        for step, state in zip(dossier.steps, map(StepState, summary.steps), strict=True)
    )


def _seen(dossier: Dossier, state: StepState) -> StepState:
    """That a step was taken is known from a report; whether it still goes on is not."""
    return StepState.DONE if dossier.compiled and state == StepState.NOW else state


def _day(dossier: Dossier, stem: str) -> str:
    event = dossier.event(stem)
    return date_words(event.on.text) if event and event.on else "查看"
