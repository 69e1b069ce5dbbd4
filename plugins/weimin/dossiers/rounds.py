"""Rounds: a matter that is consulted on again goes through the steps again (docs/reference/rules.md, "Steps, rounds, gates").

How each event gets its round, in this order:

1. Consultations, in order of the events: a round begins with the first consultation, and with every later consultation
   that has `again`; any other consultation belongs to the round that is current. `again` on the very first consultation
   opens no second round: the round before it is not recorded here.
2. Outcomes: the latest round among the consultations in their `of`, else round 1.
3. Evaluations: the latest round among the records in their `of`; followups and responses: the latest among the records
   whose lines they report on or answer. Without such a reference, the last round.
4. The topic is in round 1, corrections are in the last round.

Outcomes come before the others because those refer to lines of outcomes.

Example: consultation A, outcome of A, evaluation of that outcome, consultation B with `again`, followup of a measure of
A's outcome. A, its outcome, its evaluation and the followup are in round 1, although the followup is later than B;
B is in round 2.
"""

from __future__ import annotations

from weimin.model.dossier import Event, Line
from weimin.model.kinds import Consultation, Evaluation, Followup, Outcome, Response, listed


def rounds_of(events: tuple[Event, ...], lines: dict[str, Line]) -> tuple[dict[str, int], int]:
    """(stem of an event → its round, from 1; number of rounds)."""
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
        # one of the whole matter (the topic) belongs to the round that is open
        return _latest(rounds, tuple(ref for ref in e.data.of if ref.rpartition("/")[2] != "topic"), current)
    if isinstance(e.data, Followup):
        stems = [lines[m.id].stem for m in listed(e.data.measures) if m.id in lines]
        return _latest(rounds, tuple(stems), current)
    if isinstance(e.data, Response):
        ids = [a.to.rpartition("#")[2] for a in e.data.answers]
        return _latest(rounds, tuple(lines[i].stem for i in ids if i in lines), current)
    return current


def _latest(rounds: dict[str, int], refs: tuple[str, ...], default: int) -> int:
    """The latest round among the records to which references lead, `default` without any."""
    known = [rounds[stem] for ref in refs if (stem := ref.partition("#")[0].rpartition("/")[2]) in rounds]
    return max(known, default=default)
