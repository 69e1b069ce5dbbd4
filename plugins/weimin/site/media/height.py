"""How tall a card is where nobody sets its height: the attribute of the frame, enough from 280 px up.

Widths in px as theme/css/embed.css has them. A Chinese character is as wide as its letters are high, others are
taken as six tenths of that; a line may stay one character short, because no line begins with a stop.
"""

from __future__ import annotations

import math

from weimin.site.media.embed_card import EmbedCard

_INNER = 280 - 2 * 17  # border and padding
_LABEL = 82  # of a row, with its gap
_NARROW = 0.6


def lines(text: str, size: float, width: float) -> int:
    """How many lines a text of letters of `size` px may take at `width` px."""
    ems = sum(1.0 if ord(c) > 0x2E7F or c in "“”‘’…—·" else _NARROW for c in text)
    return max(1, math.ceil(ems / (math.floor(width / size) - 1)))


def height_of(card: EmbedCard, site: str, demo: bool) -> int:
    """In px, never too little at 280 px or more."""
    total = 44.0  # border, padding, what is between
    if demo:
        total += 6 + 22 * lines("演示数据：地名、记录均为虚构", 14, _INNER)
    total += 22 * lines(f"{card.place} {card.kind} {card.when.text}", 14, _INNER)
    total += 10 + 26 * lines(card.title.text, 18, _INNER)
    for notice in card.notices:
        total += 20 + 22 * lines(notice.text, 14, _INNER - 22)
    total += 12 if card.rows else 0
    for row in card.rows:
        words = "，".join(v.text for v in row.values)
        total += 5 + max(24 * lines(words, 15, _INNER - _LABEL), 24 * lines(row.label, 14, _LABEL + 4))
    if card.bar:
        total += 32
    if card.legend:
        total += 4 + 22 * lines("　　".join(f"■{label} {count.text}" for _, label, count in card.legend), 14, _INNER)
    changed = f"最近变更 {card.changed}，版本 {card.commit}" if card.changed else ""
    total += 14 + 21 * lines(changed, 13, _INNER) + 30 + 21 * lines(site, 13, _INNER)
    return math.ceil(total / 10) * 10
