"""Corrections: what they may say, and that one which does not fit leaves nothing behind."""

from __future__ import annotations

import pytest
from made_story import FILES, story

from weimin.model.dossier import Dossier


def dossier(**corrections: str) -> Dossier:
    """The dossier with corrections, given as YAML by the day of July (`d01`)."""
    return story(FILES | {f"2026-07-{day.removeprefix('d')}-correction.yml": text for day, text in corrections.items()})


def correction(of: str, *changes: str) -> str:
    listed = "".join(f"  - {c}\n" for c in changes)
    return f"of: {of}\nchanges:\n{listed}reason: 写错\napproved_by: 召集人\n"


@pytest.mark.parametrize(
    ("of", "change", "read"),
    [
        pytest.param("topic", "{field: /title, from: 路灯, to: 路灯与护栏}", lambda e: e.data.title, id="a value"),
        pytest.param(
            "topic", "{field: /body, from: 原来的背景。, to: 新的背景。}", lambda e: e.record.body, id="prose"
        ),
        pytest.param(
            "2026-03-10-outcome",
            "{field: /measures/0/unit, from: 镇建设办, to: 镇城建办}",
            lambda e: e.data.measures[0].unit,
            id="a line",
        ),
        pytest.param(
            "2026-06-20-evaluation",
            "{field: /body, from: 村民代表, to: 居民代表}",
            lambda e: e.data.body,
            id="a field called body",
        ),
        pytest.param(
            "2026-03-02-consultation",
            "{field: /date, from: '2026-03-02', to: '2026-03-03'}",
            lambda e: e.on.text,
            id="the day",
        ),
    ],
)
def test_a_correction_that_fits_is_applied_and_told(of, change, read) -> None:
    before, after = dossier(), dossier(d01=correction(of, change))
    assert after.problems == ()
    assert read(after.event(of)) != read(before.event(of))
    assert [(a.target, a.reason) for a in after.applied] == [(of, "写错")]
    assert [a.target for a in after.event(of).changes] == [of]


def test_the_second_correction_sees_what_the_first_one_made() -> None:
    first = correction("topic", "{field: /title, from: 路灯, to: 路灯一}")
    second = correction("topic", "{field: /title, from: 路灯一, to: 路灯二}")
    assert dossier(d01=first, d02=second).title == "路灯二"
    assert [p.code for p in dossier(d01=second).problems] == ["L107"]


def test_one_change_that_does_not_fit_undoes_the_whole_correction() -> None:
    made = dossier(
        d01=correction(
            "2026-03-02-consultation",
            "{field: /date, from: '2026-03-02', to: '2026-03-05'}",
            "{field: /about, from: progress, to: completion}",
        )
    )
    assert [(p.code, p.pointer) for p in made.problems] == [("L107", "/changes/1/from")]
    assert made.event("2026-03-02-consultation").on.text == "2026-03-02"
    assert made.applied == ()


def test_a_correction_that_breaks_the_record_is_refused_with_the_reason() -> None:
    made = dossier(d01=correction("2026-03-10-outcome", "{field: /measures/0/due, from: '2026-06-30', to: 六月底}"))
    assert [p.code for p in made.problems] == ["L107"]
    assert "六月底" in made.problems[0].message
    assert made.event("2026-03-10-outcome").data.measures[0].due == "2026-06-30"


def test_what_was_absent_is_corrected_from_nothing() -> None:
    made = dossier(d01=correction("2026-03-10-outcome", "{field: /measures/0/upkeep, from: null, to: 村委会}"))
    assert made.event("2026-03-10-outcome").data.measures[0].upkeep == "村委会"
