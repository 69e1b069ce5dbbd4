"""Line and column of a finding, looked up in the file that its JSON pointer points into."""

from __future__ import annotations

from collections.abc import Callable

from weimin.engine.register import Folder, Register
from weimin.model.codes import CODES
from weimin.model.finding import Finding, UnlocatedFinding
from weimin.records.parse import position_finder


class Locator:
    """Locates findings in files. A file is parsed once, however many findings it has; files of `folder` are not read again."""

    def __init__(self, register: Register, folder: Folder | None = None) -> None:
        self._register = register
        self._places = {p.path: p for p in folder.unit.places} if folder else {}
        self._files = folder.files if folder else {}
        self._locators: dict[str, Callable[[str], tuple[int, int]]] = {}

    def finding(self, raised: UnlocatedFinding) -> Finding:
        """The finding with its location; line 1, column 1 if the pointer leads to no place in the file."""
        line, column = (raised.line, raised.column) if raised.line else self._locate(raised.path, raised.pointer)
        return Finding(
            code=raised.code,
            slug=CODES[raised.code].slug,
            severity=raised.severity,
            path=raised.path,
            line=line,
            column=column or 1,
            message=raised.message + self._other(raised),
            hint=raised.hint,
            clause=raised.clause,
            dossier=raised.dossier,
            owed_by=raised.owed_by,
            due=raised.due,
            overdue_days=raised.overdue_days,
            suggested_due=raised.suggested_due,
            basis=raised.basis,
            parameter=raised.parameter,
            exempt=raised.exempt,
        )

    def _other(self, raised: UnlocatedFinding) -> str:
        """The other place that a finding is about, as its message ends: （content/…/2026-03-02-consultation.md:1）."""
        if raised.other is None:
            return ""
        path, pointer = raised.other
        return f"（{path}:{self._locate(path, pointer)[0]}）"

    def _locate(self, path: str, pointer: str) -> tuple[int, int]:
        if not pointer:
            return 1, 1
        if path not in self._locators:
            place = self._places.get(path) or self._register.by_path.get(path)
            self._locators[path] = position_finder(place, self._read(path)) if place else lambda _pointer: (1, 1)
        return self._locators[path](pointer)

    def _read(self, path: str) -> bytes:
        return self._files[path] if path in self._files else self._register.tree.read(path)
