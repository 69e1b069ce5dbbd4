"""W7 网络：平台怎么建起来（三（二），三（三）末段，四.3，四.4）。These duties have no due day and are never overdue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from weimin.model.finding import Duty, Problem
from weimin.model.kinds import Platform, RuleBook, known, listed
from weimin.model.kinds.platform_records import LeadingGroup, Members, Post
from weimin.model.network import SET_UP_BY
from weimin.model.place import Level
from weimin.model.record import Record
from weimin.rules.context import PlatformContext
from weimin.rules.registry import platform_rule
from weimin.rules.wording import period, quote

PLAN, HOUSE = "2019-implementation-plan", "house"
BOTH = frozenset({Level.TOWNSHIP.value, Level.VILLAGE.value})
LEADERS = {"第一组长": 1, "组长": 1, "副组长": 4}
"""Post → number in a city (三（二）1). The four deputies are 组织部长、统战部长、常务副市长、驻会副主席. A county needs one of each post."""


def _data(p: PlatformContext) -> Platform:
    record = p.records.platform
    return record.data if record is not None and isinstance(record.data, Platform) else Platform()


def _rule_books(records: tuple[Record, ...]) -> Iterator[tuple[Record, RuleBook]]:
    for record in records:
        if isinstance(record.data, RuleBook):
            yield record, record.data


def _is_issued(p: PlatformContext, book: RuleBook) -> bool:
    """The rule was issued, as far as is known: its day has come."""
    first = period(book.issued).first if book.issued is not None and known(book.issued) else None
    return first is None or first <= p.context.as_of


def _owed(p: PlatformContext, code: str, fact: str, hint: str, *, met: bool, pointer: str = "/area") -> Duty:
    """A duty without a due day; one that is met is met on a day that nobody knows."""
    return Duty(
        code=code,
        path=p.path,
        pointer=pointer,
        message=f"“{p.row.area}”{fact}",
        hint=hint,
        owed_by=p.code,
        met=date.min if met else None,
    )


@platform_rule("W701")
def platform_late(p: PlatformContext) -> Iterator[Problem]:
    """Judged by the day on which the platform was established, or, if not known, by its first recorded consultation."""
    limit = SET_UP_BY[p.row.level]
    if p.row.established is not None:
        on, what, pointer = period(p.row.established), "成立于", "/established"
    else:
        days = [(c.day, c.on) for s in p.summaries for c in s.consultations if c.day is not None]
        if not days:
            return
        on, what, pointer = period(min(days)[1]), "第一次协商在", "/area"
    if on.first is not None and on.first > limit:
        yield Problem(
            code="W701",
            path=p.path,
            pointer=pointer,
            message=f"“{p.row.area}”的平台{what} {on.text}，晚于方案要求的 {limit}",
            hint="照实公布即可；早有平台的，在 platform.yml 写 established: 成立日期",
        )


@platform_rule("W702")
def leading_group_incomplete(p: PlatformContext) -> Iterator[Duty]:
    """`unpublished` is enough: the group is known to exist. A post without a recorded holder is not filled."""
    if p.row.level not in (Level.CITY, Level.COUNTY):
        return
    group = _data(p).leading_group
    posts: tuple[Post, ...] | str | None = group.posts if isinstance(group, LeadingGroup) else group
    met = posts == "unpublished"
    missing = []
    if not met:
        for role, city in LEADERS.items():
            required = city if p.row.level is Level.CITY else 1
            filled = sum(post.role == role and post.held_by is not None for post in listed(posts))
            if filled < required:
                missing.append(f"{role} {required} 名只记了 {filled} 名")
    yield _owed(
        p,
        "W702",
        f"的领导小组职务不全：{'，'.join(missing)}" if missing else "的领导小组职务齐全",
        "在 platform.yml 补上\nleading_group:\n  office_at: 市政协\n  posts:\n    - role: 第一组长\n      held_by: 职务（不写姓名）",
        met=not missing,
        pointer="/leading_group" if group is not None else "/area",
    )


@platform_rule("W703")
def county_without_rules(p: PlatformContext) -> Iterator[Duty]:
    """Met by own rules that apply to both levels, in one record or in two."""
    if p.row.level is not Level.COUNTY:
        return
    covered: set[str] = set()
    for record, book in _rule_books(p.records.of_kind("rule")):
        if record.place.stem != HOUSE and _is_issued(p, book):
            covered |= BOTH if book.applies_to == "unpublished" else set(listed(book.applies_to))
    met = covered >= BOTH
    yield _owed(
        p,
        "W703",
        "制定了镇村两级为民协商工作规则" if met else "还没有镇村两级为民协商工作规则的记录：县（区）负责制定",
        f"规则发布以后补一份：weimin new rule --platform {p.code}，applies_to 写 township 和 village",
        met=met,
    )


@platform_rule("W704")
def no_member_contact(p: PlatformContext) -> Iterator[Duty]:
    if p.row.level not in (Level.TOWNSHIP, Level.VILLAGE):
        return
    members = _data(p).members
    met = members == "unpublished" or (isinstance(members, Members) and members.count != 0)
    yield _owed(
        p,
        "W704",
        "的平台有政协委员联系" if met else "的平台还没有联系委员的记录：乡村两级平台是政协委员的履职联系点",
        "在 platform.yml 补上\nmembers:\n  count: 人数\n  schedule: 接待日",
        met=met,
        pointer="/members" if members is not None else "/area",
    )


@platform_rule("W707")
def parameter_without_clause(p: PlatformContext) -> Iterator[Problem]:
    """Applies to every rule record, also of a platform without other records: its parameters apply to all below it."""
    for record, book in _rule_books(p.records.of_kind("rule")):
        for i, parameter in enumerate(listed(book.parameters)):
            if parameter.clause is None or not known(parameter.clause):
                yield Problem(
                    code="W707",
                    path=record.place.path,
                    pointer=f"/parameters/{i}/name",
                    message=f"可执行参数{quote(parameter.name)}没有写出自哪一条（clause）：规则里的每个数字都有出处",
                    hint='补一行 clause: "#条款的锚点"；没有条款依据的数字，写进 house.md',
                )


@platform_rule("W708")
def implementing_measures_missing(p: PlatformContext) -> Iterator[Duty]:
    """Met by any rule record of the city except the plan itself and the house rules."""
    if p.row.level is not Level.CITY:
        return
    books = _rule_books(p.records.of_kind("rule"))
    met = any(r.place.stem not in (PLAN, HOUSE) and _is_issued(p, book) for r, book in books)
    yield _owed(
        p,
        "W708",
        "制定了具体实施办法" if met else "还没有具体实施办法的记录：有关协商制度的具体实施办法由市政协办公室负责制定",
        f"办法发布以后补一份：weimin new rule --platform {p.code}",
        met=met,
    )
