"""The files of the index: all files of a tile, or those that change with some pages. Both ways give the same bytes."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import msgspec

from weimin.site.search.blocks import block_file, terms_of_block
from weimin.site.search.documents import Doc
from weimin.site.search.layout import Layout, layouts
from weimin.site.search.shard import changed, encode

META = "search/meta.json"

File = tuple[str, bytes]
_Changes = dict[int, dict[str, list[int]]]  # shard → term → cells


def meta_file(counts: Mapping[str, int]) -> bytes:
    """The file that a browser reads first: the folder of each tile. `counts`: pages by group, as `Doc.group` has it."""
    folders = [layout.folder.removeprefix("search/") for layout in layouts(counts).values()]
    return msgspec.json.encode({"tiles": folders}) + b"\n"


def all_files(layout: Layout, docs: Iterable[Doc]) -> Iterator[File]:
    """Every file of a tile. In memory are its lines (about 1 KB each) and four bytes for each pair of term and cell."""
    placed = sorted(((layout.block_of(d), d) for d in docs), key=lambda p: p[0])
    rows: dict[str, array[int]] = {}
    for number, group in groupby(placed, key=lambda p: p[0]):
        block = [d for _, d in group]
        yield layout.block_path(number), block_file(block)
        for cell, terms in sorted(terms_of_block(number, block).items()):
            for term in terms:
                rows.setdefault(term, array("I")).append(cell)
    by_shard: dict[int, list[str]] = defaultdict(list)
    for term in rows:
        by_shard[layout.shard_of(term)].append(term)
    for shard in range(layout.shards):
        yield layout.shard_path(shard), encode({term: rows[term] for term in by_shard.get(shard, ())})


def changed_files(
    layout: Layout,
    before: Mapping[int, Sequence[Doc]],
    after: Mapping[int, Sequence[Doc]],
    published: Callable[[str], bytes],
) -> Iterator[tuple[str, bytes | None]]:
    """The files that change with some blocks; None for a file that is removed.

    `before` and `after`: number of a block → all its pages, for each block in which a page was added, removed or changed,
    by the same layout; a block without pages may be missing. `published` gives a file of the index as last written.
    """
    added: _Changes = {}
    removed: _Changes = {}
    for number in sorted(before.keys() | after.keys()):
        old, new = before.get(number, ()), after.get(number, ())
        if {d.data for d in old} != {d.data for d in new}:
            yield layout.block_path(number), block_file(new) if new else None
        had, has = terms_of_block(number, old), terms_of_block(number, new)
        for cell in had.keys() | has.keys():
            _note(layout, added, cell, has.get(cell, set()) - had.get(cell, set()))
            _note(layout, removed, cell, had.get(cell, set()) - has.get(cell, set()))
    for shard in sorted(added.keys() | removed.keys()):
        path = layout.shard_path(shard)
        yield path, changed(published(path), added.get(shard, {}), removed.get(shard, {}))


def _note(layout: Layout, changes: _Changes, cell: int, terms: Iterable[str]) -> None:
    for term in terms:
        changes.setdefault(layout.shard_of(term), {}).setdefault(term, []).append(cell)
