"""The text of generated topics and consultations."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from weimin.bench import text_sentences
from weimin.bench.contents import THEMES

if TYPE_CHECKING:
    from weimin.bench.dossier_draft import DossierDraft

COMPILED = 'compiled_from:\n  - publisher: 测量日报\n    date: "{day}"\n    title: {title}\n'
_SPEAKERS = ("群众代表", "乡贤代表", "政协委员", "商户代表", "村民组长", "网格员")
_DECIDED = ("show_of_hands", "consensus", "ballot", "signature")
_SOURCES = ("residents", "members", "own_rounds", "hotline", "party_government", "businesses")


def topic_text(draft: DossierDraft, story: str) -> str:
    contents, rng = draft.contents, draft.rng
    start = contents.start
    themes = [contents.theme]
    if rng.chance(25) and (other := rng.pick(THEMES)) != contents.theme:
        themes.append(other)
    lines = [f"title: {contents.title}", "theme:", *(f"  - {theme}" for theme in themes)]
    if contents.item:
        book, _, item = contents.item.partition("#")
        lines += ["projects:", f"  - list: {book}", f'    item: "{item}"']
    lines.append("sources:")
    if contents.opinion:
        lines.append(f"  - opinion: {contents.opinion}")
    note = text_sentences.sentence(rng, text_sentences.SHORT, contents.thing, contents.place)
    lines += [f"  - from: {rng.pick(_SOURCES)}", f"    note: {note}"]
    if story == "compiled":
        lines.append(COMPILED.format(day=start + timedelta(days=40), title=contents.title).rstrip())
    else:
        lines += ["approval:", f"  by: {contents.party}", f'  date: "{start}"']
        days = rng.between(3, 10)
        until = start + timedelta(days=days)
        lines += ["notice:", "  where: 公开栏和居民群", f'  from: "{start}"', f'  to: "{until}"']
    if story == "short":
        lines += ["skipped:", "  - step: progress", "    reason: 工期短，商定以后直接跟踪", f"    by: {contents.party}"]
    if contents.earlier:
        lines += ["related:", f"  - {contents.earlier}"]
    if story == "ended":
        lines += ["ended:", "  how: withdrawn", f'  date: "{start + timedelta(days=1)}"', f"  by: {contents.party}"]
        lines.append(f"  reason: {text_sentences.sentence(rng, text_sentences.SHORT, contents.thing, contents.place)}")
    body = "\n\n".join(
        text_sentences.paragraph(rng, text_sentences.REASONS, contents.thing, contents.place, rng.between(2, 5))
        for _ in range(rng.between(1, 4))
    )
    return record(lines, body)


def consultation_text(draft: DossierDraft, *, again: bool = False, compiled: bool = False) -> str:
    """A consultation about what is to be done; `again`: the first one of a later round."""
    contents, rng = draft.contents, draft.rng
    people = rng.between(8, 45)
    lines = ["about: selection", f"convened_by: {'cppcc' if compiled else 'platform'}"]
    if compiled:
        lines.append(COMPILED.format(day=draft.after(20), title=contents.title).rstrip())
    lines += _methods(draft, people)
    if not compiled:
        lines += ["announced:", f'  date: "{draft.after(-5)}"', "  how: 公开栏张贴、居民群通知", "convenor: 联络组组长"]
    lines += _participants(draft, people)
    lines += _suggestions(draft, rng.between(4, 11) if rng.chance(15) else rng.between(0, 4))
    lines += _dissent(draft)
    if again:
        lines += ["again:", "  because: low_satisfaction"]
    return record(lines, text_sentences.minutes(rng, contents.thing, contents.place))


def progress_text(draft: DossierDraft) -> str:
    """A consultation about progress, without suggestions."""
    contents, rng = draft.contents, draft.rng
    found = text_sentences.sentence(rng, text_sentences.SEEN, contents.thing, contents.place)
    lines = ["about: progress", "convened_by: platform", "methods:", "  - kind: inspection", "    places:"]
    lines += [f"      - {contents.place}", f"    found: {found}"]
    lines += _participants(draft, rng.between(4, 14))
    lines.append("suggestions: []")
    body = text_sentences.paragraph(rng, text_sentences.SEEN, contents.thing, contents.place, rng.between(2, 7))
    return record(lines, body)


def _methods(draft: DossierDraft, people: int) -> list[str]:
    rng = draft.rng
    lines = ["methods:"]
    if rng.chance(30):
        lines += ["  - kind: survey", "    places:", f"      - {draft.contents.place}", f"    collected: {20 + people}"]
    if rng.chance(6):
        lines += ["  - kind: written", f"    sent: {people * 2}", f"    returned: {people * 2 - rng.below(people)}"]
    decided = rng.pick(_DECIDED)
    lines += ["  - kind: meeting", "    place: 党群服务中心议事室", f"    decided_by: {decided}"]
    if decided in ("show_of_hands", "ballot"):
        against = rng.below(4)
        lines += ["    votes:", f"      for: {people - against}", f"      against: {against}", "      abstained: 1"]
    elif decided == "signature":
        lines.append(f"    signed: {people}")
    return lines


def _participants(draft: DossierDraft, people: int) -> list[str]:
    rng = draft.rng
    lines = ["participants:", f"  members: {rng.between(1, 6)}", f"  sages: {rng.between(1, 4)}"]
    lines += [f"  residents: {people}", f"  party_government: {rng.between(1, 3)}"]
    lines.append(f"  departments: {rng.between(1, 4)}")
    if rng.chance(12):
        lines += [f"  experts: {rng.between(1, 3)}", "invited_because: 需要听专业人员的意见"]
    return lines


def _suggestions(draft: DossierDraft, count: int) -> list[str]:
    if not count:
        return ["suggestions: []"]
    lines = ["suggestions:"]
    for id_ in draft.ids("s", count):
        text = text_sentences.sentence(draft.rng, text_sentences.SHORT, draft.contents.thing, draft.contents.place)
        lines += [f"  - id: {id_}", f"    from: {draft.rng.pick(_SPEAKERS)}", f"    text: {text}"]
        draft.open.append(id_)
    return lines


def _dissent(draft: DossierDraft) -> list[str]:
    if not draft.rng.chance(25):
        return ["dissent: []"]
    lines = ["dissent:"]
    for id_ in draft.ids("d", draft.rng.between(1, 3)):
        text = text_sentences.sentence(draft.rng, text_sentences.SHORT, draft.contents.thing, draft.contents.place)
        lines += [f"  - id: {id_}", f"    text: {text}"]
        draft.open.append(id_)
    return lines


def record(lines: list[str], body: str) -> str:
    front = "\n".join(lines)
    return f"---\n{front}\n---\n\n{body}\n"
