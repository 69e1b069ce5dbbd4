"""What the site consists of: the SHA-256 of every file, gathered while the files go by; a manifest for each folder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from weimin.site.machine import FORMAT, json_bytes

MANIFEST = "manifest.json"
BUILD = "build.json"
LOG = "log"
"""The folder of the transparency log: it speaks of the pages, so it is no part of what it speaks of."""


class Manifests:
    """Hashes each file once. The root's own files have a manifest, too: its folder is the empty name."""

    def __init__(self) -> None:
        self._open: dict[str, list[str]] = {}
        self._digests: dict[str, str] = {}
        self.files = 0

    def gather(self, files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        """The same files, hashed on their way."""
        for path, data in files:
            folder, slash, name = path.partition("/")
            if not slash:
                folder, name = "", path
            self._open.setdefault(folder, []).append(f"{name}\0{hashlib.sha256(data).hexdigest()}")
            self.files += 1
            yield path, data

    def close(self) -> Iterator[tuple[str, bytes]]:
        """The manifests of all folders gathered since the last call, in order of folders."""
        for folder, rows in sorted(self._open.items()):
            named = dict(row.split("\0") for row in sorted(rows))
            data = json_bytes({"format": FORMAT, "files": named})
            self._digests[folder] = hashlib.sha256(data).hexdigest()
            yield (f"{folder}/{MANIFEST}" if folder else MANIFEST), data
        self._open = {}

    @property
    def digests(self) -> list[tuple[str, str]]:
        """Every closed folder with the digest of its manifest."""
        return sorted(self._digests.items())


def pages_digest(digests: Iterable[tuple[str, str]]) -> str:
    """One digest of all that is published but the log and build.json."""
    lines = "".join(f"{folder}\0{digest}\n" for folder, digest in sorted(digests) if folder != LOG)
    return hashlib.sha256(lines.encode()).hexdigest()


def manifest_paths(folder: str, files: Mapping[str, str]) -> Iterator[str]:
    """The paths below the site that a folder's manifest names, and the manifest itself."""
    before = f"{folder}/" if folder else ""
    yield before + MANIFEST
    yield from (before + name for name in files)
