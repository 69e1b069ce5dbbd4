"""What pages tell of results: what was agreed, all parts of the ballots, amounts that can be read."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest

from builders.demo import demo_files

SCHEMA = Path(__file__).resolve().parents[2] / "schemas" / "outcome.schema.json"
AGREED = re.compile(r"<dt>商定了什么</dt><dd>(.*?)</dd>")
BALLOTS = re.compile(r"满意(\d+)、基本满意(\d+)、不满意(\d+)(?:、不了解或弃权(\d+))?，有效票(\d+)")


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {path: data.decode() for path, data in demo_files().items() if path.endswith((".html", "index.json"))}


def test_what_was_agreed_is_not_how_unanimously(pages):
    labels = set(json.loads(SCHEMA.read_text("utf-8"))["properties"]["consensus"]["x-labels"].values())
    answers = [
        unescape(re.sub("<[^>]*>", "", found))
        for path, page in pages.items()
        if re.fullmatch(r"\d+/\d{4}-\d{3}/index\.html", path)
        for found in AGREED.findall(page)
    ]
    assert len(answers) > 30
    assert labels & set(answers) == set()
    assert not any(answer.startswith("一致程度") for answer in answers)


def test_the_parts_of_the_ballots_add_up_to_them(pages):
    rows = {found for page in pages.values() for found in BALLOTS.findall(page)}
    assert len(rows) > 15
    assert any(rest for *_, rest, _ in rows)
    for *parts, valid in rows:
        assert sum(int(n or 0) for n in parts) == int(valid), parts


def test_no_amount_of_money_is_a_row_of_digits(pages):
    texts = [re.sub("<[^>]*>", "", page) for path, page in pages.items() if path.endswith(".html")]
    assert any("万元" in text for text in texts)
    assert [found for text in texts for found in re.findall(r".{8}\d{5,}元", text)] == []
