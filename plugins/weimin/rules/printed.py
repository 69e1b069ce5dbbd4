"""Numbers as printed: votes by option, totals beside lines, amounts by stage, ranges of money. What one record says adds up.

Counts are compared as intervals (`rules/arithmetic.py`): only what is certainly wrong is reported. In a record that was
compiled from a report it is a notice: the report was printed so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from weimin.model.dossier import Dossier, Event
from weimin.model.finding import Problem, Severity
from weimin.model.kinds import (
    Consultation,
    Count,
    Done,
    Followup,
    Funding,
    MeasureState,
    Outcome,
    Response,
    Vote,
    VoteOption,
    listed,
    number_of,
)
from weimin.rules.arithmetic import NONE, Bounds, bounds
from weimin.rules.context import RuleContext
from weimin.rules.registry import dossier_rule
from weimin.rules.wording import event_name, format_number, quote

_ROUNDING = 0.5
"""What rounding to a whole per cent can add to the printed percentage of one option."""
_TWICE = "只留一条，或者写清两条有什么不同"
_CHECK = "照原始记录核对，把写错的一处改过来（已经公布的，用更正：weimin new correction）"


class _Fault(msgspec.Struct, frozen=True):
    """`pointer`: JSON pointer in the record. `fact`: what does not add up."""

    pointer: str
    fact: str
    hint: str = _CHECK


@dossier_rule("W142")
def counts_do_not_add_up(dossier: Dossier, context: RuleContext) -> Iterator[Problem]:
    for event in dossier.events:
        for fault in _faults(event):
            yield Problem(
                code="W142",
                path=event.path,
                pointer=fault.pointer,
                severity=Severity.NOTICE if event.compiled else None,
                message=f"{event_name(event)}，{fault.fact}：写明的数要对得上",
                hint="与报道不符的，照报道改；报道就是这样写的，照实公布" if event.compiled else fault.hint,
                dossier=dossier.id,
            )


def _faults(event: Event) -> Iterator[_Fault]:
    match event.data:
        case Consultation() as c:
            for i, vote in enumerate(listed(c.votes)):
                yield from _vote(vote, f"/votes/{i}")
            yield from _total("/suggestions_made", "意见建议条数", c.suggestions_made, listed(c.suggestions))
        case Response() as r:
            yield from _total("/answers_given", "答复条数", r.answers_given, r.answers)
        case Followup() as f:
            for i, state in enumerate(listed(f.measures)):
                yield from _amounts(state, f"/measures/{i}")
        case Outcome() as o if not o.withheld:
            for i, line in enumerate(listed(o.funding)):
                yield from _range(line, f"/funding/{i}")


def _vote(vote: Vote, at: str) -> Iterator[_Fault]:
    options = listed(vote.options)
    for i, option in enumerate(options):
        if any(option.option == earlier.option for earlier in options[:i]):
            fact = f"{quote(vote.question)}的选项{quote(option.option)}列了两次"
            yield _Fault(f"{at}/options/{i}/option", fact, _TWICE)
    choices = 1 if vote.choices is None else number_of(vote.choices)
    if choices is None or not options:
        return
    yield from _too_many(vote, options, choices, at)
    percents = [o.percent for o in options if isinstance(o.percent, int | float)]
    if choices == 1 and sum(percents) > 100 + _ROUNDING * len(percents):
        yield _Fault(
            f"{at}/options", f"{quote(vote.question)}各选项的比例合计 {format_number(sum(percents))}%，超过 100%"
        )


def _too_many(vote: Vote, options: Sequence[VoteOption], choices: int, at: str) -> Iterator[_Fault]:
    """More votes than those who may vote can give; of a vote with several choices each may give several."""
    cast = _sum(o.count for o in options)
    others = bounds(vote.invalid) + bounds(vote.absent)
    eligible = bounds(vote.eligible) if vote.eligible is not None else Bounds(0, None)
    if eligible.high is None:
        return
    if others.low <= eligible.high and cast.low <= (eligible.high - others.low) * choices:
        return
    parts = "、".join(
        f"{name} {count.low}"
        for name, count in (("无效", bounds(vote.invalid)), ("未参加", bounds(vote.absent)))
        if count.low
    )
    fact = (
        f"{quote(vote.question)}各选项合计至少 {cast.low}{'，' + parts if parts else ''}，应参加的至多 {eligible.high}"
    )
    yield _Fault(f"{at}/options", fact + (f"、每票至多选 {choices} 项" if choices > 1 else ""))


def _sum(counts: Iterator[Count | None]) -> Bounds:
    total = NONE
    for count in counts:
        total += bounds(count)
    return total


def _total(pointer: str, title: str, total: Count | None, lines: Sequence[object]) -> Iterator[_Fault]:
    """A printed total is not below the number of lines that are written out."""
    high = bounds(total).high if total is not None else None
    if high is not None and high < len(lines):
        yield _Fault(pointer, f"{title}写的是 {high} 条，逐条写出的有 {len(lines)} 条")


def _amounts(state: MeasureState, at: str) -> Iterator[_Fault]:
    lines = listed(state.amounts)
    times = Counter((a.stage, a.unit) for a in lines)
    for i, line in enumerate(lines):
        if times[line.stage, line.unit] > 1 and (line.stage, line.unit) in [(a.stage, a.unit) for a in lines[:i]]:
            fact = f"落实事项 {state.id} 的分阶段数量里，同一阶段、同一单位写了两次"
            yield _Fault(f"{at}/amounts/{i}/stage", fact, _TWICE)
        if line.stage != "done" or not isinstance(state.done, Done) or line.unit != state.done.unit:
            continue
        amount, printed = state.done.amount, bounds(line.amount)
        if isinstance(amount, int | float) and line.amount is not None and not _can_be(printed, amount):
            fact = f"落实事项 {state.id} 完成数量写的是 {format_number(amount)}，分阶段数量里的已完成是另一个数"
            yield _Fault(f"{at}/amounts/{i}/amount", fact)


def _can_be(printed: Bounds, amount: int | float) -> bool:
    return printed.low <= amount and (printed.high is None or amount <= printed.high)


def _range(line: Funding, at: str) -> Iterator[_Fault]:
    if line.yuan is None or line.yuan_to is None:
        return
    low, high = bounds(line.yuan), bounds(line.yuan_to)
    if low.exceeds(high):
        yield _Fault(f"{at}/yuan_to", f"经费的上限 {high.high} 元低于下限 {low.low} 元")
