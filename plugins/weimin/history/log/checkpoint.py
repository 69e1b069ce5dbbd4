"""The transparency log: a Merkle tree over all that was ever published, and the line that anybody can keep.

The arithmetic is that of RFC 6962 (2.1), the line that of C2SP tlog-checkpoint: origin, size, root, then lines of our own.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

FIRST = "-"
"""What a checkpoint names as the one before it, where there is none."""

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_SIZE = re.compile(r"0|[1-9][0-9]{0,15}", re.ASCII)
_ORIGIN = re.compile(r"[^\s+\x00-\x1f\x7f]{1,200}")


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes; that of no leaf is the hash of nothing."""
    peaks = Peaks()
    for leaf in leaves:
        peaks.add(leaf)
    return peaks.root


class Peaks:
    """A tree that grows: only the roots of its whole subtrees are held, the largest first."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        self._peaks.append(leaf)
        whole = self.size
        while whole & 1:
            right = self._peaks.pop()
            self._peaks.append(node_hash(self._peaks.pop(), right))
            whole >>= 1
        self.size += 1

    @property
    def root(self) -> bytes:
        if not self._peaks:
            return hashlib.sha256(b"").digest()
        found = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            found = node_hash(peak, found)
        return found


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The proof that leaf `index` stands in the tree of all `leaves`. Raises IndexError."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return []
    half = _split(len(leaves))
    if index < half:
        return [*inclusion_proof(leaves[:half], index), root(leaves[half:])]
    return [*inclusion_proof(leaves[half:], index - half), root(leaves[:half])]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], head: bytes) -> bool:
    """The proof leads from the leaf at `index` to the root `head` of a tree of `size` leaves."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf
    for part in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(part, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, part)
        at, last = at >> 1, last >> 1
    return last == 0 and found == head


def consistency_proof(leaves: Sequence[bytes], old: int) -> list[bytes]:
    """The proof that the first `old` leaves were a tree of their own. Raises IndexError."""
    if not 0 < old <= len(leaves):
        raise IndexError(old)
    return list(_subproof(leaves, old, whole=True))


def _subproof(leaves: Sequence[bytes], old: int, *, whole: bool) -> Iterator[bytes]:
    if old == len(leaves):
        if not whole:
            yield root(leaves)
        return
    half = _split(len(leaves))
    if old <= half:
        yield from _subproof(leaves[:half], old, whole=whole)
        yield root(leaves[half:])
    else:
        yield from _subproof(leaves[half:], old - half, whole=False)
        yield root(leaves[:half])


def verify_consistency(old: int, old_root: bytes, size: int, head: bytes, proof: Sequence[bytes]) -> bool:
    """The proof shows that the tree of `size` leaves with root `head` only adds to that of `old` leaves."""
    if not 0 < old <= size:
        return False
    if old == size:
        return not proof and old_root == head
    rest = list(proof) if old & (old - 1) else [old_root, *proof]
    if not rest:
        return False
    at, last = old - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    before = after = rest[0]
    for part in rest[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            before, after = node_hash(part, before), node_hash(part, after)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            after = node_hash(after, part)
        at, last = at >> 1, last >> 1
    return last == 0 and before == old_root and after == head


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


class Checkpoint(msgspec.Struct, frozen=True, kw_only=True):
    """What one release published. `pages`: digest of all pages; `previous`: SHA-256 of the checkpoint before it, or FIRST.

    `redacted`: the commits before and after a redaction that this is the first release after; else empty.
    """

    origin: str
    size: int
    root: bytes
    commit: str
    as_of: date
    pages: str
    previous: str = FIRST
    redacted: tuple[str, str] | None = None

    @property
    def text(self) -> str:
        lines = [
            self.origin,
            str(self.size),
            base64.b64encode(self.root).decode(),
            f"commit {self.commit}",
            f"as-of {self.as_of.isoformat()}",
            f"pages {self.pages}",
            f"previous {self.previous}",
        ]
        if self.redacted:
            lines.append(f"redacted {self.redacted[0]} {self.redacted[1]}")
        return "".join(line + "\n" for line in lines)

    @property
    def digest(self) -> str:
        """What the next checkpoint names."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def parse(text: str) -> Checkpoint:
    """The checkpoint that reads so and not otherwise. Raises ValueError."""
    lines = text.split("\n")
    if len(lines) not in (8, 9) or lines[-1]:
        raise ValueError("lines")
    origin, size, head, *rest = lines[:-1]
    names = ["commit", "as-of", "pages", "previous", "redacted"][: len(rest)]
    told = [line.split(" ") for line in rest]
    if [t[0] for t in told] != names or any(len(t) != 2 + (t[0] == "redacted") for t in told):
        raise ValueError("names of lines")
    try:
        digest = base64.b64decode(head, validate=True)
    except binascii.Error as error:
        raise ValueError("root") from error
    found = Checkpoint(
        origin=origin,
        size=int(size) if _SIZE.fullmatch(size) else -1,
        root=digest,
        commit=told[0][1],
        as_of=date.fromisoformat(told[1][1]),
        pages=told[2][1],
        previous=told[3][1],
        redacted=(told[4][1], told[4][2]) if len(told) == 5 else None,
    )
    commits = (found.commit, *(found.redacted or ()))
    sound = found.size >= 0 and len(digest) == 32 and all(_COMMIT.fullmatch(c) for c in commits)
    sound = sound and bool(_ORIGIN.fullmatch(origin)) and bool(_DIGEST.fullmatch(found.pages))
    if not sound or not (found.previous == FIRST or _DIGEST.fullmatch(found.previous)) or found.text != text:
        raise ValueError("a line")
    return found


def parse_all(text: str) -> list[Checkpoint]:
    """All checkpoints of a log, oldest first: an empty line stands between two. Raises ValueError."""
    return [parse(part + "\n") for part in text.removesuffix("\n").split("\n\n")] if text else []


def join(checkpoints: Sequence[Checkpoint]) -> str:
    return "\n".join(c.text for c in checkpoints)


def log_errors(checkpoints: Sequence[Checkpoint], leaves: Sequence[bytes]) -> Iterator[str]:
    """Where a log is not what an append-only log can be, in Chinese; every root is computed anew."""
    peaks, before = Peaks(), None
    for n, c in enumerate(checkpoints, 1):
        if c.previous != (before.digest if before else FIRST):
            yield f"第{n}个检查点写的上一个检查点不对，中间有检查点被改动、抽走或插入"
        if before is not None and c.origin != before.origin:
            yield f"第{n}个检查点的日志名称“{c.origin}”与前一个不同"
        if not peaks.size <= c.size <= len(leaves):
            yield f"第{n}个检查点写有 {c.size} 个叶子，日志里对不上"
            return
        for leaf in leaves[peaks.size : c.size]:
            peaks.add(leaf)
        if peaks.root != c.root:
            yield f"第{n}个检查点的根与叶子算出来的不一致，有叶子被改动"
        before = c
    if before is not None and before.size != len(leaves):
        yield f"叶子有 {len(leaves)} 个，最后一个检查点只写到 {before.size} 个"


def read_leaves(text: str) -> list[bytes]:
    """Leaf hashes, one a line in hexadecimal digits. Raises ValueError."""
    lines = text.split("\n")
    if lines.pop():
        raise ValueError("the last line does not end")
    if any(not _DIGEST.fullmatch(line) for line in lines):
        raise ValueError("a leaf")
    return [bytes.fromhex(line) for line in lines]


def write_leaves(leaves: Sequence[bytes]) -> str:
    return "".join(leaf.hex() + "\n" for leaf in leaves)
