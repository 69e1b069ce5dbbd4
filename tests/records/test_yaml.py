"""YAML 1.2 core and no more; PyYAML and the fast reader agree; every problem has its position."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shares import number
from weimin.records import front_matter
from weimin.records.front_matter import Parts
from weimin.records.yaml.fast import read_fast
from weimin.records.yaml.read import Locator, read, read_slow, resolve

ROOT = Path(__file__).parents[2]


def value_of(text: str) -> Any:
    value, problems = read(text, "x")
    assert problems == []
    return value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-7", -7),
        ("321302001004", 321302001004),
        ("0.8", 0.8),
        ("-1.25", -1.25),
        ("1.0", 1.0),
    ],
)
def test_what_has_a_type(written: str, value: object) -> None:
    got = value_of(f"a: {written}\n")["a"]
    assert got == value
    assert type(got) is type(value)


TEXTS = [
    "no",
    "yes",
    "on",
    "off",
    "y",
    "n",
    "True",
    "TRUE",
    "False",
    "Null",
    "NULL",
    "NaN",
    "012",
    "-0",
    "+1",
    "0x1F",
    "0o17",
    "0b11",
    "1_000",
    "1e3",
    "1.",
    ".5",
    "1.10",
    "1.50",
    ".nan",
    ".inf",
    "-.inf",
    "12:30",
    "12:30:45",
    "2026-03-01",
    "2026-03",
    "2026-Q1",
    "2026-02-30",
    "by-2026-03-01",
    "20.10.5",
    "1,200",
    "0527-84389000",
    "99999999999999999999",
    "0.00001",
    "=",
    "1/2",
    "5%",
    "3号",
    "3.5米",
    "2026年",
]


@pytest.mark.parametrize("text", TEXTS)
def test_all_else_is_the_text_that_was_typed(text: str) -> None:
    assert value_of(f"a: {text}\nb: [{text}]\n" if "," not in text else f"a: {text}\n")["a"] == text
    assert value_of(f"a: '{text}'\nb: \"{text}\"\n") == {"a": text, "b": text}


def test_the_usual_shapes() -> None:
    text = "title: 某村道路\nsources:\n  - from: residents\n    note: 接待日提出\n  - from: members\ntarget: {amount: 1.2, unit: 公里}\nplaces: []\ntext: |-\n  一\n  二\n"
    assert value_of(text) == {
        "title": "某村道路",
        "sources": [{"from": "residents", "note": "接待日提出"}, {"from": "members"}],
        "target": {"amount": 1.2, "unit": "公里"},
        "places": [],
        "text": "一\n二",
    }


def problems_of(text: str, *, listed: bool = False) -> list[tuple[str, int, int]]:
    _, problems = read(text, "x", listed=listed)
    assert problems
    for problem in problems:
        assert problem.message.isprintable()
        assert problem.hint
    return [(p.code, p.line, p.column) for p in problems]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("title: a\n\tnote: b\n", ("F103", 2, 1)),
        ("title: a\nnotice:\n\twhere: b\n", ("F103", 3, 1)),
        ('title: "a\nnote: b\n', ("F103", 1, 8)),
        ("title: a: b\n", ("F103", 1, 9)),
        ("title: a\ntheme：b\n", ("F103", 2, 6)),
        ("title: a\n议题：b\nx: c\n", ("F103", 2, 3)),
        ("title：a\n", ("F103", 1, 6)),
        ("sources:\n  - from：residents\n", ("F103", 2, 9)),
        ("sources:\n  - from:residents\n", ("F103", 2, 9)),
        ("title: a\n  theme：b\n", ("F103", 2, 8)),
        ("title:a\ntheme: b\n", ("F103", 1, 6)),
        ("title: @a\n", ("F103", 1, 8)),
        ('title: "a \\x b"\n', ("F103", 1, 8)),
        ("a: 1\n---\nb: 2\n", ("F103", 2, 1)),
        ("- a\n", ("F103", 1, 1)),
        ("just text\n", ("F103", 1, 1)),
        ("", ("F103", 1, 1)),
        ("# nothing\n", ("F103", 1, 1)),
        ("[a]: b\n", ("F103", 1, 1)),
        (": b\n", ("F103", 1, 1)),
        ("a: 1\nb: 2\na: 3\n", ("F104", 3, 1)),
        ("title: 1\nTitle: 2\n", ("F104", 2, 1)),
        ("title: 1\n'title ': 2\n", ("F104", 2, 1)),
        ("x:\n  - a: 1\n    a: 2\n", ("F104", 3, 5)),
        ("a: &x 1\n", ("F105", 1, 4)),
        ("a: *x\n", ("F105", 1, 4)),
        ("a: !!str 1\n", ("F105", 1, 4)),
        ("a: !x {b: c}\n", ("F105", 1, 4)),
        ("<<: {a: b}\n", ("F105", 1, 1)),
        ("%TAG ! x:\n---\na: b\n", ("F105", 1, 1)),
        ('a: "x\\u200by"\n', ("F110", 1, 4)),
        ('a: "x\\0y"\n', ("F110", 1, 4)),
        ('a: "e\\u0301"\n', ("F115", 1, 4)),
        (f"a: {'[' * 12}{']' * 12}\n", ("F106", 1, 15)),
        ("a: [" + "x, " * 5_000 + "]\n", ("F106", 1, 14_996)),
        ("a: " + "x" * 20_001 + "\n", ("F106", 1, 4)),
    ],
)
def test_faults(text: str, found: tuple[str, int, int]) -> None:
    assert problems_of(text)[0] == found


def test_a_list_where_a_list_is_due() -> None:
    assert read("- a: 1\n", "x", listed=True) == ([{"a": 1}], [])
    assert problems_of("a: 1\n", listed=True) == [("F103", 1, 1)]


def test_depth_of_twelve_is_read() -> None:
    assert value_of(f"a: {'[' * 11}{']' * 11}\n")


@pytest.mark.parametrize(
    "text",
    [
        "title: wifi：已装\n",
        "note: date：3月\n",
        "a:\n  - 意见：修路\n  - wifi：已装\n",
        "a: |-\n  title：x\n  from:y\n",
        "a: 'theme：x'\n",
        "url: https://example.cn/a:b\n",
        "a:\n  - url://x\n  - https://example.cn/\n",
    ],
)
def test_a_colon_that_is_fine(text: str) -> None:
    value_of(text)


def test_the_line_to_paste() -> None:
    _, problems = read("title: a\ntheme：交通出行\n", "x")
    assert "theme: 交通出行" in problems[0].hint
    _, problems = read("title: 关于: 道路\n", "x")
    assert 'title: "关于: 道路"' in problems[0].hint
    _, problems = read("sources:\n  - from：residents\n", "x")
    assert "- from: residents" in problems[0].hint


@pytest.mark.parametrize("size", [1_000, 100_000])
@pytest.mark.parametrize("unit", ["[", "{a: ", "- ", "? ", "a: [", "&a ", "!t ", "'", '"', "|\n", "{", "[a, ", "a:\n "])
def test_no_text_can_hang_or_kill_the_reader(unit: str, size: int) -> None:
    value, problems = read("a: " + unit * (size // len(unit)), "x")
    assert problems or isinstance(value, dict)


TEXT = "a: 1\nlist:\n  - id: m1\n    due: 2026\n  - id: m2\nempty:\n'o/d~d': x\n"


@pytest.mark.parametrize(
    ("pointer", "key", "place"),
    [
        ("/a", False, (1, 4)),
        ("/a", True, (1, 1)),
        ("/list", False, (3, 3)),
        ("/list", True, (2, 1)),
        ("/list/0/due", False, (4, 10)),
        ("/list/0/due", True, (4, 5)),
        ("/list/1", False, (5, 5)),
        ("/list/1/due", False, (5, 5)),
        ("/list/9", False, (2, 1)),
        ("/empty", False, (6, 1)),
        ("/o~1d~0d", False, (7, 10)),
        ("/none", False, (1, 1)),
        ("/a/none", False, (1, 1)),
    ],
)
def test_places(pointer: str, key: bool, place: tuple[int, int]) -> None:
    assert Locator(TEXT)(pointer, key=key) == place
    line, column = Locator(TEXT, 11)(pointer, key=key)
    assert (line, column) == (place[0] + 10, place[1])


def test_text_that_cannot_be_read_has_a_first_line() -> None:
    assert Locator("a: [", 2)("/a") == (2, 1)


WORD = st.sampled_from(
    ["true", "True", "null", "~", "no", "-", "?", "a", "text", "key", "<<", "*a", "&a", "!t", "|-", ">", "%", "@", "`"]
)
NUMBERISH = st.from_regex(r"[-+]?[0-9_.]{1,6}(?:[eE:xo/-][0-9]{0,4})?", fullmatch=True)
TYPED = st.one_of(
    WORD,
    NUMBERISH,
    st.from_regex(r"\d{4}-\d{2}-\d{2}", fullmatch=True),
    st.text("ab0 1：:#-'\"[]{},.&*\\年月　路", max_size=12),
)
KEYS = st.sampled_from(["title", "from", "a", "due", "true", "null", "y", "Title", "'q'", "议题", "12", "a b"])
FLOW = st.lists(TYPED, max_size=3).map(lambda items: f"[{', '.join(items)}]")
FLOW_MAP = st.lists(st.tuples(KEYS, TYPED), max_size=3).map(
    lambda kv: "{" + ", ".join(f"{k}: {v}" for k, v in kv) + "}"
)
LINES = st.builds(
    lambda indent, dash, key, gap, value, end: f"{' ' * indent}{dash}{key}{gap}{value}{end}",
    st.sampled_from([0, 0, 0, 2, 2, 4, 1, 6]),
    st.sampled_from(["", "", "", "- ", "- - "]),
    KEYS | st.just(""),
    st.sampled_from([": ", ": ", ": ", ":", "：", " : ", ""]),
    st.one_of(TYPED, FLOW, FLOW_MAP, st.just("")),
    st.sampled_from(["", "", " ", " # c", "\n"]),
)
DOCUMENTS = st.lists(LINES, max_size=8).map(lambda lines: "\n".join(lines) + "\n")


@given(DOCUMENTS)
@example("a: x\n  - 12\n")
@example("- a: x\n  b:\n  - y\n")
@example("a: foo\n  - bar\n\n  - 3\n")
@example("a: 'x'\n'b': y\n")
@settings(max_examples=number(500, 3_000), deadline=None)
@pytest.mark.slow
def test_the_fast_reader_agrees_with_pyyaml(text: str) -> None:
    fast = read_fast(text)
    if fast is None:
        return
    for listed in (False, True):
        if type(fast) is (list if listed else dict):
            slow, problems = read_slow(text, "x", listed=listed)
            assert problems == []
            assert repr(slow) == repr(fast)


SCALARS = st.one_of(
    st.text("abc年月日路，。0123456789-./: 　", min_size=1, max_size=20),
    st.integers(-(10**6), 10**16).map(str),
    st.decimals(-1_000, 1_000, places=2).map(str),
    st.sampled_from(
        ["true", "false", "null", "2026-03-01", '"q：x"', "'q'", "[a, 1, 2026-03]", "{a: 1.5, b: 路}", "[]"]
    ),
)


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), SCALARS, min_size=1, max_size=6))
@settings(max_examples=1_000, deadline=None)
@pytest.mark.slow
def test_the_fast_reader_reads_most_of_what_people_type(fields: dict[str, str]) -> None:
    text = "".join(f"{key}: {value}\n" for key, value in fields.items())
    fast, (slow, _) = read_fast(text), read_slow(text, "x")
    if fast is not None:
        assert repr(fast) == repr(slow)


def fields_of(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        parts = front_matter.split(text, path.name)
        assert isinstance(parts, Parts)
        return parts.fields
    return text


def test_the_two_readers_agree_over_the_whole_corpus() -> None:
    folders = [ROOT / "content", *sorted((ROOT / "tests" / "fixtures").glob("cases/*/content"))]
    paths = sorted(p for folder in folders for p in folder.rglob("*") if p.suffix in (".md", ".yml"))
    fast_read = 0
    for path in paths:
        fields = fields_of(path)
        listed = path.name == "exemptions.yml"
        fast = read_fast(fields)
        slow, problems = read_slow(fields, path.name, listed=listed)
        assert problems == []
        if fast is not None:
            assert repr(fast) == repr(slow), path
            fast_read += 1
    assert fast_read > 100
    assert fast_read > 0.9 * len(paths)


@given(st.text())
@settings(max_examples=500, deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    value, problems = read(text, "x")
    assert problems or isinstance(value, dict)


@given(st.text("0123456789-.+eExX_:", max_size=8))
def test_resolve_changes_nothing_that_is_not_canonical(text: str) -> None:
    value = resolve(text)
    if isinstance(value, int | float):
        assert repr(value) == text
