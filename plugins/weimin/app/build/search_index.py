"""The search index of a site: lines of pages are kept by the block that they stand in; what changed touches a few files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from weimin.engine.state import State
from weimin.site.search.documents import Doc
from weimin.site.search.index import META, all_files, changed_files, meta_file
from weimin.site.search.layout import Layout, layouts, tile_of

_COUNTS = msgspec.msgpack.Decoder(dict[str, int])
_KEPT = "search"
_NONE = -1  # the block of a line that has not been placed yet

File = tuple[str, bytes | None]
"""A path and its bytes; None for a file that goes."""


class SearchIndex:
    """Takes the lines of folders in place of those that they had; gives the files that differ."""

    def __init__(self, state: State) -> None:
        self._state, self._store = state, state.store
        kept = state.data(_KEPT)
        self._before = _COUNTS.decode(kept) if kept else {}
        self._counts = dict(self._before)
        self._first = not kept
        self._gone: list[tuple[str, int, Doc]] = []
        self._tiles: set[str] = set()

    def put(self, node: str, docs: Iterable[Doc]) -> None:
        """All lines of a folder."""
        found = {d.address: d for d in docs}
        rows = self._store.remove("doc", "node", node)
        old = {row[0]: _doc(row) for row in rows}
        placed = {row[0]: row[3] for row in rows}
        for address, doc in old.items():
            if found.get(address) != doc:
                self._change(doc, -1)
                if not self._first:
                    self._gone.append((tile_of(doc.group), placed[address], doc))
        for address, doc in found.items():
            if old.get(address) != doc:
                self._change(doc, 1)
        same = {a for a, d in found.items() if old.get(a) == d}
        self._store.add(
            "doc",
            [
                (d.address, node, tile_of(d.group), placed[a] if a in same else _NONE, d.group, d.month, d.spot, d.data)
                for a, d in found.items()
            ],
        )

    def _change(self, doc: Doc, by: int) -> None:
        self._counts[doc.group] = self._counts.get(doc.group, 0) + by
        self._tiles.add(tile_of(doc.group))

    def files(self) -> Iterator[File]:
        """Every file of the index that is new, differs or goes."""
        counts = {group: n for group, n in sorted(self._counts.items()) if n}
        before, now = layouts(self._before), layouts(counts)
        for tile in sorted(self._tiles):
            old, new = before.get(tile), now.get(tile)
            if old is not None and old == new and not self._first:
                yield from self._touched(tile, old)
                continue
            if old is not None:
                yield from self._dropped(old)
            if new is not None:
                yield from self._whole(tile, new)
        yield META, meta_file(counts)
        self._state.set_data(_KEPT, msgspec.msgpack.encode(counts))

    def _dropped(self, layout: Layout) -> Iterator[File]:
        """Another cut has another folder."""
        asked = "SELECT path FROM output WHERE path >= ? AND path < ? ORDER BY path"
        for (path,) in self._store.all(asked, f"{layout.folder}/", f"{layout.folder}0"):
            if not path.endswith("/manifest.json"):
                self._store.remove_row("term", (path,))
                yield path, None

    def _whole(self, tile: str, layout: Layout) -> Iterator[File]:
        rows = self._store.all(f"SELECT {_COLUMNS} FROM doc WHERE tile = ? ORDER BY address", tile)
        docs = [_doc(row) for row in rows]
        for row, doc in zip(rows, docs, strict=True):
            self._store.put("doc", (*row[:3], layout.block_of(doc), *row[4:]))
        for path, data in all_files(layout, docs):
            self._keep(layout, path, data)
            yield path, data

    def _touched(self, tile: str, layout: Layout) -> Iterator[File]:
        had: dict[int, list[Doc]] = {}
        for of, block, doc in self._gone:
            if of == tile:
                had.setdefault(block, []).append(doc)
        came: dict[int, list[Doc]] = {}
        asked = f"SELECT {_COLUMNS} FROM doc WHERE tile = ? AND block = ? ORDER BY address"
        for row in self._store.all(asked, tile, _NONE):
            doc = _doc(row)
            block = layout.block_of(doc)
            self._store.put("doc", (*row[:3], block, *row[4:]))
            came.setdefault(block, []).append(doc)
        before, after = {}, {}
        for block in had.keys() | came.keys():
            after[block] = [_doc(row) for row in self._store.all(asked, tile, block)]
            new = {d.address for d in came.get(block, ())}
            stood = [d for d in after[block] if d.address not in new] + had.get(block, [])
            before[block] = sorted(stood, key=lambda d: d.address)
        for path, data in changed_files(layout, before, after, self._published):
            self._keep(layout, path, data)
            yield path, data

    def _published(self, path: str) -> bytes:
        found = self._store.one("SELECT data FROM term WHERE path = ?", path)
        assert found is not None, path
        data: bytes = found[0]
        return data

    def _keep(self, layout: Layout, path: str, data: bytes | None) -> None:
        """Files of terms are changed in place: they are their own memory."""
        if path.startswith(f"{layout.folder}/t/"):
            self._store.remove_row("term", (path,))
            if data is not None:
                self._store.add("term", [(path, data)])


_COLUMNS = "address, node, tile, block, grp, month, spot, data"


def _doc(row: tuple[Any, ...]) -> Doc:
    address, _node, _tile, _block, group, month, spot, data = row
    return Doc(group=group, month=month, spot=spot, address=address, data=data)
