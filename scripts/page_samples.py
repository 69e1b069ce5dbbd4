"""Which pages stand for a page type: of all pages of a site that are of the type, the fullest and the emptiest."""

from __future__ import annotations

import re
from collections.abc import Mapping

from weimin.site.page_type import PageType, types_by_address
from weimin.site.page_types import TYPES
from weimin.site.urls import address_of

EVENT = re.compile(r"(?<=[0-9X]-)(?:consultation|outcome|evaluation)(?=[-.])")
"""What the page of an event is of, in its name."""


def pages_by_type(site: Mapping[str, bytes], types: Mapping[str, PageType] = TYPES) -> dict[str, list[str]]:
    """Addresses of the pages of each type, the fullest first; under "" the pages that are of none."""
    name_of = types_by_address(types)
    found: dict[str, list[str]] = {name: [] for name in types}
    for path in sorted((p for p in site if p.endswith(".html")), key=lambda p: (-len(site[p]), p)):
        address = address_of(path)
        found.setdefault(name_of(address), []).append(address)
    return found


def samples(site: Mapping[str, bytes]) -> dict[str, tuple[str, ...]]:
    """Addresses of each page type of the site: its fullest page, its emptiest, and the fullest of each kind of event."""
    return {name: tuple(_chosen(addresses)) for name, addresses in pages_by_type(site).items() if name and addresses}


def _chosen(addresses: list[str]) -> dict[str, None]:
    kinds = {kind[0]: address for address in reversed(addresses) if (kind := EVENT.search(address))}
    return dict.fromkeys((addresses[0], addresses[-1], *sorted(kinds.values())))
