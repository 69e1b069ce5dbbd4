"""The form of a row of the table of feeds (`site/feeds.py`). It imports no builder, so that the context can use it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from weimin.model.view import RegisterView
from weimin.site.page_type import NetworkPages

ATOM_TYPE = "application/atom+xml"
CALENDAR_TYPE = "text/calendar"


class Feed(msgspec.Struct, frozen=True):
    """A feed of the whole network.

    `title`: its name in links. `address`: without the root. `has_entries` says of a register whether the feed has an
    entry: an empty feed is not written and no page links to it. `media_type` follows from the address.

    An Atom feed takes the records of the `kinds`, of every kind where there are none, and belongs to the page `page`. The
    other feeds have a builder of their own, `build`, which reads the dependency keys `reads` without asking the ledger.
    """

    title: str
    address: str
    has_entries: Callable[[RegisterView], bool]
    page: str = "/"
    kinds: tuple[str, ...] = ()
    build: NetworkPages | None = None
    reads: tuple[str, ...] = ()

    @property
    def media_type(self) -> str:
        return CALENDAR_TYPE if self.address.endswith(".ics") else ATOM_TYPE
