"""W6 成果转化：成果形成、报送、公布（三（三）4、三（三）5）。"""

from __future__ import annotations

from collections.abc import Iterator

from weimin.model.dossier import Dossier, Event
from weimin.model.finding import Duty, Problem
from weimin.model.kinds import Outcome, Publication, known, listed
from weimin.model.place import level_of
from weimin.rules.context import RuleContext
from weimin.rules.duties import MetDay, earliest_met, make_duty, met_in_period, met_on_field
from weimin.rules.facts import own_stem
from weimin.rules.named_levels import levels_named
from weimin.rules.registry import dossier_rule
from weimin.rules.wording import FIELDS, event_name, file_name, line_name, quote

WITHHELD_MAY_HAVE = frozenset({"compiled_from", "of", "submitted", "publication"})


@dossier_rule("W601")
def outcome_missing(dossier: Dossier, context: RuleContext) -> Iterator[Duty]:
    """The outcome of a consultation about progress or completion is owed too, but no event has to wait for it."""
    first: dict[str, Event] = {}
    for event, outcome in dossier.outcomes:
        for text in outcome.of:
            if (stem := own_stem(dossier, text)) is not None:
                first.setdefault(stem, event)
    for event, _ in dossier.consultations:
        if event.compiled:
            continue
        outcome_event = first.get(event.stem)
        yield make_duty(
            context,
            dossier,
            "W601",
            event,
            subject=event_name(event),
            act="形成协商成果",
            hint=f"补一份：weimin new outcome --dossier {dossier.id}，其中写\nof:\n  - {event.stem}",
            met=met_in_period(outcome_event.on) if outcome_event is not None else None,
            gated=event.step == 2,
        )


@dossier_rule("W602")
def result_not_reported(dossier: Dossier, context: RuleContext) -> Iterator[Duty]:
    """Met by a submission with addressee and day. One of which either is `unpublished` does not count; `[]` means none."""
    for event, outcome in dossier.outcomes:
        if event.compiled:
            continue
        sent = [met_on_field(s.date, event) for s in listed(outcome.submitted) if known(s.to) and known(s.date)]
        yield make_duty(
            context,
            dossier,
            "W602",
            event,
            pointer="/submitted" if outcome.submitted is not None else "/of",
            subject=event_name(event),
            act="报送同级党政组织（submitted）",
            hint=f"在 {file_name(event.path)} 补上\nsubmitted:\n  - to: 同级党政组织名称\n    date: 报送日期",
            met=earliest_met(sent),
        )


@dossier_rule("W603")
def measure_without_unit_or_due(dossier: Dossier, context: RuleContext) -> Iterator[Problem]:
    for line in dossier.measures:
        missing = [
            f"{title}（{name}）"
            for name, title in (("unit", "责任单位"), ("due", "完成期限"))
            if getattr(line.value, name) is None
        ]
        event = dossier.event(line.stem)
        if missing and event is not None:
            yield Problem(
                code="W603",
                path=event.path,
                pointer=line.pointer,
                message=f"{line_name(dossier, line)}没有写{'、'.join(missing)}：需要落实的事项要有单位负责、有期限",
                hint="补上 unit: 责任单位、due: 期限（例如 2026-06-30）；没有公布的写 unpublished",
                dossier=dossier.id,
            )


@dossier_rule("W607")
def publication_undecided(dossier: Dossier, context: RuleContext) -> Iterator[Duty]:
    for event, outcome in dossier.outcomes:
        if not event.compiled:
            yield make_duty(
                context,
                dossier,
                "W607",
                event,
                pointer="/publication" if outcome.publication is not None else "/of",
                subject=event_name(event),
                act="决定是否向社会公布（方案写的是“视情”，公布与否都要有决定）",
                hint=f"在 {file_name(event.path)} 补上\npublication:\n  decision: publish\n  by: 决定单位\n  date: 决定日期\n不公布的写 decision: withhold 和 reason",
                met=_decided(event, outcome),
            )


