"""The engine's state: the store of one register, brought up to date with the tree, and what in it is stale.

A run never decides by itself what to compute again. It asks the store, and the store knows by these steps:

1. *Tree.* `changes_since` compares the tree of records with the mark of the last run and returns the files that differ.
   `Inventory.update` stores them and names the units and references that they belong to, before and now.
2. *Own files.* Every unit with a changed file is stale.
3. *Dependencies.* While a unit is computed or a page is rendered, everything it reads of others is recorded as a key
   (`ref:990101/2026-001/topic`, `row:990101`, `param:response_days`; engine/dependencies.py). The keys are stored as a
   dependency set, and the result refers to its number. `invalidate_dependents` looks up the sets with a changed key and
   marks the results that refer to them.
4. *Clock.* Each result has the first day on which it changes with the clock alone; `ComputeRun` marks what is due.
5. *Results.* If computing a unit changes what others read of it (its row, its title, a total, a list), the keys of these are
   invalidated in the same run, which marks more units and pages.

There are two kinds of work: COMPUTE (apply the rules to a unit) and RENDER (make its pages).

Invariants:

- A stored result is valid or listed in the table `stale`; `mark_computed` removes it from there only when the new result
  is stored.
- The value `computed` of the table `meta` is set only in a committed store in which every unit has a result. Without it the
  next run starts from the files alone.
- Everything depends on the settings (site.yml): if they change, all results are deleted.
- One process at a time uses a store. A second one computes everything in a temporary store (`reason_not_stored`).

Example: somebody changes `response_days` in a platform's rules. The platform is stale by its own files. The parameter's
digest differs, so `param:response_days` is invalidated: every dossier whose computation asked for it is stale, and every
page that shows it. Dossiers that have not reached the step where it is asked for are not computed again.
"""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Iterable
from pathlib import Path

from weimin.adapters.lock import Lock
from weimin.adapters.objects import Tree
from weimin.adapters.store import Store, StoreFault
from weimin.adapters.tree_changes import TreeChanges, changes_since
from weimin.adapters.workers import MIN_PARALLEL
from weimin.engine.dependencies import digest_of
from weimin.engine.inventory import UNUSUAL_PATHS, Inventory
from weimin.engine.queries.dependency import DependencyTable
from weimin.engine.queries.list_entry import ListEntryTable
from weimin.engine.queries.meta import MetaTable
from weimin.engine.queries.page import PageTable
from weimin.engine.queries.stale import StaleTable
from weimin.engine.queries.unit_result import UnitResultTable
from weimin.engine.tables import PAGE_TABLES, RESULT_TABLES, TABLES, version

COMPUTE, RENDER = 1, 2
"""The kinds of work: apply the rules to a unit; make its pages."""
BUSY = "另一个为民程序正在这个仓库里运行，这一次不用上次留下的结果，从头算起，会慢一些。"
UNUSABLE = "改法：看看磁盘是不是满了、能不能写。"
SITE = "content/site.yml"
"""The file of the settings, on which every result depends."""
_TREE_MARK, _COMPUTED = "tree", "computed"
_BUILD_VALUES = ("built", "version", "files", "data", "search", "builds", "page_context", "day", "commit")
"""The values of the table `meta` that describe the last build."""


