"""The table `sitemap_page`: the pages that sitemap.xml lists, by the part of it (site/sitemap_files.py)."""

from __future__ import annotations

from weimin.adapters.store import Store, Table

TABLE = Table("sitemap_page", (("part", "TEXT"), ("path", "TEXT")), ("part", "path"))


class SitemapPageTable:
    """Queries of the table `sitemap_page`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def replace(self, part: str, path: str) -> None:
        self._store.replace_row("sitemap_page", (part, path))

    def delete(self, part: str, path: str) -> None:
        self._store.delete_row("sitemap_page", (part, path))

    def of_part(self, part: str) -> list[str]:
        """The paths of the pages of a part, in order."""
        rows = self._store.all_rows("SELECT path FROM sitemap_page WHERE part = ? ORDER BY path", part)
        return [path for (path,) in rows]

    def counts(self) -> dict[str, int]:
        """Part → number of its pages, in order of parts."""
        return dict(self._store.all_rows("SELECT part, count(*) FROM sitemap_page GROUP BY part ORDER BY part"))
