"""Signatures over steps of the main branch, or over a proposal: what Git holds, brought to the rules of jurisdiction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import islice

import msgspec

from weimin.adapters.history import parents, steps
from weimin.adapters.signatures import own_paths, raw_commits
from weimin.engine.history.attributed_platforms import attributed_platforms, read_record
from weimin.engine.history.reader import History
from weimin.history.signing.allowed_signers import Roll, follow
from weimin.history.signing.jurisdiction import (
    SETTINGS,
    SIGNERS,
    Brought,
    Fault,
    SignedStep,
    above,
    attestation,
    judge,
    relapses,
    scope_of,
)
from weimin.history.signing.signed import brought, first_seen, read_commit
from weimin.history.signing.signers import Signer
from weimin.model.history import FileChange, Step
from weimin.model.kinds import Site
from weimin.model.signature import Signature
from weimin.records.parse import Reader

_COMMITS_PER_BATCH = 1000

_Arrivals = Callable[[], Mapping[str, tuple[str, ...]]]


class VerifiedStep(msgspec.Struct, frozen=True):
    """A step with what its signatures show. `signatures`: of each commit that came with it, empty where none are asked for.

    `roll` is what holds after the step, `seen` when it was first there: what the next audit goes on with.
    """

    step: Step
    signatures: Mapping[str, Signature]
    faults: tuple[Fault, ...]
    roll: Roll
    first_seen_at: int


class Endorsements(msgspec.Struct, frozen=True, kw_only=True):
    """Commits for which signed notices of redactions answer, and what is said of each notice at the step that brought it."""

    rewritten: frozenset[str] = frozenset()
    notice_findings: Mapping[str, tuple[Fault, ...]] = msgspec.field(default_factory=dict)


class SignatureVerifier:
    """Goes through the steps of a main branch in their order."""

    def __init__(self, history: History, endorsements: Endorsements | None = None) -> None:
        self._history, self._endorsements = history, endorsements or Endorsements()
        self._git, self._contents, self._prefix = history.git, history.contents, history.prefix
        self._reader = Reader(history.schemas)

    def verify(
        self, walked: Iterable[Step], now: int, since: str = "", roll: Roll | None = None, clock: int = 0
    ) -> Iterator[VerifiedStep]:
        """Hold each step after `since` (empty: each) to the list as it stood before, as `roll` and `clock` have it there.

        `walked` as `History.steps` gives them. A register that asks for no signatures reads nothing more of Git.
        """
        roll = roll or Roll()
        history = self._history

        @cache
        def arrivals() -> Mapping[str, tuple[str, ...]]:
            return brought(parents(self._git, history.head, since), history.commits_after(since))

        todo = iter(walked)
        while chunk := list(islice(todo, _COMMITS_PER_BATCH)):
            asked = roll.required or any(_change_of(path, s.changes) for s in chunk for path in (SETTINGS, SIGNERS))
            commits = self._read_commits(c for s in chunk for c in arrivals()[s.commit]) if asked else {}
            times = first_seen([s.committed for s in chunk], clock, now)
            for step, at in zip(chunk, times, strict=True):
                verified = self._verify(step, arrivals, commits, roll, at)
                roll, clock = verified.roll, at
                yield verified

    def _verify(
        self, step: Step, arrivals: _Arrivals, commits: Mapping[str, Brought], roll: Roll, clock: int
    ) -> VerifiedStep:
        after, back = self._signers_after(step, roll, clock)
        named = (*relapses(back, step.commit, step.author), *self._endorsements.notice_findings.get(step.commit, ()))
        if not roll.required:
            return VerifiedStep(step, {}, named, after, clock)
        signed = self._signed_step(step, tuple(commits[c] for c in arrivals()[step.commit]), clock)
        judged = judge(signed, roll, self._history.zone, rewritten=self._endorsements.rewritten)
        step = msgspec.structs.replace(step, attested=attestation(signed, judged))
        return VerifiedStep(step, judged.signatures, (*judged.faults, *named), after, clock)

    def valid_with(self, step: Step, came: Iterable[str], roll: Roll, at: int) -> bool:
        """A step with the commits that came with it, seen at `at`, is in order with another roll, too."""
        signed = self._signed_step(step, tuple(self._read_commits(came).values()), at)
        return roll.required and not judge(signed, roll, self._history.zone).faults

    def verify_change(self, base: str, head: str, changes: tuple[FileChange, ...], at: int) -> tuple[Fault, ...]:
        """Hold the commits that `head` has and the main branch at `base` has not to the list of `base`.

        `changes`: what differs, with paths below the root of the records. `at`: when the proposal is looked at, in seconds
        since 1970. Who approves it is still to come (A113).
        """
        roll = self.allowed_signers_at(base, at)
        graph = parents(self._git, head, base) if roll.required else {}
        if head not in graph:
            return ()
        commits = self._read_commits(brought(graph, [head])[head])
        whole = Step(commit=head, parents=graph[head], changes=changes)
        faults = judge(
            self._signed_step(whole, tuple(commits.values()), at), roll, self._history.zone, merged=False
        ).faults
        author = commits[head].commit.author
        return (*faults, *relapses(self._signers_after(whole, roll, at)[1], head, author))

    def allowed_signers_at(self, commit: str, now: int) -> Roll:
        """The roll that holds after a commit of the main branch, from the steps that changed the list or the settings."""
        roll, clock = Roll(), 0
        if not commit:
            return roll
        paths = {self._prefix + path: path for path in (SIGNERS, SETTINGS)}
        for step in steps(self._git, commit, paths=tuple(paths)):
            (clock,) = first_seen([step.committed], clock, now)
            changes = tuple(msgspec.structs.replace(c, path=paths[c.path]) for c in step.changes)
            roll, _ = self._signers_after(msgspec.structs.replace(step, changes=changes), roll, clock)
        return roll

    def _read_commits(self, wanted: Iterable[str]) -> dict[str, Brought]:
        """Commits in the order asked, read in bulk."""
        ids = list(wanted)
        own = own_paths(self._git, ids)
        return {
            commit: Brought(read_commit(commit, raw), tuple(self._relative(p) for p in own[commit]))
            for commit, raw in raw_commits(self._git, ids)
        }

    def _signed_step(self, step: Step, commits: tuple[Brought, ...], at: int) -> SignedStep:
        wanted = {c.path: self._required_scopes(step.commit, c) for c in step.changes}
        return SignedStep(
            commits=commits, at=at, wanted=wanted, gone=frozenset(c.path for c in step.changes if not c.new)
        )

    def _required_scopes(self, commit: str, change: FileChange) -> frozenset[str]:
        """Whose signature a file takes: its folder's, and that of a platform above in whose name it speaks."""
        scope = scope_of(change.path)
        blobs = [blob for blob in (change.old, change.new) if blob]
        codes = attributed_platforms(change.path, blobs, f"{commit}:{self._prefix}", self._contents, self._reader)
        return frozenset({scope, *(code for code in codes if above(code, scope))})

    def _signers_after(self, step: Step, roll: Roll, clock: int) -> tuple[Roll, tuple[Signer, ...]]:
        """The roll after a step; settings that cannot be read, or are gone, switch nothing off."""
        settings, signers = _change_of(SETTINGS, step.changes), _change_of(SIGNERS, step.changes)
        asked, text = roll.asked, roll.text
        if settings and settings.new and (record := read_record(SETTINGS, settings.new, self._contents, self._reader)):
            asked = isinstance(record.data, Site) and record.data.signatures is True
        if signers:
            text = self._contents(signers.new).decode("utf-8", "replace") if signers.is_file else ""
        if (asked, text) == (roll.asked, roll.text):
            return roll, ()
        return follow(roll, text, asked, clock)

    def _relative(self, path: str) -> str:
        """The path below the root of the records, as `History` has it."""
        return path.removeprefix(self._prefix) if path.startswith(self._prefix) else f"../{path}"


def _change_of(path: str, changes: Iterable[FileChange]) -> FileChange | None:
    return next((c for c in changes if c.path == path), None)
