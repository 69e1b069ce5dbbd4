"""A value as a page shows it: its text, whether it is known, and the record that it comes from."""

from __future__ import annotations

import msgspec


class DisplayText(msgspec.Struct, frozen=True, kw_only=True):
    """`state`: empty where the value is known, else unrecorded, unpublished or none (docs/reference/records.md, "Three ways of not knowing").

    `claim` is `PATH#POINTER`; `was` is the value that a correction replaced; `stamp` is for `<time>`. A figure that was
    counted from several records has no claim but a `count`, which says what was counted (docs/adr/0055).
    """

    text: str
    state: str = ""
    claim: str = ""
    was: str = ""
    href: str = ""
    stamp: str = ""
    count: str = ""


UNRECORDED = DisplayText(text="未记录", state="unrecorded")
UNPUBLISHED = DisplayText(text="未公布", state="unpublished")
NONE = DisplayText(text="无", state="none")
