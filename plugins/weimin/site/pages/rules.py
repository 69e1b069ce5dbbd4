"""The plan clause by clause with the rules that check each clause, and a page per rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from weimin.model.clauses import CLAUSES_WITHOUT_RULE
from weimin.model.codes import CODES, RULE_FAMILIES, Code
from weimin.model.finding import Severity
from weimin.model.kinds import RuleBook
from weimin.model.page import Page
from weimin.model.place import Level, level_of
from weimin.model.record import Record
from weimin.model.view import RegisterView
from weimin.site.display_text import DisplayText
from weimin.site.json_documents import json_bytes, rule_data, rules_data
from weimin.site.page import data, page
from weimin.site.site_context import SiteContext
from weimin.site.view_models import Clause, Crumb, Head, Html
from weimin.wording.clauses import format_clause
from weimin.wording.parameters import format_parameter_value, parameter_name

_HOUSE = "house"
_OF_HOUSE = "house#"
_GATES = {
    "step 2": "商讨实事项目",
    "followup": "跟踪监督",
    "evaluation": "民主评议",
}


class RuleLine(msgspec.Struct, frozen=True, kw_only=True):
    """A rule as a line of a list. `found`: the number of its findings today, in words."""

    code: str
    requirement: str
    href: str
    severity: str
    label: str
    found: str


class ClauseView(msgspec.Struct, frozen=True, kw_only=True):
    anchor: str
    title: str
    cited: str
    depth: int
    html: Html
    rules: tuple[RuleLine, ...]
    unheld: str = ""  # why no rule can hold it


class BookView(msgspec.Struct, frozen=True, kw_only=True):
    """A rule book: the plan, or the site's own conventions."""

    link: DisplayText | None
    clauses: dict[str, Clause]


def rules_pages(view: RegisterView, context: SiteContext) -> Iterator[Page]:
    plan, house = (_book(b, context) for b in _books(view.rule_books))
    yield _index(view, context, plan, house)
    yield data("/rules/index.json", json_bytes(rules_data(view)))
    for code in CODES.values():
        yield _rule(view, context, code, house if code.clause.startswith(_OF_HOUSE) else plan)
        yield data(f"/rules/{code.code}/index.json", json_bytes(rule_data(view, code)))


def _books(books: Sequence[Record]) -> tuple[Record | None, Record | None]:
    """The plan that the rules cite (the oldest one of the city), and the site's own conventions."""
    of_city = [b for b in books if b.place.platform and level_of(b.place.platform) == Level.CITY]
    house = next((b for b in of_city if b.place.stem == _HOUSE), None)
    published = [b for b in of_city if b.place.stem != _HOUSE and isinstance(b.data, RuleBook)]
    plan = min(published, key=lambda b: (getattr(b.data, "issued", None) or "9999", b.place.ref), default=None)
    return plan, house


def _line(view: RegisterView, context: SiteContext, code: Code) -> RuleLine:
    return RuleLine(
        code=code.code,
        requirement=code.requirement,
        href=context.urls.rule(code.code),
        severity=code.severity.value,
        label=code.severity.label,
        found=_found(view, code),
    )


def _found(view: RegisterView, code: Code) -> str:
    if code.family == "A" and not view.build.history:
        return "这里没有历史，没有核对"
    counts = view.rule_counts.get(code.code, {})
    named = [*((s.label, s.value) for s in Severity), ("豁免", "exempt")]
    found = [f"{label}{counts[key]}处" for label, key in named if counts.get(key)]
    return "，".join(found) or "没有发现"


def _index(view: RegisterView, context: SiteContext, plan: BookView, house: BookView) -> Page:
    head = Head(
        title="规则",
        address="/rules/",
        description="实施方案逐条，和本站据以核对的规则",
        crumbs=context.crumbs_to(Crumb("规则")),
        section="rules",
        kind="rules",
    )
    read = {*plan.clauses, *(_OF_HOUSE + anchor for anchor in house.clauses)}
    return page(
        context,
        "rules",
        head,
        plan=plan.link,
        clauses=_clauses(view, context, plan, ""),
        house=house.link,
        own=_clauses(view, context, house, _OF_HOUSE),
        unread=tuple(_line(view, context, c) for c in CODES.values() if c.clause not in read),
        total=len(CODES),
    )