def _decided(event: Event, outcome: Outcome) -> MetDay | None:
    p = outcome.publication
    if isinstance(p, Publication) and p.decision in ("publish", "withhold"):
        return met_on_field(p.date, event)
    return None


@dossier_rule("W608")
def withheld_without_reason(dossier: Dossier, context: RuleContext) -> Iterator[Problem]:
    for event, outcome in dossier.outcomes:
        p = outcome.publication
        if isinstance(p, Publication) and p.decision == "withhold" and p.reason is None:
            yield Problem(
                code="W608",
                path=event.path,
                pointer="/publication/decision",
                message=f"{event_name(event)}决定不公布，没有写理由：不公布的要写明理由",
                hint="在 publication 里补一行 reason: 不公布的理由",
                dossier=dossier.id,
            )


@dossier_rule("W610")
def withheld_text_present(dossier: Dossier, context: RuleContext) -> Iterator[Problem]:
    """Text that is withheld must never enter Git; the message does not quote any of it."""
    for event, outcome in dossier.outcomes:
        if outcome.withheld:
            yield from _withheld_problems(dossier, event, outcome)
            continue
        for i, line in enumerate(listed(outcome.upward)):
            if not line.publish and line.text is not None and known(line.text):
                yield _text_problem(dossier, event, f"/upward/{i}/text", f"不公开的上报事项 {line.id} 写了内容（text）")


def _withheld_problems(dossier: Dossier, event: Event, outcome: Outcome) -> Iterator[Problem]:
    if event.record.body.strip():
        yield _text_problem(dossier, event, "/body", "决定不公布的成果写了正文")
    for name in outcome.__struct_fields__:
        if name not in WITHHELD_MAY_HAVE and getattr(outcome, name) is not None:
            yield _text_problem(dossier, event, f"/{name}", f"决定不公布的成果写了{FIELDS[name]}（{name}）")


def _text_problem(dossier: Dossier, event: Event, pointer: str, fact: str) -> Problem:
    return Problem(
        code="W610",
        path=event.path,
        pointer=pointer,
        message=f"{event_name(event)}，{fact}：不公开的内容不进仓库，只留决定和摘要值",
        hint="提交之前删去这一项；已经提交的，按“误录内容的处理”办，历史里也要清除",
        dossier=dossier.id,
    )


@dossier_rule("W613")
def announced_nowhere(dossier: Dossier, context: RuleContext) -> Iterator[Problem]:
    """Not for compiled records: the public report that they were compiled from is where the result was announced."""
    for event, outcome in dossier.outcomes:
        p = outcome.publication
        if not event.compiled and isinstance(p, Publication) and p.decision == "publish" and not p.channels:
            yield Problem(
                code="W613",
                path=event.path,
                pointer="/publication/decision",
                message=f"{event_name(event)}决定公布，没有写公布渠道（channels）：宣传部门通过报刊、电视、网络、微信公众号等展示成效",
                hint="公布以后补上\n  channels:\n    - kind: website\n      date: 公布日期\n      url: 网址",
                dossier=dossier.id,
            )


@dossier_rule("W614")
def addressee_of_another_level(dossier: Dossier, context: RuleContext) -> Iterator[Problem]:
    """The names of all addressees tell another level than the platform's; one that tells none is not judged."""
    level = level_of(dossier.platform)
    for event, outcome in dossier.outcomes:
        named = [(i, s.to, levels_named(s.to)) for i, s in enumerate(listed(outcome.submitted)) if s.to and known(s.to)]
        if not named or any(not levels or level in levels for _, _, levels in named):
            continue
        i, to, levels = named[0]
        told = "、".join(sorted(found.label for found in levels))
        yield Problem(
            code="W614",
            path=event.path,
            pointer=f"/submitted/{i}/to",
            message=f"{event_name(event)}报送给{quote(to)}，从名称看是{told}的，平台是{level.label}的：协商结果报送同级党政组织",
            hint="还报送过同级党政组织的，在 submitted 里补一条；确是只报送给它的，照实公布",
            dossier=dossier.id,
        )
