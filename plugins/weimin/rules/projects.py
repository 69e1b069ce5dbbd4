"""W2 商讨实事项目、W3 协商实施状况：谁来协商，怎么协商（三（三）2、三（三）3，三（二），四.3）。

A consultation that is `same_as` one in another dossier is judged in that dossier only.
"""

from __future__ import annotations

from collections.abc import Iterator

from weimin.model.dossier import Dossier, Event
from weimin.model.finding import Problem, Severity
from weimin.model.kinds import Consultation, Method, Participants, Topic, Votes, known, listed
from weimin.model.kinds.topic import PartyDecision
from weimin.model.place import parent_code
from weimin.rules.arithmetic import Bounds, bounds, participants_bounds, votes_cast
from weimin.rules.context import RuleContext
from weimin.rules.registry import dossier_rule
from weimin.rules.wording import event_name, period

PEOPLE = {
    "members": "政协委员",
    "member_units": "政协参加单位",
    "sages": "乡贤代表",
    "residents": "群众代表",
}
HOUSEHOLDS = {"households": "住户"}
"""People came from them, but nobody printed how many."""
OFFICE = {"party_government": "同级党政组织", "departments": "相关部门"}
INVITED = {"organisations": "其他社会组织", "businesses": "企业", "experts": "专家学者", "others": "相关人员"}
METHODS = {
    "survey": "调研",
    "inspection": "视察",
    "written": "书面协商",
    "meeting": "会议协商",
    "online": "网络议政",
    "remote": "远程协商",
    "other": "其他",
}
DETAILS: dict[str, dict[str, str]] = {
    "meeting": {"place": "会议地点", "decided_by": "表决方式"},
    "survey": {"places": "地点"},
    "inspection": {"places": "地点"},
    "written": {"sent": "发出份数", "returned": "收回份数"},
    "online": {"platform": "网络平台", "opens": "开始日期"},
    "remote": {"main_venue": "主会场"},
    "other": {"note": "说明"},
}
CONVENERS = {"npc": "人大", "party_government": "党政组织", "other": "其他单位"}


def _held(dossier: Dossier) -> Iterator[tuple[Event, Consultation]]:
    return ((e, c) for e, c in dossier.consultations if c.same_as is None)


def _present(p: Participants, categories: dict[str, str]) -> list[str]:
    """The categories that took part. An unpublished count, or one included in another, means present; 0 means absent."""
    return [name for name in categories if getattr(p, name) not in (None, 0)]


@dossier_rule("W201")
def parties_incomplete(dossier: Dossier, context: RuleContext) -> Iterator[Problem]:
    """Both sides took part. `participants: unpublished` does not show that; unpublished counts of both sides do."""
    for event, c in _held(dossier):
        p = c.participants if isinstance(c.participants, Participants) else Participants()
        people, office = _present(p, PEOPLE) or _present(p, HOUSEHOLDS), _present(p, OFFICE)
        if people and office:
            continue
        if event.compiled and sum(getattr(p, n) is not None for n in (*PEOPLE, *OFFICE, *INVITED)) < 2:
            continue
        side, missing = ("委员、参加单位、乡贤、群众", PEOPLE) if not people else ("同级党政组织、相关部门", OFFICE)
        both = "两方的参加人员都" if not people and not office else f"参加人员里{side}一方"
        yield Problem(
            code="W201",
            path=event.path,
            pointer="/participants" if c.participants is not None else "",
            severity=Severity.NOTICE if event.compiled else None,
            message=f"{event_name(event)}，{both}没有写：协商要有委员、参加单位、乡贤或群众，也要有同级党政组织或部门",
            hint=f"在 participants 补上到场的一类，例如 {next(iter(missing))}: 3；人数没有公布的写 unpublished",
            dossier=dossier.id,
        )


@dossier_rule("W202")
def consulted_after_decision(dossier: Dossier, context: RuleContext) -> Iterator[Problem]:
    topic = dossier.topic.data if dossier.topic else None
    decision = topic.decision if isinstance(topic, Topic) else None
    if not isinstance(decision, PartyDecision) or decision.date is None or not known(decision.date):
        return
    if decision.date == "pending":
        return
    decided = period(decision.date)
    for event, c in dossier.consultations:
        if c.about == "selection" and event.on is not None and decided.certainly_before(event.on):
            yield Problem(
                code="W202",
                path=event.path,
                pointer="/about",
                message=f"{event_name(event)}在 {decided.text} 的党政决策之后：选定与方案的协商在决策之前和决策之中",
                hint="照实公布即可。决策日期写错了的，更正 topic.md 的 decision",
                dossier=dossier.id,
            )


