"""What the story says, asked by several rules: what is done, who answered, what was evaluated, what was held again."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from weimin.model.dossier import Dossier, Event
from weimin.model.kinds import Consultation, Done, Evaluation, Followup, Measure, Outcome, Response, known, listed
from weimin.model.period import Period
from weimin.model.record import Ref, parse_ref
from weimin.rules.context import RuleContext
from weimin.rules.wording import period


def own_line_id(dossier: Dossier, text: str) -> str | None:
    """The id of the line of this dossier that a reference names (`s1`, `STEM#s1`, `CODE/YYYY-NNN/STEM#s1`), else None."""
    record, mark, line = text.rpartition("#")
    if not mark:
        return text if text in dossier.lines else None
    if "/" in record and not record.startswith(dossier.id + "/"):
        return None
    return line if line in dossier.lines else None


def own_stem(dossier: Dossier, text: str) -> str | None:
    """The stem of the record of this dossier that a reference names, by itself or by one of its lines, else None."""
    if (line := own_line_id(dossier, text)) is not None:
        return dossier.lines[line].stem
    record = text.partition("#")[0]
    if "/" in record:
        if not record.startswith(dossier.id + "/"):
            return None
        record = record.rpartition("/")[2]
    return record if dossier.event(record) else None


def parse_ref_or_none(text: str) -> Ref | None:
    """The reference read; None where it is none (L101 says so)."""
    try:
        return parse_ref(text)
    except ValueError:
        return None


def is_platform_code(text: str) -> bool:
    """A code of a platform, not the name of a unit."""
    return text.isascii() and text.isdigit() and len(text) in (6, 9, 12)


def measure_states(dossier: Dossier) -> Iterator[tuple[Event, Followup, int]]:
    """Every line of every followup, in order of the story: (event, followup, index)."""
    for event, followup in dossier.followups:
        for i in range(len(listed(followup.measures))):
            yield event, followup, i


def done_days(dossier: Dossier) -> dict[str, Period | None]:
    """Measure → when it was done: `done.date`, else the followup's last day. One said later not to be done is not."""
    days: dict[str, Period | None] = {}
    for event, followup, i in measure_states(dossier):
        state = listed(followup.measures)[i]
        if state.state != "done":
            days.pop(state.id, None)
        elif state.id not in days:
            days[state.id] = _done_day(event, state.done)
    return days


def _done_day(event: Event, done: Done | str | None) -> Period | None:
    if isinstance(done, Done) and done.date is not None and known(done.date):
        return period(done.date)
    last = event.span.last if event.span else None
    return period(last.isoformat()) if last else None


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """An answer to a line of this dossier, from a response here or elsewhere. `ref` names the record that holds it."""

    ref: str
    on: Period | None
    compiled: bool
    by: str | None
    decision: str | None
    text: str | None
    measure: str | None

    def has_value(self, value: str | None) -> bool:
        """Something stands; `unpublished` is enough in a compiled record, never in a platform's own."""
        return value is not None and (self.compiled or known(value))


def replies(dossier: Dossier, context: RuleContext) -> dict[str, list[Reply]]:
    """Line → its answers, those of the dossier first."""
    found: dict[str, list[Reply]] = {}
    for event, response in dossier.responses:
        _add(found, dossier, response, f"{dossier.id}/{event.stem}", event.on, event.compiled)
    for source in sorted({i.source for i in context.inbound if i.role == "answers"}):
        record = context.lookup.record(source)
        if record is not None and isinstance(record.data, Response):
            _add(found, dossier, record.data, source, record.place.on, record.compiled, elsewhere=True)
    return found


def _add(
    found: dict[str, list[Reply]],
    dossier: Dossier,
    response: Response,
    ref: str,
    on: Period | None,
    compiled: bool,
    *,
    elsewhere: bool = False,
) -> None:
    for a in response.answers:
        if elsewhere and "/" not in a.to:
            continue  # a line of that dossier, not of this one
        if (line := own_line_id(dossier, a.to)) is not None:
            found.setdefault(line, []).append(
                Reply(
                    ref=ref,
                    on=on,
                    compiled=compiled,
                    by=response.by,
                    decision=a.decision,
                    text=a.text,
                    measure=a.measure,
                )
            )


def unit_of(dossier: Dossier, measure: str | None) -> str | None:
    """The unit of a measure where one is named."""
    line = dossier.lines.get(own_line_id(dossier, measure) or "") if measure else None
    if line is None or not isinstance(line.value, Measure):
        return None
    return line.value.unit if known(line.value.unit) else None


def evaluated_measures(dossier: Dossier, event: Event, data: Evaluation, outcome: Event) -> frozenset[str] | None:
    """The measures of an outcome that an evaluation speaks of; all that there are (the outcome itself): None.

    One that names project items and nothing else of the dossier speaks of all outcomes of its round.
    """
    measures: set[str] = set()
    for text in data.of:
        if (line := own_line_id(dossier, text)) is not None:
            if dossier.lines[line].stem == outcome.stem:
                measures.add(line)
        elif own_stem(dossier, text) == outcome.stem or (_is_project(text) and event.round == outcome.round):
            return None
    return frozenset(measures)


def _is_project(text: str) -> bool:
    ref = parse_ref_or_none(text)
    return ref is not None and ref.folder == "projects"


def reconsultation_after(dossier: Dossier, evaluation: Event) -> Event | None:
    """The first consultation that was held again because of an evaluation: it says so, or it opens the next round."""
    for event, data in dossier.consultations:
        if data.again is None:
            continue
        of = own_stem(dossier, data.again.of) if known(data.again.of) and data.again.of else None
        if of == evaluation.stem or event.round == evaluation.round + 1:
            return event
    return None


def referenced_stems(dossier: Dossier, event: Event) -> tuple[str, ...]:
    """Stems of the records of this dossier that an event refers back to."""
    data = event.data
    texts: list[str] = []
    if isinstance(data, Outcome | Evaluation):
        texts = list(data.of)
    elif isinstance(data, Followup):
        texts = [m.id for m in listed(data.measures)]
    elif isinstance(data, Response):
        texts = [a.to for a in data.answers]
    elif isinstance(data, Consultation) and data.again is not None and data.again.of:
        texts = [data.again.of]
    stems = (own_stem(dossier, t) for t in texts)
    return tuple(s for s in stems if s is not None and s != event.stem)
