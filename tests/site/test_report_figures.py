"""The figures of reports, of the front page and of bulletins: parts that add up, rates with their base, 无法计算 with its reason."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_register import pages_of
from page_reader import tree_of

from builders.demo import demo_files
from weimin.model.figures import FIGURES
from weimin.model.summary import EvaluationRow
from weimin.site.pages.bulletin import _rate as bulletin_rate
from weimin.site.pages.report_figures import Entry, entries_of

SUMS = st.fixed_dictionaries(
    {name: st.integers(0, 3) for name in ("done", "judged", "in-time", "answers-judged", "answers-in-time", "valid")}
)
NUMBER = re.compile(r"\d+(?:\.\d+)?%?")


def text_of(entries: tuple[Entry, ...], name: str) -> str:
    [entry] = [e for e in entries if e.figure.name == name]
    return "".join(v.text for v in entry.values)


def entries(**sums: int) -> tuple[Entry, ...]:
    return entries_of({name.replace("_", "-"): n for name, n in sums.items()}, "990101", "2026")


def test_the_parts_of_the_valid_ballots_add_up_to_them():
    words = text_of(entries(valid=1495, good=1322, rated=25, satisfied=1048, basically=274), "满意率")
    rate, rated, valid, satisfied, basically, others, counted = NUMBER.findall(words)
    assert int(satisfied) + int(basically) + int(others) == int(valid) == 1495
    assert (rate, rated, satisfied, counted) == ("88.4%", "25", "1048", "1322")
    assert "其中满意1322" not in words


@given(SUMS)
def test_nothing_is_said_of_what_cannot_be_measured(sums: Mapping[str, int]):
    """A 0 that stands on nothing is 无法计算, with the reason."""
    found = entries_of(sums, "", "2026")
    assert bool(re.search(r"按期\d", text_of(found, "办好的落实事项"))) == (sums["judged"] > 0)
    assert text_of(found, "按期答复").startswith("无法计算：") == (sums["answers-judged"] == 0)
    assert text_of(found, "满意率").startswith("无法计算：") == (sums["valid"] == 0)
    for name in ("形成成果用时", "办好用时", "答复用时"):
        assert text_of(found, name).startswith("无法计算：")
    for entry in found:
        words = "".join(v.text for v in entry.values)
        assert "无法计算" not in words or re.search(r"无法计算：\S", words)


@given(st.dictionaries(st.sampled_from(["done:3", "agreed:12", "answered:?", "done:?", "agreed:?"]), st.integers(1, 4)))
def test_days_that_are_not_known_are_the_reason(sums: Mapping[str, int]):
    found = entries_of(sums, "", "2026")
    for name, key in (("形成成果用时", "agreed"), ("办好用时", "done"), ("答复用时", "answered")):
        known = any(k.startswith(f"{key}:") and k[-1] != "?" for k in sums)
        words = text_of(found, name)
        assert words.startswith("无法计算：") != known
        if unknown := sums.get(f"{key}:?", 0):
            assert str(unknown) in words


@pytest.mark.parametrize(
    ("rate", "valid", "words"),
    [
        (0.5, 10, "满意率50%，有效票10张"),
        (None, None, "满意率无法计算：没有公布票数"),
        (None, 0, "满意率无法计算：没有有效票"),
    ],
)
def test_a_bulletin_says_why_there_is_no_rate(rate, valid, words):
    row = EvaluationRow(stem="e", on="2026-03", day=date(2026, 3, 1), year=2026, rate=rate, valid=valid, low=True)
    assert bulletin_rate(row) == words


PARTS = ("planned", "held", "dossiers", "outcomes", "rated", "valid", "good")


def reports() -> Iterator[tuple[str, dict[str, Any]]]:
    made = {p.path: p.data for p in pages_of(base_url="https://example.org") if not p.template}
    for site, files in (("made", made), ("demo", demo_files())):
        for path, content in files.items():
            if re.fullmatch(r"reports/\d{4}/(?:\d+/)?index\.json", path):
                yield f"{site}/{path}", json.loads(content)


def test_the_parts_of_a_report_add_up_to_it():
    """No platform is a row among those below it, and none is left out."""
    tables = 0
    for path, report in reports():
        rows = report["below"]
        if not rows:
            continue
        tables += 1
        for name in PARTS:
            assert sum(row[name] for row in rows) == report["sums"].get(name, 0), (path, name)
        assert sum(row["own"] for row in rows) <= 1, path
        assert len({row["code"] for row in rows}) == len(rows), path
    assert tables > 20


def test_decisions_and_dossiers_add_up():
    years: dict[str, int] = {}
    for path, report in reports():
        sums = report["sums"]
        decided = sum(sums.get(f"outcome-{how}", 0) for how in ("publish", "withhold", "open"))
        assert decided == sums.get("outcomes", 0), path
        assert sums.get("good", 0) <= sums.get("satisfied", 0) + sums.get("basically", 0) <= sums.get("valid", 0), path
        assert sums.get("in-time", 0) <= sums.get("judged", 0) <= sums.get("done", 0), path
        if path.startswith("demo/") and report["platform"] is None:
            years[path] = sums.get("dossiers", 0)
    home = json.loads(demo_files()["index.json"])
    [dossiers] = [f for f in home["figures"] if f["name"] == "卷宗"]
    assert sum(years.values()) == int(dossiers["value"]), "a dossier of no year is left out"


def test_a_step_counts_where_it_was_held():
    """By the events of each dossier's own document, not by how far it came."""
    files = demo_files()
    held: dict[int, set[str]] = {n: set() for n in range(1, 6)}
    steps = {"topic": 1, "followup": 4, "evaluation": 5}
    for path, content in files.items():
        if re.fullmatch(r"\d+/\d{4}-\d{3}/index\.json", path):
            for event in json.loads(content)["events"]:
                later = event["kind"] == "consultation" and event["data"].get("about") in ("progress", "completion")
                step = steps.get(event["kind"], 3 if later else 2 if event["kind"] == "consultation" else 0)
                held.setdefault(step, set()).add(path)
    found = {
        n: sum(r["sums"].get(f"step{n}", 0) for p, r in reports() if p.count("/") == 3 and p[:4] == "demo")
        for n in held
        if n
    }
    assert found == {n: len(paths) for n, paths in held.items() if n}


def test_the_front_page_says_of_which_years_its_figures_are():
    home = json.loads(demo_files()["index.json"])
    assert home["period"].startswith("各年合计，截至2026年")
    assert home["period"] in demo_files()["index.html"].decode()
    notes = {f["name"]: f["note"] for f in home["figures"]}
    assert "今年" in notes["卷宗"]
    assert "有效票" in notes["满意率"]


def test_a_rate_stands_with_the_figures_of_which_it_is():
    """In the same element or beside it, below one parent."""
    rates = {name: set(f.n) for name, f in FIGURES.items() if "÷" in f.formula}
    seen = 0
    for path, content in demo_files().items():
        if not path.endswith(".html") or not any(f'data-count="{name}'.encode() in content for name in rates):
            continue
        for parent in tree_of(content).iter():
            for child in parent:
                named = names_of(child)
                for rate in named & rates.keys():
                    beside = set().union(*(names_of(node) for node in parent.iter()))
                    assert rates[rate] <= beside, (path, child.get("data-count"))
                    seen += 1
    assert seen > 100


def names_of(node: Element) -> set[str]:
    return set((node.get("data-count") or "").partition("@")[0].partition("?")[0].split("+"))
