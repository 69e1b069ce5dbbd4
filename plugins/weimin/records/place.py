"""Path ↔ identity (docs/reference/records.md, "The tree"): what a path is, or F108 with the nearest valid path.

A path determines kind, platform, dossier, stem, date and number of a file; nothing else does. Both directions are here:

    content/network/990000/990003/990003004/990003004004/2026-001/2026-03-02-consultation.md
      kind      consultation             from the file name
      platform  990003004004             the innermost folder that is a code; each folder is in that of its parent level
      dossier   990003004004/2026-001    the folder after the platform
      on        2026-03-02               the date in the file name, in any precision of docs/reference/records.md

- `place_of(path)` returns a `Place`, or the problem for a path that has none.
- `path_of(kind, platform=…, dossier=…, stem=…)` returns the path and raises ValueError if no such place exists; it calls
  the same parser, so both directions agree.

Invariants: one path has one place; a code has one folder (`folder_of`); every path that is accepted is portable (short,
lower-case ASCII, no device name of Windows). What is wrong with other paths is decided in `misplaced`, which gets a
predicate instead of this module, so that the two do not import each other.
"""

from __future__ import annotations

import re
from functools import lru_cache

from weimin.model.finding import Problem
from weimin.model.period import Period, parse_period
from weimin.model.place import CONTENT, NETWORK, Place, parent_code
from weimin.records.kinds import ATTACHMENT_ENDINGS, DOSSIER, FOLDERS, KINDS, PLATFORM, SITE_FOLDERS, Kind
from weimin.records.misplaced import is_reserved_name, misplaced_problem

LONGEST_NAME = 80
LONGEST_SLUG = 40

_CODE = re.compile(r"[1-9]\d{5}(?:(?!000)\d{3}){0,2}", re.ASCII)
_DOSSIER = re.compile(r"((?:19|2[01])\d\d)-(?!000)(?:\d{3}|[1-9]\d{3})", re.ASCII)
_EVENT = re.compile(r"(.+?)-([a-z]+)(?:-([1-9]\d{0,2}))?", re.ASCII)
_DATED = re.compile(r"(.+?)(?:-([1-9]\d{0,2}))?", re.ASCII)
_DRAFT = re.compile(r"((?:19|2[01])\d\d)(?:-draft(?:-([1-9]\d{0,2}))?)?", re.ASCII)
_YEAR = re.compile(r"(?:19|2[01])\d\d", re.ASCII)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_PRECISE = re.compile(r"\d{4}-\d\d(?:-\d\d)?", re.ASCII)


def place_of(path: str) -> Place | Problem:
    """The place of a path, or its problem: F114 for a file that controls Git or Python, F108 for any other path without a place."""
    return _place(path) or misplaced_problem(path, _is_place)


def path_of(kind: str, *, platform: str | None = None, dossier: str | None = None, stem: str = "") -> str:
    """The path of a record, the inverse of `place_of`. `stem` as in `Place.stem`; omit it if the kind has only one name.

    Raises ValueError if no file of this kind can be there under that name.
    """
    row = KINDS[kind]
    stem = stem or row.name.removesuffix(row.ending)
    if dossier:
        code, _, number = dossier.partition("/")
        folder = f"{folder_of(code)}{number}/" + ("attachments/" if kind == "attachment" else "")
    elif platform:
        folder = folder_of(platform) + (f"{row.folder or 'opinions'}/" if row.folder or kind == "correction" else "")
    else:
        folder = NETWORK if kind == "signers" else CONTENT + (f"{row.folder}/" if row.folder else "")
    path = f"{folder}{stem}{row.ending}"
    place = _place(path)
    if place is None or (place.kind, place.platform, place.dossier) != (
        kind,
        platform or (dossier.partition("/")[0] if dossier else None),
        dossier,
    ):
        raise ValueError(path)
    return path


def folder_of(code: str) -> str:
    """The folder of a platform, nested in the folder of the level above; the city's is in content/network/."""
    above = parent_code(code)
    return f"{folder_of(above) if above else NETWORK}{code}/"


def stem_of(kind: str, on: str, number: int = 1) -> str:
    """The stem of the `number`-th record of a date: `DATE-KIND[-N]` for an event, `DATE[-N]` for an opinion or guidance."""
    stem = on if KINDS[kind].where == PLATFORM else f"{on}-{kind}"
    return stem if number == 1 else f"{stem}-{number}"


def _is_place(path: str) -> bool:
    return _place(path) is not None


