"""Signatures over steps of the main branch, or over a proposal: what Git holds, brought to the rules of jurisdiction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import tzinfo
from itertools import islice
from pathlib import Path

import msgspec

from weimin.adapters.history import Contents, parents
from weimin.adapters.signatures import own_paths, raw_commits
from weimin.app.speakers import read_record, speakers
from weimin.history.jurisdiction import (
    SETTINGS,
    SIGNERS,
    Brought,
    Fault,
    SignedStep,
    above,
    judge,
    relapses,
    scope_of,
)
from weimin.history.roll import Roll, follow
from weimin.history.signed import brought, first_seen, read_commit
from weimin.history.signers import Signer
from weimin.model.history import FileChange, Step
from weimin.model.kinds import Site
from weimin.model.signature import UNSIGNED, Signature
from weimin.records.parse import Reader

_AT_ONCE = 2000


class Attested(msgspec.Struct, frozen=True):
    """`signature` is that of the step's own commit, `within` those of all that came with it, itself included.

    `roll` is what holds after the step, `seen` when it was first there: what the next audit goes on with.
    """

    step: Step
    signature: Signature
    within: Mapping[str, Signature]
    faults: tuple[Fault, ...]
    roll: Roll
    seen: int


class Attester:
    """Goes through the steps of a main branch in order. `prefix`: the records' folder in the repository, or empty."""

    def __init__(self, git: Path, reader: Reader, zone: tzinfo, prefix: str = "") -> None:
        self._git = git
        self._reader = reader
        self._zone = zone
        self._prefix = prefix

    def attest(
        self,
        history: Iterable[Step],
        graph: Mapping[str, tuple[str, ...]],
        *,
        now: int,
        roll: Roll | None = None,
        seen: int = 0,
    ) -> Iterator[Attested]:
        """Hold each step to the list as it stood before. `graph`: the parents of all commits that are new with these steps.

        `now`, and `seen` of the step before the first: seconds since 1970.
        """
        roll = roll or Roll()
        todo = iter(history)
        known: set[str] = set()
        with Contents(self._git) as contents:
            while chunk := list(islice(todo, _AT_ONCE)):
                asked = roll.required or any(self._at(SETTINGS, step.changes) for step in chunk)
                with_it = brought({c: p for c, p in graph.items() if c not in known}, [s.commit for s in chunk])
                commits = self._commits(with_it) if asked else {}
                known.update(c for found in with_it.values() for c in found)
                times = first_seen([seen, *(s.committed for s in chunk)], now)[1:]
                for step, seen in zip(chunk, times, strict=True):
                    signed = (
                        self._signed(step, with_it[step.commit], commits, seen, contents) if roll.required else None
                    )
                    attested = self._attested(step, with_it[step.commit], signed, roll, seen, contents)
                    roll = attested.roll
                    yield attested

    def _attested(
        self, step: Step, with_it: tuple[str, ...], signed: SignedStep | None, roll: Roll, seen: int, contents: Contents
    ) -> Attested:
        judged = judge(signed, roll, self._zone) if signed else None
        faults = judged.faults if judged else ()
        signatures = judged.signatures if judged else dict.fromkeys(with_it, UNSIGNED)
        roll, back = self._followed(step, roll, seen, contents)
        return Attested(
            step=step,
            signature=signatures.get(step.commit, UNSIGNED),
            within=signatures,
            faults=(*faults, *relapses(back, step.commit)),
            roll=roll,
            seen=seen,
        )

    def propose(
        self, base: str, head: str, changes: tuple[FileChange, ...], *, roll: Roll, at: int
    ) -> tuple[Fault, ...]:
        """Hold the commits between a base and a head to the roll of the base; who approves them is still to come."""
        if not roll.required:
            return ()
        graph = parents(self._git, head, base)
        commits = self._commits({head: brought(graph, [head])[head]})
        whole = Step(commit=head, parents=graph.get(head, ()), changes=changes)
        with Contents(self._git) as contents:
            signed = self._signed(whole, tuple(commits), commits, at, contents)
            faults = judge(signed, roll, self._zone, merged=False).faults
            _, back = self._followed(whole, roll, at, contents)
        return (*faults, *relapses(back, head))

    def _commits(self, with_it: Mapping[str, tuple[str, ...]]) -> dict[str, Brought]:
        """All commits of some steps, read in bulk."""
        wanted = [c for commits in with_it.values() for c in commits]
        own = own_paths(self._git, wanted)
        return {
            commit: Brought(read_commit(commit, raw), tuple(self._here(p) for p in own[commit]))
            for commit, raw in raw_commits(self._git, wanted)
        }

    def _signed(
        self, step: Step, with_it: tuple[str, ...], commits: Mapping[str, Brought], at: int, contents: Contents
    ) -> SignedStep:
        wanted = {self._here(c.path): self._wanted(step.commit, c, contents) for c in step.changes}
        gone = frozenset(self._here(c.path) for c in step.changes if not c.new)
        return SignedStep(commits=tuple(commits[c] for c in with_it), at=at, wanted=wanted, gone=gone)

    def _wanted(self, commit: str, change: FileChange, contents: Contents) -> frozenset[str]:
        path = self._here(change.path)
        scope = scope_of(path)
        voices = speakers(
            path, [b for b in (change.old, change.new) if b], f"{commit}:{self._prefix}", contents, self._reader
        )
        return frozenset({scope, *(s for s in voices if above(s, scope))})

    def _followed(self, step: Step, roll: Roll, seen: int, contents: Contents) -> tuple[Roll, tuple[Signer, ...]]:
        """The roll after a step; settings that cannot be read, or are gone, switch nothing off."""
        settings, signers = self._at(SETTINGS, step.changes), self._at(SIGNERS, step.changes)
        asked, text = roll.asked, roll.text
        if settings and settings.new and (record := read_record(SETTINGS, settings.new, contents, self._reader)):
            asked = isinstance(record.data, Site) and record.data.signatures is True
        if signers:
            text = contents(signers.new).decode("utf-8", "replace") if signers.is_file else ""
        if (asked, text) == (roll.asked, roll.text):
            return roll, ()
        return follow(roll, text, asked, seen)

    def _here(self, path: str) -> str:
        """A path of the repository as a path of the records; what lies outside of them is nobody's folder."""
        return path.removeprefix(self._prefix) if path.startswith(self._prefix) else "../" + path

    def _at(self, path: str, changes: Iterable[FileChange]) -> FileChange | None:
        return next((c for c in changes if c.path == self._prefix + path), None)
