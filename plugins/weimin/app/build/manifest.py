"""How manifests are named, and the one digest of all that they say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

MANIFEST = "manifest.json"
BUILD = "build.json"
LOG = "log"
"""The folder of the transparency log: it speaks of the pages, so it is no part of what it speaks of."""


def pages_digest(digests: Iterable[tuple[str, str]]) -> str:
    """One digest of all that is published but the log and build.json."""
    lines = "".join(f"{folder}\0{digest}\n" for folder, digest in sorted(digests) if folder != LOG)
    return hashlib.sha256(lines.encode()).hexdigest()


def manifest_paths(folder: str, files: Mapping[str, str]) -> Iterator[str]:
    """The paths below the site that a folder's manifest names, and the manifest itself."""
    before = f"{folder}/" if folder else ""
    yield before + MANIFEST
    yield from (before + name for name in files)
