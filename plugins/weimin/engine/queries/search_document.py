"""The table `search_document`: one line of the search index for each page, in the block of a tile (site/search).

`unit` is the unit or group of pages that the line belongs to, `block` the position of the line's block in its tile.
"""

from __future__ import annotations

from collections.abc import Iterable

from weimin.adapters.store import Store, Table

TABLE = Table(
    "search_document",
    (
        ("address", "TEXT"),
        ("unit", "TEXT"),
        ("tile", "TEXT"),
        ("block", "INTEGER"),
        ("grp", "TEXT"),
        ("month", "INTEGER"),
        ("spot", "TEXT"),
        ("data", "BLOB"),
    ),
    ("address",),
    (("unit",), ("tile", "block")),
)
DocumentRow = tuple[str, str, str, int, str, int, str, bytes]
"""(address, unit, tile, block, group, month, spot, data)."""
_ROWS = "SELECT address, unit, tile, block, grp, month, spot, data FROM search_document "


class SearchDocumentTable:
    """Queries of the table `search_document`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def insert(self, rows: Iterable[DocumentRow]) -> None:
        self._store.insert("search_document", rows)

    def replace(self, row: DocumentRow) -> None:
        self._store.replace_row("search_document", row)

    def delete(self, unit: str) -> list[DocumentRow]:
        """The deleted lines of a unit."""
        return self._store.delete_where("search_document", "unit", unit)

    def of_tile(self, tile: str) -> list[DocumentRow]:
        """In order of addresses."""
        return self._store.all_rows(_ROWS + "WHERE tile = ? ORDER BY address", tile)

    def of_block(self, tile: str, block: int) -> list[DocumentRow]:
        """In order of addresses."""
        return self._store.all_rows(_ROWS + "WHERE tile = ? AND block = ? ORDER BY address", tile, block)
