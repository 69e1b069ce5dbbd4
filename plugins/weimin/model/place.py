"""What the path of a file says: codes of platforms, levels, and the place of a record."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from weimin.model.period import Period

CONTENT = "content/"
NETWORK = "content/network/"


class Level(StrEnum):
    """The four levels of the network."""

    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"

    @property
    def label(self) -> str:
        return {"city": "市级", "county": "县区级", "township": "乡镇级", "village": "村居级"}[self.value]

    @property
    def platform(self) -> str:
        """The kind of platform of this level in the words of the plan (三（二）); site.yml may name it otherwise (`naming`)."""
        return {
            "city": "为民协商网",
            "county": "为民协商办公室",
            "township": "为民协商议事室",
            "village": "为民协商联系点",
        }[self.value]


def level_of(code: str) -> Level:
    """The level of a code (GB/T 2260 and 统计用区划代码), by its length; development zones count as counties.

    Raises ValueError for a text that is no code.
    """
    match len(code):
        case 6:
            return Level.CITY if code.endswith("00") else Level.COUNTY
        case 9:
            return Level.TOWNSHIP
        case 12:
            return Level.VILLAGE
    raise ValueError(f"not a code of a division: {code}")


def parent_code(code: str) -> str | None:
    """The code one level above, derived from the code alone; None for a city."""
    match len(code):
        case 12:
            return code[:9]
        case 9:
            return code[:6]
        case 6 if not code.endswith("00"):
            return code[:4] + "00"
    return None


def chain_of(code: str) -> Iterator[str]:
    """The code of a platform and those of the levels above it, derived from the code alone."""
    at: str | None = code
    while at:
        yield at
        at = parent_code(at)


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the path of a record says (docs/reference/records.md, "Principles" 4).

    `stem`: the file's name without its ending, the last part of a reference (`2026-03-02-consultation`, `2026`, `topic`).
    `on`: the date in the name, if it has one; `number`: its N (1 if it has none). `folder`: opinions, projects, plans,
    rules, guidance, pages or news, else empty.
    """

    path: str
    kind: str
    stem: str
    platform: str | None = None
    dossier: str | None = None  # "321302001004/2026-001"
    folder: str = ""
    on: Period | None = None
    number: int = 1

    @property
    def unit(self) -> str:
        """The unit to which the record belongs: a dossier, a platform's own files, or the site's."""
        return self.dossier or self.platform or "site"

    @property
    def ref(self) -> str:
        """The complete reference of this record (`CODE/2026-001/STEM`, `CODE/opinions/STEM`, `CODE`)."""
        if self.dossier:
            return f"{self.dossier}/{self.stem}"
        if self.platform:
            if self.folder:
                return f"{self.platform}/{self.folder}/{self.stem}"
            return self.platform if self.kind == "platform" else f"{self.platform}/{self.stem}"
        return f"{self.folder}/{self.stem}" if self.folder else self.stem
