"""search/files.js and search/find.js over an index in memory: the files, the blocks and the order of the measured search."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from module_page import Modules

from weimin.bench.search_client import PAGE, STEP, Query, Search, query
from weimin.site.search.blocks import CELLS
from weimin.site.search.layout import ERA
from weimin.site.search.shard import END, ON, encode

pytestmark = pytest.mark.browser
FILES, FIND = "search/files.js", "search/find.js"
SEARCH = """async ([files, query, most]) => {
    const { startSearch, nextPages, firstPages, hasMore } = await import("/js/search/find.js");
    const fetched = new Set();
    const get = async (path, { type = "text" } = {}) => {
        fetched.add("search/" + path);
        return type === "json" ? JSON.parse(files["search/" + path]) : files["search/" + path];
    };
    const search = await startSearch(get, query);
    const first = (await firstPages(get, search)).map((page) => page.address);
    const steps = [];
    while (hasMore(search) && steps.length < most) {
        steps.push((await nextPages(get, search)).map((page) => page.address));
    }
    return { first, steps, fetched: Array.from(fetched).sort() };
}"""


def test_constants_are_those_of_the_program(modules: Modules) -> None:
    assert {name: modules.value(FILES, name) for name in ("END", "ON", "CELLS", "ERA")} == {
        "END": END,
        "ON": ON,
        "CELLS": CELLS,
        "ERA": ERA,
    }
    assert (modules.value(FIND, "PAGE"), modules.value(FIND, "STEP")) == (PAGE, STEP)


def test_a_row_of_a_term_is_read(modules: Modules) -> None:
    rows = {"路灯": [0, 1, 63, 64, 65, 4000, 123456, 9_999_999], "灯": [5], "路": [7], "a\\": [2]}
    text = encode(rows).decode()
    assert modules.each(FILES, "cellsOf", [[text, term] for term in rows]) == list(rows.values())
    assert modules.call(FILES, "cellsOf", text, "路灯下") == []
    assert modules.call(FILES, "cellsOf", "", "路灯") == []


def test_tiles_are_named_by_what_they_hold(modules: Modules) -> None:
    found = modules.call(FILES, "tilesOf", {"tiles": ["2024-48-4-256", "platforms-1-8-64"]})
    assert found == [
        {"at": "2024-48-4-256", "name": "2024", "slices": 48, "buckets": 4, "shards": 256, "years": True},
        {"at": "platforms-1-8-64", "name": "platforms", "slices": 1, "buckets": 8, "shards": 64, "years": False},
    ]


def asked(q: Query) -> dict[str, Any]:
    return {
        "words": list(q.words), "kind": q.kind, "level": q.level, "year": q.year, "theme": q.theme, "state": q.state
    }  # fmt: skip


@pytest.mark.parametrize(
    "q",
    [
        query("路灯"),
        query("路灯 停车"),
        query("停车位不够"),
        query("2026-001"),
        query("321300"),
        query("魑魅魍魉"),
        query("", kind="p"),
        query("", kind="p", year="2026"),
        query("", kind="r"),
        query("", kind="n", level="county"),
        query("", level="village"),
        query("路灯", level="township"),
        query("", year="2025", theme="教育"),
        query("路灯", state="办好了"),
    ],
    ids=str,
)
def test_hits_order_and_files_are_those_of_the_measured_search(
    modules: Modules, index: Mapping[str, bytes], q: Query
) -> None:
    files = {path: data.decode() for path, data in index.items()}
    search = Search(index.__getitem__, q)
    first = [line.address for line in search.above()]
    steps: list[list[str]] = []
    while not search.is_done and len(steps) < 4:
        steps.append([line.address for line in search.step()])
    found = modules.run(SEARCH, [files, asked(q), 4])
    assert found == {"first": first, "steps": steps, "fetched": sorted(search.fetched)}


def test_blocks_are_those_of_the_year_that_is_asked_for_the_newest_first(modules: Modules) -> None:
    """Two slices of two buckets: a year has 64 cells, and the second year of the tile those from 64 to 127."""
    script = """async ([rows, year]) => {
        const { findBlocks, tilesOf } = await import("/js/search/files.js");
        const [tile] = tilesOf({ tiles: ["2024-2-2-1"] });
        return findBlocks(async (path) => path === "2024-2-2-1/t/0.txt" && rows, tile, { words: [], year, kind: "" });
    }"""
    rows = encode({"*": [0, 63, 64, 65, 100, 127, 128]}).decode()

    def blocks(year: str) -> list[tuple[str, int]]:
        return [(block["path"], block["count"]) for block in modules.run(script, [rows, year])]

    folder = "2024-2-2-1/b"
    assert blocks("2025") == [(f"{folder}/7.json", 1), (f"{folder}/6.json", 1), (f"{folder}/4.json", 2)]
    assert blocks("2024") == [(f"{folder}/3.json", 1), (f"{folder}/0.json", 1)]
    assert [path for path, _ in blocks("")] == [f"{folder}/{n}.json" for n in (8, 7, 6, 4, 3, 0)]


def test_newer_dossiers_come_first_and_a_step_has_about_a_page(modules: Modules, index: Mapping[str, bytes]) -> None:
    files = {path: data.decode() for path, data in index.items()}
    found = modules.run(SEARCH, [files, asked(query("路灯")), 99])
    addresses = [address for step in found["steps"] for address in step]
    assert len(addresses) == len(set(addresses)) > PAGE
    tiles = [(int(address.split("/")[2][:4])) // ERA for address in addresses]
    assert tiles == sorted(tiles, reverse=True)
    assert len(found["first"]) <= 4


def test_a_file_that_does_not_come_is_an_error(modules: Modules) -> None:
    script = """async () => {
        const { startSearch } = await import("/js/search/find.js");
        return startSearch(async () => { throw new Error("offline"); }, {}).then(() => "found", (e) => e.message);
    }"""
    assert modules.run(script) == "offline"


def test_the_list_of_tiles_is_asked_for_anew_and_blocks_are_not(modules: Modules) -> None:
    script = """async () => {
        const { startSearch } = await import("/js/search/find.js");
        const asked = [];
        await startSearch(async (path, options) => { asked.push([path, options]); return { tiles: [] }; }, {});
        return asked;
    }"""
    assert modules.run(script) == [["meta.json", {"fresh": True, "type": "json"}]]
