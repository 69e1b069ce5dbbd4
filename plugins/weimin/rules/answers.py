"""W6 成果转化：答复意见建议，解释不同意见，上报与答复（三（三）4、三（三）5）。"""

from __future__ import annotations

from collections.abc import Iterator

from weimin.model.dossier import Dossier, Event, Line
from weimin.model.finding import Duty, Problem
from weimin.model.kinds import Suggestion, Upward, known, listed
from weimin.model.kinds.outcome import Reported
from weimin.model.place import Level, level_of, parent_code
from weimin.rules.context import Context
from weimin.rules.facts import Reply, is_code, replies, unit_of
from weimin.rules.owing import Met, earliest, met_at, met_on, owe
from weimin.rules.registry import dossier_rule
from weimin.rules.wording import file_of, named, named_line, period, quote

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
def dissent_unexplained(dossier: Dossier, context: Context) -> Iterator[Duty]:
    """An explanation has words: an answer without text explains nothing."""
    found = replies(dossier, context)
    for event, line in _own_lines(dossier, "dissent"):
        yield owe(
            context,
            dossier,
            "W604",
            event,
            pointer=line.pointer,
            subject=f"对{named_line(dossier, line)}",
            act="解释说明",
            hint=_answer_hint(dossier, line, "    text: 解释说明的内容"),
            met=earliest([met_on(r.on) for r in found.get(line.id, ()) if r.says(r.text)]),
        )


@dossier_rule("W606")
def suggestion_unanswered(dossier: Dossier, context: Context) -> Iterator[Duty]:
    """An answer says what becomes of the suggestion; 退办 says only that it is somebody else's, so it stays owed.

    Owed by the unit of the measure that the suggestion is about, where it is about one.
    """
    found = replies(dossier, context)
    for event, line in _own_lines(dossier, "suggestion"):
        mine = found.get(line.id, [])
        about = line.value.about if isinstance(line.value, Suggestion) else None
        yield owe(
            context,
            dossier,
            "W606",
            event,
            pointer=line.pointer,
            subject=named_line(dossier, line),
            act="采纳反馈",
            hint=_answer_hint(dossier, line, "    decision: adopted\n    text: 怎么办的；未采纳的（declined）写理由"),
            met=earliest([met_on(r.on) for r in mine if r.says(r.decision) and r.decision != RETURNED]),
            owed_by=_unit(dossier, about, mine),
        )


def _unit(dossier: Dossier, about: str | None, mine: list[Reply]) -> str:
    if any(r.decision == RETURNED for r in mine):
        return ""
    return next((u for m in (about, *(r.measure for r in mine)) if (u := unit_of(dossier, m)) is not None), "")


@dossier_rule("W609")
def declined_without_reason(dossier: Dossier, context: Context) -> Iterator[Problem]:
    for event, response in dossier.responses:
        for i, a in enumerate(response.answers):
            if a.decision == "declined" and a.text is None:
                yield Problem(
                    code="W609",
                    path=event.path,
                    pointer=f"/answers/{i}/decision",
                    message=f"{named(event)}对{quote(a.to)}写的是未采纳，没有写理由：未采纳的要说明",
                    hint="在这一条补一行 text: 未采纳的理由",
                    dossier=dossier.id,
                )


def _upward(dossier: Dossier) -> Iterator[tuple[Event, Line, Upward]]:
    for event, line in _own_lines(dossier, "upward"):
        if isinstance(line.value, Upward):
            yield event, line, line.value


@dossier_rule("W605")
def matter_not_reported_up(dossier: Dossier, context: Context) -> Iterator[Duty]:
    for event, line, matter in _upward(dossier):
        met = None
        if matter.reported is not None:
            met = met_at(matter.reported.date if isinstance(matter.reported, Reported) else None, event)
        yield owe(
            context,
            dossier,
            "W605",
            event,
            pointer=line.pointer,
            subject=named_line(dossier, line),
            act="上报",
            hint=f"在 {file_of(event.path)} 的 {line.id} 补上\n    reported:\n      date: 上报日期",
            met=met,
        )


@dossier_rule("W611")
def addressee_not_above(dossier: Dossier, context: Context) -> Iterator[Problem]:
    """Below the city the addressee is a platform above, by its code; the city has none above it and names a unit."""
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
        return not is_code(to)
    up = parent_code(platform)
    while up is not None and up != to:
        up = parent_code(up)
    return up is not None


@dossier_rule("W612")
def matter_unanswered(dossier: Dossier, context: Context) -> Iterator[Duty]:
    """Owed once reported, by the addressee. Taking the matter up as a topic of its own above answers it."""
    found = replies(dossier, context)
    for event, line, matter in _upward(dossier):
        if matter.reported is None:
            continue
        day = matter.reported.date if isinstance(matter.reported, Reported) else None
        since = period(day) if day is not None and known(day) else period("XXXX")
        answers = [met for met, _ in matter_answers(dossier, context, matter, found)]
        yield owe(
            context,
            dossier,
            "W612",
            event,
            pointer=line.pointer,
            subject=f"{named_line(dossier, line)}已经上报，",
            act="得到答复",
            hint=_answer_hint(dossier, line, "    text: 答复内容").replace("其中写\n", f"其中写\nby: {matter.to}\n"),
            met=earliest(answers),
            since=since,
            owed_by=matter.to if matter.to is not None and known(matter.to) else "",
        )


def matter_answers(
    dossier: Dossier, context: Context, matter: Upward, found: dict[str, list[Reply]]
) -> list[tuple[Met, str]]:
    """What answers a matter reported up: responses of its addressee, topics above that took it up; with their references.

    Where the addressee is a platform, only its own answer counts (docs/reference/records.md, "Fields").
    """
    code = matter.to is not None and is_code(matter.to)
    answers = [(met_on(r.on), r.ref) for r in found.get(matter.id, ()) if not code or r.by == matter.to]
    for i in context.inbound:
        if i.role == "escalation" and i.line == matter.id:
            on = period(i.on.isoformat()) if i.on else None
            answers.append((met_on(on), i.source))
    return sorted(answers, key=lambda a: (a[0].day, a[1]))


def answered_matters(dossier: Dossier, context: Context) -> dict[str, str]:
    """Upward line → reference of the record that answers it first."""
    if not any(line.kind == "upward" for line in dossier.lines.values()):
        return {}
    found = replies(dossier, context)
    first: dict[str, str] = {}
    for line in dossier.lines.values():
        if isinstance(line.value, Upward) and (answers := matter_answers(dossier, context, line.value, found)):
            first[line.id] = answers[0][1]
    return first
