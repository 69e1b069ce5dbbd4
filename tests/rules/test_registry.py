"""Table and functions agree, and every rule can be switched off."""

from __future__ import annotations

import pytest
from make import LATE, apply_rules, findings_of, make_platform, setting, story

from weimin.model.codes import CODES
from weimin.model.parameter import is_valid_value
from weimin.rules.findings import clause_of
from weimin.rules.registry import DOSSIER_RULES, PLATFORM_RULES, dossier_rule
from weimin.rules.rule_set import ALL_RULES
from weimin.rules.run import apply_platform_rules


def test_every_code_of_the_table_has_its_function_and_the_other_way_round():
    assert set(ALL_RULES) == {code for code in CODES if code.startswith("W")} | {"L108"}
    for code, rule in ALL_RULES.items():
        assert rule.__name__ == CODES[code].slug.replace("-", "_"), code


def test_a_rule_is_one_or_the_other():
    assert DOSSIER_RULES and PLATFORM_RULES
    assert not set(DOSSIER_RULES) & set(PLATFORM_RULES)


def test_a_function_that_does_not_fit_is_refused():
    def result_not_reported(dossier, context):
        return iter(())

    with pytest.raises(ValueError, match="has a rule already"):
        dossier_rule("W602")(result_not_reported)
    with pytest.raises(ValueError, match="not the slug"):
        dossier_rule("W999")(result_not_reported)
    with pytest.raises(ValueError, match="not the slug"):
        dossier_rule("F101")(result_not_reported)


def test_a_rule_that_is_switched_off_is_silent():
    records = story(outcome={"submitted": None})
    assert findings_of(records, disabled=frozenset({"W602"})) == []
    late = story(outcome={"submitted": [{"to": "同级党组织", "date": "2026-08-01"}]})
    assert findings_of(late) == ["W210 notice 2026-07-01-evaluation"]
    assert findings_of(late, disabled=frozenset({"W210"})) == []
    off = make_platform(disabled=frozenset({"W704", "W705", "W706"}))
    assert apply_platform_rules(off).findings == ()


def test_clauses_are_references():
    assert clause_of("W206", "content/network/321300/321302/x.yml") == "321300/rules/house#ballots"
    assert clause_of("W602", "content/network/321300/x.yml") == "321300/rules/2019-implementation-plan#3.3.4"
    assert clause_of("F101", "content/site.yml") is None


@pytest.mark.parametrize(
    ("name", "value", "usable"),
    [
        ("report_days", 7, True),
        ("report_days", 7.0, True),
        ("report_days", 7.5, False),
        ("report_days", -1, False),
        ("report_days", 10**12, False),
        ("report_days", "七", False),
        ("report_days", True, False),
        ("low_satisfaction", 0.8, True),
        ("low_satisfaction", 80, False),
        ("satisfaction_formula", "satisfied", True),
        ("satisfaction_formula", "其他", False),
        ("topic_approval", "required", True),
        ("topic_approval", "yes", False),
        ("plan_due", "03-31", True),
        ("plan_due", "02-29", False),
        ("plan_due", "13-01", False),
        ("plan_due", 331, False),
        ("consultations_per_year.village", 2, True),
        ("consultations_per_year.village", -2, False),
        ("something_else", "what", True),
    ],
)
def test_a_parameter_that_cannot_be_used_is_as_though_it_were_not_given(name, value, usable):
    assert is_valid_value(name, value) == usable
    rule = [setting(name, value)]
    apply_rules(story(until="outcome"), LATE, settings=rule)
    apply_platform_rules(make_platform(settings=rule))
