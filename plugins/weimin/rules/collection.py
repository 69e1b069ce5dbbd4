"""W1 征集社情民意（三（三）1、三（三）3、三（三）5，二.1）。"""

from __future__ import annotations

from collections.abc import Iterator

from weimin.model.dossier import Dossier, Event
from weimin.model.finding import Duty, Problem, Severity
from weimin.model.kinds import Approval, Notice, Topic, known
from weimin.model.parameter import Parameter
from weimin.rules.arithmetic import Bounds, bounds
from weimin.rules.clocks import Clock, clock_of
from weimin.rules.context import RuleContext
from weimin.rules.duties import MetDay, met_in_period, met_on_field, reached
from weimin.rules.registry import dossier_rule
from weimin.rules.wording import event_name, parameter_source, period

OTHER = "其他"


def _topic(dossier: Dossier) -> tuple[Event, Topic] | None:
    event = dossier.topic
    return (event, event.data) if event is not None and isinstance(event.data, Topic) else None


@dossier_rule("W101")
def topic_without_source(dossier: Dossier, context: RuleContext) -> Iterator[Problem]:
    """`unpublished` is enough: every topic has a source. A public report may leave it out, so a compiled topic owes none."""
    if (found := _topic(dossier)) is not None and not found[0].compiled and not found[1].sources:
        yield Problem(
            code="W101",
            path=found[0].path,
            pointer="/title",
            message="议题没有写明来源（sources）：议题从征集的社情民意里来，或者写明由谁提出",
            hint="补上\nsources:\n  - from: 由谁提出\n由谁提出从选项里选，例如 residents 群众；有登记的社情民意的，写 - opinion: 代码/opinions/日期",
            dossier=dossier.id,
        )


@dossier_rule("W104")
def topic_outside_livelihood(dossier: Dossier, context: RuleContext) -> Iterator[Problem]:
    """One livelihood theme among several is enough; so is `projects: unpublished` (the topic belongs to some project)."""
    if (found := _topic(dossier)) is None:
        return
    event, topic = found
    if topic.themes and set(topic.themes) == {OTHER} and not topic.projects and topic.livelihood_reason is None:
        yield Problem(
            code="W104",
            path=event.path,
            pointer="/theme",
            message="议题的领域是“其他”，又没有对应的实事项目（projects）或属于民生的理由（livelihood_reason）：协商围绕民生领域工作",
            hint="补一行 livelihood_reason: 为什么属于民生；或者补 projects；或者改选领域",
            dossier=dossier.id,
        )


@dossier_rule("W105")
def topic_not_approved(dossier: Dossier, context: RuleContext) -> Iterator[Problem | Duty]:
    """Where approval is voluntary, its absence is a notice, and only after a consultation: until then it may still come."""
    if (found := _topic(dossier)) is None or found[0].compiled:
        return
    event, topic = found
    first = next((e for e, _ in dossier.consultations if e.step == 2 and e.round == 1), None)
    on = (first or event).on
    parameter = context.parameter("topic_approval", dossier.platform, on.last if on else context.as_of)
    if parameter.value != "required":
        if topic.approval is None and first is not None:
            yield Problem(
                code="W105",
                path=event.path,
                pointer="/title",
                severity=Severity.NOTICE,
                message=f"{event_name(first)}之前，议题没有写明由谁审定（approval）：为民协商在同级党委领导下进行",
                hint="审定过的，补上\napproval:\n  by: 审定单位\n  date: 审定日期",
                dossier=dossier.id,
            )
        return
    met = reached(_approved(topic, event), context.as_of)
    clock = clock_of(first.on.last if first is not None and first.on is not None else None, parameter)
    act = "由同级党委审定（approval）"
    missing = f"议题还没有{act}"
    yield Duty(
        code="W105",
        path=event.path,
        pointer="/title",
        message=f"议题已{act}" if met else missing + _before(clock, parameter),
        hint="在 topic.md 补上\napproval:\n  by: 审定单位\n  date: 审定日期",
        dossier=dossier.id,
        owed_by=dossier.platform,
        missing=missing,
        met=met.day if met else None,
        met_on=met.text if met else "",
        parameter=parameter.name,
        **clock.fields,
    )


def _before(clock: Clock, parameter: Parameter) -> str:
    """The approval is to be given before the first consultation, whose day a record states or which is still to come."""
    if clock.suggested is not None:
        return f"，建议 {clock.suggested} 的协商之前审定（{parameter_source(parameter)}）"
    when = f"最迟在 {clock.due} 的协商之前" if clock.due is not None else "最迟在第一次协商之前"
    return f"：{when if parameter.basis.binds else '建议在第一次协商之前'}审定（{parameter_source(parameter)}）"


def _approved(topic: Topic, event: Event) -> MetDay | None:
    """The day of the approval, None without one."""
    if topic.approval is None:
        return None
    if not isinstance(topic.approval, Approval) or not known(topic.approval.date):
        return met_in_period(None)  # approved on a day that was not made public
    return met_on_field(topic.approval.date, event)


def _asked_days(parameter: Parameter) -> str:
    """The number of days, and whose it is."""
    if parameter.basis.binds:
        return f" {parameter.days} 天（{parameter_source(parameter)}）"
    return f"本站参考的 {parameter.days} 天（非文件规定）"


@dossier_rule("W106")
def notice_too_short(dossier: Dossier, context: RuleContext) -> Iterator[Problem]:
    """The first and the last day both count. For incomplete dates the longest possible notice is compared."""
    if (found := _topic(dossier)) is None or not isinstance(found[1].notice, Notice):
        return
    event, notice = found[0], found[1].notice
    start = period(notice.from_) if notice.from_ is not None and known(notice.from_) else None
    end = period(notice.to) if notice.to is not None and known(notice.to) else None
    on = start.first if start else (event.on.last if event.on else None)
    parameter = context.parameter("notice_days", dossier.platform, on)
    if notice.days is not None:
        longest, pointer = bounds(notice.days).high, "/notice/days"
    elif start and end and start.first and end.last:
        longest, pointer = (end.last - start.first).days + 1, "/notice/to"
    else:
        return
    if Bounds(parameter.days, parameter.days).exceeds(Bounds(0, longest)):
        yield Problem(
            code="W106",
            path=event.path,
            pointer=pointer,
            message=f"议题公示了 {longest} 天，少于{_asked_days(parameter)}",
            hint="公示还没有结束的，延长到够天数；已经结束的，照实公布",
            dossier=dossier.id,
        )
