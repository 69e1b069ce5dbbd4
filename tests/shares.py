"""How much of a stated number runs: all of it under `./scripts/test --long`, a seeded share by default.

`share` (a fixture) chooses and notes what it chose; the end of a run's output lists what was noted.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

LONG = os.environ.get("WEIMIN_LONG") == "1"
NOTE = "share"

Share = Callable[[int, int, str], int]
"""`share(18, 2000, "scripts")`: the number that runs."""


def number(few: int, full: int) -> int:
    """For what is decided before a test begins; the test itself calls `share` too, so that it is said."""
    return full if LONG else few


def lines(reports: Iterable[Any]) -> Iterator[str]:
    """`tests/x.py::test_y: 18 of 2,000 scripts`, each once, whatever process it ran in."""
    noted = {
        (report.nodeid.partition("[")[0], text)
        for report in reports
        for name, text in getattr(report, "user_properties", ())
        if name == NOTE and getattr(report, "when", "") == "call"
    }
    return (f"{test}: {text}" for test, text in sorted(noted))


@pytest.fixture
def share(record_property: Callable[[str, object], None]) -> Share:
    def chosen(few: int, full: int, of: str) -> int:
        assert few <= full
        runs = number(few, full)
        record_property(NOTE, f"{runs:,} of {full:,} {of}")
        return runs

    return chosen
