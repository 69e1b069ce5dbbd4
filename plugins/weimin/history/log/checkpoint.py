"""The transparency log: a Merkle tree over everything that was ever published, and checkpoints that anybody can keep.

Why: a Git history can be rewritten, and a site can be rebuilt from the rewritten one. Whoever kept one checkpoint can
prove later that the log was changed, and whoever kept none can still check that the log is consistent in itself.

How it works:

1. Each release publishes records. A leaf is the hash of one published version; the log is the list of all leaves, and
   only ever grows at its end.
2. A checkpoint states the number of leaves and the root of the Merkle tree over them, together with the commit, the
   day, a digest over all pages, and the digest of the checkpoint before it.
3. An inclusion proof shows that one leaf is in the tree of a checkpoint, in log2(size) hashes.
4. A consistency proof shows that a later tree contains an earlier one unchanged, likewise.

The hashes and proofs are those of RFC 6962, section 2.1: a leaf is SHA-256(0x00 ‖ data), a node is
SHA-256(0x01 ‖ left ‖ right), and a tree of n leaves splits at the largest power of two below n. The text of a checkpoint
follows C2SP tlog-checkpoint: origin, size, root in base64, then this project's own lines:

    example.org/weimin
    42
    q1b1…=
    commit 2f9c…
    as-of 2026-11-22
    pages 8d0e…
    previous 5ac1…

Invariants of a log (`log_errors` checks them): sizes never decrease; each `previous` is the digest of the checkpoint
before; each root is the root over the first `size` leaves; the last checkpoint covers all leaves.
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
"""The `previous` of the first checkpoint."""

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_SIZE = re.compile(r"0|[1-9][0-9]{0,15}", re.ASCII)
_ORIGIN = re.compile(r"[^\s+\x00-\x1f\x7f]{1,200}")


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes; without leaves, the hash of the empty string (RFC 6962)."""
    peaks = Peaks()
    for leaf in leaves:
        peaks.add(leaf)
    return peaks.root


class Peaks:
    """A growing tree of which only the roots of its complete subtrees (peaks) are stored, the largest first.

    Their sizes are the powers of two in the binary form of `size`: 6 leaves have a peak of 4 and a peak of 2.
    """

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        self._peaks.append(leaf)
        size = self.size
        while size & 1:  # each trailing 1 bit is a peak as large as the last one: the two become one
            right = self._peaks.pop()
            self._peaks.append(node_hash(self._peaks.pop(), right))
            size >>= 1
        self.size += 1

    @property
    def root(self) -> bytes:
        if not self._peaks:
            return hashlib.sha256(b"").digest()
        digest = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            digest = node_hash(peak, digest)
        return digest


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The proof that leaf `index` is in the tree over all `leaves`. Raises IndexError for an index outside."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return []
    half = _split(len(leaves))
    if index < half:
        return [*inclusion_proof(leaves[:half], index), root(leaves[half:])]
    return [*inclusion_proof(leaves[half:], index - half), root(leaves[:half])]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], head: bytes) -> bool:
    """Whether the proof leads from the leaf at `index` to the root `head` of a tree of `size` leaves."""
    if not 0 <= index < size:
        return False
    at, last, digest = index, size - 1, leaf
    for part in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            digest = node_hash(part, digest)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            digest = node_hash(digest, part)
        at, last = at >> 1, last >> 1
    return last == 0 and digest == head


def consistency_proof(leaves: Sequence[bytes], old: int) -> list[bytes]:
    """The proof that the tree over the first `old` leaves is the beginning of this one. Raises IndexError for no such tree."""
    if not 0 < old <= len(leaves):
        raise IndexError(old)
    return list(_subproof(leaves, old, is_old_root=True))


