"""Identity: what a path says. Codes of places, levels, the place of a record."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from weimin.model.period import Period

CONTENT = "content/"
NETWORK = "content/network/"


class Level(StrEnum):
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"

    @property
    def label(self) -> str:
        return {"city": "市级", "county": "县区级", "township": "乡镇级", "village": "村居级"}[self.value]

    @property
    def platform(self) -> str:
        """The platform's kind in the plan's words (三（二）); a city may name it otherwise (site.yml, naming)."""
        return {
            "city": "为民协商网",
            "county": "为民协商办公室",
            "township": "为民协商议事室",
            "village": "为民协商联系点",
        }[self.value]


def level_of(code: str) -> Level:
    """The level a code of GB/T 2260 + 统计用区划代码 says by its length; development zones count as counties."""
    match len(code):
        case 6:
            return Level.CITY if code.endswith("00") else Level.COUNTY
        case 9:
            return Level.TOWNSHIP
        case 12:
            return Level.VILLAGE
    raise ValueError(f"not a code of a division: {code}")


def parent_code(code: str) -> str | None:
    """The code one level up by the code alone; None for a city."""
    match len(code):
        case 12:
            return code[:9]
        case 9:
            return code[:6]
        case 6 if not code.endswith("00"):
            return code[:4] + "00"
    return None


def chain_of(code: str) -> Iterator[str]:
    """A platform and those above it, by their codes alone."""
    at: str | None = code
    while at:
        yield at
        at = parent_code(at)


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """What the path of a record says, and all that it says (docs/reference/records.md, "Principles" 4).

    `stem` is the file's name without its ending, the part of a reference behind the folder
    (`2026-03-02-consultation`, `2026`, `topic`). `on` is the date in the name, if it has one; `number` its N (1 if none).
    `folder` is opinions, projects, plans, rules, guidance, pages or news, else empty.
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
        """The folder that is read, checked and rendered as one: a dossier, a platform's own files, or the site's."""
        return self.dossier or self.platform or "site"

    @property
    def ref(self) -> str:
        """The reference that names this record from anywhere (`CODE/2026-001/STEM`, `CODE/opinions/STEM`, `CODE`)."""
        if self.dossier:
            return f"{self.dossier}/{self.stem}"
        if self.platform:
            if self.folder:
                return f"{self.platform}/{self.folder}/{self.stem}"
            return self.platform if self.kind == "platform" else f"{self.platform}/{self.stem}"
        return f"{self.folder}/{self.stem}" if self.folder else self.stem
