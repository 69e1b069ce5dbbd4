"""The demo's county without a rule book: everything that is owed there is a reminder, and nothing public says more."""

from __future__ import annotations

import json
import re

import pytest

from builders.demo import demo_files, demo_repository
from weimin.app.check.check import check
from weimin.demo import AS_OF
from weimin.demo.rulebooks import COUNTY_WITHOUT_RULES
from weimin.engine.opening import open_register
from weimin.engine.options import Options
from weimin.model.basis import Basis
from weimin.model.codes import CODES
from weimin.model.finding import Finding, Severity

pytestmark = pytest.mark.slow

NO_REMINDER = {
    "W402": "a measure has its own day or none",
    "W105": "approval is asked for by a rule, or not at all",
    **dict.fromkeys(("W702", "W703", "W704", "W708"), "it has no day at all"),
}
SUGGESTION = re.compile(r"建议[^<>\"]{8,40}(?:前(?:办理|制定|补上)|的协商之前审定)（本站参考")
MAY_SAY_IT = re.compile(
    r"\d{6,12}/index\.html|\d{6,12}/\d{4}-\d{3}/index\.json|data/.*|schemas/.*|styleguide/index\.html|rules/[A-Z]\d{3}/index\.html"
)
"""The platform's own list of duties; the sentence of `check` as data; examples of what `check` says."""


@pytest.fixture(scope="module")
def found() -> tuple[Finding, ...]:
    root = demo_repository()
    return check(open_register(root, root), Options(as_of=AS_OF))[0].findings


@pytest.fixture(scope="module")
def site() -> dict[str, bytes]:
    return demo_files()


def there(f: Finding) -> bool:
    return f"/{COUNTY_WITHOUT_RULES}/" in f.path


def dated() -> set[str]:
    return {code for code, row in CODES.items() if row.severity is Severity.DUTY} - set(NO_REMINDER)


def test_the_county_without_rules_shows_every_reminder(found):
    own = [f for f in found if there(f) and f.severity is Severity.DUTY]
    assert {f.code for f in own if f.suggested_due} | {"W503"} == dated()
    assert {f.basis for f in own if f.code == "W503"} == {Basis.DEFAULT}
    assert {f.code for f in own if f.due is not None} <= {"W402"}
    assert [f for f in own if f.suggested_due and f.suggested_due >= AS_OF] != [f for f in own if f.suggested_due]
    assert {f.code for f in own if f.overdue_days} <= {"W402"}


def test_elsewhere_rules_make_duties_due_and_overdue(found):
    by_rule = [f for f in found if f.basis is Basis.RULE]
    assert not any(there(f) for f in by_rule)
    assert len({f.code for f in by_rule if f.overdue_days}) >= 10
    assert len({f.code for f in by_rule if f.due and not f.overdue_days}) >= 5
    assert all(f.due is not None and f.suggested_due is None for f in by_rule)


def test_nothing_is_overdue_by_a_number_of_this_site(found):
    assert {f.basis for f in found if f.overdue_days} == {Basis.RULE, Basis.RECORD}
    assert all(f.due is None for f in found if f.basis is Basis.DEFAULT)


def test_the_suggestion_is_in_the_list_of_the_platform_and_in_no_other_page(site):
    saying = {path for path, data in site.items() if SUGGESTION.search(data.decode("utf-8", "replace"))}
    assert f"{COUNTY_WITHOUT_RULES}001001/index.html" in saying
    assert sorted(path for path in saying if not MAY_SAY_IT.fullmatch(path)) == []


def test_the_suggestion_has_no_colour(site):
    page = site[f"{COUNTY_WITHOUT_RULES}001001/index.html"].decode()
    cells = re.findall(r'<td data-label="期限"><div>(.*?)</div></td>', page)
    suggested = [cell for cell in cells if SUGGESTION.search(cell)]
    assert suggested
    assert [cell for cell in suggested if "owed" in cell or "逾期" in cell.replace("不算逾期", "")] == []


def test_the_pages_of_duties_say_where_no_limits_are_set(site):
    def text(path: str) -> str:
        return site[f"{path}/index.html"].decode()

    assert "本地尚未公布办理期限" in text(f"duties/{COUNTY_WITHOUT_RULES}")
    assert "尚未公布办理期限" not in text("duties/990001")
    for path in ("duties", "duties/state-overdue"):
        assert "庚戌经济开发区尚未公布办理期限" in text(path)


def test_data_says_what_a_day_rests_on(site):
    listed = [
        d
        for path, data in site.items()
        if re.fullmatch(r"\d+/\d{4}-\d{3}/index\.json", path)
        for d in json.loads(data)["duties"]
    ]
    assert {d["basis"] for d in listed} == {"record", "rule", "default", None}
    for d in listed:
        assert (d["due"] is None) is (d["basis"] in ("default", None))
        assert not d["overdue"] or d["basis"] in ("record", "rule")
