"""Verifies the signatures of steps of the main branch, and of a change that is not merged yet (A106, A107, A113).

The rules themselves are in `history/signing/jurisdiction.py`; this module reads what they need from Git.

1. The allowed signers are a file of the repository (`content/network/signers`). Each step is judged by the list as it was
   before the step, so that no change admits its own author. The list after the step is the one for the next step.
2. A step is one commit of the first-parent chain. The commits that it merges arrive with it; each has a signature of its own.
3. A signature must cover every file that its commit changes: the platform of the folder, and the platforms in whose name
   the file is written (`attributed_platforms.py`).
4. Keys are valid from and until a time. A signature counts at the time when its commit was first seen on the main branch,
   because the times in a commit are whatever its author wrote.
5. A redaction rewrites commits, which lose their signatures. Endorsements name the commits for which the signed notice of a
   redaction stands in (`rewrite_endorsement.py`).

Commits are read in batches: one process of Git for each thousand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache
from itertools import islice

import msgspec

from weimin.adapters.history import parents, steps
from weimin.adapters.signatures import own_paths, raw_commits
from weimin.engine.history.attributed_platforms import attributed_platforms, read_record
from weimin.engine.history.reader import History
from weimin.history.signing.allowed_signers import AllowedSigners, advance
from weimin.history.signing.jurisdiction import (
    LATEST,
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
from weimin.history.signing.signers import SITE, Signer
from weimin.model.history import FileChange, Step
from weimin.model.kinds import Platform, Site
from weimin.model.network import folder_of, is_over
from weimin.model.signature import Signature
from weimin.records.parse import Reader

_COMMITS_PER_BATCH = 1000

_Arrivals = Callable[[], Mapping[str, tuple[str, ...]]]


class VerifiedStep(msgspec.Struct, frozen=True):
    """A step with the result of verifying its signatures.

    `signatures`: commit → its signature, for each commit that arrived with the step; empty where the site requires none.
    `roll`: the allowed signers after the step. `first_seen_at`: when the step was first seen, in seconds since 1970. A later
    audit continues from both.
    """

    step: Step
    signatures: Mapping[str, Signature]
    faults: tuple[SignatureProblem, ...]
    roll: AllowedSigners
    first_seen_at: int


class Endorsements(msgspec.Struct, frozen=True, kw_only=True):
    """What the signed notices of redactions endorse.

    `rewritten`: commits whose lost signatures a notice stands in for. `notice_findings`: step → findings about the notices
    that arrived with it.
    """

    rewritten: frozenset[str] = frozenset()
    notice_findings: Mapping[str, tuple[SignatureProblem, ...]] = msgspec.field(default_factory=dict)


class SignatureVerifier:
    """Verifies the steps of a main branch in their order."""

    def __init__(self, history: History, endorsements: Endorsements | None = None) -> None:
        self._history, self._endorsements = history, endorsements or Endorsements()
        self._git, self._contents, self._prefix = history.git, history.contents, history.prefix
        self._reader = Reader(history.schemas)

    def verify(
        self, pending: Iterable[Step], now: int, since: str = "", roll: AllowedSigners | None = None, clock: int = 0
    ) -> Iterator[VerifiedStep]:
        """Verify each step after `since` (empty: every step) against the allowed signers before it.

        `pending`: the steps, as `History.steps` yields them. `roll` and `clock`: the allowed signers and the time at `since`.
        Where the site requires no signatures, nothing more is read from Git.
        """
        roll = roll or AllowedSigners()
        history = self._history

        @cache
        def arrivals() -> Mapping[str, tuple[str, ...]]:
            return commits_by_step(parents(self._git, history.head, since), history.commits_after(since))

        remaining = iter(pending)
        while chunk := list(islice(remaining, _COMMITS_PER_BATCH)):
            needed = roll.required or any(_change_of(path, s.changes) for s in chunk for path in (SETTINGS, SIGNERS))
            commits = self._read_commits(c for s in chunk for c in arrivals()[s.commit]) if needed else {}
            times = arrival_times([s.committed for s in chunk], clock, now)
            for step, at in zip(chunk, times, strict=True):
                verified = self._verify(step, arrivals, commits, roll, at)
                roll, clock = verified.roll, at
                yield verified

    def _verify(
        self, step: Step, arrivals: _Arrivals, commits: Mapping[str, StepCommit], roll: AllowedSigners, clock: int
    ) -> VerifiedStep:
        after, returned = self._signers_after(step, roll, clock)
        extra = (
            *reintroduced_keys(returned, step.commit, step.author),
            *self._endorsements.notice_findings.get(step.commit, ()),
        )
        if not roll.required:
            return VerifiedStep(step, {}, extra, after, clock)
        signed = self._signed_step(step, tuple(commits[c] for c in arrivals()[step.commit]), clock)
        judged = check_signatures(signed, roll, self._history.zone, rewritten=self._endorsements.rewritten)
        step = msgspec.structs.replace(step, attested=attestation(signed, judged))
        return VerifiedStep(step, judged.signatures, (*judged.problems, *extra), after, clock)

    def valid_with(self, step: Step, arrived: Iterable[str], roll: AllowedSigners, at: int) -> bool:
        """Whether a step, seen at `at` with the commits that arrived with it, is valid under another list of signers."""
        signed = self._signed_step(step, tuple(self._read_commits(arrived).values()), at)
        return roll.required and not check_signatures(signed, roll, self._history.zone).problems

    def verify_change(
        self, base: str, head: str, changes: tuple[FileChange, ...], at: int
    ) -> tuple[SignatureProblem, ...]:
        """Verify the commits of `head` that the main branch at `base` lacks, against the allowed signers of `base`.

        `changes`: the differences, with paths below the root of the records. `at`: the time of the check, in seconds since
        1970. Nobody has approved the change yet, so A113 does not apply.
        """
        roll = self.allowed_signers_at(base, at)
        graph = parents(self._git, head, base) if roll.required else {}
        if head not in graph:
            return ()
        commits = self._read_commits(commits_by_step(graph, [head])[head])
        step = Step(commit=head, parents=graph[head], changes=changes)
        faults = check_signatures(
            self._signed_step(step, tuple(commits.values()), at, base), roll, self._history.zone, merged=False
        ).problems
        author = commits[head].commit.author
        return (*faults, *reintroduced_keys(self._signers_after(step, roll, at)[1], head, author))

    def allowed_signers_at(self, commit: str, now: int) -> AllowedSigners:
        """The allowed signers after a commit of the main branch, from the steps that changed the list or the settings."""
        roll, clock = AllowedSigners(), 0
        if not commit:
            return roll
        paths = {self._prefix + path: path for path in (SIGNERS, SETTINGS)}
        for step in steps(self._git, commit, paths=tuple(paths)):
            (clock,) = arrival_times([step.committed], clock, now)
            changes = tuple(msgspec.structs.replace(c, path=paths[c.path]) for c in step.changes)
            roll, _ = self._signers_after(msgspec.structs.replace(step, changes=changes), roll, clock)
        return roll

    def _read_commits(self, requested: Iterable[str]) -> dict[str, StepCommit]:
        """The commits in the given order, read in bulk."""
        ids = list(requested)
        own = own_paths(self._git, ids)
        return {
            commit: StepCommit(read_commit(commit, raw), tuple(self._relative(p) for p in own[commit]))
            for commit, raw in raw_commits(self._git, ids)
        }

    def _signed_step(self, step: Step, commits: tuple[StepCommit, ...], at: int, before: str = "") -> SignedStep:
        """`before`: the commit of the main branch before the step; by default its first parent."""
        scopes = {c.path: self._required_scopes(step.commit, c) for c in step.changes}
        return SignedStep(
            commits=commits,
            at=at,
            required_scopes=scopes,
            deleted=frozenset(c.path for c in step.changes if not c.new),
            heir_of=self._heirs_at(before or next(iter(step.parents), ""), at),
        )

    def _heirs_at(self, commit: str, at: int) -> Callable[[str], str | None]:
        """The platforms that took over closed ones, as the records of a commit say, on the day of `at`."""
        today = datetime.fromtimestamp(min(at, LATEST), self._history.zone).date()

        @cache
        def heir_of(scope: str) -> str | None:
            if not commit or scope == SITE:
                return None
            path = f"{folder_of(scope)}/platform.yml"
            record = read_record(path, f"{commit}:{self._prefix}{path}", self._contents, self._reader)
            closed = record.data.closed if record is not None and isinstance(record.data, Platform) else None
            return closed.into if closed is not None and is_over(closed.date, today) else None

        return heir_of

    def _required_scopes(self, commit: str, change: FileChange) -> frozenset[str]:
        """The scopes whose signatures a file requires: that of its folder, and those of platforms above it that it quotes."""
        scope = scope_of(change.path)
        blobs = [blob for blob in (change.old, change.new) if blob]
        codes = attributed_platforms(change.path, blobs, f"{commit}:{self._prefix}", self._contents, self._reader)
        return frozenset({scope, *(code for code in codes if is_same_or_above(code, scope))})

    def _signers_after(self, step: Step, roll: AllowedSigners, clock: int) -> tuple[AllowedSigners, tuple[Signer, ...]]:
        """The allowed signers after a step; settings that cannot be read, or were removed, switch nothing off."""
        settings, signers = _change_of(SETTINGS, step.changes), _change_of(SIGNERS, step.changes)
        required, text = roll.requested, roll.text
        if settings and settings.new and (record := read_record(SETTINGS, settings.new, self._contents, self._reader)):
            required = isinstance(record.data, Site) and record.data.signatures is True
        if signers:
            text = self._contents(signers.new).decode("utf-8", "replace") if signers.is_file else ""
        if (required, text) == (roll.requested, roll.text):
            return roll, ()
        return advance(roll, text, required, clock)

    def _relative(self, path: str) -> str:
        """The path below the root of the records, as in `History`."""
        return path.removeprefix(self._prefix) if path.startswith(self._prefix) else f"../{path}"


def _change_of(path: str, changes: Iterable[FileChange]) -> FileChange | None:
    return next((c for c in changes if c.path == path), None)
