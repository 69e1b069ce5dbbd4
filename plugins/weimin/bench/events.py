"""The text of a made topic and of made consultations."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from weimin.bench import stock
from weimin.bench.matter import THEMES

if TYPE_CHECKING:
    from weimin.bench.dossier_draft import Course

COMPILED = 'compiled_from:\n  - publisher: 测量日报\n    date: "{day}"\n    title: {title}\n'
_SPEAKERS = ("群众代表", "乡贤代表", "政协委员", "商户代表", "村民组长", "网格员")
_DECIDED = ("show_of_hands", "consensus", "ballot", "signature")
_SOURCES = ("residents", "members", "own_rounds", "hotline", "party_government", "businesses")


def topic(told: Course, sort: str) -> str:
    matter, draws = told.matter, told.draws
    start = matter.start
    themes = [matter.theme]
    if draws.chance(25) and (other := draws.pick(THEMES)) != matter.theme:
        themes.append(other)
    lines = [f"title: {matter.title}", "theme:", *(f"  - {theme}" for theme in themes)]
    if matter.item:
        book, _, item = matter.item.partition("#")
        lines += ["projects:", f"  - list: {book}", f'    item: "{item}"']
    lines.append("sources:")
    if matter.opinion:
        lines.append(f"  - opinion: {matter.opinion}")
    note = stock.sentence(draws, stock.SHORT, matter.thing, matter.place)
    lines += [f"  - from: {draws.pick(_SOURCES)}", f"    note: {note}"]
    if sort == "compiled":
        lines.append(COMPILED.format(day=start + timedelta(days=40), title=matter.title).rstrip())
    else:
        lines += ["approval:", f"  by: {matter.party}", f'  date: "{start}"']
        days = draws.between(3, 10)
        until = start + timedelta(days=days)
        lines += ["notice:", "  where: 公开栏和居民群", f'  from: "{start}"', f'  to: "{until}"']
    if sort == "short":
        lines += ["skipped:", "  - step: progress", "    reason: 工期短，商定以后直接跟踪", f"    by: {matter.party}"]
    if matter.earlier:
        lines += ["related:", f"  - {matter.earlier}"]
    if sort == "ended":
        lines += ["ended:", "  how: withdrawn", f'  date: "{start + timedelta(days=1)}"', f"  by: {matter.party}"]
        lines.append(f"  reason: {stock.sentence(draws, stock.SHORT, matter.thing, matter.place)}")
    body = "\n\n".join(
        stock.paragraph(draws, stock.REASONS, matter.thing, matter.place, draws.between(2, 5))
        for _ in range(draws.between(1, 4))
    )
    return record(lines, body)


def consultation(told: Course, *, again: bool = False, compiled: bool = False) -> str:
    """A consultation about what is to be done and how; `again`: the one that opens a later round."""
    matter, draws = told.matter, told.draws
    people = draws.between(8, 45)
    lines = ["about: selection", f"convened_by: {'cppcc' if compiled else 'platform'}"]
    if compiled:
        lines.append(COMPILED.format(day=told.after(20), title=matter.title).rstrip())
    lines += _methods(told, people)
    if not compiled:
        lines += ["announced:", f'  date: "{told.after(-5)}"', "  how: 公开栏张贴、居民群通知", "convenor: 联络组组长"]
    lines += _participants(told, people)
    lines += _suggestions(told, draws.between(4, 11) if draws.chance(15) else draws.between(0, 4))
    lines += _dissent(told)
    if again:
        lines += ["again:", "  because: low_satisfaction"]
    return record(lines, stock.minutes(draws, matter.thing, matter.place))


def progress(told: Course) -> str:
    """A consultation about how it goes; nothing new is asked for."""
    matter, draws = told.matter, told.draws
    found = stock.sentence(draws, stock.SEEN, matter.thing, matter.place)
    lines = ["about: progress", "convened_by: platform", "methods:", "  - kind: inspection", "    places:"]
    lines += [f"      - {matter.place}", f"    found: {found}"]
    lines += _participants(told, draws.between(4, 14))
    lines.append("suggestions: []")
    body = stock.paragraph(draws, stock.SEEN, matter.thing, matter.place, draws.between(2, 7))
    return record(lines, body)


def _methods(told: Course, people: int) -> list[str]:
    draws = told.draws
    lines = ["methods:"]
    if draws.chance(30):
        lines += ["  - kind: survey", "    places:", f"      - {told.matter.place}", f"    collected: {20 + people}"]
    if draws.chance(6):
        lines += ["  - kind: written", f"    sent: {people * 2}", f"    returned: {people * 2 - draws.below(people)}"]
    decided = draws.pick(_DECIDED)
    lines += ["  - kind: meeting", "    place: 党群服务中心议事室", f"    decided_by: {decided}"]
    if decided in ("show_of_hands", "ballot"):
        against = draws.below(4)
        lines += ["    votes:", f"      for: {people - against}", f"      against: {against}", "      abstained: 1"]
    elif decided == "signature":
        lines.append(f"    signed: {people}")
    return lines


def _participants(told: Course, people: int) -> list[str]:
    draws = told.draws
    lines = ["participants:", f"  members: {draws.between(1, 6)}", f"  sages: {draws.between(1, 4)}"]
    lines += [f"  residents: {people}", f"  party_government: {draws.between(1, 3)}"]
    lines.append(f"  departments: {draws.between(1, 4)}")
    if draws.chance(12):
        lines += [f"  experts: {draws.between(1, 3)}", "invited_because: 需要听专业人员的意见"]
    return lines


def _suggestions(told: Course, count: int) -> list[str]:
    if not count:
        return ["suggestions: []"]
    lines = ["suggestions:"]
    for id_ in told.ids("s", count):
        text = stock.sentence(told.draws, stock.SHORT, told.matter.thing, told.matter.place)
        lines += [f"  - id: {id_}", f"    from: {told.draws.pick(_SPEAKERS)}", f"    text: {text}"]
        told.open.append(id_)
    return lines


def _dissent(told: Course) -> list[str]:
    if not told.draws.chance(25):
        return ["dissent: []"]
    lines = ["dissent:"]
    for id_ in told.ids("d", told.draws.between(1, 3)):
        text = stock.sentence(told.draws, stock.SHORT, told.matter.thing, told.matter.place)
        lines += [f"  - id: {id_}", f"    text: {text}"]
        told.open.append(id_)
    return lines


def record(lines: list[str], body: str) -> str:
    front = "\n".join(lines)
    return f"---\n{front}\n---\n\n{body}\n"