def _clauses(view: RegisterView, context: SiteContext, book: BookView, prefix: str) -> tuple[ClauseView, ...]:
    """Every clause of a rule book with the rules that check it, or the reason why none can."""
    return tuple(
        ClauseView(
            anchor=prefix.replace("#", "-") + c.anchor,
            title=c.title,
            cited=format_clause(c.anchor),
            depth=min(c.anchor.count(".") + 2, 4),
            html=c.html,
            rules=tuple(_line(view, context, code) for code in CODES.values() if code.clause == prefix + c.anchor),
            unheld="" if prefix else CLAUSES_WITHOUT_RULE.get(c.anchor, ""),
        )
        for c in book.clauses.values()
    )


def _book(book: Record | None, context: SiteContext) -> BookView:
    clauses = context.clauses(book.body) if book else ()
    return BookView(link=_link_to(book, context), clauses={c.anchor: c for c in clauses})


def _link_to(book: Record | None, context: SiteContext) -> DisplayText | None:
    if book is None or book.place.platform is None or not isinstance(book.data, RuleBook):
        return None
    return DisplayText(
        text=book.data.title, href=context.urls.platform_record(book.place.platform, "rules", book.place.stem)
    )


def _rule(view: RegisterView, context: SiteContext, code: Code, book: BookView) -> Page:
    own = code.clause.startswith(_OF_HOUSE)
    clause = book.clauses.get(code.clause.removeprefix(_OF_HOUSE))
    title = f"{code.code} {code.requirement}"
    head = Head(
        title=title,
        address=f"/rules/{code.code}/",
        description=code.requirement,
        crumbs=context.crumbs_to(Crumb("规则", context.urls.to("/rules/")), Crumb(code.code)),
        section="rules",
        kind="rule",
    )
    return page(
        context,
        "rule",
        head,
        code=code,
        family=RULE_FAMILIES[code.family],
        severity=code.severity.label,
        meaning=_MEANING[code.severity],
        gate=_gate(code),
        clause=clause,
        clause_href=context.urls.clause(code.clause.replace("#", "-")) if clause else "",
        cited=f"本站规则“{clause.title if clause else code.clause}”"
        if own
        else f"实施方案 {format_clause(code.clause)}",
        parameters=_parameters(view, context, code),
        found=_found(view, code),
    )


_MEANING = {
    Severity.ERROR: "记录自相矛盾，或与路径、规定不符，改好了才能并入。",
    Severity.DUTY: "该办的事，写明由谁办；文件或者记录定了期限的，过了期限就是逾期。不挡别人的记录并入。",
    Severity.NOTICE: "与通常的做法不一样，连同理由一起公布，不挡并入。",
}


def _gate(code: Code) -> str:
    if code.gate == "closing":
        return "没有办好以前，卷宗不算办结。"
    return f"没有办好以前，不能登记“{_GATES[code.gate]}”和它后面的步骤。" if code.gate else ""


def _parameters(view: RegisterView, context: SiteContext, code: Code) -> tuple[tuple[str, str, DisplayText], ...]:
    """Name, value, where it comes from; per level where the value differs by level."""
    if not code.parameter:
        return ()
    city = next((c for c in view.network.rows if level_of(c) == Level.CITY), None)
    if city is None:
        return ()
    try:
        found = view.parameters.at(code.parameter, city, view.build.as_of)
    except KeyError:
        return _by_level(view, context, code.parameter)
    return (
        (
            parameter_name(code.parameter),
            format_parameter_value(found.value),
            _source(context, found.source, found.published),
        ),
    )


def _by_level(view: RegisterView, context: SiteContext, name: str) -> tuple[tuple[str, str, DisplayText], ...]:
    out = []
    for level in Level:
        code = next((c for c, row in view.network.rows.items() if row.level == level), None)
        if code is None:
            continue
        try:
            found = view.parameters.at(name, code, view.build.as_of)
        except KeyError:
            continue
        words = parameter_name(f"{name}.{level.value}")
        out.append((words, format_parameter_value(found.value), _source(context, found.source, found.published)))
    return tuple(out)


def _source(context: SiteContext, source: str, published: bool) -> DisplayText:
    if published:
        return DisplayText(text="文件规定", href=context.urls.ref(source))
    return DisplayText(text="本站参考，非文件规定", href=context.urls.ref(source) if source else "")
