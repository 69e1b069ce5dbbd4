"""五个步骤的先后（三（三）3）：一步不漏，日期不倒。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import msgspec

from weimin.model.basis import Basis
from weimin.model.codes import STEPS
from weimin.model.dates import SINCE
from weimin.model.dossier import SKIPPABLE, Dossier, Event
from weimin.model.finding import Problem, Severity
from weimin.model.kinds import known, listed
from weimin.model.period import Period
from weimin.rules.context import RuleContext
from weimin.rules.facts import correction_paths, own_stem, parse_ref_or_none, referenced_stems
from weimin.rules.registry import dossier_rule
from weimin.rules.wording import event_name, period, quote

STEP_WORDS = {number: word for word, number in SKIPPABLE.items()}


@dossier_rule("W207")
def step_skipped(dossier: Dossier, context: RuleContext) -> Iterator[Problem]:
    """Checked for each round. The consultation that opens a later round is its step 2, whatever it is about.

    Placed at the platform's own first event of a later step; if all such events are compiled from reports, it is a notice.
    So is step 3 where only this site's own number asks for it.
    """
    for number in range(1, dossier.rounds + 1):
        events = [e for e in dossier.events if e.round == number and e.step]
        accounted = {e.step for e in events} | dossier.skipped
        if number > 1:
            accounted.add(2)
        for step in range(2, max((e.step for e in events), default=0)):
            asked = _progress_asked_by(dossier, context, number) if step == 3 else Basis.RULE
            if step in accounted or asked is None:
                continue
            later = [e for e in events if e.step > step]
            event = next((e for e in later if not e.compiled), later[0])
            yield Problem(
                code="W207",
                path=event.path,
                severity=Severity.NOTICE if event.compiled or not asked.binds else None,
                message=f"{event_name(event)}已经入卷，前面的“{STEPS[step]}”没有记录，也没有写明略过的理由：协商按五个步骤进行",
                hint=f"补上这一步的记录；确实略过的，在 topic.md 写\nskipped:\n  - step: {STEP_WORDS[step]}\n    reason: 理由\n    by: 由谁决定",
                dossier=dossier.id,
            )


def _progress_asked_by(dossier: Dossier, context: RuleContext, number: int) -> Basis | None:
    """What asks for a progress consultation in a round: the number of days of an issued rule, else this site's own.

    A measure asks for one if it is due later than `progress_days` after its outcome, or if its due day is not known. None: nothing.
    """
    asked: Basis | None = None
    for event, outcome in dossier.outcomes:
        if event.round != number or event.span is None or event.span.last is None:
            continue
        parameter = context.parameter("progress_days", dossier.platform, event.span.last)
        limit = event.span.last + timedelta(days=parameter.days)
        for measure in listed(outcome.measures):
            first = period(measure.due).first if measure.due is not None and known(measure.due) else None
            if first is not None and first <= limit:
                continue
            if parameter.basis.binds:
                return parameter.basis
            asked = parameter.basis
    return asked


@dossier_rule("W208")
def dates_go_back(dossier: Dossier, context: RuleContext) -> Iterator[Problem]:
    """An event is certainly earlier than a record that it refers to, or than one of this dossier on which that rests.

    Topics are left out: sources are added to them later, and they name the dossier where the matter continued. So are lists
    and plans, whose names have a year but no day.
    """
    stems = {e.stem: e for e in dossier.events}
    for stem, pointer, _role, text in dossier.refs:
        event = stems.get(stem)
        if event is None or event.kind == "topic" or event.span is None:
            continue
        basis = next((b for b in _basis(dossier, context, stems, text) if event.span.certainly_before(b.on)), None)
        if basis is None:
            continue
        far = "" if basis.text == text else f"所依据的{quote(basis.text)}"
        yield Problem(
            code="W208",
            path=event.path,
            pointer=pointer,
            message=f"{event_name(event)}依据的{quote(text)}{far}是 {basis.on.text} 的，日期倒过来了：后面的事不早于它所依据的事",
            hint="核对两份记录的日期，写错的一份改文件名；已经公布的，用更正（weimin new correction）",
            dossier=dossier.id,
            other=(basis.path, ""),
            since=SINCE if event.compiled else None,
            sources=correction_paths(dossier, event, *((basis.event,) if basis.event else ())),
        )


class _Basis(msgspec.Struct, frozen=True):
    """A record on which an event is based. `text`: the reference to it as written, or its stem; `event`: None elsewhere."""

    on: Period
    text: str
    path: str
    event: Event | None = None


def _basis(dossier: Dossier, context: RuleContext, stems: dict[str, Event], text: str) -> Iterator[_Basis]:
    """The record to which a reference leads; and where its day is not known, those of this dossier on which it rests."""
    first = own_stem(dossier, text)
    if first is None:
        ref = parse_ref_or_none(text)
        if ref is None or ref.stem is None or ref.platform is None or ref.folder not in ("", "opinions"):
            return
        record = context.lookup.record(ref.record)
        if record is not None and record.place.on is not None:
            yield _Basis(record.place.on, text, record.place.path)
        return
    visited: set[str] = set()
    pending = [first]
    while pending:
        stem = pending.pop(0)
        event = stems.get(stem)
        if event is None or event.kind == "topic" or stem in visited:
            continue
        visited.add(stem)
        if event.on is not None:
            yield _Basis(event.on, text if stem == first else stem, event.path, event)
        if (
            event.on is None or not event.on.is_day
        ):  # before a day that is known nothing is that is not before it itself
            pending += referenced_stems(dossier, event)
