"""W6 成果转化：答复意见建议，解释不同意见，上报与答复（三（三）4、三（三）5）。"""

from __future__ import annotations

from collections.abc import Iterator

from weimin.model.dossier import Dossier, Event, Line
from weimin.model.finding import Duty, Problem
from weimin.model.kinds import Suggestion, Upward, known, listed
from weimin.model.kinds.outcome import Reported
from weimin.model.place import Level, level_of, parent_code
from weimin.rules.context import RuleContext
from weimin.rules.duties import MetDay, earliest_met, make_duty, met_in_period, met_on_field, reached
from weimin.rules.facts import Reply, is_platform_code, replies, unit_of
from weimin.rules.registry import dossier_rule
from weimin.rules.wording import event_name, file_name, line_name, period, quote

RETURNED = "returned"


def _own_lines(dossier: Dossier, kind: str) -> Iterator[tuple[Event, Line]]:
    for line in dossier.lines.values():
        if line.kind == kind:
            event = dossier.event(line.stem)
            if event is not None and not event.compiled:
                yield event, line


def _answer_hint(dossier: Dossier, line: Line, rest: str) -> str:
    return f"补一份：weimin new response --dossier {dossier.id}，其中写\nanswers:\n  - to: {line.id}\n{rest}"


@dossier_rule("W604")
def dissent_unexplained(dossier: Dossier, context: RuleContext) -> Iterator[Duty]:
    """Only an answer with text explains something."""
    by_line = replies(dossier, context)
    for event, line in _own_lines(dossier, "dissent"):
        yield make_duty(
            context,
            dossier,
            "W604",
            event,
            pointer=line.pointer,
            subject=f"对{line_name(dossier, line)}",
            act="解释说明",
            hint=_answer_hint(dossier, line, "    text: 解释说明的内容"),
            met=earliest_met([met_in_period(r.on) for r in by_line.get(line.id, ()) if r.has_value(r.text)]),
        )


@dossier_rule("W606")
def suggestion_unanswered(dossier: Dossier, context: RuleContext) -> Iterator[Duty]:
    """Met by an answer with a decision. 退办 only says that another unit is responsible, so the duty stays open.

    Owed by the unit of the measure to which the suggestion refers, if it refers to one.
    """
    by_line = replies(dossier, context)
    for event, line in _own_lines(dossier, "suggestion"):
        answers = by_line.get(line.id, [])
        about = line.value.about if isinstance(line.value, Suggestion) else None
        yield make_duty(
            context,
            dossier,
            "W606",
            event,
            pointer=line.pointer,
            subject=line_name(dossier, line),
            act="采纳反馈",
            hint=_answer_hint(dossier, line, "    decision: adopted\n    text: 怎么办的；未采纳的（declined）写理由"),
            met=earliest_met(
                [met_in_period(r.on) for r in answers if r.has_value(r.decision) and r.decision != RETURNED]
            ),
            owed_by=_unit(dossier, about, answers),
        )


def _unit(dossier: Dossier, about: str | None, answers: list[Reply]) -> str:
    """The unit that owes an answer; empty stands for the platform."""
    if any(r.decision == RETURNED for r in answers):
        return ""
    return next((u for m in (about, *(r.measure for r in answers)) if (u := unit_of(dossier, m)) is not None), "")


@dossier_rule("W609")
def declined_without_reason(dossier: Dossier, context: RuleContext) -> Iterator[Problem]:
    for event, response in dossier.responses:
        for i, a in enumerate(response.answers):
            if a.decision == "declined" and a.text is None:
                yield Problem(
                    code="W609",
                    path=event.path,
                    pointer=f"/answers/{i}/decision",
                    message=f"{event_name(event)}对{quote(a.to)}写的是未采纳，没有写理由：未采纳的要说明",
                    hint="在这一条补一行 text: 未采纳的理由",
                    dossier=dossier.id,
                )


def _upward(dossier: Dossier) -> Iterator[tuple[Event, Line, Upward]]:
    for event, line in _own_lines(dossier, "upward"):
        if isinstance(line.value, Upward):
            yield event, line, line.value


