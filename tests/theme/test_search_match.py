"""search/match.js says of every page what the measured search says."""

from __future__ import annotations

import json
from typing import Any

import pytest
from module_page import Modules

from weimin.bench.search_client import matches, query
from weimin.bench.search_queries import made_queries
from weimin.site.search.documents import decode_line

pytestmark = pytest.mark.browser
MATCH = "search/match.js"
ASK = """async ([rows, queries]) => {
    const { matches, pageOf } = await import("/js/search/match.js");
    const pages = rows.map(pageOf);
    return queries.map(query => pages.flatMap((page, n) => matches(page, query) ? [n] : []));
}"""
ROW = [
    "d",
    "/321302001004/2026-001/",
    "修路灯",
    "双庄街道 某村",
    "2026-03-01",
    "done",
    "已办结",
    "ox",
    ["道路"],
    "三处ＡＢ",
]


def asked(text: str = "", **filters: str) -> dict[str, Any]:
    empty = dict.fromkeys(("kind", "level", "year", "theme", "state"), "")
    return {"words": text.split(), **empty, **filters}


@pytest.mark.parametrize(
    ("given", "hit"),
    [
        (asked("路灯"), True),
        (asked("路灯 三处ab"), True),
        (asked("路灯 水渠"), False),
        (asked("双庄"), True),
        (asked("道路"), True),
        (asked("2026-001"), True),
        (asked("2026-002"), False),
        (asked("321302"), True),
        (asked("321300"), True),
        (asked("321303"), False),
        (asked("321302001/2026-1"), True),
        (asked("321302001/2025-1"), False),
        (asked(kind="d"), True),
        (asked(kind="x"), True),
        (asked(kind="p"), False),
        (asked(level="village"), True),
        (asked(level="county"), False),
        (asked(year="2026"), True),
        (asked(year="2025"), False),
        (asked(theme="道路"), True),
        (asked(theme="道"), False),
        (asked(state="已办结"), True),
        (asked(state="办"), False),
    ],
)
def test_a_page_is_a_hit(modules: Modules, given: dict[str, Any], hit: bool) -> None:
    assert modules.run(ASK, [[ROW], [given]]) == [[0] if hit else []]


@pytest.mark.parametrize("code", ["321300", "321302", "321302001", "321302001004"])
def test_levels_follow_from_the_length_of_a_code(modules: Modules, code: str) -> None:
    row = ["p", f"/{code}/", *ROW[2:]]
    levels = ("city", "county", "township", "village")
    hits = modules.run(ASK, [[row], [asked(level=level) for level in levels]])
    assert [level for level, found in zip(levels, hits, strict=True) if found] == [
        {"321300": "city", "321302": "county", "321302001": "township", "321302001004": "village"}[code]
    ]


def test_rules_have_no_level_and_no_number(modules: Modules) -> None:
    row = ["r", "/rules/W602/", *ROW[2:]]
    assert modules.run(ASK, [[row], [asked(level="county"), asked("2026-001"), asked(year="2026"), asked("路灯")]]) == [
        [], [], [], [0]
    ]  # fmt: skip


def test_the_module_and_the_program_find_the_same_pages(modules: Modules) -> None:
    from made_search import made_docs

    docs = made_docs(150)
    lines = [decode_line(doc.data) for doc in docs]
    queries = [q for _, q in made_queries(lines[:150], 60)] + [query("", kind="p", level="county"), query("", kind="r")]
    rows = [json.loads(doc.data) for doc in docs]
    given = [
        {"words": list(q.words), "kind": q.kind, "level": q.level, "year": q.year, "theme": q.theme, "state": q.state}
        for q in queries
    ]
    expected = [[n for n, line in enumerate(lines) if matches(line, q)] for q in queries]
    assert sum(map(len, expected)) > 100
    assert modules.run(ASK, [rows, given]) == expected
