"""A dossier as a summary: the small value that network-wide rules, totals and lists read instead of the dossier."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from weimin.dossiers.states import final_steps
from weimin.model.completion import done_days
from weimin.model.dossier import Dossier, DossierStep, Event
from weimin.model.kinds import (
    Ballots,
    Consultation,
    Evaluation,
    Measure,
    Outcome,
    Participants,
    Topic,
    Upward,
    known,
    listed,
    number_of,
)
from weimin.model.kinds.outcome import Publication, Reported
from weimin.model.kinds.topic import ProjectRef
from weimin.model.period import parse_period
from weimin.model.rating import Rating
from weimin.model.summary import (
    AnnouncementRow,
    AnswerDutyRow,
    ConsultationRow,
    DutyRow,
    EvaluationRow,
    MeasureRow,
    OutcomeRow,
    Summary,
    UpwardRow,
)

Rate = Callable[[Event, Evaluation], Rating]
"""(event, evaluation) → its rating by the parameters in force."""

EXCERPT = 120  # characters of an outcome's prose in lists


def summarise(
    dossier: Dossier,
    *,
    steps: tuple[DossierStep, ...],
    duties: tuple[DutyRow, ...],
    closed: bool,
    next_day: date | None,
    rate: Rate,
    answered: Mapping[str, str],
    excerpt: Callable[[str, int], str],
    answers: tuple[AnswerDutyRow, ...] = (),
    as_of: date = date.min,
) -> Summary:
    """The summary of a dossier. `steps`: with what the rules found; `duties`: the open ones. `answered`: matter reported up → reference of its answer.

    `excerpt`: (prose, characters) → its beginning as plain text. `answers`: the duties to answer somebody, met or not.
    Announcements for a day before `as_of` are past.
    """
    topic = dossier.topic.data if dossier.topic and isinstance(dossier.topic.data, Topic) else None
    dated = [e for e in dossier.events if e.kind not in ("topic", "correction") and e.on and e.on.last]
    ended = topic.ended.how if topic and topic.ended else None
    steps = final_steps(steps, closed=closed, ended=ended is not None, compiled=dossier.compiled)
    last = max(dated, key=lambda e: e.on.sort_day if e.on else date.min, default=dossier.topic)
    return Summary(
        id=dossier.id,
        platform=dossier.platform,
        title=dossier.title,
        themes=topic.themes if topic else (),
        compiled=dossier.compiled,
        day=dated[0].on.sort_day if dated and dated[0].on else None,
        last=last.on.sort_day if last and last.on else None,
        last_on=last.on.text if last and last.on else "",
        last_stem=last.stem if last else "",
        step=max((e.step for e in dossier.events), default=0),
        year=_year(dossier, dated[0] if dated else dossier.topic),
        held_steps=tuple(sorted({e.step for e in dossier.events if e.step})),
        steps=tuple(s.state.value for s in steps),
        rounds=dossier.rounds,
        closed=closed,
        ended=ended,
        consultations=tuple(_consultation(e, d) for e, d in dossier.consultations),
        outcomes=tuple(_outcome(e, d, excerpt) for e, d in dossier.outcomes),
        evaluations=tuple(_evaluation(e, d, rate) for e, d in dossier.evaluations),
        measures=_measures(dossier),
        upward=tuple(_upward(dossier, answered)),
        duties=duties,
        answers=answers,
        announcements=_announcements(topic, as_of),
        corrections=len({a.correction for a in dossier.applied}),
        corrected_fields=len(dossier.applied),
        last_correction=max((a.on.sort_day for a in dossier.applied if a.on.last), default=None),
        refs=dossier.refs,
        projects=_projects(topic),
        next_day=next_day,
        at=max((s.number for s in steps if s.stems), default=0),
    )


def _year(dossier: Dossier, first: Event | None) -> int:
    """The year of the first event, or of the topic where it is alone (its approval), or else of the dossier's number."""
    return first.on.sort_day.year if first is not None and first.on and first.on.last else dossier.year


def _when(e: Event) -> tuple[str, date | None, int | None]:
    return (e.on.text, e.on.first or e.on.last, e.on.year) if e.on else ("", None, None)


def _consultation(e: Event, d: Consultation) -> ConsultationRow:
    on, day, year = _when(e)
    return ConsultationRow(
        stem=e.stem,
        on=on,
        day=day,
        year=year,
        about=d.about,
        methods=tuple(m.kind for m in listed(d.methods)),
        joint=listed(d.joint),
        times=number_of(d.times) or 1,
        same_as=d.same_as,
        compiled=e.compiled,
        round=e.round,
        people=_people(d.participants),
    )


