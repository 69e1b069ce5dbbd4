"""When the measures of a dossier were done, by its followups: the one derivation that rules, summaries and pages share."""

from __future__ import annotations

from weimin.model.dossier import Dossier, Event
from weimin.model.kinds import Done, known, listed
from weimin.model.period import Period, parse_period


def done_days(dossier: Dossier) -> dict[str, Period | None]:
    """Id of a measure → when it was done: the first `done.date`, or else the last day of the first followup that tells it.

    A later followup that repeats that it is done moves no day. A measure that a later followup reports as not done is left
    out; it counts anew from the followup after which it stays done. None: the day of the followup is not known.
    """
    told: dict[str, Period | None] = {}
    stated: dict[str, Period] = {}
    for event, followup in dossier.followups:
        for state in listed(followup.measures):
            if state.state != "done":
                told.pop(state.id, None)
                stated.pop(state.id, None)
                continue
            told.setdefault(state.id, _last_day(event))
            if (day := _stated_day(state.done)) is not None:
                stated.setdefault(state.id, day)
    return told | stated


def _stated_day(done: Done | str | None) -> Period | None:
    if isinstance(done, Done) and done.date is not None and known(done.date):
        return parse_period(done.date)
    return None


def _last_day(event: Event) -> Period | None:
    last = event.span.last if event.span else None
    return Period(last.isoformat(), last, last) if last else None
