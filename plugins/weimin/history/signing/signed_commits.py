"""A commit object as bytes → who it says made it, when, and what exactly was signed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from weimin.history.rules.dated import plausible_time

_IDENTITY = re.compile(r"(?P<name>[^<]*?) ?<(?P<email>[^>]*)>(?:.*>)? (?P<time>\d{1,12}) [+-]\d{4}")
_SHA1_DIGITS = 40


class SignedCommit(msgspec.Struct, frozen=True, kw_only=True):
    """`payload` is what a signature covers: the object without its signature. Times: seconds since 1970, as claimed.

    `signature` is armoured, as Git keeps it; empty where there is none. An identity that cannot be read is empty, at 0.
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
    """Headers and signature taken apart as Git does it: no header that begins with `gpgsig` is part of what was signed."""
    head, blank, message = raw.partition(b"\n\n")
    own = b"gpgsig" if len(commit) <= _SHA1_DIGITS else b"gpgsig-sha256"
    kept: list[bytes] = []
    signature: list[bytes] = []
    fields: dict[bytes, list[bytes]] = {}
    into: list[bytes] | None = kept
    for line in head.split(b"\n"):
        name, _, value = line.partition(b" ")
        if name == b"":  # a line that goes on where the last one ended
            if into is not None:
                into.append(value if into is signature else line)
            continue
        if name == own:
            into = signature
            into.append(value)
        elif name.startswith(b"gpgsig"):
            into = None
        else:
            into = kept
            kept.append(line)
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
        payload=b"\n".join(kept) + b"\n" + (b"\n" + message if blank else b""),
        signature=b"\n".join(signature),
    )


def _identity(line: bytes) -> tuple[str, str, int]:
    found = _IDENTITY.fullmatch(line.decode("utf-8", "replace"))
    return (found["name"], found["email"].lower(), int(found["time"])) if found else ("", "", 0)


def commits_by_step(parents: Mapping[str, Sequence[str]], chain: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Step of the main branch → the commits that came with it, ancestors first, itself last.

    `chain` is the first-parent chain, oldest first; a commit that is not in `parents` was there before all of it.
    """
    seen: set[str] = set()
    return {step: _new(step, parents, seen) for step in chain}


def _new(step: str, parents: Mapping[str, Sequence[str]], seen: set[str]) -> tuple[str, ...]:
    """Depth first without recursion: a branch may be longer than Python's stack."""
    found: list[str] = []
    waiting: list[tuple[str, bool]] = [(step, False)]
    while waiting:
        commit, done = waiting.pop()
        if done:
            found.append(commit)
        elif commit in parents and commit not in seen:
            seen.add(commit)
            waiting.append((commit, True))
            waiting += [(parent, False) for parent in reversed(parents[commit])]
    return tuple(found)


def arrival_times(times: Sequence[int], clock: int, now: int) -> tuple[int, ...]:
    """When each step of the main branch stood there at the earliest, from the times that the steps claim, oldest first.

    The claims are the only clock there is, and not all can be believed; but it runs forwards: no step is earlier than
    `clock`, the time of what was there before, nor than the step before it.
    """
    at: list[int] = []
    for claimed in times:
        clock = max(clock, plausible_time(claimed, clock, now))
        at.append(clock)
    return tuple(at)
