"""F106 in prose: what would take a parser seconds is refused in milliseconds; ordinary bodies are accepted."""

from __future__ import annotations

import pytest

from cpu_work import work
from weimin.prose.limits import DEPTH, TABLE_CELLS, TABLE_COLUMNS, problems, within_limits
from weimin.prose.render import render, render_markup


def table(columns: int, rows: int) -> str:
    return "|".join("a" * columns) + "\n" + "|".join("-" * columns) + "\n" + "x\n" * rows


# (body, line and column of the first fault in a body that begins on line 15)
REFUSED = {
    "210-body-redos-brackets": ("\n" + "[" * 4000 + "\n", (16, 201)),
    "211-body-redos-brackets-lines": (("[" * 150 + "\n") * 200, (28, 51)),
    "212-body-redos-table": ("\n" + "a|" * 500 + "\n" + "-|" * 500 + "\n" + "x\n" * 500, (17, 1)),
    "213-body-redos-quote": (">" * 2000 + "a", (15, 1)),
    "214-body-redos-hr": ("- " * 2000 + "a", (15, 1)),
    "215-body-redos-backtick": ("".join("`" * n + "a" for n in range(1, 80)), (15, 220)),
    "open-links": ("[a](" * 1000, (15, 801)),
    "link-texts": ("[a" * 4000, (15, 401)),
    "pictures": ("![" * 2000, (15, 401)),
    "cdata": ("a<![CDATA[" * 800, (15, 1004)),
    "mail": ("<a@" * 16000, (15, 601)),
    "stars": ("*a " * 80_000, (15, 601)),
    "underscores": (("_a " * 200 + "\n") * 60, (65, 1)),
    "backslashes": (("\\" * 200 + "\n") * 100, (25, 1)),
    "list-in-quote": ("> - " * 7 + "a", (15, 1)),
    "ordered": ("1. " * 13 + "a", (15, 1)),
    "indented-list": ("".join("    " * n + "- a\n" for n in range(20)), (27, 1)),
    "quoted-table": ("> " + "a|" * 40 + "\n> " + "-|" * 40 + "\n> x\n", (16, 1)),
    "long-table": (table(20, 600), (15 + 1 + 500, 1)),
    "many-tables": ((table(30, 300) + "\n") * 3, (15 + 303 + 1 + 32, 1)),
    "headings": ("# a\n" * 60_000, (15, 1)),
    "rules": ("---\n" * 60_000, (15, 1)),
    "underlined": ("a\n=\n" * 60_000, (15, 1)),
    "late-links": (("[a](x " * 200 + "\n") * 10 + "x\n" * 100_000, (15, 1)),
    "unbroken-line": ("字" * 4001, (15, 4001)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_at_once(name):
    body, place = REFUSED[name]
    with work() as took:
        found = problems("content/x.md", body, 15)
    assert found, name
    first = min(found, key=lambda p: (p.line, p.column))
    assert (first.line, first.column) == place
    assert {p.code for p in found} == {"F106"}
    assert all(p.message and p.hint for p in found)
    assert took.seconds < 0.5
    with pytest.raises(ValueError, match="F106"):
        render_markup(body)


# as much as the limits let through: the backstop of the limits themselves
ALLOWED = {
    "brackets": ("[" * 200 + "\n") * 10,
    "open-links": ("[a](" * 200 + "\n") * 5,
    "pictures": ("![" * 200 + "\n") * 10,
    "stars": ("*_" * 100 + "a\n") * 99,
    "table": table(TABLE_COLUMNS, TABLE_CELLS // TABLE_COLUMNS - 2),
    "quotes": "> " * DEPTH + "a",
    "headings": "# a\n" * 990,
    "masked": "电话138****1234\n" * 2400,
}


@pytest.mark.parametrize("name", ALLOWED)
def test_the_most_that_is_allowed_is_rendered_soon(name):
    body = ALLOWED[name]
    assert problems("content/x.md", body) == []
    with work() as took:
        assert render(body)
    # processor time, several times what was measured: a regression costs minutes, not a factor
    assert took.seconds < 5


def test_numbers_are_named():
    (problem,) = problems("content/x.md", "!" * 201, 3)
    assert problem.message == "这一行有 201 个叹号“!”，一行最多 200 个"
    assert (problem.line, problem.column) == (3, 201)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "\n",
        "　　一段话。\n",
        "---\n",
        "* * *\n",
        "- 甲\n    - 乙\n        - 丙\n",
        "> > 引用\n",
        "甲|乙\n-|-\n1|2\n",
        " " * 60 + "2026年3月1日",
    ],
)
def test_ordinary_prose_is_within(body):
    assert within_limits(body)
