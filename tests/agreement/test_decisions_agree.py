"""Decision records: each follows the template and stands in the index of docs/adr with the same title, status and date."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "adr"
DECISIONS = sorted(FOLDER.glob("[0-9]*.md"))
NUMBERS = [path.name[:4] for path in DECISIONS]
TITLE = re.compile(r"# (\d{4}) (\S.*)")
STATUS = re.compile(r"Status: (accepted|superseded by \d{4}|amended by \d{4}(?:, \d{4})*) · Date: (\d{4}-\d\d-\d\d)")
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
ROW = re.compile(r"^\| (\d{4}) \| \[(.+)\]\((\S+\.md)\) \| ([^|]+) \| ([^|]+) \| [^|]+ \|$", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
REFERENCE = re.compile(r"docs/adr/(\d{4})")
HEADINGS = ("Context", "Decision", "Alternatives considered", "Consequences", "Measurements")
"""All headings in their order, as the template has them."""
OPTIONAL = ("Alternatives considered", "Measurements")


def heads(path: Path) -> tuple[str, str, str, str]:
    """Number, title, status and date of a decision. Raises AssertionError where the first lines have another form."""
    lines = path.read_text("utf-8").split("\n")
    title, status = TITLE.fullmatch(lines[0]), STATUS.fullmatch(lines[2])
    assert title is not None, f"{path.name}: the first line is “# NNNN Title”"
    assert status is not None, f"{path.name}: the third line is “Status: … · Date: YYYY-MM-DD”"
    return title[1], title[2], status[1], status[2]


def index() -> list[tuple[str, str, str, str, str]]:
    """The rows of the index: number, title, file name, status, date."""
    return ROW.findall((FOLDER / "README.md").read_text("utf-8"))


@pytest.mark.parametrize("path", DECISIONS, ids=NUMBERS)
def test_a_decision_follows_the_template(path):
    number, _, status, day = heads(path)
    assert path.name.startswith(f"{number}-")
    date.fromisoformat(day)
    assert set(re.findall(r"\d{4}", status)) <= set(NUMBERS)
    headings = HEADING.findall(path.read_text("utf-8"))
    assert headings == [h for h in HEADINGS if h not in OPTIONAL or h in headings]


def test_the_template_has_all_headings():
    assert tuple(HEADING.findall((FOLDER / "template.md").read_text("utf-8"))) == HEADINGS


def test_numbers_are_unique():
    assert len(NUMBERS) == len(set(NUMBERS))


def test_the_index_lists_every_decision_with_its_title_status_and_date():
    expected = [(number, title, path.name, *rest) for path in DECISIONS for number, title, *rest in [heads(path)]]
    assert sorted(index()) == expected


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.md")), ids=lambda path: path.name)
def test_links_lead_to_files(path):
    links = LINK.findall(path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_references_name_decisions_that_exist():
    texts = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *(ROOT / "plugins").rglob("*.py")]
    found = {number for path in texts for number in REFERENCE.findall(path.read_text("utf-8"))}
    assert found
    assert found <= set(NUMBERS)
