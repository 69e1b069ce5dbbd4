"""A content is parsed for A114 only if it may name a later day; the text decides, and never says no wrongly."""

from __future__ import annotations

from datetime import date

import pytest

from builders.repository import make_repo
from weimin.engine.history.reader import History

LIMIT = date(2026, 12, 10)
PATH = "content/network/321300/plans/2026.yml"


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("date: 2026-12-10", False),
        ("date: 2026-12-11", True),
        ("date: '2027'", True),
        ("date: 2026", False),
        ("date: 2026-12", False),
        ("date: 2027-Q1", True),
        ("date: 2200-01-01", True),
        ('date: "\\x32031-01-01"', True),  # an escape may spell a date
        ("to: 321302001004", False),  # a code is no year
        ("yuan: 46000000", False),
        ("", False),
    ],
)
def test_it_may_name_a_later_day(tmp_path, text, may):
    made = make_repo(tmp_path, [{PATH: text + "\n"}])
    with History(tmp_path) as history:
        blob = made.git("rev-parse", f"HEAD:{PATH}")
        assert history.record_lookup().may_have_day_after(blob, LIMIT) is may