def _subproof(leaves: Sequence[bytes], old: int, *, is_old_root: bool) -> Iterator[bytes]:
    """SUBPROOF of RFC 6962, 2.1.2. `is_old_root`: the verifier knows the root over the first `old` leaves already."""
    if old == len(leaves):
        if not is_old_root:
            yield root(leaves)
        return
    half = _split(len(leaves))
    if old <= half:
        yield from _subproof(leaves[:half], old, is_old_root=is_old_root)
        yield root(leaves[half:])
    else:
        yield from _subproof(leaves[half:], old - half, is_old_root=False)
        yield root(leaves[:half])


def verify_consistency(old: int, old_root: bytes, size: int, head: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the tree of `size` leaves with root `head` only adds leaves to that of `old` leaves."""
    if not 0 < old <= size:
        return False
    if old == size:
        return not proof and old_root == head
    hashes = list(proof) if old & (old - 1) else [old_root, *proof]
    if not hashes:
        return False
    at, last = old - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    before = after = hashes[0]
    for part in hashes[1:]:
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
    """What one release published. `root`: over the first `size` leaves; `pages`: digest over all pages of the site.

    `previous`: SHA-256 of the checkpoint before it, or FIRST. `redacted`: if this is the first release after a redaction,
    the head before and the head after it; else None.
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
        """SHA-256 of the text in hexadecimal: the `previous` of the next checkpoint."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def parse(text: str) -> Checkpoint:
    """The checkpoint of exactly this text. Raises ValueError for any other text, also one of another spelling."""
    lines = text.split("\n")
    if len(lines) not in (8, 9) or lines[-1]:
        raise ValueError("lines")
    origin, size, head, *rest = lines[:-1]
    names = ["commit", "as-of", "pages", "previous", "redacted"][: len(rest)]
    fields = [line.split(" ") for line in rest]
    if [f[0] for f in fields] != names or any(len(f) != 2 + (f[0] == "redacted") for f in fields):
        raise ValueError("names of lines")
    try:
        digest = base64.b64decode(head, validate=True)
    except binascii.Error as error:
        raise ValueError("root") from error
    checkpoint = Checkpoint(
        origin=origin,
        size=int(size) if _SIZE.fullmatch(size) else -1,
        root=digest,
        commit=fields[0][1],
        as_of=date.fromisoformat(fields[1][1]),
        pages=fields[2][1],
        previous=fields[3][1],
        redacted=(fields[4][1], fields[4][2]) if len(fields) == 5 else None,
    )
    commits = (checkpoint.commit, *(checkpoint.redacted or ()))
    valid = checkpoint.size >= 0 and len(digest) == 32 and all(_COMMIT.fullmatch(c) for c in commits)
    valid = valid and bool(_ORIGIN.fullmatch(origin)) and bool(_DIGEST.fullmatch(checkpoint.pages))
    valid = valid and (checkpoint.previous == FIRST or bool(_DIGEST.fullmatch(checkpoint.previous)))
    if not valid or checkpoint.text != text:
        raise ValueError("a line")
    return checkpoint


def parse_all(text: str) -> list[Checkpoint]:
    """All checkpoints of a log, oldest first, with an empty line between two. Raises ValueError."""
    return [parse(part + "\n") for part in text.removesuffix("\n").split("\n\n")] if text else []


def join(checkpoints: Sequence[Checkpoint]) -> str:
    """The text of a log: the inverse of `parse_all`."""
    return "\n".join(c.text for c in checkpoints)


def log_errors(checkpoints: Sequence[Checkpoint], leaves: Sequence[bytes]) -> Iterator[str]:
    """Messages in Chinese, one for each invariant of the log that is violated; every root is computed again."""
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
    """Leaf hashes from a text with one hash in hexadecimal digits on each line. Raises ValueError."""
    lines = text.split("\n")
    if lines.pop():
        raise ValueError("the last line does not end")
    if any(not _DIGEST.fullmatch(line) for line in lines):
        raise ValueError("a leaf")
    return [bytes.fromhex(line) for line in lines]


def write_leaves(leaves: Sequence[bytes]) -> str:
    """The inverse of `read_leaves`."""
    return "".join(leaf.hex() + "\n" for leaf in leaves)
