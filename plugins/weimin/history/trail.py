"""Replay of the main branch, step by step, against family A; the replay can stop after any step and resume there.

The main branch is its first-parent chain: each commit on it is one step. For each step the replay

1. corrects the step's time where its clock cannot be right (`plausible_time`),
2. builds a `StepContext` and passes it to every rule of family A,
3. updates its state from what the step did.

The state (`TrailState`) is what the next step needs and the repository does not tell cheaply:

- `commit`, `steps`: the last step replayed, and how many were;
- `clock`, `last_time`: the latest plausible time so far, and that of the last step;
- `lawful`: path → lawful version (`history/step_context.py`), only where the branch holds something else or nothing;
- `own_event`: the path of an event that a platform filed itself, once one was found (rule A111 asks for it);
- `allowed_signers`: set by the caller, which verifies the signatures.

Invariants:

- `lawful` has an entry for a path exactly while the branch does not hold the lawful version of it;
- replaying A then B from the state after A gives the findings of replaying A and B together;
- nothing is read of the tree of a commit unless a rule asks for it: a step costs what it changes, not what exists.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from weimin.history.protection import EVENTS, PROTECTED, STANDING
from weimin.history.rules import backwards, code_with_records, dated, edited, happened, merged, removed
from weimin.history.rules.dated import plausible_time
from weimin.history.rules.registry import STEP_RULES
from weimin.history.step_context import HistoryLookups, StepContext, parameters_of
from weimin.model.finding import Problem
from weimin.model.history import FileChange, Step, TrailState
from weimin.model.parameter import Parameters
from weimin.model.place import CONTENT

RULE_FILES = (backwards, dated, edited, happened, merged, removed, code_with_records)
"""Importing them registers their rules."""


class TrailReplay:
    """Replays steps, which the caller passes in their order.

    `tree` returns path → blob of a commit. It is called at most once: when a replay that starts after the first commit
    needs the tree. `now`: the last second of the day of the audit, in seconds since 1970.
    """

    def __init__(
        self,
        lookups: HistoryLookups,
        tree: Callable[[str], Mapping[str, str]],
        now: int,
        state: TrailState | None = None,
    ) -> None:
        self._lookups = lookups
        self._read_tree = tree
        self._now = now
        state = state or TrailState()
        self._commit, self._steps = state.commit, state.steps
        self._clock, self._last_time = state.clock, state.last_time
        self._lawful = dict(state.lawful)
        self._own_event = state.own_event
        self._tree: dict[str, str] | None = None if state.commit else {}
        self._rule_blobs: dict[str, str] | None = None
        self._parameters: Parameters | None = None
        self._binding: Parameters | None = None
        self._compiled_blobs: set[str] = set()

    @property
    def state(self) -> TrailState:
        """Where the replay has stopped, without the allowed signers."""
        return TrailState(
            commit=self._commit,
            steps=self._steps,
            clock=self._clock,
            last_time=self._last_time,
            lawful=dict(self._lawful),
            own_event=self._own_event,
        )

    def replay_step(self, step: Step) -> tuple[list[Problem], StepContext]:
        """The problems that family A finds in a step, and the context that it was judged in; then advance the state."""
        arrived = plausible_time(step.committed, self._clock, self._now)
        context = StepContext(
            step,
            self._lookups,
            before=self.before,
            lawful=self._lawful,
            previous_time=self._last_time,
            arrived=arrived,
            now=self._now,
            has_own_dossier=self._has_own_dossier,
            parameters_before=self._parameters_before,
            binding_before=self._binding_before,
            rule_records=self._rule_records,
        )
        problems = [p for rule in STEP_RULES.values() for p in rule(context)]
        self._advance(context)
        self._clock = max(self._clock, arrived)
        self._last_time = step.committed if step.committed <= arrived else arrived
        self._commit = step.commit
        self._steps += 1
        return problems, context

    def before(self) -> Mapping[str, str]:
        """Path → blob below content/ in the commit before."""
        if self._tree is None:
            tree = self._read_tree(self._commit)
            self._tree = {path: blob for path, blob in tree.items() if path.startswith(CONTENT)}
        return self._tree

    def _advance(self, context: StepContext) -> None:
        for change, place in context.records:
            if place.kind in PROTECTED or place.kind in STANDING or not change.new:
                unlawful = bool(context.correction_only(change, place))
                self._update_lawful(context, change, unlawful, context.restores(change, place))
        for change in context.step.changes:
            if self._tree is not None and change.path.startswith(CONTENT):
                if change.new:
                    self._tree[change.path] = change.new
                else:
                    self._tree.pop(change.path, None)
            if change.path == self._own_event and not change.new:
                self._own_event = ""
        if any(place.kind == "rule" for _, place in context.records):
            self._rule_blobs = self._parameters = self._binding = None

    def _update_lawful(self, context: StepContext, change: FileChange, unlawful: bool, restored: bool) -> None:
        if not change.new or unlawful:
            if blob := context.lawful_blob(change):
                self._lawful[change.path] = blob
        elif restored:
            del self._lawful[change.path]

    def _rule_records(self) -> Mapping[str, str]:
        if self._rule_blobs is None:
            self._rule_blobs = {path: blob for path, blob in self.before().items() if "/rules/" in path}
        return self._rule_blobs

    def _parameters_before(self) -> Parameters:
        if self._parameters is None:
            self._parameters = parameters_of(self._rule_records(), self._lookups)
        return self._parameters

    def _binding_before(self) -> Parameters:
        if self._binding is None:
            first = self._lookups.first_day
            settings = self._parameters_before().settings
            self._binding = Parameters(
                msgspec.structs.replace(s, committed=first(s)) if s.basis.binds else s for s in settings
            )
        return self._binding

    def _has_own_dossier(self) -> bool:
        """The commit before holds an event that is not compiled from public reports."""
        if self._own_event and self._own_event in self.before():
            return True
        for path, blob in sorted(self.before().items()):
            if blob in self._compiled_blobs:
                continue
            place = self._lookups.place(path)
            if place is None or place.kind not in EVENTS:
                continue
            parsed = self._lookups.parsed(path, blob)
            if parsed is not None and not parsed.compiled:
                self._own_event = path
                return True
            self._compiled_blobs.add(blob)
        return False
