"""Lighthouse gives four pages 95 points or more in all four categories, and the first view comes within a second."""

from __future__ import annotations

from typing import Any

import pytest

import npm_programs
import points


def visit(score: float, first: float) -> dict[str, Any]:
    return {
        "categories": {
            name: {"score": score, "auditRefs": [{"id": "first-contentful-paint", "weight": 10}]}
            for name in points.CATEGORIES
        },
        "audits": {
            "first-contentful-paint": {"score": score, "numericValue": first},
            "largest-contentful-paint": {"score": score, "numericValue": first},
        },
    }


def test_of_several_visits_the_median_counts() -> None:
    found = points.medians("/", [visit(1, 900), visit(0.5, 5000), visit(0.96, 950)])
    assert set(found.points.values()) == {96}
    assert found.first == 950
    assert found.enough


@pytest.mark.parametrize(("score", "first"), [(0.94, 500), (1, 1000)])
def test_too_few_points_or_too_late_a_view_is_not_enough(score: float, first: float) -> None:
    found = points.medians("/", [visit(score, first)] * 3)
    assert not found.enough
    assert "ms" in points.table([found])


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, points.Points]:
    assert npm_programs.install("lighthouse")
    return {found.path: found for found in points.measured(tmp_path_factory.mktemp("points"))}


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.nginx
@pytest.mark.npm
def test_four_pages_have_enough_points(measured: dict[str, points.Points]) -> None:
    assert len(measured) == 4
    assert all(min(p.points.values()) >= points.LEAST for p in measured.values()), points.table([*measured.values()])


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.nginx
@pytest.mark.npm
def test_something_is_seen_within_a_second(measured: dict[str, points.Points]) -> None:
    """The fullest dossier, too: all of it comes in the first round trip."""
    assert all(p.first < points.FIRST_VIEW for p in measured.values()), points.table([*measured.values()])
