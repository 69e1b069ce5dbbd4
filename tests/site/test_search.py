"""The search index: what is found by what, and the same files whichever way they are made."""

from __future__ import annotations

import json
import random
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_search import context, counted, dossier_docs, index_of, made_docs

from weimin.bench.search import ask
from weimin.bench.search_client import Search, matches, query
from weimin.bench.search_queries import made_queries
from weimin.model.summary import MeasureRow, OutcomeRow, Summary, UpwardRow
from weimin.site.search.blocks import CELLS, block_file, terms_of_block
from weimin.site.search.documents import Doc, decode_line, dossier_doc, words_of
from weimin.site.search.index import META, changed_files, meta_file
from weimin.site.search.layout import Layout, layouts, tile_of
from weimin.site.search.shard import END, ON, changed, decode, encode, gaps, numbers
from weimin.site.search.words import fold, hash_of, pairs

CELL_SETS = st.frozensets(st.integers(0, 100_000), min_size=1, max_size=40)
TERMS = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=2)
ROWS = st.dictionaries(TERMS, CELL_SETS, max_size=12)


def made_summary(**fields: object) -> Summary:
    plain = Summary(
        id="990101001001/2026-001",
        platform="990101001001",
        title="村口路灯",
        themes=("交通出行",),
        compiled=False,
        day=date(2026, 3, 2),
        last=date(2026, 3, 2),
        last_on="2026-03-02",
        last_stem="",
        step=2,
        steps=(),
        rounds=1,
        closed=False,
        ended=None,
    )
    return msgspec.structs.replace(plain, **fields)


@pytest.mark.parametrize(
    ("text", "folded"), [("ＬＥＤ灯", "led灯"), ("５Ｇ　基站", "5g 基站"), ("“路”，Ä", "“路”,Ä"), ("柤林𬭚", "柤林𬭚")]
)
def test_folding_keeps_every_character_in_its_place(text, folded):
    assert fold(text) == folded
    assert len(fold(text)) == len(text)


def test_pairs_end_where_a_sign_or_a_blank_stands():
    assert list(pairs(fold("一段简单，路灯 5G"))) == ["一段", "段简", "简单", "路灯", "5g"]
    assert list(pairs("路")) == []


def test_letters_of_gaps_are_told_apart():
    assert len(set(END + ON)) == 94
    assert not set(END + ON) & set("\t\n\r ")


@given(CELL_SETS)
def test_gaps_are_read_back(cells):
    assert numbers(gaps(sorted(cells))) == sorted(cells)


@given(ROWS, ROWS, ROWS)
def test_a_changed_shard_is_the_shard_of_what_there_is_now(before, added, removed):
    after = {t: (before.get(t, set()) - removed.get(t, set())) | added.get(t, set()) for t in {*before, *added}}
    now = changed(encode({t: sorted(c) for t, c in before.items()}), added, removed)
    assert now == encode({t: sorted(c) for t, c in after.items()})
    assert decode(now) == {t: sorted(c) for t, c in after.items() if c}


def test_a_hash_is_the_same_number_everywhere():
    assert [hash_of(t) for t in ("路灯", "𬭚𬭚", "=kd")] == [47895126, 2033003374, 4155339710]


@pytest.mark.parametrize("count", [1, 31, 33, 1000, 6000, 24_000, 100_000])
def test_a_tile_is_cut_into_blocks_of_a_few_pages(count):
    layout = layouts({"2026": count})["2024"]
    assert (layout.slices, layout.buckets & (layout.buckets - 1), layout.shards & (layout.shards - 1)) == (
        layout.slices,
        0,
        0,
    )
    assert layout.slices in (1, 4, 12)
    assert 0.25 < count / (layout.slices * 4 * layout.buckets) <= 2 or count < 16
    assert layouts({"2026": count, "2027": 0, "platforms": 0}) == {"2024": layout}


