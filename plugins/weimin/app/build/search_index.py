"""The search index: one line for each page, stored by the block of the index that it is in.

The index is divided into tiles, and these into blocks and files of terms (site/search). If the number of lines leaves the
layout of a tile as it is, only the blocks and the files of terms with a changed line are made again; otherwise the tile is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from weimin.engine.queries.artifact import ArtifactTable
from weimin.engine.queries.search_document import DocumentRow, SearchDocumentTable
from weimin.engine.queries.search_term import SearchTermTable
from weimin.engine.state import EngineState
from weimin.site.search.documents import Doc
from weimin.site.search.index import META, all_files, changed_files, meta_file
from weimin.site.search.layout import Layout, layouts, tile_of

_COUNTS = msgspec.msgpack.Decoder(dict[str, int])
_COUNTS_VALUE = "search"
"""The value of the table `meta` with the number of lines of each group, as of the last build."""
_NO_BLOCK = -1  # the block of a new line that is not in one yet

File = tuple[str, bytes | None]
"""A path and its content; None for a file that is removed."""


class SearchIndex:
    """Takes the lines of units in place of those that they had; yields the files that differ."""

    def __init__(self, state: EngineState) -> None:
        self._meta = state.meta
        self._documents, self._terms = SearchDocumentTable(state.store), SearchTermTable(state.store)
        self._artifacts = ArtifactTable(state.store)
        stored = self._meta.data(_COUNTS_VALUE)
        self._counts_before = _COUNTS.decode(stored) if stored else {}
        self._counts = dict(self._counts_before)
        self._first = not stored
        self._removed: list[tuple[str, int, Doc]] = []  # tile, block and line
        self._changed_tiles: set[str] = set()

    def put(self, unit: str, docs: Iterable[Doc]) -> None:
        """Store all lines of a unit or group of pages."""
        new = {d.address: d for d in docs}
        rows = self._documents.delete(unit)
        old = {row[0]: _doc(row) for row in rows}
        blocks = {row[0]: row[3] for row in rows}
        for address, doc in old.items():
            if new.get(address) != doc:
                self._count(doc, -1)
                if not self._first:
                    self._removed.append((tile_of(doc.group), blocks[address], doc))
        for address, doc in new.items():
            if old.get(address) != doc:
                self._count(doc, 1)
        same = {a for a, d in new.items() if old.get(a) == d}
        self._documents.insert(
            (d.address, unit, tile_of(d.group), blocks[a] if a in same else _NO_BLOCK, d.group, d.month, d.spot, d.data)
            for a, d in new.items()
        )

    def _count(self, doc: Doc, by: int) -> None:
        self._counts[doc.group] = self._counts.get(doc.group, 0) + by
        self._changed_tiles.add(tile_of(doc.group))

    def files(self) -> Iterator[File]:
        """Every file of the index that is new, differs or is removed."""
        counts = {group: n for group, n in sorted(self._counts.items()) if n}
        before, after = layouts(self._counts_before), layouts(counts)
        for tile in sorted(self._changed_tiles):
            old, new = before.get(tile), after.get(tile)
            if old is not None and old == new and not self._first:
                yield from self._changed_blocks(tile, old)
                continue
            if old is not None:
                yield from self._remove_tile(old)
            if new is not None:
                yield from self._whole_tile(tile, new)
        yield META, meta_file(counts)
        self._meta.set_data(_COUNTS_VALUE, msgspec.msgpack.encode(counts))

    def _remove_tile(self, layout: Layout) -> Iterator[File]:
        """All files of a tile, because a tile with another layout is in another folder."""
        for path in self._artifacts.below(layout.folder):
            if not path.endswith("/manifest.json"):
                self._terms.delete(path)
                yield path, None

    def _whole_tile(self, tile: str, layout: Layout) -> Iterator[File]:
        rows = self._documents.of_tile(tile)
        docs = [_doc(row) for row in rows]
        for row, doc in zip(rows, docs, strict=True):
            self._set_block(row, layout.block_of(doc))
        for path, data in all_files(layout, docs):
            self._store_terms(layout, path, data)
            yield path, data

    def _changed_blocks(self, tile: str, layout: Layout) -> Iterator[File]:
        removed: dict[int, list[Doc]] = {}
        for of, block, doc in self._removed:
            if of == tile:
                removed.setdefault(block, []).append(doc)
        added: dict[int, list[Doc]] = {}
        for row in self._documents.of_block(tile, _NO_BLOCK):
            doc = _doc(row)
            block = layout.block_of(doc)
            self._set_block(row, block)
            added.setdefault(block, []).append(doc)
        before, after = {}, {}
        for block in removed.keys() | added.keys():
            after[block] = [_doc(row) for row in self._documents.of_block(tile, block)]
            new = {d.address for d in added.get(block, ())}
            old = [d for d in after[block] if d.address not in new] + removed.get(block, [])
            before[block] = sorted(old, key=lambda d: d.address)
        for path, data in changed_files(layout, before, after, self._terms.get):
            self._store_terms(layout, path, data)
            yield path, data

    def _set_block(self, row: DocumentRow, block: int) -> None:
        self._documents.replace((*row[:3], block, *row[4:]))

    def _store_terms(self, layout: Layout, path: str, data: bytes | None) -> None:
        """Files of terms are changed in place, so their published content is stored; other files are made anew."""
        if path.startswith(f"{layout.folder}/t/"):
            if data is None:
                self._terms.delete(path)
            else:
                self._terms.replace(path, data)


def _doc(row: DocumentRow) -> Doc:
    address, _unit, _tile, _block, group, month, spot, data = row
    return Doc(group=group, month=month, spot=spot, address=address, data=data)
