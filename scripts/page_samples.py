"""Selects sample pages of each page type of a site: the largest and the smallest."""

from __future__ import annotations

import re
from collections.abc import Mapping

from weimin.site.page_types import TYPES, PageType

WORD = re.compile(r"[A-Z]{2,}")
PLACEHOLDERS = {
    "CODE": r"(?:[0-9]{6,12}|[A-Z][0-9]{3})",
    "YYYY": "[0-9]{4}",
    "NNN": "[0-9]{3}",
    "MM": "[0-9]{2}",
    "SECTION": "(?:results|evaluations|consulting|duties|reported-up)",
    "NARROWER": "[0-9a-z/-]+",
}
"""Patterns of the placeholders in addresses of page types; any other placeholder is a name without a slash."""

EVENT = re.compile(r"(?<=[0-9X]-)(?:consultation|outcome|evaluation)(?=[-.])")
"""The kind of an event in the name of its page."""


def pattern(address: str) -> re.Pattern[str]:
    """The regular expression for an address of `TYPES` with placeholders."""
    parts, at = [], 0
    for word in WORD.finditer(address):
        parts += [re.escape(address[at : word.start()]), PLACEHOLDERS.get(word[0], "[^/]+")]
        at = word.end()
    return re.compile("".join([*parts, re.escape(address[at:])]))


def address_of(path: str) -> str:
    """The address at which a file is served: `321300/index.html` → `/321300/`."""
    folder, _, name = path.rpartition("/")
    return f"/{folder}/".replace("//", "/") if name == "index.html" else f"/{path}"


def pages_by_type(site: Mapping[str, bytes], types: Mapping[str, PageType] = TYPES) -> dict[str, list[str]]:
    """Addresses of the pages of each type, the largest first; under "" the pages of no type.

    A page has the type whose address matches it with the fewest placeholders, and of those the longest.
    """
    plainest = sorted(types.items(), key=lambda t: (len(WORD.findall(t[1].address)), -len(t[1].address)))
    patterns = [(name, pattern(kind.address)) for name, kind in plainest]
    by_type: dict[str, list[str]] = {name: [] for name in types}
    for path in sorted((p for p in site if p.endswith(".html")), key=lambda p: (-len(site[p]), p)):
        address = address_of(path)
        kind = next((name for name, pattern_of_type in patterns if pattern_of_type.fullmatch(address)), "")
        by_type.setdefault(kind, []).append(address)
    return by_type


def samples(site: Mapping[str, bytes]) -> dict[str, tuple[str, ...]]:
    """Sample addresses of each page type: its largest page, its smallest, and the largest of each kind of event."""
    return {name: tuple(_chosen(addresses)) for name, addresses in pages_by_type(site).items() if name and addresses}


def _chosen(addresses: list[str]) -> dict[str, None]:
    kinds = {kind[0]: address for address in reversed(addresses) if (kind := EVENT.search(address))}
    return dict.fromkeys((addresses[0], addresses[-1], *sorted(kinds.values())))