@dossier_rule("W203")
def invited_without_reason(dossier: Dossier, context: RuleContext) -> Iterator[Problem]:
    for event, c in _held(dossier):
        if c.invited_because is not None or not isinstance(c.participants, Participants):
            continue
        if invited := _present(c.participants, INVITED):
            yield Problem(
                code="W203",
                path=event.path,
                pointer=f"/participants/{invited[0]}",
                message=f"{event_name(event)}邀请了{'、'.join(INVITED[n] for n in invited)}，没有写邀请理由：视议题情况邀请的要写明",
                hint="补一行 invited_because: 为什么邀请",
                dossier=dossier.id,
            )


@dossier_rule("W204")
def method_detail_missing(dossier: Dossier, context: RuleContext) -> Iterator[Problem]:
    """An empty list of methods is reported too: the schema requires the list, but accepts an empty one."""
    for event, c in _held(dossier):
        if not c.methods:
            yield _method_problem(dossier, event, "", "没有写协商方式（methods）", "补上\nmethods:\n  - kind: meeting")
        for i, method in enumerate(listed(c.methods)):
            if missing := _missing(method):
                fields = "、".join(f"{title}（{name}）" for name, title in missing.items())
                yield _method_problem(
                    dossier,
                    event,
                    f"/methods/{i}/kind",
                    f"{METHODS[method.kind]}没有写{fields}",
                    "\n".join(f"补一行 {name}: {title}；没有公布的写 unpublished" for name, title in missing.items()),
                )


def _missing(method: Method) -> dict[str, str]:
    details = DETAILS.get(method.kind, {})
    return {name: title for name, title in details.items() if getattr(method, name) is None}


def _method_problem(dossier: Dossier, event: Event, pointer: str, fact: str, hint: str) -> Problem:
    return Problem(
        code="W204",
        path=event.path,
        pointer=pointer,
        message=f"{event_name(event)}，{fact}：每种协商方式都有应写明的内容",
        hint=hint,
        dossier=dossier.id,
    )


@dossier_rule("W205")
def joint_platform_not_below(dossier: Dossier, context: RuleContext) -> Iterator[Problem]:
    for event, c in _held(dossier):
        for i, code in enumerate(listed(c.joint)):
            if not _below(code, dossier.platform):
                yield Problem(
                    code="W205",
                    path=event.path,
                    pointer=f"/joint/{i}",
                    message=f"参与的平台“{code}”不在“{dossier.platform}”的下级：下级平台参与上级组织的协商",
                    hint="由它搭台的，在它自己的卷宗里记，这里删去；确是平级或上级来参加的，照实公布",
                    dossier=dossier.id,
                )


def _below(code: str, platform: str) -> bool:
    up = parent_code(code)
    return up is not None and (up == platform or _below(up, platform))


@dossier_rule("W206")
def votes_do_not_add_up(dossier: Dossier, context: RuleContext) -> Iterator[Problem]:
    """Neither the votes nor the signatures are more than the participants."""
    for event, c in _held(dossier):
        if not isinstance(c.participants, Participants):
            continue
        participants = participants_bounds(c.participants)
        for i, method in enumerate(listed(c.methods)):
            for name, title, count in _counted(method):
                if count.exceeds(participants):
                    yield Problem(
                        code="W206",
                        path=event.path,
                        pointer=f"/methods/{i}/{name}",
                        message=f"{event_name(event)}，{title}至少 {count.low}，而参加人员合计至多 {participants.high} 人：{title}不会比人多",
                        hint="核对票数和参加人员，把写错的一处改过来；漏写的一类人补上",
                        dossier=dossier.id,
                    )


def _counted(method: Method) -> Iterator[tuple[str, str, Bounds]]:
    if isinstance(method.votes, Votes):
        yield "votes", "票数", votes_cast(method.votes)
    if method.signed is not None:
        yield "signed", "签名", bounds(method.signed)


@dossier_rule("W209")
def not_by_cppcc(dossier: Dossier, context: RuleContext) -> Iterator[Problem]:
    """A compiled record tells of what was held, whoever convened it: a notice. A report that names nobody is recorded so."""
    for event, c in _held(dossier):
        if c.convened_by in CONVENERS:
            yield Problem(
                code="W209",
                path=event.path,
                pointer="/convened_by",
                severity=Severity.NOTICE if event.compiled or c.convened_by == "other" else None,
                message=f"{event_name(event)}由{CONVENERS[c.convened_by]}搭台：为民协商由政协组织搭台",
                hint="照实公布即可；与报道不符的，照报道改"
                if event.compiled
                else "搭台方写错了的，改成 convened_by: cppcc；确是别家搭台的，不入这个卷宗",
                dossier=dossier.id,
            )
