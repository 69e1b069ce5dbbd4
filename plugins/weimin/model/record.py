"""A record (place, data, prose), and a reference to a record."""

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
    """A parsed reference (docs/reference/records.md, "References"). `dossier` and `platform` None: to a record of the same dossier."""

    text: str
    platform: str | None = None
    dossier: str | None = None
    folder: str = ""
    stem: str | None = None
    line: str | None = None

    @property
    def record(self) -> str:
        """The reference without its line, as `Place.ref` has it; within a dossier only the stem."""
        return self.text.partition("#")[0]


def parse_ref(text: str) -> Ref:
    """Parse a reference. Raises ValueError for a text that is none."""
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
    """One file that was parsed and is valid by its schema.

    `raw`: the data as plain values with the field names of the file, which corrections and JSON pointers address; `data`:
    the same as the kind's class. `body`: the prose of an `.md` file, else empty; `body_line`: the line on which it begins.
    `blob`: the digest of the file's bytes.
    """

    place: Place
    data: Data
    raw: Any
    body: str = ""
    body_line: int = 0
    blob: str = ""

    @property
    def compiled(self) -> bool:
        """The record was compiled from public reports, not filed by the platform itself (据公开报道整理)."""
        return bool(self.data.compiled_from)
