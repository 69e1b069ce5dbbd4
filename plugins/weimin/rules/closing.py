"""When a dossier is closed (办结), and what it still owes after it ended (docs/reference/rules.md, "Steps, rounds, gates").

*Closed* is computed, never recorded. A dossier is closed if it has an outcome in its last round, no finding of it is owed,
and each outcome of the last round is settled. An outcome is settled if

- the topic lists the evaluation among the skipped steps, with a reason; or
- it has no measures: `measures: []`, or none recorded by the platform itself (a public report that names none does
  not show that there are none); or
- the last evaluation of each of its measures is good enough, or it was decided, with a reason, not to consult again
  (`rules/evaluations.py`).

*Ended* is recorded: the topic has `ended`, with a day and how. From that day the dossier owes nothing but answers to
suggestions and dissent (`OWED_AFTER_END`). If it was merged or moved into another dossier that exists, those and all
other open duties continue there: they are shown at its topic, owed by its platform, and refuse no event of it.
"""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from weimin.model.dossier import Dossier, Event
from weimin.model.finding import Duty
from weimin.model.kinds import Outcome, Topic
from weimin.model.kinds.topic import Ended
from weimin.rules.context import RuleContext
from weimin.rules.evaluations import EVALUATION, is_settled
from weimin.rules.wording import period

OWED_AFTER_END = frozenset({"W604", "W606"})
"""Codes of the duties that an ended dossier still owes: answers to suggestions and dissent."""
CONTINUING_ENDINGS = frozenset({"merged", "moved"})


def ending_of(dossier: Dossier) -> Ended | None:
    """The `ended` of the topic."""
    topic = dossier.topic.data if dossier.topic else None
    return topic.ended if isinstance(topic, Topic) else None


def has_ended(end: Ended, as_of: date) -> bool:
    """Whether the end has come: from its first possible day on."""
    first = period(end.date).first
    return first is None or first <= as_of


def successor_of(end: Ended, context: RuleContext) -> str | None:
    """The dossier into which this one was merged or moved; None if there is none that exists, so that answers stay owed here."""
    if end.how in CONTINUING_ENDINGS and end.into is not None and context.lookup.exists(end.into):
        return end.into
    return None


def inherited_duties(dossier: Dossier, context: RuleContext) -> list[Duty]:
    """Duties that were open in dossiers merged or moved into this one: placed at its topic, without a gate."""
    topic = dossier.topic
    if topic is None:
        return []
    return [
        msgspec.structs.replace(
            duty,
            path=topic.path,
            pointer="",
            dossier=dossier.id,
            message=f"由“{duty.dossier}”并入：{duty.message}",
            missing="",
            owed_by=dossier.platform if duty.dossier and duty.owed_by == duty.dossier.split("/")[0] else duty.owed_by,
            round=dossier.rounds,
            gated=False,
        )
        for duty in context.carried
    ]


def is_closed(dossier: Dossier, context: RuleContext, *, owing: bool) -> bool:
    """Whether the dossier is closed. `owing`: it has an open duty that is not exempt."""
    last = [(e, o) for e, o in dossier.outcomes if e.round == dossier.rounds]
    if owing or not last:
        return False
    return all(_is_outcome_settled(dossier, context, event, outcome) for event, outcome in last)


def _is_outcome_settled(dossier: Dossier, context: RuleContext, event: Event, outcome: Outcome) -> bool:
    without_measures = outcome.measures == () or (outcome.measures is None and not event.compiled)
    return EVALUATION in dossier.skipped or without_measures or is_settled(dossier, context, event, outcome)


def next_change_day(days: list[date], as_of: date) -> date | None:
    """The day after the earliest of `days` that is not over on `as_of`; None if all are."""
    upcoming = [day for day in days if day >= as_of]
    return min(upcoming) + timedelta(days=1) if upcoming else None
