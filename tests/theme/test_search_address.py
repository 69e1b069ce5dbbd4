"""search/address.js: the form, the address and the query say the same."""

from __future__ import annotations

from typing import Any

import pytest
from module_page import Modules

pytestmark = pytest.mark.browser
ADDRESS = "search/address.js"
EMPTY = dict.fromkeys(("q", "kind", "level", "year", "theme", "state"), "")


def test_filters_are_those_of_the_form(modules: Modules) -> None:
    from floor import ROOT

    page = (ROOT / "plugins/weimin/site/pages/search.py").read_text(encoding="utf-8")
    names = modules.value(ADDRESS, "FILTERS")
    assert names == [name for name in EMPTY if name != "q"]
    assert [name for name in names if name != "year" and f'"{name}"' not in page] == []


@pytest.mark.parametrize(
    ("fields", "address"),
    [
        ({}, "/search/"),
        ({"q": "  "}, "/search/"),
        ({"q": " 路灯 三处 "}, "/search/?q=%E8%B7%AF%E7%81%AF+%E4%B8%89%E5%A4%84"),
        ({"state": "已办结", "kind": "p"}, "/search/?kind=p&state=%E5%B7%B2%E5%8A%9E%E7%BB%93"),
        ({"q": "a&b=c#d%"}, "/search/?q=a%26b%3Dc%23d%25"),
    ],
)
def test_an_address_can_be_shared(modules: Modules, fields: dict[str, str], address: str) -> None:
    given = {**EMPTY, **fields}
    assert modules.call(ADDRESS, "addressOf", "/search/", given) == address
    search = address.removeprefix("/search/")
    assert modules.call(ADDRESS, "fieldsOf", search) == {k: v.strip() for k, v in given.items()}


def test_what_an_address_has_beside_the_fields_is_ignored(modules: Modules) -> None:
    assert modules.call(ADDRESS, "fieldsOf", "?q=a&from=wechat&q=b&KIND=p") == {**EMPTY, "q": "a"}


def test_a_query_has_folded_words_and_filters_without_blanks(modules: Modules) -> None:
    found = modules.call(ADDRESS, "queryOf", {**EMPTY, "q": " Ａb　路灯", "year": " 2026 "})
    assert found == {"words": ["ab", "路灯"], "kind": "", "level": "", "year": "2026", "theme": "", "state": ""}


@pytest.mark.parametrize(
    ("fields", "fault", "empty"),
    [
        ({}, "", True),
        ({"q": "路"}, "至少打两个连着的字。", False),
        ({"q": "路 灯"}, "至少打两个连着的字。", False),
        ({"q": "路 路灯"}, "", False),
        ({"q": "路", "kind": "d"}, "", False),
        ({"q": "321300"}, "", False),
        ({"year": "26"}, "年份要写四位数字，如 2026。", False),
        ({"q": "路", "year": "20266"}, "年份要写四位数字，如 2026。", False),
        ({"year": "2026"}, "", False),
    ],
)
def test_what_the_index_cannot_answer_is_said(
    modules: Modules, fields: dict[str, Any], fault: str, empty: bool
) -> None:
    query = modules.call(ADDRESS, "queryOf", {**EMPTY, **fields})
    assert modules.call(ADDRESS, "faultOf", query) == fault
    assert modules.call(ADDRESS, "isEmpty", query) is empty
