"""Commit objects as bytes → author, committer, times, and the bytes that were signed; which step brought which commits."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from weimin.history.rules.dated import plausible_time

_IDENTITY = re.compile(r"(?P<name>[^<]*?) ?<(?P<email>[^>]*)>(?:.*>)? (?P<time>\d{1,12}) [+-]\d{4}")
_SHA1_DIGITS = 40


class SignedCommit(msgspec.Struct, frozen=True, kw_only=True):
    """A commit as it describes itself. Times are in seconds since 1970, as the commit claims them.

    `payload`: the bytes that a signature covers, that is the object without its signature. `signature`: armoured, as Git
    stores it; empty if there is none. An identity that cannot be parsed is empty, with the time 0.
    """

    id: str
    parents: tuple[str, ...]
    author: str
    author_email: str
    author_time: int
    committer_email: str
    committer_time: int
    payload: bytes
    signature: bytes = b""


def read_commit(commit: str, raw: bytes) -> SignedCommit:
    """Parse a commit object as Git does: no header that begins with `gpgsig` is part of what was signed."""
    head, blank, message = raw.partition(b"\n\n")
    own = b"gpgsig" if len(commit) <= _SHA1_DIGITS else b"gpgsig-sha256"
    signed: list[bytes] = []
    signature: list[bytes] = []
    fields: dict[bytes, list[bytes]] = {}
    into: list[bytes] | None = signed
    for line in head.split(b"\n"):
        name, _, value = line.partition(b" ")
        if name == b"":  # a continuation line of the header before
            if into is not None:
                into.append(value if into is signature else line)
            continue
        if name == own:
            into = signature
            into.append(value)
        elif name.startswith(b"gpgsig"):
            into = None
        else:
            into = signed
            signed.append(line)
            fields.setdefault(name, []).append(value)
    author, committer = (_identity(fields.get(who, [b""])[0]) for who in (b"author", b"committer"))
    return SignedCommit(
        id=commit,
        parents=tuple(parent.decode("ascii", "replace") for parent in fields.get(b"parent", [])),
        author=author[0],
        author_email=author[1],
        author_time=author[2],
        committer_email=committer[1],
        committer_time=committer[2],
        payload=b"\n".join(signed) + b"\n" + (b"\n" + message if blank else b""),
        signature=b"\n".join(signature),
    )


def _identity(line: bytes) -> tuple[str, str, int]:
    match = _IDENTITY.fullmatch(line.decode("utf-8", "replace"))
    return (match["name"], match["email"].lower(), int(match["time"])) if match else ("", "", 0)


def commits_by_step(parents: Mapping[str, Sequence[str]], chain: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Step of the main branch → the commits that it brought, ancestors first, itself last.

    `chain`: the first-parent chain, oldest first. A commit that is not in `parents` is older than the chain.
    """
    visited: set[str] = set()
    return {step: _new_commits(step, parents, visited) for step in chain}


def _new_commits(step: str, parents: Mapping[str, Sequence[str]], visited: set[str]) -> tuple[str, ...]:
    """Depth first, without recursion: a branch may be longer than Python's stack."""
    ordered: list[str] = []
    pending: list[tuple[str, bool]] = [(step, False)]
    while pending:
        commit, done = pending.pop()
        if done:
            ordered.append(commit)
        elif commit in parents and commit not in visited:
            visited.add(commit)
            pending.append((commit, True))
            pending += [(parent, False) for parent in reversed(parents[commit])]
    return tuple(ordered)


def arrival_times(times: Sequence[int], clock: int, now: int) -> tuple[int, ...]:
    """The earliest time at which each step can have arrived on the main branch, from the times that the steps claim.

    The claimed times are the only clock, and some are implausible; but time runs forwards: no step is earlier than
    `clock` (the time of the step before the first), nor than the step before it. All in seconds since 1970, oldest first.
    """
    arrivals: list[int] = []
    for claimed in times:
        clock = max(clock, plausible_time(claimed, clock, now))
        arrivals.append(clock)
    return tuple(arrivals)
