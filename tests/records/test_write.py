"""Written records read back the same, by our reader and by the most common YAML 1.1 reader."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from weimin.records import front_matter
from weimin.records.front_matter import Parts
from weimin.records.kinds import KINDS
from weimin.records.text import hidden_character
from weimin.records.write import needs_quotes, write
from weimin.records.yaml.read import read


def read_back(kind: str, text: str) -> tuple[Any, str]:
    body, first_line = "", 1
    if KINDS[kind].prose:
        parts = front_matter.split(text, "x")
        assert isinstance(parts, Parts)
        text, first_line, body = parts.fields, parts.first_line, parts.body
    value, problems = read(text, "x", first_line, listed=KINDS[kind].listed)
    assert problems == []
    return value, body


def test_a_record_as_it_should_look() -> None:
    raw = {
        "compiled_from": [{"date": "2026-03-01", "publisher": "报纸"}],
        "sources": [{"note": "no", "from": "residents"}],
        "places": [],
        "title": "关于: 道路",
        "theme": ["交通出行", "乡村建设"],
        "livelihood_reason": "一\n二",
        "approval": {"date": "2026-02", "by": "党委"},
    }
    assert write("topic", raw, "\n正文\n\n") == (
        '---\ntitle: "关于: 道路"\ntheme:\n  - 交通出行\n  - 乡村建设\nlivelihood_reason: |-\n  一\n  二\nplaces: []\n'
        'sources:\n  - from: residents\n    note: "no"\napproval:\n  by: 党委\n  date: "2026-02"\n'
        'compiled_from:\n  - publisher: 报纸\n    date: "2026-03-01"\n---\n\n正文\n'
    )


def test_a_list_is_a_file() -> None:
    raw = [{"until": "2027-01-01", "rule": "W602", "subject": "x", "reason": "y", "approved_by": "z"}]
    text = write("exemptions", raw)
    assert read_back("exemptions", text) == (raw, "")
    assert text.lstrip().startswith("- rule: W602")


def test_prose_has_its_place() -> None:
    assert write("page", {"title": "关于"}) == "---\ntitle: 关于\n---\n"
    assert write("page", {"title": "关于"}, "正文") == "---\ntitle: 关于\n---\n\n正文\n"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e-7, 1e30])
def test_a_number_without_a_plain_form_is_not_written(value: float) -> None:
    with pytest.raises(ValueError):
        write("projects", {"title": "x", "items": [value]})


YAML_11 = [
    "yes",
    "no",
    "on",
    "off",
    "y",
    "n",
    "Yes",
    "NO",
    "On",
    "true",
    "False",
    "null",
    "~",
    "012",
    "0x1F",
    "0b1",
    "1_000",
    "1e3",
    ".5",
    "1.",
    ".nan",
    "-.inf",
    "12:30",
    "190:20:30",
    "2026-03-01",
    "2026-03",
    "2001-12-14t21:59:43.10-05:00",
    "=",
    "<<",
    "1,200",
    "+1",
    "-0",
    "0o17",
    "a:b",
    "@x",
    "`x",
    "%x",
    "!x",
    "&x",
    "*x",
    "|x",
    ">x",
    "-",
    "?",
    ":",
    "#",
    "[x",
    "{x",
    "]",
    "}",
    ",",
    "'x",
    '"x',
    "a:",
    "#b",
]


@pytest.mark.parametrize(
    "text", [*YAML_11, "", " a", "a ", "a: b", "a #b", "a:", "from：x", "a\tb", "2001-12-14 21:59:43", "- a", "---"]
)
def test_no_reader_takes_a_text_for_something_else(text: str) -> None:
    raw = {"title": text, "places": [text]}
    written = write("topic", raw)
    fields = written[4:].partition("---\n")[0] if text != "---" else written[4:-4]
    assert read_back("topic", written)[0] == raw
    assert yaml.safe_load(fields) == raw


@pytest.mark.parametrize(
    "text",
    [
        "某村道路硬化",
        "m1",
        "unpublished",
        "2026年",
        "321302001004/2026-001#s1",
        "https://example.cn/a?b=c",
        "C-1",
    ],
)
def test_what_needs_no_quotes_has_none(text: str) -> None:
    assert not needs_quotes(text)
    assert f"title: {text}\n" in write("topic", {"title": text})


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cn", "Co"]), max_size=30).filter(
    lambda t: hidden_character(t) is None
)
NFC_TEXT = TEXT.map(lambda t: unicodedata.normalize("NFC", t))
TYPED = st.one_of(NFC_TEXT, st.sampled_from(YAML_11), st.text(" ab\n:#-'\"\t", max_size=15))
VALUES = st.recursive(
    st.one_of(
        TYPED, st.integers(-(10**15), 10**15), st.booleans(), st.none(), st.decimals(-999, 999, places=1).map(float)
    ),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["id", "text", "unit", "on", "no"]), inner, max_size=4)
    ),
    max_leaves=12,
)
FIELDS = st.sampled_from(["title", "theme", "sources", "approval", "notice", "compiled_from", "ended"])


@given(st.dictionaries(FIELDS, VALUES, min_size=1, max_size=5), TYPED.filter(lambda b: "\t" not in b))
@settings(max_examples=400, deadline=None)
def test_what_is_written_is_read_back(raw: dict[str, Any], body: str) -> None:
    text = write("topic", raw, body)
    assert read_back("topic", text) == (raw, body.strip("\n"))
    assert write("topic", read_back("topic", text)[0], body) == text
