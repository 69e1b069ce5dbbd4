"""The trail walked, step by step: what stands, what was done to it, and where the walk can be taken up again."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from weimin.history.protection import EVENTS, PROTECTED
from weimin.history.rules import backwards, dated, edited, merged, removed
from weimin.history.rules import code_with_records as together
from weimin.history.rules.dated import plausible_time
from weimin.history.rules.registry import STEP_RULES
from weimin.history.step_context import HistoryLookups, StepContext, parameters_of
from weimin.model.finding import Problem
from weimin.model.history import FileChange, Step, TrailState
from weimin.model.parameter import Parameters
from weimin.model.place import CONTENT

RULE_FILES = (backwards, dated, edited, merged, removed, together)
"""Importing them registers their rules."""


class TrailReplay:
    """Holds what stands on the main branch; steps are handed to it in their order.

    `tree` gives the blobs of a commit by path; it is asked once, when a walk that does not begin with the first commit
    needs to know what stands. `now`: the latest moment that is not in the future, in seconds since 1970.
    """

    def __init__(
        self,
        lookups: HistoryLookups,
        tree: Callable[[str], Mapping[str, str]],
        now: int,
        state: TrailState | None = None,
    ) -> None:
        self._asked = lookups
        self._tree = tree
        self._now = now
        state = state or TrailState()
        self._commit, self._steps = state.commit, state.steps
        self._clock, self._last = state.clock, state.last_time
        self._stood = dict(state.lawful)
        self._own = state.own_event
        self._held: dict[str, str] | None = None if state.commit else {}
        self._books: dict[str, str] | None = None
        self._parameters: Parameters | None = None
        self._compiled: set[str] = set()

    @property
    def state(self) -> TrailState:
        return TrailState(
            commit=self._commit,
            steps=self._steps,
            clock=self._clock,
            last_time=self._last,
            lawful=dict(self._stood),
            own_event=self._own,
        )

    def replay_step(self, step: Step) -> tuple[list[Problem], StepContext]:
        """What family A has against a step, and what it looked at; the step stands afterwards."""
        arrived = plausible_time(step.committed, self._clock, self._now)
        context = StepContext(
            step,
            self._asked,
            before=self.before,
            lawful=self._stood,
            previous_time=self._last,
            arrived=arrived,
            now=self._now,
            has_own_dossier=self._in_use,
            parameters_before=self._in_force,
            books=self._rule_records,
        )
        problems = [p for rule in STEP_RULES.values() for p in rule(context)]
        self._keep(context)
        self._clock = max(self._clock, arrived)
        self._last = step.committed if step.committed <= arrived else arrived
        self._commit = step.commit
        self._steps += 1
        return problems, context

    def before(self) -> Mapping[str, str]:
        """The blobs below content/ in the commit before."""
        if self._held is None:
            self._held = {path: blob for path, blob in self._tree(self._commit).items() if path.startswith(CONTENT)}
        return self._held

    def _keep(self, context: StepContext) -> None:
        for change, place in context.records:
            if place.kind in PROTECTED or not change.new:
                self._keep_standing(
                    context, change, bool(context.correction_only(change, place)), context.restores(change, place)
                )
        for change in context.step.changes:
            if self._held is not None and change.path.startswith(CONTENT):
                if change.new:
                    self._held[change.path] = change.new
                else:
                    self._held.pop(change.path, None)
            if change.path == self._own and not change.new:
                self._own = ""
        if any(place.kind == "rule" for _, place in context.records):
            self._books = self._parameters = None

    def _keep_standing(self, context: StepContext, change: FileChange, correction_only: bool, restored: bool) -> None:
        if not change.new or correction_only:
            if lawful_blob := context.lawful_blob(change):
                self._stood[change.path] = lawful_blob
        elif restored:
            del self._stood[change.path]

    def _rule_records(self) -> Mapping[str, str]:
        if self._books is None:
            self._books = {path: blob for path, blob in self.before().items() if "/rules/" in path}
        return self._books

    def _in_force(self) -> Parameters:
        if self._parameters is None:
            self._parameters = parameters_of(self._rule_records(), self._asked)
        return self._parameters

    def _in_use(self) -> bool:
        """The commit before holds a dossier that is not compiled."""
        if self._own and self._own in self.before():
            return True
        for path, blob in sorted(self.before().items()):
            if blob in self._compiled:
                continue
            place = self._asked.place(path)
            if place is None or place.kind not in EVENTS:
                continue
            parsed = self._asked.parsed(path, blob)
            if parsed is not None and not parsed.compiled:
                self._own = path
                return True
            self._compiled.add(blob)
        return False
