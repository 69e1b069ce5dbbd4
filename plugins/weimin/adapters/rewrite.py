"""Rewriting of the history with other contents of one file. Everything else in the objects stays byte for byte the same.

Commits without the changed contents in them or in their ancestors keep their ids and signatures.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from weimin.adapters.git import run
from weimin.adapters.objects import BlobReader, blob_id

_TYPES = {"commit": 1, "tree": 2, "blob": 3, "tag": 4}
_SHA1_DIGITS = 40
_SIGNED = (b"gpgsig ", b"gpgsig-sha256 ", b"mergetag ")
"""Headers that sign the old commit and would be wrong in the new one."""


class Rewriter:
    """Call `rewrite`, `store` and `move` in this order. `changed`: blob id → new content, wherever the blob is at `path`."""

    def __init__(self, git: Path, path: str, changed: Mapping[str, bytes]) -> None:
        self._git = git
        self._parts = path.encode("utf-8", "surrogateescape").split(b"/")
        self._read = BlobReader(git).read
        self._like = next(iter(changed))
        self._objects: dict[str, tuple[str, bytes]] = {}
        self._blobs = {old: self._add("blob", data) for old, data in changed.items()}
        self._trees: dict[tuple[str, int], str] = {}
        self.commits: dict[str, str] = {}
        self._updates: list[tuple[str, str, str]] = []

    def _add(self, kind: str, data: bytes) -> str:
        name = object_id(kind, data, self._like)
        self._objects[name] = (kind, data)
        return name

    def rewrite(self) -> dict[str, str]:
        """Rewrite every commit of every branch and tag, parents first; old id → new id of those that change."""
        listed = run(self._git, "rev-list", "--topo-order", "--reverse", "--branches", "--tags", "HEAD", "--")
        for commit in listed.decode().split():
            raw = self._read(commit)
            made = self._commit(raw)
            if made != raw:
                self.commits[commit] = self._add("commit", made)
        self._updates = list(self._reference_updates())
        return self.commits

    def _commit(self, raw: bytes) -> bytes:
        """The commit with its new tree and parents; the same bytes if neither changes."""
        head, gap, message = raw.partition(b"\n\n")
        lines: list[bytes] = []
        new = False
        for line in head.split(b"\n"):
            word, _, old = line.partition(b" ")
            name = old.decode("ascii", "replace")
            if word == b"tree":
                name = self._tree(name, 0)
            elif word == b"parent":
                name = self.commits.get(name, name)
            else:
                lines.append(line)
                continue
            new |= name.encode() != old
            lines.append(word + b" " + name.encode())
        return b"\n".join(_unsigned(lines)) + gap + message if new else raw

    def _tree(self, tree: str, depth: int) -> str:
        if (tree, depth) not in self._trees:
            self._trees[tree, depth] = self._new_tree(tree, depth)
        return self._trees[tree, depth]

    def _new_tree(self, tree: str, depth: int) -> str:
        data, at, width = self._read(tree), 0, len(tree) // 2
        while at < len(data):
            end = data.index(b"\0", at) + 1
            mode, _, name = data[at : end - 1].partition(b" ")
            if name == self._parts[depth]:
                old = data[end : end + width].hex()
                if depth == len(self._parts) - 1:
                    new = self._blobs.get(old, old)
                else:
                    new = self._tree(old, depth + 1) if mode == b"40000" else old
                return tree if new == old else self._add("tree", data[:end] + bytes.fromhex(new) + data[end + width :])
            at = end + width
        return tree

    def store(self) -> None:
        """Store the new objects; no reference moves. Raises GitError."""
        run(self._git, "index-pack", "--stdin", stdin=pack(list(self._objects.values()), self._like))

    def move(self) -> None:
        """Move branches, tags and the work tree to the new history, all of them or none. Raises GitError."""
        before = run(self._git, "rev-parse", "HEAD").decode().strip()
        moves = "".join(f"update {ref} {new} {old}\n" for ref, old, new in self._updates)
        run(self._git, "update-ref", "-m", "weimin redact", "--stdin", stdin=moves.encode())
        run(self._git, "read-tree", "-m", "-u", before, self.commits.get(before, before))

    def _reference_updates(self) -> Iterator[tuple[str, str, str]]:
        """(reference, old id, new id) of every branch and tag that moves. An annotated tag gets a new object."""
        form = "--format=%(refname) %(objectname) %(objecttype) %(*objectname)"
        for line in run(self._git, "for-each-ref", form, "refs/heads/", "refs/tags/").decode().splitlines():
            ref, name, kind, *peeled = line.split(" ")
            if kind == "commit" and name in self.commits:
                yield ref, name, self.commits[name]
            elif kind == "tag" and peeled[0] in self.commits:
                yield ref, name, self._add("tag", self._tag(self._read(name), self.commits[peeled[0]]))

    def _tag(self, raw: bytes, commit: str) -> bytes:
        head, gap, message = raw.partition(b"\n\n")
        _object, _, rest = head.partition(b"\n")
        kept, signed, _ = message.partition(b"-----BEGIN ")
        return b"object " + commit.encode() + b"\n" + rest + gap + (kept if signed else message)


def _unsigned(lines: list[bytes]) -> list[bytes]:
    kept: list[bytes] = []
    dropping = False
    for line in lines:
        dropping = line.startswith(_SIGNED) or (dropping and line.startswith(b" "))
        if not dropping:
            kept.append(line)
    return kept


def object_id(kind: str, data: bytes, like: str) -> str:
    """The id of an object. `like`: as for `blob_id`."""
    if kind == "blob":
        return blob_id(data, like)
    digest = hashlib.new("sha1" if len(like) == _SHA1_DIGITS else "sha256", b"%s %d\0" % (kind.encode(), len(data)))
    digest.update(data)
    return digest.hexdigest()


def pack(objects: list[tuple[str, bytes]], like: str) -> bytes:
    """A pack file of complete objects (gitformat-pack), without deltas."""
    out = bytearray(b"PACK" + struct.pack(">II", 2, len(objects)))
    for kind, data in objects:
        size = len(data)
        byte = _TYPES[kind] << 4 | size & 15
        size >>= 4
        while size:
            out.append(byte | 0x80)
            byte, size = size & 0x7F, size >> 7
        out.append(byte)
        out += zlib.compress(data)
    return bytes(out + hashlib.new("sha1" if len(like) == _SHA1_DIGITS else "sha256", out).digest())
