"""From a JSON pointer to a line: looked up only for what is shown."""

from __future__ import annotations

from collections.abc import Callable

from weimin.engine.register import Folder, Register
from weimin.model.codes import CODES
from weimin.model.finding import Finding, Raised
from weimin.records.parse import position_finder


class Locator:
    """Finds lines and columns in files; a file is read once however many findings it has, those of `folder` not again."""

    def __init__(self, register: Register, folder: Folder | None = None) -> None:
        self._register = register
        self._places = {p.path: p for p in folder.unit.places} if folder else {}
        self._files = folder.files if folder else {}
        self._spots: dict[str, Callable[[str], tuple[int, int]]] = {}

    def finding(self, raised: Raised) -> Finding:
        """The finding with its place: line 1, column 1 where a file has no place for it."""
        line, column = (raised.line, raised.column) if raised.line else self._locate(raised.path, raised.pointer)
        return Finding(
            code=raised.code,
            slug=CODES[raised.code].slug,
            severity=raised.severity,
            path=raised.path,
            line=line,
            column=column or 1,
            message=raised.message,
            hint=raised.hint,
            clause=raised.clause,
            dossier=raised.dossier,
            owed_by=raised.owed_by,
            due=raised.due,
            overdue_days=raised.overdue_days,
            parameter=raised.parameter,
            exempt=raised.exempt,
        )

    def _locate(self, path: str, pointer: str) -> tuple[int, int]:
        if not pointer:
            return 1, 1
        if path not in self._spots:
            place = self._places.get(path) or self._register.by_path.get(path)
            self._spots[path] = position_finder(place, self._read(path)) if place else lambda _pointer: (1, 1)
        return self._spots[path](pointer)

    def _read(self, path: str) -> bytes:
        return self._files[path] if path in self._files else self._register.tree.read(path)
