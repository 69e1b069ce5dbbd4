"""Four pages score 95 or more in all Lighthouse categories, and the first paint comes within a second."""

from __future__ import annotations

from typing import Any

import pytest

import lighthouse_scores
import npm_programs


def visit(score: float, first: float) -> dict[str, Any]:
    return {
        "categories": {
            name: {"score": score, "auditRefs": [{"id": "first-contentful-paint", "weight": 10}]}
            for name in lighthouse_scores.CATEGORIES
        },
        "audits": {
            "first-contentful-paint": {"score": score, "numericValue": first},
            "largest-contentful-paint": {"score": score, "numericValue": first},
        },
    }


def test_of_several_visits_the_median_counts() -> None:
    found = lighthouse_scores.medians("/", [visit(1, 900), visit(0.5, 5000), visit(0.96, 950)])
    assert set(found.scores.values()) == {96}
    assert found.first_paint == 950
    assert found.passes


@pytest.mark.parametrize(("score", "first"), [(0.94, 500), (1, 1000)])
def test_too_few_points_or_too_late_a_view_is_not_enough(score: float, first: float) -> None:
    found = lighthouse_scores.medians("/", [visit(score, first)] * 3)
    assert not found.passes
    assert "ms" in lighthouse_scores.table([found])


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, lighthouse_scores.PageScores]:
    assert npm_programs.install("lighthouse")
    return {found.path: found for found in lighthouse_scores.measured(tmp_path_factory.mktemp("points"))}


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.nginx
@pytest.mark.npm
def test_four_pages_have_enough_points(measured: dict[str, lighthouse_scores.PageScores]) -> None:
    assert len(measured) == 4
    assert all(min(p.scores.values()) >= lighthouse_scores.MIN_SCORE for p in measured.values()), (
        lighthouse_scores.table([*measured.values()])
    )


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.nginx
@pytest.mark.npm
def test_something_is_seen_within_a_second(measured: dict[str, lighthouse_scores.PageScores]) -> None:
    """This includes the largest dossier, which arrives in the first round trip."""
    assert all(p.first_paint < lighthouse_scores.MAX_FIRST_PAINT for p in measured.values()), lighthouse_scores.table(
        [*measured.values()]
    )
