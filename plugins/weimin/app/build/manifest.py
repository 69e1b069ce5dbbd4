"""Names of manifests and other fixed files, and the digest of all manifests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

MANIFEST = "manifest.json"
BUILD = "build.json"
LOG = "log"
"""The folder of the transparency log. Its checkpoints contain the digest of the pages, so it is no part of that digest."""


def pages_digest(digests: Iterable[tuple[str, str]]) -> str:
    """One digest of all published files but the log and build.json. `digests`: (folder, digest of its manifest)."""
    lines = "".join(f"{folder}\0{digest}\n" for folder, digest in sorted(digests) if folder != LOG)
    return hashlib.sha256(lines.encode()).hexdigest()


def manifest_paths(folder: str, files: Mapping[str, str]) -> Iterator[str]:
    """The paths below the site of a manifest and of the files that it lists. `files`: as in the manifest."""
    before = f"{folder}/" if folder else ""
    yield before + MANIFEST
    yield from (before + name for name in files)