def test_what_began_later_has_the_greater_number():
    layout = Layout("2024", 12, 128, 1)
    docs = sorted(dossier_docs(400), key=lambda d: (d.group, d.month))
    eras = [d for d in docs if tile_of(d.group) == "2024"]
    numbers_ = [layout.block_of(d) // layout.buckets for d in eras]
    assert numbers_ == sorted(numbers_)
    assert len(set(numbers_)) > 20


def test_pages_of_a_block_have_cells_of_their_own_while_there_are_any():
    docs = dossier_docs(400)[: CELLS + 3]
    assert len(terms_of_block(5, docs[:CELLS])) == CELLS
    assert len(terms_of_block(5, docs)) == CELLS
    assert {cell // CELLS for cell in terms_of_block(5, docs)} == {5}


def test_files_are_the_same_whatever_the_order():
    docs = made_docs(300)
    shuffled = docs[:]
    random.Random(3).shuffle(shuffled)
    assert index_of(docs) == index_of(shuffled)


def test_incremental_equals_clean_for_any_edits():
    """Random edits, some of which make a tile be cut anew, as the store will apply them."""
    chance = random.Random(11)
    pool = list(dossier_docs(900))
    there = {d.address: d for d in pool[:120]}
    files = index_of(there.values())
    rewritten = []
    for _ in range(60):
        before = dict(there)
        for _ in range(chance.choice((1, 1, 1, 12))):
            if chance.random() < 0.25 and len(there) > 1:
                del there[chance.choice(sorted(there))]
            elif chance.random() < 0.5:
                d = chance.choice(pool)
                line = msgspec.structs.replace(decode_line(d.data), title=f"改了{chance.random()}的标题")
                there[d.address] = msgspec.structs.replace(d, data=msgspec.json.encode(line))
            else:
                d = chance.choice(pool)
                there[d.address] = d
        if len(there) > 100 and chance.random() < 0.1:
            there = dict(list(there.items())[:40])
        files, paths = _after(files, before, there)
        rewritten.append(len(paths))
        assert files == index_of(there.values())
    assert min(rewritten) < 60


def _after(files: dict[str, bytes], before: dict[str, Doc], there: dict[str, Doc]):
    """The files after an edit, and the paths that were written: a tile whose cut stands only where it was touched."""
    old_cuts, cuts = layouts(counted(before.values())), layouts(counted(there.values()))
    now = {META: meta_file(counted(there.values()))}
    paths: set[str] = set()
    for tile, layout in cuts.items():
        here = [d for d in there.values() if tile_of(d.group) == tile]
        if old_cuts.get(tile) != layout:
            now |= {p: c for p, c in index_of(here).items() if p != META}
            continue
        now |= {p: c for p, c in files.items() if p.startswith(layout.folder + "/")}
        was = [d for d in before.values() if tile_of(d.group) == tile]
        moved = {layout.block_of(d) for d in {*here} ^ {*was}}
        old = {n: [d for d in was if layout.block_of(d) == n] for n in moved}
        new = {n: [d for d in here if layout.block_of(d) == n] for n in moved}
        for path, content in changed_files(layout, old, new, files.__getitem__):
            paths.add(path)
            if content is None:
                del now[path]
            else:
                now[path] = content
    return now, paths


def test_one_changed_title_touches_few_files():
    docs = {d.address: d for d in dossier_docs(900)}
    files = index_of(docs.values())
    d = next(iter(docs.values()))
    line = msgspec.structs.replace(decode_line(d.data), title="换了一个标题")
    after = {**docs, d.address: msgspec.structs.replace(d, data=msgspec.json.encode(line))}
    now, paths = _after(files, docs, after)
    assert now == index_of(after.values())
    assert {p for p in now if now[p] != files.get(p)} == paths
    assert 1 < len(paths) < 40


def test_everything_that_stands_is_found_and_nothing_else():
    docs = made_docs(1200)
    files = index_of(docs)
    lines = [(line, words_of(line)) for line in (decode_line(d.data) for d in docs)]
    asked = list(made_queries([line for line, _ in lines if line.kind == "d"], 120))
    found = [ask(files.__getitem__, lambda path: (len(files[path]), 0), lines, kind, q) for kind, q in asked]
    assert [(f.kind, f.missed, f.wrong) for f in found if f.missed or f.wrong] == []
    assert sum(f.hits for f in found) > 1000
    assert sum(f.hits == 0 for f in found) > 3


def found_by(docs: list[Doc], text: str, **filters: str) -> list[str]:
    search = Search(index_of(docs).__getitem__, query(text, **filters))
    hits = [line.address for line in search.above()]
    while not search.is_done:
        hits += [line.address for line in search.step()]
    return hits


def test_a_part_of_two_characters_is_enough_and_no_more_is_found():
    ids = ("990101001001/2026-001", "990101001002/2026-001", "990101002/2025-017")
    titles = ("写一段简单的公告", "王家集的路灯", "王集的路灯")
    docs = [
        dossier_doc(made_summary(id=i, platform=i.split("/")[0], title=t), context())
        for i, t in zip(ids, titles, strict=True)
    ]
    assert found_by(docs, "段简") == ["/990101001001/2026-001/"]
    assert found_by(docs, "王集") == ["/990101002/2025-017/"]
    assert found_by(docs, "路灯") == ["/990101001002/2026-001/", "/990101002/2025-017/"]
    assert found_by(docs, "路灯 王家") == ["/990101001002/2026-001/"]
    assert found_by(docs, "灯路") == []
    assert sorted(found_by(docs, "2026-001")) == ["/990101001001/2026-001/", "/990101001002/2026-001/"]
    assert found_by(docs, "2025-17") == found_by(docs, "990101002/2025-017") == ["/990101002/2025-017/"]
    assert len(found_by(docs, "990101")) == len(found_by(docs, "990100")) == 3
    assert found_by(docs, "990101001/2025-017") == []


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"kind": "d"}, 2),
        ({"kind": "o"}, 1),
        ({"kind": "e"}, 0),
        ({"level": "village"}, 1),
        ({"year": "2025"}, 1),
        ({"theme": "教育"}, 1),
        ({"state": "已办结"}, 1),
        ({"state": "已办结", "year": "2026"}, 0),
    ],
)
def test_filters(filters, expected):
    closed = OutcomeRow(
        stem="o", on="", day=None, year=None, consensus="full", publication="publish", excerpt="村口装灯"
    )
    docs = [
        dossier_doc(made_summary(), context()),
        dossier_doc(
            made_summary(
                id="990101001/2025-002", platform="990101001", themes=("教育",), closed=True, outcomes=(closed,)
            ),
            context(),
        ),
    ]
    assert len(found_by(docs, "村口", **filters)) == expected
    assert len(found_by(docs, "", **filters)) == expected


