"""W5 民主评议（三（三）3、三（三）4：对民主评议满意率低的事项视情开展再协商）。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from weimin.model.dossier import Dossier, Event
from weimin.model.finding import Duty, Problem
from weimin.model.kinds import Ballots, Evaluation, Outcome, known, listed
from weimin.model.period import Period
from weimin.rules.arithmetic import ballot_errors, rate_of
from weimin.rules.context import RuleContext
from weimin.rules.duties import MetDay, earliest_met, make_duty, met_in_period, met_on_field
from weimin.rules.facts import done_days, evaluated_measures, reconsultation_after
from weimin.rules.rating import rating_of
from weimin.rules.registry import dossier_rule
from weimin.rules.wording import FORMULAS, event_name, format_number, format_percent, parameter_source, period

EVALUATION = 5
_DECISION = "reconsult_decision_days"


@dossier_rule("W501")
def evaluation_missing(dossier: Dossier, context: RuleContext) -> Iterator[Duty]:
    """One duty for each outcome, from the day on which the last of its measures was done."""
    if EVALUATION in dossier.skipped:
        return
    done = done_days(dossier)
    for event, outcome in dossier.outcomes:
        measures = [m.id for m in listed(outcome.measures)]
        if event.compiled or not measures or any(m not in done for m in measures):
            continue
        yield make_duty(
            context,
            dossier,
            "W501",
            event,
            pointer="/measures",
            subject=f"{event_name(event)}的落实事项都已完成，",
            act="民主评议",
            hint=f"评议以后补一份：weimin new evaluation --dossier {dossier.id}，其中写\nof:\n  - {event.stem}",
            met=_evaluated_on(dossier, event, frozenset(measures)),
            since=_last_day([done[m] for m in measures]),
        )


def _last_day(days: list[Period | None]) -> Period:
    """The last of the days; if the year of one is not known, a period without any day."""
    lasts = [d.last for d in days if d is not None and d.last is not None]
    if len(lasts) < len(days):
        return Period("", None, None)
    last = max(lasts)
    return Period(last.isoformat(), last, last)


def _evaluated_on(dossier: Dossier, outcome: Event, measures: frozenset[str]) -> MetDay | None:
    """The day of the evaluation with which all measures of an outcome were evaluated; None while one is not."""
    remaining = measures
    for event, data in dossier.evaluations:
        covered = evaluated_measures(dossier, event, data, outcome)
        remaining = frozenset() if covered is None else remaining - covered
        if not remaining:
            return met_in_period(event.on)
    return None


@dossier_rule("W502")
def ballots_impossible(dossier: Dossier, context: RuleContext) -> Iterator[Problem]:
    for event, data in dossier.evaluations:
        if isinstance(data.ballots, Ballots):
            for field, error in ballot_errors(data.ballots):
                yield Problem(
                    code="W502",
                    path=event.path,
                    pointer=f"/ballots/{field}",
                    message=f"{event_name(event)}，{error}：评议的票数要对得上",
                    hint="照原始计票表核对，把录错的数改过来；原始计票就对不上的，重新评议",
                    dossier=dossier.id,
                )


@dossier_rule("W503")
def low_satisfaction_undecided(dossier: Dossier, context: RuleContext) -> Iterator[Duty]:
    """A later evaluation does not replace the decision. It is asked for, too, where no ballots show that the rate is not low.

    It has a day only where a rate is low by an issued rule: under this site's own line, and where no rate can be computed,
    the decision is asked for without one.
    """
    for event, data in dossier.evaluations:
        if event.compiled:
            continue
        rating = rating_of(dossier, event, data, context.parameters)
        if rating.rate is not None and not rating.below:
            continue
        yield make_duty(
            context,
            dossier,
            "W503",
            event,
            pointer="/ballots",
            subject=_low(dossier, context, event, data, rating.rate),
            act="决定是否再协商（方案写的是“视情”，做与不做都要有决定）",
            hint="在这份评议里补上\nreconsult:\n  decision: hold\n  by: 决定单位\n  date: 决定日期\n  reason: 理由\n不再协商的写 decision: decline",
            met=_decided(dossier, event, data),
            dated=rating.low,
        )


def _low(dossier: Dossier, context: RuleContext, event: Event, data: Evaluation, rate: float | None) -> str:
    if rate is None or not isinstance(data.ballots, Ballots):
        return f"{event_name(event)}的满意率不能用票数复算，看不出高低，"
    limit, days = (context.parameter(n, dossier.platform, _last(event)) for n in ("low_satisfaction", _DECISION))
    b = data.ballots
    line = format_percent(float(limit.value))
    cited = f"（{parameter_source(limit)}）" if limit.source != days.source else ""  # the days cite the same clause
    under = f"低于 {line}{cited}" if limit.basis.binds else f"低于本站参考线 {line}（非文件规定）"
    counts = f"满意 {b.satisfied}、基本满意 {b.basically_satisfied}、有效票 {b.valid}"
    return f"{event_name(event)}的满意率 {format_percent(rate)}（{counts}）{under}，"


def _last(event: Event) -> date | None:
    return event.span.last if event.span else None


def _decided(dossier: Dossier, event: Event, data: Evaluation) -> MetDay | None:
    """The earlier of two days: that of the decision (declining needs a reason), and that of a reconsultation."""
    days: list[MetDay] = []
    if data.reconsult is not None and (data.reconsult.decision != "decline" or data.reconsult.reason is not None):
        days.append(met_on_field(data.reconsult.date, event))
    if (again := reconsultation_after(dossier, event)) is not None:
        days.append(met_in_period(again.on))
    return earliest_met(days)


@dossier_rule("W504")
def reconsultation_not_held(dossier: Dossier, context: RuleContext) -> Iterator[Duty]:
    for event, data in dossier.evaluations:
        if event.compiled or data.reconsult is None or data.reconsult.decision != "hold":
            continue
        decided = data.reconsult.date
        again = reconsultation_after(dossier, event)
        yield make_duty(
            context,
            dossier,
            "W504",
            event,
            pointer="/reconsult/decision",
            subject=f"{event_name(event)}以后决定再协商，",
            act="再协商",
            hint=f"协商以后补一份：weimin new consultation --dossier {dossier.id}，其中写\nagain:\n  of: {event.stem}\n  because: low_satisfaction",
            met=met_in_period(again.on) if again is not None else None,
            since=period(decided) if decided is not None and known(decided) else None,
        )


@dossier_rule("W505")
def rate_not_recomputable(dossier: Dossier, context: RuleContext) -> Iterator[Problem]:
    """Also reported if the record uses another formula than the one in force: the message has both rates."""
    for event, data in dossier.evaluations:
        parameter = context.parameter("satisfaction_formula", dossier.platform, _last(event))
        formula = str(parameter.value)
        if (rate := rate_of(data, formula)) is None:
            printed = data.published_rate
            published = f"公布的满意率是 {format_number(printed)}%，" if printed is not None else ""
            fact, pointer = f"{published}没有可用的票数，满意率未能复算", "/ballots"
        elif data.formula in FORMULAS and data.formula != formula:
            other = rate_of(data, data.formula)
            assert other is not None
            fact = (
                f"记录按{FORMULAS[data.formula]}算是 {format_percent(other)}，"
                f"按现行口径{FORMULAS[formula]}算是 {format_percent(rate)}（{parameter_source(parameter)}），两个数一并公布"
            )
            pointer = "/formula"
        else:
            continue
        yield Problem(
            code="W505",
            path=event.path,
            pointer=pointer,
            message=f"{event_name(event)}，{fact}",
            hint="有计票表的，把票数写进 ballots；口径不同的不用改",
            dossier=dossier.id,
        )


def is_settled(dossier: Dossier, context: RuleContext, outcome: Event, data: Outcome) -> bool:
    """Whether the last evaluation of every measure of an outcome is satisfactory (`_is_satisfactory`)."""
    last: dict[str, tuple[Event, Evaluation]] = {}
    measures = [m.id for m in listed(data.measures)] or [""]
    for event, evaluation in dossier.evaluations:
        covered = evaluated_measures(dossier, event, evaluation, outcome)
        for measure in measures if covered is None else covered:
            last[measure] = (event, evaluation)
    return all(m in last and _is_satisfactory(dossier, context, *last[m]) for m in measures)


def _is_satisfactory(dossier: Dossier, context: RuleContext, event: Event, data: Evaluation) -> bool:
    """The rate is not below the line, or it was decided, with a reason, not to consult again."""
    rating = rating_of(dossier, event, data, context.parameters)
    if rating.rate is not None and not rating.below:
        return True
    decision = data.reconsult
    return decision is not None and decision.decision == "decline" and decision.reason is not None
