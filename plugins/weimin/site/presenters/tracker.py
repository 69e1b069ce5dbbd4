"""The five steps at a glance: the state of each, the reason of one that was skipped, the days of its events."""

from __future__ import annotations

import msgspec

from weimin.model.codes import STEPS
from weimin.model.dossier import SKIPPABLE, Dossier, DossierStep
from weimin.model.kinds import Topic
from weimin.model.states import StepState
from weimin.model.summary import Summary
from weimin.site.display_text import DisplayText
from weimin.wording.dates import format_date


class StepView(msgspec.Struct, frozen=True, kw_only=True):
    number: int
    name: str
    state: str
    label: str
    reason: str = ""
    claim: str = ""
    links: tuple[DisplayText, ...] = ()


def tracker(dossier: Dossier, summary: Summary) -> tuple[StepView, ...]:
    """The dossier knows events and reasons; the summary has the states."""
    return tuple(
        StepView(
            number=step.number,
            name=STEPS[step.number],
            state=state.value,
            label=state.label,
            reason=step.reason,
            claim=_claim(dossier, step),
            links=tuple(_link(dossier, stem) for stem in step.stems),
        )
        for step, state in zip(dossier.steps, map(StepState, summary.steps), strict=True)
    )


def _claim(dossier: Dossier, step: DossierStep) -> str:
    """The claim of the state: the last event of the step, or the topic's reason for not taking it."""
    event = dossier.event(step.stems[-1]) if step.stems else None
    if event is not None:
        return f"{event.path}#"
    topic = dossier.topic
    if topic is None or not isinstance(topic.data, Topic):
        return ""
    skipped = (n for n, s in enumerate(topic.data.skipped or ()) if SKIPPABLE.get(s.step) == step.number)
    return next((f"{topic.path}#/skipped/{n}" for n in skipped), "")


def _link(dossier: Dossier, stem: str) -> DisplayText:
    event = dossier.event(stem)
    if event is None or event.on is None:
        return DisplayText(text="查看", href=f"#{stem}")
    return DisplayText(text=format_date(event.on.text), href=f"#{stem}", claim=f"{event.path}#")
