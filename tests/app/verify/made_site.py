"""A published site in memory."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from weimin.history.log.checkpoint import FIRST, Checkpoint, join, leaf_hash, root, write_leaves
from weimin.site.json_documents import seal


class MadeSite:
    """`names` None: an address, whose files cannot be listed."""

    name = "a site"

    def __init__(self, files: dict[str, bytes], *, listed: bool = True) -> None:
        self.files = files
        self.asked: dict[str, int] = {}
        self._listed = listed

    def read(self, path: str, most: int) -> bytes | None:
        self.asked[path] = most
        data = self.files.get(path)
        return None if data is None else data[:most]

    def read_all(self, wanted: Iterable[tuple[str, int]]) -> Iterator[bytes | None]:
        return (self.read(path, most) for path, most in wanted)

    def names(self) -> list[str] | None:
        return sorted(self.files) if self._listed else None


STATED: dict[str, Any] = {
    "commit": "a" * 40,
    "dirty": False,
    "history": True,
    "pictures": True,
    "as_of": "2026-11-22",
    "base_url": "https://demo.example.org",
    "version": "0.1.0",
    "schemas": "1",
    "theme": "2",
    "examples": "3",
    "files": 4,
    "folders": {"": "0", "theme": "1"},
}


def stated(**changes: Any) -> bytes:
    """build.json with its right seal."""
    said = STATED | changes
    return json.dumps({**said, "seal": seal(said)}).encode()


LEAVES = [leaf_hash(b"%d" % n) for n in range(5)]
PAGES = "f" * 64
AS_OF = date(2026, 11, 22)


def checkpoints(commits: Iterable[str], *, redacted: int | None = None) -> list[Checkpoint]:
    """One a commit, a leaf more each; `redacted`: the number of the one that a redaction came before, from 0."""
    made: list[Checkpoint] = []
    for n, commit in enumerate(commits):
        made.append(
            Checkpoint(
                origin="example.org/log",
                size=n + 1,
                root=root(LEAVES[: n + 1]),
                commit=commit,
                as_of=AS_OF,
                pages=PAGES,
                previous=made[-1].digest if made else FIRST,
                redacted=("1" * 40, "2" * 40) if n == redacted else None,
            )
        )
    return made


def log_files(made: list[Checkpoint], **changes: bytes | None) -> dict[str, bytes]:
    """The files of /log/ with a manifest that fits; a change of None leaves one out."""
    files: dict[str, bytes | None] = {
        "checkpoint": made[-1].text.encode(),
        "checkpoints": join(made).encode(),
        "leaves": write_leaves(LEAVES[: len(made)]).encode(),
        **changes,
    }
    kept = {name: data for name, data in files.items() if data is not None}
    named = {name: hashlib.sha256(data).hexdigest() for name, data in kept.items()}
    manifest = json.dumps({"files": named}).encode()
    return {f"log/{name}": data for name, data in {**kept, "manifest.json": manifest}.items()}
