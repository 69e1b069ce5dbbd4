"""The implementation plan word for word, and the house rules: every number and every house rule has a clause."""

from __future__ import annotations

import re

from content_files import ROOT, read

from weimin.model.codes import CODES
from weimin.model.kinds import RuleBook
from weimin.model.parameter import DEFAULTS

RULES = "content/network/321300/rules/"
HEADING = re.compile(r"^(#{1,6}) (.+) \{#([a-z0-9.]+)\}$", re.MULTILINE)


def anchors(slug: str) -> list[str]:
    return [match[3] for match in HEADING.finditer(read(ROOT, f"{RULES}{slug}.md").body)]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_plan_is_quoted_word_for_word() -> None:
    body = read(ROOT, f"{RULES}2019-implementation-plan.md").body
    original = (ROOT / "tests/fixtures/implementation-plan-2019.txt").read_text(encoding="utf-8")
    bare = HEADING.sub(lambda match: match[2], body)
    assert "#" not in bare
    assert squeezed(bare) == squeezed(original)


def test_plan_has_no_number_that_is_not_known() -> None:
    data = read(ROOT, f"{RULES}2019-implementation-plan.md").data
    assert isinstance(data, RuleBook)
    assert data.doc_no is None
    assert data.parameters is None
    assert data.issued == data.effective_from == "2019-11-06"


def test_anchors_of_the_plan_are_its_clauses_in_order() -> None:
    chapters = {"": 4, "2.": 4, "3.": 3, "3.2.": 4, "3.3.": 6, "4.": 4}
    expected = {f"{chapter}{n}" for chapter, count in chapters.items() for n in range(1, count + 1)}
    found = anchors("2019-implementation-plan")
    assert set(found) == expected
    assert found == sorted(found, key=lambda anchor: [int(part) for part in anchor.split(".")])


def test_every_rule_cites_a_clause_that_is_there() -> None:
    cited = {row.clause for row in CODES.values()}
    assert "3.3.4" in cited
    house = {clause.removeprefix("house#") for clause in cited if clause.startswith("house#")}
    assert house <= set(anchors("house"))
    assert {clause for clause in cited if not clause.startswith("house#")} <= set(anchors("2019-implementation-plan"))


def test_house_has_a_clause_for_each_family_and_for_what_the_plan_is_silent_about() -> None:
    expected = {"files", "fields", "links", "trail", "privacy", "days", "thresholds", "ballots", "withheld", "steps"}
    found = anchors("house")
    assert expected <= set(found)
    assert len(found) == len(set(found))


def test_house_says_every_default_and_no_other() -> None:
    data = read(ROOT, f"{RULES}house.md").data
    assert isinstance(data, RuleBook)
    assert isinstance(data.parameters, tuple)
    defaults: dict[str, object] = {}
    for parameter in data.parameters:
        values = parameter.value if isinstance(parameter.value, dict) else {"": parameter.value}
        defaults |= {f"{parameter.name}.{level}".rstrip("."): value for level, value in values.items()}
    assert defaults == dict(DEFAULTS)
    assert {parameter.clause for parameter in data.parameters} <= {f"#{anchor}" for anchor in anchors("house")}


def test_house_says_its_days_in_words_too() -> None:
    body = read(ROOT, f"{RULES}house.md").body
    days = [int(cell) for cell in re.findall(r"^\|.*\| (\d+) \|$", body, re.MULTILINE)]
    named = "triage outcome report publication response explanation report_up followup evaluation reconsult_decision"
    assert days == [DEFAULTS[f"{name}_days"] for name in (*named.split(), "reconsult")]
    assert "本站参考，不是文件规定" in body
