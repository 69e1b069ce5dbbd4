"""From a JSON pointer to a line: looked up only for what is shown."""

from __future__ import annotations

from weimin.app.register import Register
from weimin.model.codes import CODES
from weimin.model.finding import Finding, Raised


class Finder:
    """Finds lines and columns in the files of one folder; a file is read once however many findings it has."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._bytes: dict[str, bytes] = {}
        self._found: dict[tuple[str, str], tuple[int, int]] = {}

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
        if (path, pointer) not in self._found:
            self._found[path, pointer] = self._look_up(path, pointer)
        return self._found[path, pointer]

    def _look_up(self, path: str, pointer: str) -> tuple[int, int]:
        place = self._register.by_path.get(path)
        if place is None:
            return 1, 1
        if path not in self._bytes:
            self._bytes[path] = self._register.tree.read(path)
        return self._register.reader.locate(place, self._bytes[path], pointer)
