"""Mutants that no test can find, because the program does the same: `equivalents.toml`, one row each with a reason."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from mutation.mutants import Mutant

FILE = Path(__file__).with_name("equivalents.toml")


class Equivalent(NamedTuple):
    """`line`: the line's text without the spaces around it; `change`: as the report prints it; `module`: from the package."""

    module: str
    line: str
    change: str
    reason: str

    def is_of(self, mutant: Mutant) -> bool:
        return mutant.module.endswith(f"/{self.module}") and (self.line, self.change) == (mutant.text, mutant.change)


def read_equivalents(file: Path = FILE) -> list[Equivalent]:
    """Raises ValueError for a row without a reason or with a key that is not known."""
    rows = tomllib.loads(file.read_text(encoding="utf-8")).get("equivalent", [])
    for row in rows:
        if set(row) != set(Equivalent._fields) or not row["reason"].strip():
            raise ValueError(f"{file.name}: {row}")
    return [Equivalent(**row) for row in rows]


def reason_of(mutant: Mutant, rows: Iterable[Equivalent]) -> str | None:
    return next((row.reason for row in rows if row.is_of(mutant)), None)
