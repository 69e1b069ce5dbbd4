"""`---`, fields, `---`, prose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weimin.model.finding import Problem
from weimin.records.front_matter import Parts, split


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("---\na: b\n---\n", Parts("a: b\n", 2, "", 0)),
        ("---\na: b\n---", Parts("a: b\n", 2, "", 0)),
        ("---\na: b\nc: d\n---\n\n正文\n", Parts("a: b\nc: d\n", 2, "正文", 6)),
        ("---\na: b\n---\n正文\n---\n更多\n", Parts("a: b\n", 2, "正文\n---\n更多", 4)),
        ("---\na: b\n---\n\n\n  缩进 \n\n尾 \n\n", Parts("a: b\n", 2, "  缩进 \n\n尾 ", 6)),
        ("---\n---\n正文\n", Parts("", 2, "正文", 3)),
    ],
)
def test_split(text: str, parts: Parts) -> None:
    assert split(text, "x") == parts


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "空的"),
        ("title: a\n", 1, "没有以 --- 开头"),
        ("\n---\na: b\n---\n", 1, "空行"),
        ("--- \na: b\n---\n", 1, "空格"),
        ("---\na: b\n", 1, "没有收尾"),
        ("---\na: b\n--- \n正文\n", 3, "空格"),
        ("---\na: b\n----\n", 1, "没有收尾"),
    ],
)
def test_not_fenced(text: str, line: int, message: str) -> None:
    problem = split(text, "x")
    assert isinstance(problem, Problem)
    assert (problem.code, problem.line) == ("F111", line)
    assert message in problem.message


@given(st.text("ab \n-", max_size=20))
def test_the_body_is_where_it_says(body: str) -> None:
    text = f"---\na: b\n---\n{body}"
    parts = split(text, "x")
    assert isinstance(parts, Parts)
    if parts.body:
        assert text.split("\n")[parts.body_line - 1] == parts.body.split("\n")[0]
    else:
        assert not body.strip("\n")
        assert parts.body_line == 0
