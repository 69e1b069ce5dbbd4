"""Counted, not typed: rates, sums, targets, small numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import EVALUATION, make_dossier, setting, story

from builders.value import load
from weimin.model.kinds import Approx, Ballots, Done, Evaluation, Funding, Target, funding_sum
from weimin.model.parameter import Parameters
from weimin.rules.arithmetic import Bounds, bounds, rate_of, reaches_target
from weimin.rules.rating import rating_of
from weimin.rules.wording import format_number, format_percent


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [
        (30, 30, 30),
        (0, 0, 0),
        (None, 0, 0),
        ("included", 0, 0),
        ("unpublished", 0, None),
        (Approx(about=30, as_="近"), 0, 30),
        (Approx(about=30, as_="余"), 30, None),
        (Approx(about=30, as_="多"), 30, None),
        (Approx(about=30, as_="约"), 0, None),
        (Approx(about=30, as_="上下"), 0, None),
        (Approx(about=30), 0, None),
    ],
)
def test_what_a_printed_number_can_be(count, low, high):
    assert bounds(count) == Bounds(low, high)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500), st.integers(0, 20))
def test_the_rate_is_the_quotient_of_the_counts(satisfied, basically, dissatisfied, invalid):
    valid = satisfied + basically + dissatisfied
    ballots = {
        "issued": valid + invalid,
        "returned": valid + invalid,
        "invalid": invalid,
        "satisfied": satisfied,
        "basically_satisfied": basically,
        "dissatisfied": dissatisfied,
    }
    data = load("evaluation", EVALUATION | {"ballots": ballots})
    assert isinstance(data, Evaluation)
    event = make_dossier(story()).of_kind("evaluation")[0]
    by_rule = rating_of(make_dossier(story()), event, data, Parameters([setting("low_satisfaction", 0.8)]))
    by_default = rating_of(make_dossier(story()), event, data, Parameters())
    assert by_default.rate == by_rule.rate
    assert not by_default.low and by_rule.reference_line is None, "without a rule nothing is low"
    if valid == 0:
        assert (by_rule.rate, by_rule.below, by_rule.low) == (None, False, False)
        return
    exact = Fraction(satisfied + basically, valid)
    rate = by_rule.rate
    assert rate == float(exact)
    assert by_rule.low == by_rule.below == by_default.below == (exact < Fraction(4, 5))
    assert by_default.reference_line == (0.8 if by_default.below else None)
    assert format_percent(rate) == f"{float(exact) * 100:.1f}".removesuffix(".0") + "%"


def test_a_typed_rate_never_stands_for_counts():
    data = load("evaluation", EVALUATION | {"ballots": "unpublished", "published_rate": 100})
    assert isinstance(data, Evaluation)
    assert rate_of(data, "satisfied_and_basic") is None


@pytest.mark.parametrize(("valid", "small"), [(9, True), (10, False)])
def test_few_ballots_are_flagged(valid, small):
    ballots = Ballots(issued=valid, returned=valid, satisfied=valid, basically_satisfied=0, dissatisfied=0)
    assert ballots.few == small


def test_funding_adds_up_and_says_what_it_leaves_out():
    lines = [
        Funding(yuan=80000),
        Funding(yuan=Approx(about=2000, as_="余")),
        Funding(kind="labour"),
        Funding(yuan="unpublished"),
    ]
    money = funding_sum(lines)
    assert (money.yuan, money.exact, money.unknown) == (82000, False, 2)
    assert funding_sum(lines[:1]).exact
    assert not funding_sum([lines[1], lines[0]]).exact
    assert funding_sum(()).yuan == 0


@pytest.mark.parametrize(
    ("rate", "text"), [(26 / 30, "86.7%"), (0.8, "80%"), (1.0, "100%"), (0.0, "0%"), (1 / 3, "33.3%"), (0.29, "29%")]
)
def test_a_rate_is_printed_without_noise(rate, text):
    assert format_percent(rate) == text


@pytest.mark.parametrize(("value", "text"), [(30.0, "30"), (30, "30"), (0.1, "0.1"), (98.5, "98.5")])
def test_a_number_is_printed_without_noise(value, text):
    assert format_number(value) == text


@pytest.mark.parametrize(
    ("target", "done", "expected"),
    [
        (Target(amount=30, unit="个"), Done(amount=30, unit="个"), True),
        (Target(amount=30), Done(amount=29, unit="个"), False),
        (Target(amount=30, unit="个"), Done(amount=29), False),
        (Target(amount=30, unit="个"), Done(amount=40, unit="米"), None),
        (Target(amount="unpublished"), Done(amount=1), None),
        (Target(amount=30), "unpublished", None),
        (None, Done(amount=1), None),
    ],
)
def test_a_target_is_reached_or_cannot_be_compared(target, done, expected):
    assert reaches_target(target, done) is expected
