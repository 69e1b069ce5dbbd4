"""Rounds: the loop of consultation and re-consultation (docs/reference/rules.md, "Steps, rounds, gates")."""

from __future__ import annotations

from weimin.model.dossier import Event, Line
from weimin.model.kinds import Consultation, Evaluation, Followup, Outcome, Response, listed


def rounds_of(events: tuple[Event, ...], lines: dict[str, Line]) -> tuple[dict[str, int], int]:
    """The round of every event by its stem, and how many there are.

    A round begins with the first selection consultation and with every consultation that has `again`; any other
    consultation joins the round that is open, and with it all that refers back to it.
    """
    rounds: dict[str, int] = {}
    current = 1
    for e in events:
        if isinstance(e.data, Consultation):
            if e.data.again is not None and rounds:  # `again` on the very first one opens no second round
                current += 1
            rounds[e.stem] = current
    for e in events:
        if isinstance(e.data, Outcome):
            rounds[e.stem] = _latest(rounds, e.data.of, 1)
    for e in events:
        rounds.setdefault(e.stem, _round(e, rounds, lines, current))
    return rounds, current


def _round(e: Event, rounds: dict[str, int], lines: dict[str, Line], current: int) -> int:
    if e.kind == "topic":
        return 1
    if isinstance(e.data, Evaluation):
        return _latest(rounds, e.data.of, current)
    if isinstance(e.data, Followup):
        stems = [lines[m.id].stem for m in listed(e.data.measures) if m.id in lines]
        return _latest(rounds, tuple(stems), current)
    if isinstance(e.data, Response):
        ids = [a.to.rpartition("#")[2] for a in e.data.answers]
        return _latest(rounds, tuple(lines[i].stem for i in ids if i in lines), current)
    return current


def _latest(rounds: dict[str, int], refs: tuple[str, ...], default: int) -> int:
    found = [rounds[stem] for ref in refs if (stem := ref.partition("#")[0].rpartition("/")[2]) in rounds]
    return max(found, default=default)
