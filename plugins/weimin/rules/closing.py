"""When a dossier is closed (办结), and what its end leaves owed (docs/reference/rules.md, "Steps, rounds, gates")."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from weimin.model.dossier import Dossier, Event
from weimin.model.finding import Duty
from weimin.model.kinds import Outcome, Topic
from weimin.model.kinds.topic import Ended
from weimin.rules.context import Context
from weimin.rules.evaluations import EVALUATION, settled
from weimin.rules.wording import period

STAYS_OWED = frozenset({"W604", "W606"})
"""What an ended dossier still owes: answers to suggestions and dissent."""
GOES_ON = frozenset({"merged", "moved"})


def ended(dossier: Dossier) -> Ended | None:
    topic = dossier.topic.data if dossier.topic else None
    return topic.ended if isinstance(topic, Topic) else None


def has_ended(end: Ended, as_of: date) -> bool:
    """From its first possible day on."""
    first = period(end.date).first
    return first is None or first <= as_of


def heir(end: Ended, context: Context) -> str | None:
    """The dossier in which all that was open goes on; None: there is none, and answers stay owed here."""
    if end.how in GOES_ON and end.into is not None and context.lookup.exists(end.into):
        return end.into
    return None


def inherited(dossier: Dossier, context: Context) -> list[Duty]:
    """Duties that were open in dossiers merged or moved into this one: shown at its topic, refusing no event here."""
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
            owed_by=dossier.platform if duty.dossier and duty.owed_by == duty.dossier.split("/")[0] else duty.owed_by,
            round=dossier.rounds,
            gated=False,
        )
        for duty in context.carried
    ]


def is_closed(dossier: Dossier, context: Context, *, owing: bool) -> bool:
    """Every outcome of the last round is settled, and nothing is owed. Without an outcome there is nothing to settle."""
    last = [(e, o) for e, o in dossier.outcomes if e.round == dossier.rounds]
    if owing or not last:
        return False
    return all(_done_with(dossier, context, event, outcome) for event, outcome in last)


def _done_with(dossier: Dossier, context: Context, event: Event, outcome: Outcome) -> bool:
    """No measures: said so (`[]`), or not recorded by the platform itself; what a report leaves out is not known."""
    none = outcome.measures == () or (outcome.measures is None and not event.compiled)
    return EVALUATION in dossier.skipped or none or settled(dossier, context, event, outcome)


def day_after(days: list[date], as_of: date) -> date | None:
    """The day on which the next of these days is over."""
    coming = [day for day in days if day >= as_of]
    return min(coming) + timedelta(days=1) if coming else None
