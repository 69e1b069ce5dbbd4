"""Which pages stand for a page type: of all pages of a site that are of the type, the fullest and the emptiest."""

from __future__ import annotations

import re
from collections.abc import Mapping

from weimin.site.page_types import TYPES, PageType

WORD = re.compile(r"[A-Z]{2,}")
MEANT = {
    "CODE": r"(?:[0-9]{6,12}|[A-Z][0-9]{3})",
    "YYYY": "[0-9]{4}",
    "NNN": "[0-9]{3}",
    "MM": "[0-9]{2}",
    "SECTION": "(?:results|evaluations|consulting|duties|reported-up)",
    "NARROWER": "[0-9a-z/-]+",
}
"""What the words in capitals of an address stand for; any other is a name without a slash."""

EVENT = re.compile(r"(?<=[0-9X]-)(?:consultation|outcome|evaluation)(?=[-.])")
"""What the page of an event is of, in its name."""


def pattern(address: str) -> re.Pattern[str]:
    """The expression that an address of `TYPES` is a picture of."""
    parts, at = [], 0
    for word in WORD.finditer(address):
        parts += [re.escape(address[at : word.start()]), MEANT.get(word[0], "[^/]+")]
        at = word.end()
    return re.compile("".join([*parts, re.escape(address[at:])]))


def address_of(path: str) -> str:
    """The address that a file answers: `321300/index.html` → `/321300/`."""
    folder, _, name = path.rpartition("/")
    return f"/{folder}/".replace("//", "/") if name == "index.html" else f"/{path}"


def pages_by_type(site: Mapping[str, bytes], types: Mapping[str, PageType] = TYPES) -> dict[str, list[str]]:
    """Addresses of the pages of each type, the fullest first; under "" the pages that are of none.

    A page is of the type whose address has the fewest words to fill in, and of these the longest.
    """
    plainest = sorted(types.items(), key=lambda t: (len(WORD.findall(t[1].address)), -len(t[1].address)))
    patterns = [(name, pattern(kind.address)) for name, kind in plainest]
    found: dict[str, list[str]] = {name: [] for name in types}
    for path in sorted((p for p in site if p.endswith(".html")), key=lambda p: (-len(site[p]), p)):
        address = address_of(path)
        kind = next((name for name, looks_so in patterns if looks_so.fullmatch(address)), "")
        found.setdefault(kind, []).append(address)
    return found


def samples(site: Mapping[str, bytes]) -> dict[str, tuple[str, ...]]:
    """Addresses of each page type of the site: its fullest page, its emptiest, and the fullest of each kind of event."""
    return {name: tuple(_chosen(addresses)) for name, addresses in pages_by_type(site).items() if name and addresses}


def _chosen(addresses: list[str]) -> dict[str, None]:
    kinds = {kind[0]: address for address in reversed(addresses) if (kind := EVENT.search(address))}
    return dict.fromkeys((addresses[0], addresses[-1], *sorted(kinds.values())))
