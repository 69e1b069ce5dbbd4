"""Signatures over steps of the main branch, or over a proposal: what Git holds, brought to the rules of jurisdiction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import islice

import msgspec

from weimin.adapters.history import parents, steps
from weimin.adapters.signatures import own_paths, raw_commits
from weimin.engine.history.reader import History
from weimin.engine.history.speakers import read_record, speakers
from weimin.history.signing.allowed_signers import AllowedSigners, advance
from weimin.history.signing.jurisdiction import (
    SETTINGS,
    SIGNERS,
    SignatureProblem,
    SignedStep,
    StepCommit,
    attestation,
    check_signatures,
    is_same_or_above,
    reintroduced_keys,
    scope_of,
)
from weimin.history.signing.signed_commits import arrival_times, commits_by_step, read_commit
from weimin.history.signing.signers import Signer
from weimin.model.history import FileChange, Step
from weimin.model.kinds import Site
from weimin.model.signature import Signature
from weimin.records.parse import Reader

_AT_ONCE = 1000

_Arrivals = Callable[[], Mapping[str, tuple[str, ...]]]


class Attested(msgspec.Struct, frozen=True):
    """A step with what its signatures show. `signatures`: of each commit that came with it, empty where none are asked for.

    `roll` is what holds after the step, `seen` when it was first there: what the next audit goes on with.
    """

    step: Step
    signatures: Mapping[str, Signature]
    faults: tuple[SignatureProblem, ...]
    roll: AllowedSigners
    seen: int


class Vouching(msgspec.Struct, frozen=True, kw_only=True):
    """Commits for which signed notices of redactions answer, and what is said of each notice at the step that brought it."""

    rewritten: frozenset[str] = frozenset()
    said: Mapping[str, tuple[SignatureProblem, ...]] = msgspec.field(default_factory=dict)


class Attester:
    """Goes through the steps of a main branch in their order."""

    def __init__(self, history: History, vouching: Vouching | None = None) -> None:
        self._history, self._vouching = history, vouching or Vouching()
        self._git, self._contents, self._prefix = history.git, history.contents, history.prefix
        self._reader = Reader(history.schemas)

    def attest(
        self, walked: Iterable[Step], now: int, since: str = "", roll: AllowedSigners | None = None, clock: int = 0
    ) -> Iterator[Attested]:
        """Hold each step after `since` (empty: each) to the list as it stood before, as `roll` and `clock` have it there.

        `walked` as `History.steps` gives them. A register that asks for no signatures reads nothing more of Git.
        """
        roll = roll or AllowedSigners()
        history = self._history

        @cache
        def arrivals() -> Mapping[str, tuple[str, ...]]:
            return commits_by_step(parents(self._git, history.head, since), history.after(since))

        todo = iter(walked)
        while chunk := list(islice(todo, _AT_ONCE)):
            asked = roll.required or any(_at(path, s.changes) for s in chunk for path in (SETTINGS, SIGNERS))
            commits = self._commits(c for s in chunk for c in arrivals()[s.commit]) if asked else {}
            times = arrival_times([s.committed for s in chunk], clock, now)
            for step, at in zip(chunk, times, strict=True):
                attested = self._attest(step, arrivals, commits, roll, at)
                roll, clock = attested.roll, at
                yield attested

    def _attest(
        self, step: Step, arrivals: _Arrivals, commits: Mapping[str, StepCommit], roll: AllowedSigners, clock: int
    ) -> Attested:
        after, back = self._followed(step, roll, clock)
        named = (*reintroduced_keys(back, step.commit, step.author), *self._vouching.said.get(step.commit, ()))
        if not roll.required:
            return Attested(step, {}, named, after, clock)
        signed = self._signed(step, tuple(commits[c] for c in arrivals()[step.commit]), clock)
        judged = check_signatures(signed, roll, self._history.zone, rewritten=self._vouching.rewritten)
        step = msgspec.structs.replace(step, attested=attestation(signed, judged))
        return Attested(step, judged.signatures, (*judged.problems, *named), after, clock)

    def holds(self, step: Step, came: Iterable[str], roll: AllowedSigners, at: int) -> bool:
        """A step with the commits that came with it, seen at `at`, is in order with another roll, too."""
        signed = self._signed(step, tuple(self._commits(came).values()), at)
        return roll.required and not check_signatures(signed, roll, self._history.zone).problems

    def propose(self, base: str, head: str, changes: tuple[FileChange, ...], at: int) -> tuple[SignatureProblem, ...]:
        """Hold the commits that `head` has and the main branch at `base` has not to the list of `base`.

        `changes`: what differs, with paths below the root of the records. `at`: when the proposal is looked at, in seconds
        since 1970. Who approves it is still to come (A113).
        """
        roll = self.roll_at(base, at)
        graph = parents(self._git, head, base) if roll.required else {}
        if head not in graph:
            return ()
        commits = self._commits(commits_by_step(graph, [head])[head])
        whole = Step(commit=head, parents=graph[head], changes=changes)
        faults = check_signatures(
            self._signed(whole, tuple(commits.values()), at), roll, self._history.zone, merged=False
        ).problems
        author = commits[head].commit.author
        return (*faults, *reintroduced_keys(self._followed(whole, roll, at)[1], head, author))

    def roll_at(self, commit: str, now: int) -> AllowedSigners:
        """The roll that holds after a commit of the main branch, from the steps that changed the list or the settings."""
        roll, clock = AllowedSigners(), 0
        if not commit:
            return roll
        paths = {self._prefix + path: path for path in (SIGNERS, SETTINGS)}
        for step in steps(self._git, commit, paths=tuple(paths)):
            (clock,) = arrival_times([step.committed], clock, now)
            changes = tuple(msgspec.structs.replace(c, path=paths[c.path]) for c in step.changes)
            roll, _ = self._followed(msgspec.structs.replace(step, changes=changes), roll, clock)
        return roll

    def _commits(self, wanted: Iterable[str]) -> dict[str, StepCommit]:
        """Commits in the order asked, read in bulk."""
        ids = list(wanted)
        own = own_paths(self._git, ids)
        return {
            commit: StepCommit(read_commit(commit, raw), tuple(self._inside(p) for p in own[commit]))
            for commit, raw in raw_commits(self._git, ids)
        }

    def _signed(self, step: Step, commits: tuple[StepCommit, ...], at: int) -> SignedStep:
        wanted = {c.path: self._wanted(step.commit, c) for c in step.changes}
        return SignedStep(
            commits=commits, at=at, required_scopes=wanted, deleted=frozenset(c.path for c in step.changes if not c.new)
        )

    def _wanted(self, commit: str, change: FileChange) -> frozenset[str]:
        """Whose signature a file takes: its folder's, and that of a platform above in whose name it speaks."""
        scope = scope_of(change.path)
        blobs = [blob for blob in (change.old, change.new) if blob]
        said = speakers(change.path, blobs, f"{commit}:{self._prefix}", self._contents, self._reader)
        return frozenset({scope, *(code for code in said if is_same_or_above(code, scope))})

    def _followed(self, step: Step, roll: AllowedSigners, clock: int) -> tuple[AllowedSigners, tuple[Signer, ...]]:
        """The roll after a step; settings that cannot be read, or are gone, switch nothing off."""
        settings, signers = _at(SETTINGS, step.changes), _at(SIGNERS, step.changes)
        asked, text = roll.requested, roll.text
        if settings and settings.new and (record := read_record(SETTINGS, settings.new, self._contents, self._reader)):
            asked = isinstance(record.data, Site) and record.data.signatures is True
        if signers:
            text = self._contents(signers.new).decode("utf-8", "replace") if signers.is_file else ""
        if (asked, text) == (roll.requested, roll.text):
            return roll, ()
        return advance(roll, text, asked, clock)

    def _inside(self, path: str) -> str:
        """The path below the root of the records, as `History` has it."""
        return path.removeprefix(self._prefix) if path.startswith(self._prefix) else f"../{path}"


def _at(path: str, changes: Iterable[FileChange]) -> FileChange | None:
    return next((c for c in changes if c.path == path), None)
