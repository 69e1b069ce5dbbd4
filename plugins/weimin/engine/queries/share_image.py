"""The table `share_image`: the digest of what each share image shows, so that an unchanged one is not drawn again."""

from __future__ import annotations

from collections.abc import Mapping

from weimin.adapters.store import Store, Table

TABLE = Table("share_image", (("path", "TEXT"), ("unit", "TEXT"), ("digest", "BLOB")), ("path",), (("unit",),))


class ShareImageTable:
    """Queries of the table `share_image`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def replace(self, unit: str, digests: Mapping[str, bytes]) -> None:
        """`digests`: all share images of the unit, path → digest."""
        self._store.delete_where("share_image", "unit", unit)
        self._store.insert("share_image", [(path, unit, digest) for path, digest in digests.items()])

    def of_unit(self, unit: str) -> dict[str, bytes]:
        """Path → digest."""
        return dict(self._store.all_rows("SELECT path, digest FROM share_image WHERE unit = ?", unit))
