"""What was rendered: which groups of pages are stored, which of them are stale, and storing of a group rendered again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from weimin.app.build.artifacts import Artifacts, OutputFile
from weimin.app.build.updated_pages import UpdatedPages
from weimin.engine.queries.page import PageTable
from weimin.engine.state import RENDER, EngineState


class RenderedPages:
    """Groups of pages that are rendered together, by their ids (`^job:home`, `^page:results/2026-05`)."""

    def __init__(self, state: EngineState, artifacts: Artifacts) -> None:
        self._state, self._artifacts = state, artifacts
        self._pages = PageTable(state.store)

    def is_stale(self, group: str) -> bool:
        """Whether the group has to be rendered: it never was, or something that it depends on changed."""
        return not self._pages.exists(group) or self._state.is_stale(RENDER, group)

    def shown(self, group: str) -> bytes:
        """What its pages showed when they were last rendered, as UpdatedPages has it; empty if they never were."""
        return self._pages.data_of(group)

    def store(self, group: str, updated: UpdatedPages, dependencies: Iterable[str]) -> Iterator[OutputFile]:
        """Store a group that was rendered again; its files that differ."""
        dependency_set = self._state.dependency_set(tuple(sorted(set(dependencies))))
        self._pages.replace(group, dependency_set, updated.shown)
        yield from self._artifacts.put(group, updated.files, updated.unchanged)
        self._state.mark_computed(RENDER, group)

    def forget(self, group: str) -> None:
        """The group has no pages any more."""
        self._pages.delete(group)
