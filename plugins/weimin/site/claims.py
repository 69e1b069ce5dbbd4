"""Claims: `PATH#POINTER`, the record and the field that a figure, date or state comes from (docs/reference/interface.md, "Marks in pages")."""

from __future__ import annotations

from weimin.model.network import folder_of
from weimin.wording.references import kind_in_stem

_RECORDS = (".md", ".yml")
_DATA_ONLY = frozenset({"evaluation", "correction"})
"""Kinds of a dossier that have no prose (docs/reference/records.md): their files end with .yml."""


def record_claim(path: str) -> str:
    """The claim of the record itself; empty where the path is not that of a record."""
    return f"{path}#" if path.endswith(_RECORDS) else ""


def event_claim(dossier: str, stem: str, pointer: str = "") -> str:
    """An event of a dossier (`CODE/YYYY-NNN`) by its stem; with the empty pointer the day in its name."""
    if not stem:
        return ""
    code, _, number = dossier.partition("/")
    ending = ".yml" if kind_in_stem(stem) in _DATA_ONLY else ".md"
    return f"{folder_of(code)}/{number}/{stem}{ending}#{pointer}"