def _people(p: Participants | str | None) -> int | None:
    """The number of participants: the total, or else the sum if every recorded category has a number; None if unknown."""
    if not isinstance(p, Participants):
        return None
    if (total := number_of(p.total)) is not None:
        return total
    if p.residents is None and p.households not in (None, 0):
        return None
    numbers = [number_of(v) for v in p.counts if v is not None and v != "included"]
    return sum(n for n in numbers if n is not None) if numbers and None not in numbers else None


def _outcome(e: Event, d: Outcome, excerpt: Callable[[str, int], str]) -> OutcomeRow:
    on, day, year = _when(e)
    publication = d.publication if isinstance(d.publication, Publication) else None
    return OutcomeRow(
        stem=e.stem,
        on=on,
        day=day,
        year=year,
        consensus=d.consensus,
        publication=publication.decision if publication else None,
        decided=publication.date if publication else None,
        ground=publication.reason if publication and d.withheld else None,
        excerpt="" if d.withheld else excerpt(e.record.body, EXCERPT),
        compiled=e.compiled,
    )


def _evaluation(e: Event, d: Evaluation, rate: Rate) -> EvaluationRow:
    on, day, year = _when(e)
    b = d.ballots if isinstance(d.ballots, Ballots) else None
    rating = rate(e, d)
    return EvaluationRow(
        stem=e.stem,
        on=on,
        day=day,
        year=year,
        satisfied=b.satisfied if b else None,
        basically=b.basically_satisfied if b else None,
        dissatisfied=b.dissatisfied if b else None,
        valid=b.valid if b else None,
        rate=rating.rate,
        low=rating.low,
        reference_line=rating.reference_line,
        reported=d.published_rate if b is None else None,
        reconsult=d.reconsult.decision if d.reconsult else None,
        compiled=e.compiled,
    )


def _measures(dossier: Dossier) -> tuple[MeasureRow, ...]:
    states = {m.id: m.state for _, f in dossier.followups for m in listed(f.measures)}
    days = done_days(dossier)
    rows = []
    for line in dossier.measures:
        value = line.value
        assert isinstance(value, Measure)
        day = days.get(line.id)
        done = day.last if day else None
        if done is not None and dossier.is_before_consultation(line.stem, done):
            done = None  # no year has work that was done before it was agreed on (W120)
        rows.append(
            MeasureRow(
                id=line.id,
                stem=line.stem,
                text=value.text,
                unit=value.unit,
                due=value.due,
                state=states.get(line.id),
                done=done,
                in_time=_in_time(value.due, done),
            )
        )
    return tuple(rows)


def _in_time(due: str | None, done: date | None) -> bool | None:
    if done is None or due is None or not known(due):
        return None
    last = parse_period(due).last
    return last is not None and done <= last


def _upward(dossier: Dossier, answered: Mapping[str, str]) -> list[UpwardRow]:
    rows = []
    for line in dossier.lines.values():
        if isinstance(line.value, Upward):
            u, e = line.value, dossier.event(line.stem)
            rows.append(
                UpwardRow(
                    id=u.id,
                    stem=line.stem,
                    kind=u.kind,
                    to=u.to,
                    text=u.text if u.publish else None,
                    reported=u.reported.date if isinstance(u.reported, Reported) else None,
                    answered=answered.get(u.id),
                    on=e.on.sort_day if e and e.on else None,
                )
            )
    return rows


def _announcements(topic: Topic | None, as_of: date) -> tuple[AnnouncementRow, ...]:
    return tuple(
        AnnouncementRow(
            when=a.when,
            day=day,
            about=a.about,
            where=a.where,
            how=a.how,
            past=day is not None and day < as_of,
        )
        for a in (listed(topic.announces) if topic else ())
        if a.when is not None
        for day in (parse_period(a.when).last if known(a.when) else None,)
    )


def _projects(topic: Topic | None) -> tuple[str, ...]:
    refs: tuple[ProjectRef, ...] = listed(topic.projects) if topic else ()
    return tuple(f"{p.list}#{p.item}" if known(p.item) else p.list for p in refs)


def next_day(summary: Summary, as_of: date) -> str:
    """The next day on which a dossier or its page changes although no record does, in ISO; empty if there is none."""
    days = [summary.next_day] if summary.next_day else []
    for measure in summary.measures:
        last = parse_period(measure.due).last if measure.due and measure.due[0].isdigit() else None
        if last is not None and last >= as_of:
            days.append(last + timedelta(days=1))
    days += [c.day + timedelta(days=1) for c in summary.announcements if c.day is not None and not c.past]
    return min(days).isoformat() if days else ""
