"""Every file of the site by its SHA-256: what is new, what is gone, and a manifest for each folder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator

from weimin.app.build.manifest import BUILD, MANIFEST, pages_digest
from weimin.engine.state import State
from weimin.site.json_documents import FORMAT, json_bytes

_MANIFEST = "^manifest"
Written = tuple[str, bytes]


class Outputs:
    """Files go by and are compared with what stood; only those that differ go on. `files`: how many stand, manifests aside."""

    def __init__(self, state: State, part_of: Callable[[str], str] = lambda path: "") -> None:
        """`part_of`: path → the part of sitemap.xml that lists the file, empty for none (site/sitemap_files.py)."""
        self._state, self._store = state, state.store
        self.version = int(state.text("version") or 0) + 1
        self.files = int(state.text("files") or 0)
        self._folders: set[str] = set()
        self._left = self._store.one("SELECT 1 FROM gone LIMIT 1") is not None  # something went once, and may come back
        self.changed = 0
        self._part_of = part_of
        self.parts: set[str] = set()
        """Parts of sitemap.xml to which a page was added, or from which one was removed, by this build."""

    def put(self, node: str, files: Iterable[Written], kept: Iterable[str] = ()) -> Iterator[Written]:
        """All files that a node makes now; those that differ. What it made before and does not make now is gone.

        `kept`: paths of files that are known to be as they were.
        """
        asked = "SELECT path, digest FROM output WHERE node = ?"
        before: dict[str, str] = dict(self._store.all(asked, node))
        rows: list[tuple[str, str, str, str, int, int]] = []
        for path, data in files:
            digest = hashlib.sha256(data).hexdigest()
            old = before.pop(path, None)
            if old != digest:
                if old is not None:
                    self._store.remove_row("output", (path,))
                else:
                    self.files += _counts(path, node)
                    self._list(path)
                rows.append((path, self._changed(path), node, digest, len(data), self.version))
                yield path, data
        if self._left:
            for row in rows:
                self._store.remove_row("gone", (row[0],))
        self._store.add("output", rows)
        for path in sorted(before.keys() - set(kept)):
            self.files -= _counts(path, node)
            self._drop(path)

    def _list(self, path: str) -> None:
        if part := self._part_of(path):
            self.parts.add(part)
            self._store.put("listed", (part, path))

    def listed(self, part: str) -> list[str]:
        """Paths of the pages of a part of sitemap.xml, in order."""
        return [path for (path,) in self._store.all("SELECT path FROM listed WHERE part = ? ORDER BY path", part)]

    def listed_counts(self) -> dict[str, int]:
        """Part of sitemap.xml → number of its pages."""
        return dict(self._store.all("SELECT part, count(*) FROM listed GROUP BY part ORDER BY part"))

    def _drop(self, path: str) -> None:
        if part := self._part_of(path):
            self.parts.add(part)
            self._store.remove_row("listed", (part, path))
        self._store.remove_row("output", (path,))
        self._store.put("gone", (path, self.version))
        self._left = True
        self._changed(path)

    def _changed(self, path: str) -> str:
        """Note it; the folder whose manifest names this file."""
        folder = _folder(path)
        self._folders.add(folder)
        self.changed += 1
        return folder

    def manifests(self) -> Iterator[Written]:
        """The manifests of the folders in which anything changed since the last call, in order of folders."""
        for folder in sorted(self._folders):
            path = f"{folder}/{MANIFEST}" if folder else MANIFEST
            asked = "SELECT path, digest FROM output WHERE folder = ? AND NOT (node >= ? AND node < ?) AND path <> ? ORDER BY path"
            before = len(folder) + 1 if folder else 0
            named = {
                p[before:]: digest
                for p, digest in self._store.rows(asked, folder, f"{_MANIFEST}:", f"{_MANIFEST};", BUILD)
            }
            if named:
                yield from self.put(f"{_MANIFEST}:{folder}", [(path, json_bytes({"format": FORMAT, "files": named}))])
            else:
                yield from self.put(f"{_MANIFEST}:{folder}", [])
        self._folders.clear()

    @property
    def digests(self) -> list[tuple[str, str]]:
        """Every folder with the digest of its manifest."""
        asked = "SELECT folder, digest FROM output WHERE node >= ? AND node < ? ORDER BY folder"
        return self._store.all(asked, f"{_MANIFEST}:", f"{_MANIFEST};")

    @property
    def digests_digest(self) -> str:
        """One digest of all that stands: build.json, which no manifest names, too."""
        built = self._store.one("SELECT digest FROM output WHERE path = ?", BUILD)
        return hashlib.sha256(repr((self.digests, built)).encode()).hexdigest()

    @property
    def pages_digest(self) -> str:
        """One digest of all that is published but the log and build.json."""
        return pages_digest(self.digests)

    @property
    def gone(self) -> list[str]:
        """What this build does not publish any more."""
        return [p for (p,) in self._store.all("SELECT path FROM gone WHERE version = ? ORDER BY path", self.version)]

    def close(self) -> None:
        """Count this build where it changed anything."""
        if self.changed:
            self._state.set_text("version", str(self.version))
            self._state.set_text("files", str(self.files))


def _counts(path: str, node: str) -> bool:
    """A manifest names all files but itself and build.json."""
    return not node.startswith(_MANIFEST) and path != BUILD


_DEEPER = {"cards": 2, "embed": 2, "oembed": 2, "wechat": 2, "search": 3}
"""Folders with files of every dossier: each part of them has a manifest of its own, so many names deep."""


def _folder(path: str) -> str:
    """The root's own files have a manifest, too: its folder is the empty name."""
    names = path.split("/")[:-1]
    return "/".join(names[: _DEEPER.get(names[0], 1)]) if names else ""
