"""References to records as text: the date and the kind of the record."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from weimin.model.record import Ref, parse_ref
from weimin.wording.dates import format_date

_STEM = re.compile(
    r"(?P<on>(?:by-)?[0-9X]{4}(?:-(?:[QH][1-4]|\d{2}(?:-\d{2})?))?)-(?P<kind>[a-z]+)(?:-(?P<number>\d+))?", re.ASCII
)
_FOLDERS = {"opinions": "opinion", "projects": "projects", "plans": "plan", "rules": "rule", "guidance": "guidance"}


def format_ref(text: str, names: Mapping[str, str], area: Callable[[str], str]) -> str:
    """2026年3月2日协商活动; 样例村2026-001的协商成果. `names`: kind → name; other text is returned unchanged."""
    try:
        ref = parse_ref(text)
    except ValueError:
        return text
    where = area(ref.platform) if ref.platform else ""
    if ref.dossier:
        where += f"{ref.dossier.partition('/')[2]}号卷宗"
    return where + _record_words(ref, names) + (f"（{ref.line}）" if ref.line else "")


def kind_in_stem(stem: str) -> str:
    """The kind in the stem of an event; of a stem without a date, the stem itself (`topic`)."""
    found = _STEM.fullmatch(stem)
    return found["kind"] if found else stem


def _record_words(ref: Ref, names: Mapping[str, str]) -> str:
    if ref.stem is None:
        return ""
    if ref.folder:
        return f"{ref.stem} {names.get(_FOLDERS[ref.folder], ref.folder)}"
    found = _STEM.fullmatch(ref.stem)
    if found is None or found["kind"] not in names:
        return names.get(ref.stem, ref.stem)
    try:
        when = format_date(found["on"])
    except ValueError:
        return ref.stem
    return when + names[found["kind"]] + (f"（之{found['number']}）" if found["number"] else "")
