"""W4 跟踪监督（三（三）4：对协商一致、需要落实的事项，协助党委政府组织实施并跟踪落实情况）。"""

from __future__ import annotations

from collections.abc import Iterator

from weimin.model.basis import Basis
from weimin.model.completion import done_days
from weimin.model.dossier import Dossier, Event, Line
from weimin.model.finding import Duty, Problem
from weimin.model.kinds import Done, Measure, Target, known, listed
from weimin.rules.arithmetic import reaches_target
from weimin.rules.clocks import Clock
from weimin.rules.context import RuleContext
from weimin.rules.duties import make_duty, met_in_period, reached
from weimin.rules.facts import measure_states, unit_of
from weimin.rules.registry import dossier_rule
from weimin.rules.wording import event_name, file_name, format_number, line_name, period, quote

SUPERVISION = 4
SLOW = {"behind": "滞后", "stopped": "停止"}


def own_measures(dossier: Dossier) -> Iterator[tuple[Event, Line, Measure]]:
    """The measures of outcomes that the platform recorded itself: (outcome, line, measure)."""
    for line in dossier.measures:
        event = dossier.event(line.stem)
        if event is not None and not event.compiled and isinstance(line.value, Measure):
            yield event, line, line.value


@dossier_rule("W401")
def measure_without_followup(dossier: Dossier, context: RuleContext) -> Iterator[Duty]:
    """Met by a followup on site. A progress notice (进度通报) does not count: nobody went to see."""
    if SUPERVISION in dossier.skipped:
        return
    first_followup: dict[str, Event] = {}
    for event, followup, i in measure_states(dossier):
        if followup.form != "notice":
            first_followup.setdefault(listed(followup.measures)[i].id, event)
    for event, line, _ in own_measures(dossier):
        met = met_in_period(first_followup[line.id].on) if line.id in first_followup else None
        yield make_duty(
            context,
            dossier,
            "W401",
            event,
            pointer=line.pointer,
            subject=line_name(dossier, line),
            act="跟踪监督",
            hint=f"去现场看过以后补一份：weimin new followup --dossier {dossier.id}，其中写\nmeasures:\n  - id: {line.id}\n    state: on_track",
            met=met,
        )


@dossier_rule("W402")
def measure_overdue(dossier: Dossier, context: RuleContext) -> Iterator[Duty]:
    """A measure without a due date is owed too, but never overdue. A stopped measure is not done."""
    done = done_days(dossier)
    for event, line, measure in own_measures(dossier):
        due = period(measure.due).last if measure.due is not None and known(measure.due) else None
        met = reached(met_in_period(done[line.id]), context.as_of) if line.id in done else None
        name = line_name(dossier, line)
        clock = Clock(due=due, basis=Basis.RECORD) if due else Clock()
        until = clock.words("完成", f"{file_name(event.path)} 写明的期限") or "；没有写完成期限"
        yield Duty(
            code="W402",
            path=event.path,
            pointer=f"{line.pointer}/due" if measure.due is not None else line.pointer,
            message=f"{name}已完成" if met else f"{name}还没有完成{until}",
            hint=f"完成了的，补一份跟踪监督，写 - id: {line.id}，state: done，done 里写完成日期；没完成的写明进度和原因",
            dossier=dossier.id,
            owed_by=unit_of(dossier, line.id) or dossier.platform,
            since=event.span.last if event.span else None,
            missing=f"{name}还没有完成",
            met=met.day if met else None,
            met_on=met.text if met else "",
            round=event.round,
            **clock.fields,
        )


@dossier_rule("W403")
def behind_without_reason(dossier: Dossier, context: RuleContext) -> Iterator[Problem]:
    for event, followup, i in measure_states(dossier):
        state = listed(followup.measures)[i]
        if state.state in SLOW and state.reason is None:
            yield Problem(
                code="W403",
                path=event.path,
                pointer=f"/measures/{i}/state",
                message=f"{event_name(event)}写明落实事项 {state.id} {SLOW[state.state]}，没有写原因：进度滞后或停止的要说明",
                hint="在这一项补一行 reason: 原因",
                dossier=dossier.id,
                owed_by=unit_of(dossier, state.id) or dossier.platform,
            )


@dossier_rule("W404")
def done_below_target(dossier: Dossier, context: RuleContext) -> Iterator[Problem]:
    for event, followup, i in measure_states(dossier):
        state = listed(followup.measures)[i]
        line = dossier.lines.get(state.id)
        if state.state != "done" or line is None or not isinstance(line.value, Measure):
            continue
        target, done = line.value.target, state.done
        if reaches_target(target, done) is False:
            yield Problem(
                code="W404",
                path=event.path,
                pointer=f"/measures/{i}/done/amount",
                message=f"落实事项 {state.id} 写的是完成，数量是 {_amount(done)}，目标是 {_amount(target)}：完成的数量没有达到目标",
                hint="照实公布即可；数量写错了的改过来，没有完成的把 state 改成 behind 并写原因",
                dossier=dossier.id,
            )


def _amount(value: Target | Done | str | None) -> str:
    assert isinstance(value, Target | Done) and isinstance(value.amount, int | float)
    unit = value.unit if value.unit is not None and known(value.unit) else ""
    return f"{format_number(value.amount)} {quote(unit)[1:-1]}".rstrip()
