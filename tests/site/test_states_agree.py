"""A matter is called the same wherever it stands, and nothing goes on in one that is over: demo, real records, made ones."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from made_records import FULL, VILLAGE
from made_variants import VARIANTS, site_of_variant
from page_reader import tree_of
from states_read import dossiers_of, of_class, rows_on_page, state_on_page, steps_on_page, text_of, words_of

from builders.demo import content_files, demo_files
from weimin.model.codes import STEPS
from weimin.model.states import OVER, StepState

Site = Mapping[str, bytes]
OVER_VALUES = {state.value for state in OVER}
EVERYWHERE = {"index.json", "page", "card", "search", "open data"}


@pytest.fixture(
    scope="module",
    params=[
        pytest.param("demo", marks=pytest.mark.slow),
        pytest.param("content", marks=pytest.mark.slow),
        *VARIANTS,
    ],
)
def site(request: pytest.FixtureRequest) -> Site:
    made = {"demo": demo_files, "content": content_files}
    name = request.param
    return made[name]() if name in made else site_of_variant(name)


def test_a_state_has_one_word(site: Site) -> None:
    said = words_of(site)
    assert said
    for dossier, found in said.items():
        assert {s.word for s in found} == {found[0].word}, (dossier, found)
        assert {s.where for s in found} >= EVERYWHERE, (dossier, found)


def test_nothing_goes_on_in_a_matter_that_is_over(site: Site) -> None:
    for dossier, document in dossiers_of(site).items():
        steps = steps_on_page(tree_of(site[f"{dossier}/index.html"]))
        assert steps == [(s, StepState(s).label) for s in document["steps"]], dossier
        if document["state"] in OVER_VALUES:
            assert not {"now", "ahead"} & {state for state, _ in steps}, dossier
        if document["closed"] or document["compiled"]:
            assert "进行中" not in [word for _, word in steps], dossier


def test_an_answer_never_says_that_something_is_to_come_where_it_is_not(site: Site) -> None:
    """尚未 and 尚无 of an act are said while the dossier goes on and the step is neither skipped nor passed over."""
    for dossier, document in dossiers_of(site).items():
        tree = tree_of(site[f"{dossier}/index.html"])
        (glance,) = of_class(tree, "glance")
        answers = [text_of(node) for node in glance.iter("dd")]
        if document["state"] in OVER_VALUES or document["compiled"]:
            assert not [a for a in answers if a.startswith(("尚未", "尚无"))], (dossier, answers)
        if document["steps"][4] in ("skipped", "unasked"):
            assert "尚未评议" not in answers, dossier


def test_low_is_said_of_counted_ballots_alone(site: Site) -> None:
    counted = {
        f"{dossier}/{e['event']}": e["rate"] is not None
        for dossier, document in dossiers_of(site).items()
        for e in evaluations(document)
        if e["low"]
    }
    assert all(counted.values())
    for path in ("evaluations/state-low/index.html", "evaluations/state-low/index.json"):
        assert ("公布的满意率" in site.get(path, b"").decode()) is False
    for path, content in site.items():
        if path.startswith(("bulletin/", "reports/", "evaluations/")) or path == "index.html":
            assert "None" not in content.decode(), path
    for path in (p for p in site if p.endswith("-evaluation.html") and p[:6].isdigit()):
        low = [text_of(node) for node in of_class(tree_of(site[path]), "owed")]
        assert ("满意率低" in low) == counted.get(path.removesuffix(".html"), False), path


def evaluations(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    return list(document["evaluations"])


def test_the_steps_of_a_year_add_up_and_count_what_was_held(site: Site) -> None:
    """By the events of each dossier as they are published, without the sums that the reports are made from."""
    held: dict[tuple[str, int], int] = {}
    all_of: dict[str, int] = {}
    for dossier, document in dossiers_of(site).items():
        year = first_year(document) or dossier.partition("/")[2][:4]
        all_of[year] = all_of.get(year, 0) + 1
        for step in {step_of(e) for e in document["events"]} - {0}:
            held[year, step] = held.get((year, step), 0) + 1
    for year, total in all_of.items():
        sums = json.loads(site[f"reports/{year}/index.json"])["sums"]
        assert sums["dossiers"] == total
        assert [sums.get(f"step{n}", 0) for n in STEPS] == [held.get((year, n), 0) for n in STEPS], year
        for row in table_rows(tree_of(site[f"reports/{year}/index.html"])):
            whole, skipped, unrecorded = (int(row[n].removesuffix("件")) for n in (1, 3, 4))
            assert whole + skipped + unrecorded == total, (year, row)


def first_year(document: Mapping[str, Any]) -> str:
    """Of the first event with a day, which is how the story is ordered; of a topic alone that of its approval."""
    days = {e["kind"]: (e["on"] or "").removeprefix("by-") for e in reversed(document["events"])}
    others = [
        (e["on"] or "").removeprefix("by-") for e in document["events"] if e["kind"] not in ("topic", "correction")
    ]
    return next((on[:4] for on in (*others, days.get("topic", "")) if on[:4].isdigit()), "")


def step_of(event: Mapping[str, Any]) -> int:
    if event["kind"] == "consultation":
        return 3 if event["data"].get("about") in ("progress", "completion") else 2
    return {"topic": 1, "followup": 4, "evaluation": 5}.get(event["kind"], 0)


def table_rows(tree: Any) -> list[list[str]]:
    """The rows of the table of the five steps."""
    (chart,) = of_class(tree, "of-funnel")
    return [[text_of(cell) for cell in row] for body in chart.iter("tbody") for row in body]


def test_rows_are_found_on_lists(site: Site) -> None:
    """The readers above read something."""
    assert list(rows_on_page(tree_of(site["index.html"])))


def test_a_rate_without_ballots_is_told_as_reported_wherever_it_stands() -> None:
    site = site_of_variant("reported")
    evaluation = next(p for p in site if p.startswith(FULL) and p.endswith("-evaluation.html"))
    stem = evaluation.rpartition("/")[2].removesuffix(".html")
    told = (
        evaluation,
        f"{FULL}/index.html",
        f"embed/{FULL}.html",
        f"embed/{FULL}/{stem}.html",
        f"wechat/{FULL}/{stem}.html",
        "evaluations/index.html",
        "evaluations/index.json",
        "feeds/all.atom",
    )
    for path in told:
        words = site[path].decode()
        assert "公布的满意率" in words, path
        assert "93%" in words, path
        assert not [low for low in ("满意率低，", "尚未决定是否再协商", "None") if low in words], path
    assert json.loads(site[f"{FULL}/index.json"])["evaluations"] == [
        {"event": stem, "rate": None, "low": False, "published_rate": 93.0}
    ]
    assert "evaluations/state-low/index.html" not in site


def test_a_skipped_evaluation_says_why() -> None:
    page = tree_of(site_of_variant("evaluation-skipped")[f"{FULL}/index.html"])
    (glance,) = of_class(page, "glance")
    assert "略过（理由：只有一户）" in [text_of(node) for node in glance.iter("dd")]


@pytest.mark.parametrize(
    ("name", "word"), [("ended-withdrawn", "已撤回"), ("ended-unpublished", "已终止"), ("closed", "已办结")]
)
def test_the_word_of_what_is_over(name: str, word: str) -> None:
    site = site_of_variant(name)
    assert state_on_page(tree_of(site[f"{FULL}/index.html"])) == word
    assert word in text_of(tree_of(site[f"{VILLAGE}/index.html"]))