class EngineState:
    """The store of one register, and what is stale in it.

    `reason_not_stored`: why this run uses a temporary store in place of the one at `path`, in Chinese; empty if it does not.
    """

    def __init__(self, tree: Tree, path: Path | None) -> None:
        """`path`: the file of the store; None: a temporary one. Brings the store up to date with the tree."""
        self.reason_not_stored = ""
        store, lock = self._opened(path) if path else (None, None)
        self._folder = None if store else tempfile.TemporaryDirectory(prefix="weimin-", ignore_cleanup_errors=True)
        self.store = store or Store(Path(self._folder.name if self._folder else "") / "store.sqlite", version(), TABLES)
        self.meta = MetaTable(self.store)
        self.inventory = Inventory(self.store)
        self._units, self._pages = UnitResultTable(self.store), PageTable(self.store)
        self._stale, self._dependencies = StaleTable(self.store), DependencyTable(self.store)
        self._sets: int | None = None  # the highest number of a dependency set; None: not looked up yet
        self._close = weakref.finalize(self, _close, self.store, lock, self._folder)
        self.update(changes_since(tree, self.tree_mark))

    def _opened(self, path: Path) -> tuple[Store | None, Lock | None]:
        """The store at a path and its lock; none if another process has locked it or no file can be created there."""
        lock = Lock(path.with_suffix(".lock"))
        try:
            if not lock.acquire():
                self.reason_not_stored = BUSY
                return None, None
            return Store(path, version(), TABLES), lock
        except (StoreFault, OSError):
            lock.release()
            self.reason_not_stored = f"上次留下的结果用不了，也存不了新的（{path}），这一次从头算起。{UNUSABLE}"
            return None, None

    def close(self) -> None:
        """Close the store and release its lock; nothing can be looked up any more."""
        self._close()

    # The tree
    def update(self, changes: TreeChanges) -> None:
        """Store what a tree contains now, and mark what has to be computed again because of it."""
        changed = self.inventory.update(changes.entries, complete=changes.complete)
        self.meta.set_text(_TREE_MARK, changes.mark)
        if SITE in changed.paths:
            self.clear()
        elif self.is_computed:
            self.mark_stale(COMPUTE, changed.units)
            self.invalidate_dependents(f"ref:{name}" for name in (*changed.paths, *changed.units, *changed.refs))

    @property
    def tree_mark(self) -> str:
        """The mark of the tree that the store was last brought up to date with, for `changes_since`; empty for none."""
        return self.meta.text(_TREE_MARK)

    @property
    def has_uncommitted_changes(self) -> bool:
        """Whether a file differs from HEAD: a mark names such files after the tree (adapters/tree_changes.py)."""
        return "\0" in self.tree_mark

    # All results
    @property
    def is_computed(self) -> bool:
        """Whether every unit has a result, valid or stale."""
        return self.meta.text(_COMPUTED) != ""

    def mark_all_computed(self) -> None:
        self.meta.set_text(_COMPUTED, "yes")

    def commit_for_workers(self, jobs: int, count: int) -> None:
        """Let worker processes see what is stored, if `count` items are enough for them; they see committed rows only.

        The committed store does not claim to be computed: if this process is killed before the run ends, the next run
        must not continue from half a result.
        """
        if jobs > 1 and count >= MIN_PARALLEL:
            value = self.meta.text(_COMPUTED)
            self.meta.set_text(_COMPUTED, "")
            self.store.commit()
            self.meta.set_text(_COMPUTED, value)

    def clear(self, *, keep: Iterable[str] = ()) -> None:
        """Delete all results. The files stay, and the values of the table `meta` named in `keep`."""
        for table in RESULT_TABLES:
            self.store.delete_all(table.name)
        self._sets = None
        kept = {_TREE_MARK, UNUSUAL_PATHS, *keep}
        for name in self.meta.names():
            if name not in kept:
                self.meta.delete(name)

    def clear_pages(self) -> None:
        """Delete everything that was rendered, because the published tree is not available; computed results stay."""
        if not self.meta.text("built"):
            return
        for table in PAGE_TABLES:
            self.store.delete_all(table.name)
        entries = ListEntryTable(self.store)
        for name in entries.feeds():
            entries.delete_list(name)
        for name in _BUILD_VALUES:
            self.meta.delete(name)
        self._stale.delete_all_of(RENDER)

    # What is stale
    def mark_stale(self, work: int, ids: Iterable[str]) -> None:
        for item in ids:
            self._stale.insert(item, work)

    def mark_computed(self, work: int, item: str) -> None:
        """The result of this work is stored and valid."""
        self._stale.delete(item, work)

    def stale(self, work: int) -> list[str]:
        """The units or pages for which work has to be done again, in order of ids."""
        return self._stale.of(work)

    def is_stale(self, work: int, item: str) -> bool:
        return self._stale.contains(item, work)

    def invalidate_dependents(self, keys: Iterable[str]) -> None:
        """Mark every result that depends on one of these keys, because what they name changed."""
        for key in sorted(keys):
            for number in self._dependencies.sets_with(key):
                self.mark_stale(COMPUTE, self._units.with_dependency_set(number))
                self.mark_stale(RENDER, self._pages.with_dependency_set(number))

    def dependency_set(self, keys: tuple[str, ...]) -> int:
        """The number of a set of keys, sorted; stored once, however many results depend on just these keys."""
        digest = digest_of(keys)
        number = self._dependencies.number_of(digest)
        if number is None:
            if self._sets is None:
                self._sets = self._dependencies.count()
            number = self._sets = self._sets + 1
            self._dependencies.insert(digest, number, keys)
        return number

    def keys_of(self, dependency_set: int) -> list[str]:
        """The keys of a numbered set."""
        return self._dependencies.keys_of(dependency_set)


def _close(store: Store, lock: Lock | None, folder: tempfile.TemporaryDirectory[str] | None) -> None:
    store.close()
    if folder is not None:
        folder.cleanup()
    if lock is not None:
        lock.release()
