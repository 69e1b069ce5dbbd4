"""The rooms whose tests are measured: their modules, and the tests that are their own.

A room's tests are those in its folder, and the others listed here because they were written for it. Of the verifier's the
tests that release a demo first are left out: they take minutes. Tests of whole sites
(golden site, browser) find many faults too, but do not count: a fault should be found where it was made.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

PACKAGE = "plugins/weimin"


class Room(NamedTuple):
    """`folder`: below the package; `tests`: paths from the root of the clone; `seed`: of the sample whose share is stated."""

    folder: str
    tests: tuple[str, ...]
    seed: int = 2026

    def sources(self, root: Path) -> dict[str, str]:
        """Path from the root → text, of every module of the room."""
        files = sorted((root / PACKAGE / self.folder).rglob("*.py"))
        return {file.relative_to(root).as_posix(): file.read_text(encoding="utf-8") for file in files}


ROOMS = {
    "totals": Room("totals", ("tests/totals", "tests/site/test_figures.py")),
    "dossiers": Room("dossiers", ("tests/dossiers", "tests/rules/test_links.py")),
    "rules": Room("rules", ("tests/rules", "tests/cases_run")),
    "history": Room("history", ("tests/history",)),
    "engine": Room("engine", ("tests/engine", "tests/history")),
    "verify": Room(
        "app/verify",
        tuple(
            f"tests/app/verify/test_{name}.py"
            for name in ("claims_of_corrections", "compared", "days_counted_again", "log_held_to_itself", "stated")
        ),
    ),
}
FLOOR = 95.0
"""Percent of the sampled mutants, without equivalent ones, that a room's tests find at least."""
COUNT = 200
