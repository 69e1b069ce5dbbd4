"""An outcome or an evaluation as an article for a 公众号, within what WeChat takes (domain.md 6.8), and what had to be cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from weimin.dossiers.disclosure import body_hidden
from weimin.model.dossier import Event
from weimin.model.view import DossierView
from weimin.site.display_text import DisplayText
from weimin.site.media.addresses import page_address, picture_address
from weimin.site.media.clip import MORE, Clipped, beginnings, blocks, clip
from weimin.site.media.embed_card import EmbedCard, is_withdrawn
from weimin.site.media.fragment import PROSE, Node, length, node, picture, prose, several, table
from weimin.site.site_context import SiteContext
from weimin.site.view_models import EvaluationView

TITLE, DIGEST, BODY = 32, 128, 19_999
"""字 of the title and of the digest; characters of the body, which must stay below 20,000."""
_TABLES = 12_000  # characters that tables may take, so that there is room for the prose
_END = 600  # characters kept for the notes at the end


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """`length`: characters of the body as HTML. `omitted`: what was left out, in words. `source`: the address of 阅读原文."""

    title: Clipped
    digest: Clipped
    root: Node
    length: int
    omitted: tuple[str, ...]
    source: str

    @property
    def most(self) -> int:
        return BODY


def article(
    view: DossierView, context: SiteContext, facts: Mapping[str, Any], card: EmbedCard, *, pictures: bool
) -> Article:
    dossier = view.dossier
    event = dossier.event(card.stem)
    assert event is not None
    omitted: list[str] = []
    parts = list(_head(context, dossier.id, card, pictures=pictures))
    if not card.withheld and not is_withdrawn(dossier):
        parts += _tables(facts, card, BODY - _END - _size(parts), omitted)
        parts += _prose(context, view, event, BODY - _END - _size(parts), omitted)
    source = context.urls.absolute(page_address(dossier.id, card.stem))
    parts += _end(card, omitted)
    root = several(parts)
    return Article(
        title=clip(f"{context.area(dossier.platform)}{card.kind}：{card.title.text}", TITLE),
        digest=clip(_digest(card), DIGEST, MORE),
        root=root,
        length=length(root),
        omitted=tuple(omitted),
        source=source,
    )


def _size(parts: list[Node]) -> int:
    return sum(map(length, parts))


def _digest(card: EmbedCard) -> str:
    rows = "；".join(f"{row.label}：{_words(row.values)}" for row in card.rows)
    votes = "，".join(f"{label}{count.text}" for _, label, count in card.legend)
    notices = "".join(n.text for n in card.notices)
    return f"{card.place}“{card.title.text}”{card.kind}，{card.when.text}。{notices}{'；'.join(w for w in (rows, votes) if w)}"


def _words(values: tuple[DisplayText, ...]) -> str:
    return "，".join(v.text for v in values)


def _head(context: SiteContext, dossier: str, card: EmbedCard, *, pictures: bool) -> Iterator[Node]:
    if context.site.demo:
        yield node("p", "【演示数据】地名和内容都是虚构的。", look="note")
    if pictures:
        yield picture(context.urls.to(picture_address(dossier, card.stem)), card.name, _added(context))
    yield node("p", f"{card.place}　{card.kind}　{card.when.text}", look="small")
    for notice in card.notices:
        yield node("p", notice.text, look="note")
    if card.rows:
        yield table((), ((row.label, _words(row.values)) for row in card.rows))


def _tables(facts: Mapping[str, Any], card: EmbedCard, room: int, omitted: list[str]) -> Iterator[Node]:
    room = min(room, _TABLES)
    for evaluation in facts["evaluations"]:
        if evaluation.stem == card.stem:
            yield from _ballots(evaluation)
    for name, title, head in (
        ("measures", "落实事项", ("事项", "责任单位", "期限", "进度")),
        ("dissent", "不同意见与解释说明", ("意见", "答复")),
    ):
        rows = [_cells(name, line) for line in facts[name] if line.stem == card.stem]
        if not rows:
            continue
        heading = node("h2", title)
        kept = _fitting(head, rows, room - length(heading))
        room -= length(heading) + length(table(head, kept))
        if kept:
            yield heading
            yield table(head, kept)
        if len(kept) < len(rows):
            left = f"{title}另有{len(rows) - len(kept)}条"
            omitted.append(left)
            yield node("p", f"{left}，见阅读原文。", look="small")


def _fitting(head: tuple[str, ...], rows: list[tuple[str, ...]], room: int) -> list[tuple[str, ...]]:
    """The first rows of a table that fit."""
    kept: list[tuple[str, ...]] = []
    used = length(table(head, ()))
    for row in rows:
        used += length(table((), [row])) - length(table((), ()))
        if used > room:
            break
        kept.append(row)
    return kept


def _cells(name: str, line: Any) -> tuple[str, ...]:
    if name == "measures":
        state = f"{line.last.label}（{line.last.on.text}）" if line.last else "尚无跟踪记录"
        text = line.text.text + (f"（目标：{line.target}）" if line.target else "")
        return text, line.unit.text, line.due.text, state
    answers = "；".join(a.text.text for a in line.answers) or "尚无答复记录"
    return line.text.text, answers


def _ballots(e: EvaluationView) -> Iterator[Node]:
    if e.legend:
        yield node("h2", "票数")
        yield table(tuple(label for _, label, _ in e.legend), [tuple(count.text for _, _, count in e.legend)])
    for words in (e.sum, e.other):
        if words:
            yield node("p", words)
    if e.aspects:
        yield node("h2", "分项评分")
        yield table((), e.aspects)


def _prose(context: SiteContext, view: DossierView, event: Event, room: int, omitted: list[str]) -> Iterator[Node]:
    """The record's text, or as many of its paragraphs as fit, the last one up to the end of a clause."""
    body = event.record.body
    if not body.strip() or body_hidden(view.dossier, event):
        return
    whole = _rendered(context, body)
    if length(whole) <= room:
        yield whole
        return
    found = blocks(body)
    number = _most(len(found) - 1, lambda n: length(_rendered(context, "\n\n".join(found[:n]))) <= room)
    kept = "\n\n".join(found[:number])
    longer = [f"{kept}\n\n{part}{MORE}".strip("\n") for part in beginnings(found[number])]
    clauses = _most(len(longer), lambda n: length(_rendered(context, longer[n - 1])) <= room)
    omitted.append("正文较长，只用了开头" if kept or clauses else "正文太长，没有用")
    if clauses:
        yield _rendered(context, longer[clauses - 1])
        return
    if kept:
        yield _rendered(context, kept)
    yield node("p", MORE)


def _most(all_of_them: int, fits: Callable[[int], bool]) -> int:
    """The greatest number that fits: what is longer never fits where what is shorter does not."""
    low, high = 0, all_of_them
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low


def _rendered(context: SiteContext, body: str) -> Node:
    return prose(context.render(body, heading_level=2, styles=PROSE), _added(context))


def _added(context: SiteContext) -> int:
    """What makes an address of the site absolute."""
    return len(context.urls.absolute("/")) - len(context.urls.to("/"))


def _end(card: EmbedCard, omitted: list[str]) -> Iterator[Node]:
    more = "全文、" if omitted else ""
    yield node("p", f"{more}数据和每次修改的记录，见“阅读原文”。", look="small")
    if card.changed:
        yield node("p", f"最近变更 {card.changed}，版本 {card.commit}。", look="small")
