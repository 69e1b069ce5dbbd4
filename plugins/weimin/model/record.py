"""A record: its place, its data, its prose; and a reference to one."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from weimin.model.kinds import Data
from weimin.model.place import Place

_DOSSIER = r"(?P<dossier>\d{6}(?:\d{3}(?:\d{3})?)?/\d{4}-\d{3,})"
_REF = re.compile(
    rf"(?:{_DOSSIER}(?:/(?P<event>[A-Za-z0-9-]+))?"
    r"|(?P<platform>\d{6}(?:\d{3}(?:\d{3})?)?)(?:/(?P<folder>opinions|projects|plans|rules|guidance)/(?P<record>[A-Za-z0-9-]+))?"
    r"|(?P<stem>[A-Za-z0-9][A-Za-z0-9-]*))"
    r"(?:#(?P<line>[A-Za-z0-9.-]+))?",
    re.ASCII,
)


class Ref(msgspec.Struct, frozen=True, kw_only=True):
    """A reference (docs/reference/records.md, "References"), read; `dossier` and `platform` None: within the dossier it stands in."""

    text: str
    platform: str | None = None
    dossier: str | None = None
    folder: str = ""
    stem: str | None = None
    line: str | None = None

    @property
    def record(self) -> str:
        """The reference without its line, as `Place.ref` writes it; within a dossier the stem alone."""
        return self.text.partition("#")[0]


def parse_ref(text: str) -> Ref:
    """Raises ValueError if it is none of the forms."""
    m = _REF.fullmatch(text)
    if m is None:
        raise ValueError(text)
    if m["dossier"]:
        return Ref(
            text=text, platform=m["dossier"].split("/")[0], dossier=m["dossier"], stem=m["event"], line=m["line"]
        )
    if m["platform"]:
        return Ref(text=text, platform=m["platform"], folder=m["folder"] or "", stem=m["record"], line=m["line"])
    return Ref(text=text, stem=m["stem"], line=m["line"])


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One file, read and held to its schema.

    `raw` is the data as plain values with the field names of the file (what corrections and pointers address);
    `data` the same as the kind's class. `body` is the prose of an `.md`, else empty. `blob` is the digest of its bytes.
    """

    place: Place
    data: Data
    raw: Any
    body: str = ""
    body_line: int = 0
    blob: str = ""

    @property
    def compiled(self) -> bool:
        """Put together from public reports, not by the platform itself (据公开报道整理)."""
        return bool(self.data.compiled_from)
