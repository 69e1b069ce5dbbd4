"""A register as it was last seen, and what to do again now that something changed."""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Iterable
from pathlib import Path

from weimin.adapters.lock import Lock
from weimin.adapters.objects import Tree
from weimin.adapters.store import Store, StoreFault
from weimin.adapters.tree_changes import TreeChanges, changes_since
from weimin.engine.dependencies import digest_of
from weimin.engine.inventory import Inventory
from weimin.engine.tables import TABLES, version

COMPUTE, RENDER = 1, 2
"""What is to be done again for a folder: hold it to the rules; make its pages."""
BUSY = "另一个为民程序正在这个仓库里运行，这一次不用上次留下的结果，从头算起，会慢一些。"
UNUSABLE = "改法：看看磁盘是不是满了、能不能写。"
SITE = "content/site.yml"
"""The settings are part of everything: where they change, nothing that was found out is of use."""


class EngineState:
    """The store of one register. `reason_not_stored`: why this run does not go on from the one that is kept, empty where it does.

    What is kept is only ever what holds: a folder that has to be done again stands in `stale` until it was.
    """

    def __init__(self, tree: Tree, kept: Path | None) -> None:
        self.reason_not_stored = ""
        store, lock = self._kept(kept) if kept else (None, None)
        self._folder = None if store else tempfile.TemporaryDirectory(prefix="weimin-", ignore_cleanup_errors=True)
        self.store = store or Store(Path(self._folder.name if self._folder else "") / "store.sqlite", version(), TABLES)
        self.inventory = Inventory(self.store)
        self._sets: int | None = None  # how many sets of keys are numbered; None: not looked yet
        self._end = weakref.finalize(self, _close, self.store, lock, self._folder)
        self._follow(tree)

    def _kept(self, path: Path) -> tuple[Store | None, Lock | None]:
        """The store at a path and its lock; none where another process has it, or where no file can be there."""
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
        self._end()

    def _follow(self, tree: Tree) -> None:
        self.update(changes_since(tree, self.text("mark")))

    def update(self, changes: TreeChanges) -> None:
        """Take over what a tree holds now, and mark what has to be done again."""
        taken = self.inventory.update(changes.entries, complete=changes.complete)
        self.set_text("mark", changes.mark)
        if SITE in taken.paths:
            self.clear()
        elif self.is_computed:
            self.mark_stale(COMPUTE, taken.units)
            self.invalidate_dependents(f"ref:{name}" for name in (*taken.paths, *taken.units, *taken.refs))

    @property
    def tree_mark(self) -> str:
        """The state of the tree that the store was last brought to, as `changes_since` takes it; empty for none."""
        return self.text("mark")

    @property
    def has_uncommitted_changes(self) -> bool:
        """A file was changed and is in no commit."""
        return "\0" in self.text("mark")

    @property
    def is_computed(self) -> bool:
        """Every folder was judged once."""
        return self.text("judged") != ""

    def clear(self, but: Iterable[str] = ()) -> None:
        """All that was found out but the files; settings of the names `but` stay, too."""
        for table in TABLES:
            if table.name not in ("file", "loose", "meta"):
                self.store.delete_all(table.name)
        self._sets = None
        for (name,) in self.store.all_rows("SELECT name FROM meta"):
            if name not in ("mark", "odd", *but):
                self.store.delete_row("meta", (name,))

    def clear_pages(self) -> None:
        """All that was rendered, none of which is at hand any more; what was judged stays."""
        if not self.text("built"):
            return
        for name in ("page", "output", "gone", "picture", "shard", "doc", "term"):
            self.store.delete_all(name)
        for (name,) in self.store.all_rows("SELECT DISTINCT list FROM entry WHERE list GLOB 'feed:*'"):
            self.store.delete_where("entry", "list", name)
        for name in ("built", "version", "files", "data", "search", "marks", "frame", "day", "commit"):
            self.store.delete_row("meta", (name,))
        self.store.delete_where("stale", "work", RENDER)

    # Settings that are one value
    def text(self, name: str) -> str:
        return self.data(name).decode()

    def data(self, name: str) -> bytes:
        found = self.store.first_row("SELECT data FROM meta WHERE name = ?", name)
        return found[0] if found else b""

    def set_text(self, name: str, value: str) -> None:
        self.store.replace_row("meta", (name, value.encode()))

    def set_data(self, name: str, value: bytes) -> None:
        self.store.replace_row("meta", (name, value))

    # What is to be done again
    def mark_stale(self, work: int, ids: Iterable[str]) -> None:
        for i in ids:
            if not self.store.first_row("SELECT 1 FROM stale WHERE id = ? AND work = ?", i, work):
                self.store.insert("stale", [(i, work)])

    def mark_computed(self, work: int, node: str) -> None:
        self.store.delete_row("stale", (node, work))

    def stale(self, work: int) -> list[str]:
        """In order of ids."""
        return [i for (i,) in self.store.all_rows("SELECT id FROM stale WHERE work = ? ORDER BY id", work)]

    def invalidate_dependents(self, keys: Iterable[str]) -> None:
        """Something changed that others may have read: mark those that did."""
        for key in sorted(keys):
            for (reads,) in self.store.all_rows("SELECT reads FROM reading WHERE key = ?", key):
                self.mark_stale(
                    COMPUTE, [i for (i,) in self.store.all_rows("SELECT id FROM node WHERE reads = ?", reads)]
                )
                self.mark_stale(
                    RENDER, [i for (i,) in self.store.all_rows("SELECT id FROM page WHERE reads = ?", reads)]
                )

    def dependency_set(self, keys: tuple[str, ...]) -> int:
        """The number of a set of keys, kept once however many read just these."""
        digest = digest_of(keys)
        found = self.store.first_row("SELECT reads FROM numbered WHERE digest = ?", digest)
        if found is not None:
            return int(found[0])
        if self._sets is None:
            self._sets = self.store.all_rows("SELECT count(*) FROM numbered")[0][0]
        self._sets += 1
        self.store.insert("numbered", [(digest, self._sets)])
        self.store.insert("reading", [(self._sets, key) for key in keys])
        return self._sets


def _close(store: Store, lock: Lock | None, folder: tempfile.TemporaryDirectory[str] | None) -> None:
    store.close()
    if folder is not None:
        folder.cleanup()
    if lock is not None:
        lock.release()