@dossier_rule("W605")
def matter_not_reported_up(dossier: Dossier, context: RuleContext) -> Iterator[Duty]:
    for event, line, matter in _upward(dossier):
        met = None
        if matter.reported is not None:
            met = met_on_field(matter.reported.date if isinstance(matter.reported, Reported) else None, event)
        yield make_duty(
            context,
            dossier,
            "W605",
            event,
            pointer=line.pointer,
            subject=line_name(dossier, line),
            act="上报",
            hint=f"在 {file_name(event.path)} 的 {line.id} 补上\n    reported:\n      date: 上报日期",
            met=met,
        )


@dossier_rule("W611")
def addressee_not_above(dossier: Dossier, context: RuleContext) -> Iterator[Problem]:
    """Below the city, the addressee is the code of a platform above; a city has no platform above it and names a unit."""
    for event, outcome in dossier.outcomes:
        for i, matter in enumerate(listed(outcome.upward)):
            if matter.to is None or not known(matter.to) or _above(matter.to, dossier.platform):
                continue
            up = parent_code(dossier.platform)
            right = f"上级平台的代码，例如 to: {up}" if up else "接受上报的单位名称"
            yield Problem(
                code="W611",
                path=event.path,
                pointer=f"/upward/{i}/to",
                message=f"上报事项 {matter.id} 报给{quote(matter.to)}，不是“{dossier.platform}”的上级：上报事项报给上级",
                hint=f"改成{right}",
                dossier=dossier.id,
            )


def _above(to: str, platform: str) -> bool:
    if level_of(platform) is Level.CITY:
        return not is_platform_code(to)
    up = parent_code(platform)
    while up is not None and up != to:
        up = parent_code(up)
    return up is not None


@dossier_rule("W612")
def matter_unanswered(dossier: Dossier, context: RuleContext) -> Iterator[Duty]:
    """Owed by the addressee, from the day of the report. A topic of a platform above that takes the matter up meets it."""
    by_line = replies(dossier, context)
    for event, line, matter in _upward(dossier):
        if matter.reported is None:
            continue
        day = matter.reported.date if isinstance(matter.reported, Reported) else None
        since = period(day) if day is not None and known(day) else period("XXXX")
        answers = [met for met, _ in matter_answers(dossier, context, matter, by_line)]
        yield make_duty(
            context,
            dossier,
            "W612",
            event,
            pointer=line.pointer,
            subject=f"{line_name(dossier, line)}已经上报，",
            act="得到答复",
            hint=_answer_hint(dossier, line, "    text: 答复内容").replace("其中写\n", f"其中写\nby: {matter.to}\n"),
            met=earliest_met(answers),
            since=since,
            owed_by=matter.to if matter.to is not None and known(matter.to) else "",
        )


def matter_answers(
    dossier: Dossier, context: RuleContext, matter: Upward, by_line: dict[str, list[Reply]]
) -> list[tuple[MetDay, str]]:
    """(day, reference) of each answer to a matter reported up: responses of the addressee, and topics that took it up.

    If the addressee is a platform, only its own responses count (docs/reference/records.md, "Fields"), or those of the
    platform that took it over. In order of days.
    """
    to_platform = matter.to is not None and is_platform_code(matter.to)
    asked = {matter.to, context.network.responsible(matter.to)} if to_platform and matter.to is not None else set()
    answers = [(met_in_period(r.on), r.ref) for r in by_line.get(matter.id, ()) if not to_platform or r.by in asked]
    for i in context.inbound:
        if i.role == "escalation" and i.line == matter.id:
            on = period(i.on.isoformat()) if i.on else None
            answers.append((met_in_period(on), i.source))
    return sorted(answers, key=lambda a: (a[0].day, a[1]))


def answered_matters(dossier: Dossier, context: RuleContext) -> dict[str, str]:
    """Id of a matter reported up → reference of the record that answers it first."""
    if not any(line.kind == "upward" for line in dossier.lines.values()):
        return {}
    by_line = replies(dossier, context)
    first: dict[str, str] = {}
    for line in dossier.lines.values():
        answers = matter_answers(dossier, context, line.value, by_line) if isinstance(line.value, Upward) else []
        if answers and reached(answers[0][0], context.as_of) is not None:
            first[line.id] = answers[0][1]
    return first
