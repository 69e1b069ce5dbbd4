"""The registry of figures: what pages count and what data add up has a row, and no row is without use."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from builders.demo import demo_files
from weimin.app.verify.counts import OF_PLATFORMS
from weimin.model.figures import FIGURES, FILTERS, NOW, expression

GOLDEN = Path(__file__).resolve().parents[1] / "golden_site"
COUNT = re.compile(r'data-count="([^"]*)"')
EXPRESSION = re.compile(r"([^@?]+)(?:@[\d/-]+\*?)?(?:\?(.+))?")
DICTIONARY = re.compile(r'href="[^"]*/figures/#([a-z-]+)"')
PER_MONTH = re.compile(r"(held|planned)-(\d\d|\?)")


@pytest.fixture(scope="module")
def sites() -> Mapping[str, bytes]:
    """The files of the demo and of the golden site."""
    golden = {f"golden/{p.relative_to(GOLDEN).as_posix()}": p.read_bytes() for p in GOLDEN.rglob("*") if p.is_file()}
    return {**golden, **demo_files()}


def counts_in(html: bytes) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """(names of figures, keys of filters) of every element with a data-count."""
    for found in COUNT.findall(html.decode()):
        parsed = EXPRESSION.fullmatch(unescape(found))
        assert parsed is not None, found
        filters = tuple(part.partition("=")[0] for part in (parsed[2] or "").split("&") if part)
        yield tuple(parsed[1].split("+")), filters


def keys_in(path: str, data: Any) -> set[str]:
    """The keys of a document below which figures stand."""
    if not isinstance(data, dict):
        return set()
    found = set(data.get("sums", {})) | {f"days.{name}" for name in data.get("days", {})}
    if "below" in data and data["below"] and "heard" in data["below"][0]:
        found |= {"platforms", "heard", "dossiers", "open_duties", "overdue", "opinions"}
    return {key for key in found if not PER_MONTH.fullmatch(key)}


def test_every_figure_of_a_page_has_a_row(sites):
    seen = 0
    for path, content in sites.items():
        if path.endswith(".html"):
            for names, filters in counts_in(content):
                seen += 1
                unknown = [n for n in names if n not in FIGURES or FIGURES[n].uncounted]
                assert not unknown, f"{path}: add {unknown} to plugins/weimin/model/figures/"
                assert set(filters) <= set(FILTERS), path
    assert seen > 5000


def test_a_figure_without_a_row_is_found():
    [(names, filters)] = counts_in('<b data-count="云+卷宗@990101*?年=2026&amp;步骤=3">1</b>'.encode())
    assert (names, filters) == (("云", "卷宗"), ("年", "步骤"))
    assert "云" not in FIGURES


def test_every_row_is_used_and_every_sum_has_one(sites):
    of_json = {key: f.name for f in FIGURES.values() for key in f.json}
    used: set[str] = set()
    for path, content in sites.items():
        if path.endswith(".html"):
            used |= {name for names, _ in counts_in(content) for name in names}
            if not path.removeprefix("golden/").startswith("figures/"):
                keys = set(DICTIONARY.findall(content.decode()))
                assert keys <= {f.key for f in FIGURES.values()}, path
                used |= {f.name for f in FIGURES.values() if f.key in keys}
        elif path.endswith("index.json"):
            keys = keys_in(path, json.loads(content))
            assert keys <= of_json.keys(), f"{path}: {sorted(keys - of_json.keys())} has no row"
            used |= {of_json[key] for key in keys}
    assert sorted(FIGURES.keys() - used) == []


def test_the_rows_are_whole():
    for name, f in FIGURES.items():
        assert f.definition.endswith("。"), name
        assert f.periods, name
        assert set(f.n) <= FIGURES.keys(), name
        parts = re.split("[－÷＋]", f.formula) if f.formula else []
        assert set(parts) <= FIGURES.keys(), name
        if "÷" in f.formula:
            assert f.n, f"{name}: a rate stands on something"
    keys = [f.key for f in FIGURES.values()]
    assert len(set(keys)) == len(keys)
    of_json = [key for f in FIGURES.values() for key in f.json]
    assert len(set(of_json)) == len(of_json)


def test_the_recount_has_the_rows_of_the_registry():
    assert OF_PLATFORMS.keys() == {
        f.name for f in FIGURES.values() if f.of == "platforms" and not f.uncounted and NOW in f.periods
    }


def test_an_expression_names_rows_alone():
    assert expression("卷宗", scope="990101*", only={"年": 2026, "步骤": 3}) == "卷宗@990101*?年=2026&步骤=3"
    assert expression("满意率", "有效票") == "满意率+有效票"
    for names, only in ((("云",), None), (("逾期",), None), (("卷宗",), {"月": 3})):
        with pytest.raises(KeyError):
            expression(*names, only=only)


def test_the_dictionary_prints_every_row(sites):
    page = sites["figures/index.html"].decode()
    for f in FIGURES.values():
        assert f'id="{f.key}"' in page
        assert f.definition in page
    data = json.loads(sites["figures/index.json"])
    assert [row["name"] for row in data["figures"]] == list(FIGURES)