def _place(path: str) -> Place | None:
    folder, _, name = path.rpartition("/")
    if len(name) > LONGEST_NAME:
        return None
    if not path.startswith(NETWORK):
        parts = path.split("/")
        return _of_site(path, parts[1:]) if parts[0] == "content" and parts[1:] and parts[1] != "network" else None
    if len(folder) < len(NETWORK):
        return Place(path=path, kind="signers", stem="signers") if name == "signers" else None
    code, rest = _folder(folder)
    match rest:
        case () if code:
            return _of_platform(path, code, name)
        case (inner,) if inner in FOLDERS:
            return _of_folder(path, code, FOLDERS[inner], name)
        case (inner,) if _DOSSIER.fullmatch(inner):
            return _of_dossier(path, code, f"{code}/{inner}", name)
        case (inner, "attachments") if _DOSSIER.fullmatch(inner) and is_attachment_name(name):
            return Place(path=path, kind="attachment", stem=name, platform=code, dossier=f"{code}/{inner}")
    return None


@lru_cache(maxsize=1024)  # the files of a folder are looked up one after the other
def _folder(folder: str) -> tuple[str, tuple[str, ...]]:
    """The platform that contains the folder, and the folder names after it; empty if there is no platform."""
    code, parts = "", folder.removeprefix(NETWORK).split("/")
    for depth, part in enumerate(parts):
        if _CODE.fullmatch(part) is None:
            return (code, tuple(parts[depth:])) if code else ("", ())
        if parent_code(part) != (code or None):
            return "", ()
        code = part
    return code, ()


def is_attachment_name(name: str) -> bool:
    """Lower-case ASCII letters, digits and hyphens with one of four extensions: safe in addresses and on all file systems."""
    stem, dot, ending = name.rpartition(".")
    return dot + ending in ATTACHMENT_ENDINGS and bool(_SLUG.fullmatch(stem)) and not is_reserved_name(stem)


def _of_site(path: str, parts: list[str]) -> Place | None:
    if parts == ["site.yml"]:
        return Place(path=path, kind="site", stem="site")
    row = SITE_FOLDERS.get(parts[0])
    if row is None or len(parts) != 2:
        return None
    stem = _slug(parts[1], row)
    return Place(path=path, kind=row.kind, stem=stem, folder=row.folder) if stem else None


def _of_platform(path: str, code: str, name: str) -> Place | None:
    for kind in ("platform", "exemptions"):
        if name == KINDS[kind].name:
            return Place(path=path, kind=kind, stem=kind, platform=code)
    return None


def _of_folder(path: str, code: str, row: Kind, name: str) -> Place | None:
    """A file of rules/, projects/, plans/, opinions/ or guidance/."""
    if not name.endswith(row.ending):
        return None
    stem = name.removesuffix(row.ending)
    kind, on, number = row.kind, None, 1
    if kind == "rule":
        if not _slug(name, row):
            return None
    elif kind == "plan":
        if not _YEAR.fullmatch(stem):
            return None
        on = period_in_name(stem)
    elif kind == "projects":
        m = _DRAFT.fullmatch(stem)
        if m is None or m[2] == "1":
            return None
        on, number = period_in_name(m[1]), int(m[2] or 1)
    else:
        dated = stem
        if kind == "opinion" and stem.endswith("-correction"):
            kind, dated = "correction", stem.removesuffix("-correction")
        named = _date_and_number(dated)
        if named is None:
            return None
        on, number = named
    return Place(path=path, kind=kind, stem=stem, platform=code, folder=row.folder, on=on, number=number)


def _of_dossier(path: str, code: str, dossier: str, name: str) -> Place | None:
    if name == "topic.md":
        return Place(path=path, kind="topic", stem="topic", platform=code, dossier=dossier)
    stem, dot, ending = name.rpartition(".")
    m = _EVENT.fullmatch(stem)
    if m is None or m[3] == "1":
        return None
    row = KINDS.get(m[2])
    if row is None or row.where != DOSSIER or row.kind == "topic" or row.ending != dot + ending:
        return None
    on = period_in_name(m[1])
    if on is None:
        return None
    number = int(m[3] or 1)
    return Place(path=path, kind=row.kind, stem=stem, platform=code, dossier=dossier, on=on, number=number)


def _slug(name: str, row: Kind) -> str:
    stem = name.removesuffix(row.ending)
    right = (
        name.endswith(row.ending) and len(stem) <= LONGEST_SLUG and _SLUG.fullmatch(stem) and not is_reserved_name(stem)
    )
    return stem if right else ""


def _date_and_number(stem: str) -> tuple[Period, int] | None:
    """`DATE[-N]`. A name of the form of a day or month is that or invalid: 2026-02-30 is not number 30 of 2026-02."""
    on = period_in_name(stem)
    if on is not None:
        return on, 1
    m = _DATED.fullmatch(stem)
    if m is None or m[2] in (None, "1") or _PRECISE.fullmatch(stem):
        return None
    on = period_in_name(m[1])
    return (on, int(m[2])) if on is not None else None


@lru_cache(maxsize=8192)
def period_in_name(text: str) -> Period | None:
    """The date of a file name; None if it has none of the forms."""
    try:
        return parse_period(text, in_name=True)
    except ValueError:
        return None