def test_nothing_of_what_is_withheld_is_in_a_line():
    """Also where records carry words that the check refuses."""
    kept = OutcomeRow(stem="a", on="", day=None, year=None, consensus=None, publication="withhold", excerpt="暗字一")
    open_ = OutcomeRow(stem="b", on="", day=None, year=None, consensus=None, publication="publish", excerpt="明字一")
    measures = tuple(
        MeasureRow(id=f"m{stem}", stem=stem, text=text, unit=None, due=None, state=None)
        for stem, text in (("a", "暗字二"), ("b", "明字二"))
    )
    upward = tuple(
        UpwardRow(id=f"u{n}", stem=stem, kind=None, to=None, text=text, reported=None, answered=None)
        for n, (stem, text) in enumerate((("a", "暗字三"), ("b", "明字三"), ("b", None)))
    )
    data = dossier_doc(made_summary(outcomes=(kept, open_), measures=measures, upward=upward), context()).data.decode()
    assert "暗字" not in data
    assert [word for word in ("明字一", "明字二", "明字三") if word not in data] == []


def test_a_block_is_a_list_of_lines():
    docs = dossier_docs(400)[:3]
    assert [line[1] for line in json.loads(block_file(docs))] == sorted((d.address for d in docs), reverse=True)


def test_numbers_that_are_none_are_words():
    line = decode_line(dossier_docs(400)[0].data)
    assert not matches(line, query("2026-1234"))
    assert not matches(line, query("99010"))
