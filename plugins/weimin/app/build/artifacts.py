"""Artifacts: every file of the site with its digest. They decide what is written, what is pruned, and what manifests list.

Rendering yields files by producer: a unit (`990101/2026-001`) or a group of pages (`^job:home`). `put` takes all files of one
producer and compares each with the SHA-256 that the last build stored:

- a file whose digest differs, or which is new, is yielded and will be written;
- a file with the same digest is dropped, however it was rendered;
- a file that the producer made before and does not make now is pruned.

Each folder of the site has a manifest (`manifest.json`: path → digest). A folder whose files changed is noted, and
`manifests` yields the new manifests, which are artifacts themselves. The digest of all manifests is the digest of the site.

A version is a build that changed something. Each artifact has the version that last changed it, and each pruned path the
version that removed it, so that a tree of an older build can be brought up to date (build.py).

Invariants: no path has two producers; the table `artifact` contains just the files of the newest version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator

from weimin.app.build.manifest import BUILD, MANIFEST, pages_digest
from weimin.engine.queries.artifact import MANIFEST as MANIFEST_PRODUCER
from weimin.engine.queries.artifact import ArtifactRow, ArtifactTable
from weimin.engine.queries.pruned import PrunedTable
from weimin.engine.queries.sitemap_page import SitemapPageTable
from weimin.engine.state import EngineState
from weimin.site.json_documents import FORMAT, json_bytes

OutputFile = tuple[str, bytes]
"""A path below the site, and the content."""


class Artifacts:
    """The artifacts during one build.

    `version`: the number of this build. `files`: the number of files of the site, without manifests and build.json.
    `changed`: how many files this build wrote or removed so far. `changed_sitemap_parts`: the parts of sitemap.xml to which
    this build added a page, or from which it removed one.
    """

    def __init__(self, state: EngineState, sitemap_part_of: Callable[[str], str] = lambda path: "") -> None:
        """`sitemap_part_of`: path → the part of sitemap.xml that lists the file, empty for none (site/sitemap_files.py)."""
        self._meta = state.meta
        self._artifacts, self._pruned = ArtifactTable(state.store), PrunedTable(state.store)
        self.version = int(self._meta.text("version") or 0) + 1
        self.files = int(self._meta.text("files") or 0)
        self.changed = 0
        self._changed_folders: set[str] = set()
        self._sitemap_part_of, self._sitemap_pages = sitemap_part_of, SitemapPageTable(state.store)
        self.changed_sitemap_parts: set[str] = set()
        self._may_return = not self._pruned.is_empty  # a pruned path may be made again

    def put(self, producer: str, files: Iterable[OutputFile], unchanged: Iterable[str] = ()) -> Iterator[OutputFile]:
        """Take all files that a producer makes now; yield those that differ from before. The others of before are pruned.

        `unchanged`: paths of files that are known to be the same, so that they were not rendered.
        """
        before = self._artifacts.of_producer(producer)
        rows: list[ArtifactRow] = []
        for path, data in files:
            digest = hashlib.sha256(data).hexdigest()
            old = before.pop(path, None)
            if old != digest:
                if old is not None:
                    self._artifacts.delete(path)
                else:
                    self.files += _counts(path, producer)
                    self._list_in_sitemap(path)
                rows.append((path, self._note_change(path), producer, digest, len(data), self.version))
                yield path, data
        if self._may_return:
            for row in rows:
                self._pruned.delete(row[0])
        self._artifacts.insert(rows)
        for path in sorted(before.keys() - set(unchanged)):
            self.files -= _counts(path, producer)
            self._prune(path)

    def _list_in_sitemap(self, path: str) -> None:
        if part := self._sitemap_part_of(path):
            self.changed_sitemap_parts.add(part)
            self._sitemap_pages.replace(part, path)

    def _prune(self, path: str) -> None:
        if part := self._sitemap_part_of(path):
            self.changed_sitemap_parts.add(part)
            self._sitemap_pages.delete(part, path)
        self._artifacts.delete(path)
        self._pruned.replace(path, self.version)
        self._may_return = True
        self._note_change(path)

    def _note_change(self, path: str) -> str:
        """Count the change; the folder whose manifest lists the file."""
        folder = _folder(path)
        self._changed_folders.add(folder)
        self.changed += 1
        return folder

    def manifests(self) -> Iterator[OutputFile]:
        """The manifests of the folders in which a file changed since the last call, in order of folders."""
        for folder in sorted(self._changed_folders):
            path = f"{folder}/{MANIFEST}" if folder else MANIFEST
            prefix = len(folder) + 1 if folder else 0
            listed = {p[prefix:]: digest for p, digest in self._artifacts.in_folder(folder, without=BUILD)}
            files = [(path, json_bytes({"format": FORMAT, "files": listed}))] if listed else []
            yield from self.put(f"{MANIFEST_PRODUCER}:{folder}", files)
        self._changed_folders.clear()

    @property
    def manifest_digests(self) -> list[tuple[str, str]]:
        """(folder, digest of its manifest), in order of folders."""
        return self._artifacts.manifests()

    @property
    def site_digest(self) -> str:
        """A digest of all files of the site, build.json included, which no manifest lists."""
        return hashlib.sha256(repr((self.manifest_digests, self._artifacts.digest_of(BUILD))).encode()).hexdigest()

    @property
    def pages_digest(self) -> str:
        """The digest of all files but the log and build.json (manifest.pages_digest)."""
        return pages_digest(self.manifest_digests)

    @property
    def pruned(self) -> list[str]:
        """The paths that this build removes from the site."""
        return self._pruned.by(self.version)

    def close(self) -> None:
        """Store the version and the number of files, if this build changed anything."""
        if self.changed:
            self._meta.set_text("version", str(self.version))
            self._meta.set_text("files", str(self.files))


def _counts(path: str, producer: str) -> bool:
    """Whether a manifest lists the file: manifests list all files but themselves and build.json."""
    return not producer.startswith(MANIFEST_PRODUCER) and path != BUILD


_DEPTHS = {"cards": 2, "embed": 2, "oembed": 2, "wechat": 2, "search": 3}
"""Folders with files of every dossier: their subfolders of this depth have manifests of their own."""


def _folder(path: str) -> str:
    """The folder whose manifest lists a file; empty for files of the site's root, which has a manifest too."""
    names = path.split("/")[:-1]
    return "/".join(names[: _DEPTHS.get(names[0], 1)]) if names else ""
