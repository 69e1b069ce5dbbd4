"""Facts of a dossier that several rules need: what is done, who answered, what was evaluated, what was reconsulted."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from weimin.model.dossier import Dossier, Event
from weimin.model.kinds import Consultation, Evaluation, Followup, Measure, Outcome, Response, known, listed
from weimin.model.period import Period
from weimin.model.record import Ref, parse_ref
from weimin.rules.context import RuleContext

TOPIC = "topic"
"""The stem of the topic: in `of` of an evaluation, the whole matter."""


def own_line_id(dossier: Dossier, text: str) -> str | None:
    """The id of the line of this dossier to which a reference leads (`s1`, `STEM#s1`, `CODE/YYYY-NNN/STEM#s1`), else None."""
    record, mark, line = text.rpartition("#")
    if not mark:
        return text if text in dossier.lines else None
    if "/" in record and not record.startswith(dossier.id + "/"):
        return None
    return line if line in dossier.lines else None


def own_stem(dossier: Dossier, text: str) -> str | None:
    """The stem of the record of this dossier to which a reference (or its line) leads, else None."""
    if (line := own_line_id(dossier, text)) is not None:
        return dossier.lines[line].stem
    record = text.partition("#")[0]
    if "/" in record:
        if not record.startswith(dossier.id + "/"):
            return None
        record = record.rpartition("/")[2]
    return record if dossier.event(record) else None


def parse_ref_or_none(text: str) -> Ref | None:
    """The parsed reference; None for a text that is none, which L101 reports."""
    try:
        return parse_ref(text)
    except ValueError:
        return None


def is_platform_code(text: str) -> bool:
    """Whether a text is the code of a platform, rather than the name of a unit."""
    return text.isascii() and text.isdigit() and len(text) in (6, 9, 12)


def measure_states(dossier: Dossier) -> Iterator[tuple[Event, Followup, int]]:
    """(event, followup, index) for each line of each followup, in order of the events."""
    for event, followup in dossier.followups:
        for i in range(len(listed(followup.measures))):
            yield event, followup, i


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """An answer to a line of this dossier, from a response in it or elsewhere. `ref`: reference of the response."""

    ref: str
    on: Period | None
    compiled: bool
    by: str | None
    decision: str | None
    text: str | None
    measure: str | None

    def has_value(self, value: str | None) -> bool:
        """Whether a value is recorded. `unpublished` is enough in a compiled record, but not in a platform's own."""
        return value is not None and (self.compiled or known(value))


def replies(dossier: Dossier, context: RuleContext) -> dict[str, list[Reply]]:
    """Id of a line → its answers, those from the dossier itself first."""
    by_line: dict[str, list[Reply]] = {}
    for event, response in dossier.responses:
        _add(by_line, dossier, response, f"{dossier.id}/{event.stem}", event.on, event.compiled)
    for source in sorted({i.source for i in context.inbound if i.role == "answers"}):
        record = context.lookup.record(source)
        if record is not None and isinstance(record.data, Response):
            _add(by_line, dossier, record.data, source, record.place.on, record.compiled, from_other_dossier=True)
    return by_line


def _add(
    by_line: dict[str, list[Reply]],
    dossier: Dossier,
    response: Response,
    ref: str,
    on: Period | None,
    compiled: bool,
    *,
    from_other_dossier: bool = False,
) -> None:
    for a in response.answers:
        if from_other_dossier and "/" not in a.to:
            continue  # a line of that dossier, not of this one
        if (line := own_line_id(dossier, a.to)) is not None:
            by_line.setdefault(line, []).append(
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
    """The responsible unit of a measure, given a reference to it; None if it is not known."""
    line = dossier.lines.get(own_line_id(dossier, measure) or "") if measure else None
    if line is None or not isinstance(line.value, Measure):
        return None
    return line.value.unit if known(line.value.unit) else None


def evaluated_measures(dossier: Dossier, event: Event, data: Evaluation, outcome: Event) -> frozenset[str] | None:
    """The ids of an outcome's measures that an evaluation covers; None if it covers all of them.

    It covers all if it refers to the outcome itself, or to the whole matter (the topic) or a project item and belongs to
    the outcome's round.
    """
    measures: set[str] = set()
    for text in data.of:
        if (line := own_line_id(dossier, text)) is not None:
            if dossier.lines[line].stem == outcome.stem:
                measures.add(line)
            continue
        stem = own_stem(dossier, text)
        in_round = event.round == outcome.round and (stem == TOPIC or _is_project(text))
        if in_round or stem == outcome.stem:
            return None
    return frozenset(measures)


def _is_project(text: str) -> bool:
    ref = parse_ref_or_none(text)
    return ref is not None and ref.folder == "projects"


def reconsultation_after(dossier: Dossier, evaluation: Event) -> Event | None:
    """The first reconsultation after an evaluation: its `again` refers to the evaluation, or it opens the next round."""
    for event, data in dossier.consultations:
        if data.again is None:
            continue
        of = own_stem(dossier, data.again.of) if known(data.again.of) and data.again.of else None
        if of == evaluation.stem or event.round == evaluation.round + 1:
            return event
    return None


def correction_paths(dossier: Dossier, *events: Event) -> tuple[str, ...]:
    """The files of the corrections that changed some events: what is said of these follows from those, too."""
    stems = {change.correction for event in events for change in event.changes}
    return tuple(e.path for e in dossier.events if e.stem in stems) if stems else ()


def referenced_stems(dossier: Dossier, event: Event) -> tuple[str, ...]:
    """The stems of the records of this dossier on which an event is based, according to its references."""
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
