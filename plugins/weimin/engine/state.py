"""A register as it was last seen, and what to do again now that something changed."""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Iterable
from pathlib import Path

from weimin.adapters.follow import Followed, follow
from weimin.adapters.lock import Lock
from weimin.adapters.objects import Tree
from weimin.adapters.store import Store, StoreFault
from weimin.engine.dependencies import digest_of
from weimin.engine.inventory import Inventory
from weimin.engine.tables import TABLES, version

JUDGE, RENDER = 1, 2
"""What is to be done again for a folder: hold it to the rules; make its pages."""
BUSY = "另一个为民程序正在这个仓库里运行，这一次不用上次留下的结果，从头算起，会慢一些。"
UNUSABLE = "改法：看看磁盘是不是满了、能不能写。"
SITE = "content/site.yml"
"""The settings are part of everything: where they change, nothing that was found out is of use."""


class State:
    """The store of one register. `without`: why this run does not go on from the one that is kept, empty where it does.

    What is kept is only ever what holds: a folder that has to be done again stands in `stale` until it was.
    """

    def __init__(self, tree: Tree, kept: Path | None) -> None:
        self.without = ""
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
            if not lock.take():
                self.without = BUSY
                return None, None
            return Store(path, version(), TABLES), lock
        except (StoreFault, OSError):
            lock.give()
            self.without = f"上次留下的结果用不了，也存不了新的（{path}），这一次从头算起。{UNUSABLE}"
            return None, None

    def close(self) -> None:
        self._end()

    def _follow(self, tree: Tree) -> None:
        self.take(follow(tree, self.text("mark")))

    def take(self, followed: Followed) -> None:
        """Take over what a tree holds now, and mark what has to be done again."""
        taken = self.inventory.take(followed.entries, whole=followed.whole)
        self.set_text("mark", followed.mark)
        if SITE in taken.paths:
            self.forget()
        elif self.known:
            self.mark(JUDGE, taken.units)
            self.touch(f"ref:{name}" for name in (*taken.paths, *taken.units, *taken.refs))

    @property
    def loose(self) -> bool:
        """A file was changed and is in no commit."""
        return "\0" in self.text("mark")

    @property
    def known(self) -> bool:
        """Every folder was judged once."""
        return self.text("judged") != ""

    def forget(self, but: Iterable[str] = ()) -> None:
        """All that was found out but the files; settings of the names `but` stay, too."""
        for table in TABLES:
            if table.name not in ("file", "loose", "meta"):
                self.store.clear(table.name)
        self._sets = None
        for (name,) in self.store.all("SELECT name FROM meta"):
            if name not in ("mark", "odd", *but):
                self.store.remove_row("meta", (name,))

    def forget_pages(self) -> None:
        """All that was rendered, none of which is at hand any more; what was judged stays."""
        if not self.text("built"):
            return
        for name in ("page", "output", "listed", "gone", "picture", "shard", "doc", "term"):
            self.store.clear(name)
        for (name,) in self.store.all("SELECT DISTINCT list FROM entry WHERE list GLOB 'feed:*'"):
            self.store.remove("entry", "list", name)
        for name in ("built", "version", "files", "data", "search", "marks", "frame", "day", "commit"):
            self.store.remove_row("meta", (name,))
        self.store.remove("stale", "work", RENDER)

    # Settings that are one value
    def text(self, name: str) -> str:
        return self.data(name).decode()

    def data(self, name: str) -> bytes:
        found = self.store.one("SELECT data FROM meta WHERE name = ?", name)
        return found[0] if found else b""

    def set_text(self, name: str, value: str) -> None:
        self.store.put("meta", (name, value.encode()))

    def set_data(self, name: str, value: bytes) -> None:
        self.store.put("meta", (name, value))

    # What is to be done again
    def mark(self, work: int, ids: Iterable[str]) -> None:
        for i in ids:
            if not self.store.one("SELECT 1 FROM stale WHERE id = ? AND work = ?", i, work):
                self.store.add("stale", [(i, work)])

    def done(self, work: int, node: str) -> None:
        self.store.remove_row("stale", (node, work))

    def stale(self, work: int) -> list[str]:
        """In order of ids."""
        return [i for (i,) in self.store.all("SELECT id FROM stale WHERE work = ? ORDER BY id", work)]

    def touch(self, keys: Iterable[str]) -> None:
        """Something changed that others may have read: mark those that did."""
        for key in sorted(keys):
            for (reads,) in self.store.all("SELECT reads FROM reading WHERE key = ?", key):
                self.mark(JUDGE, [i for (i,) in self.store.all("SELECT id FROM node WHERE reads = ?", reads)])
                self.mark(RENDER, [i for (i,) in self.store.all("SELECT id FROM page WHERE reads = ?", reads)])

    def reading(self, keys: tuple[str, ...]) -> int:
        """The number of a set of keys, kept once however many read just these."""
        digest = digest_of(keys)
        found = self.store.one("SELECT reads FROM numbered WHERE digest = ?", digest)
        if found is not None:
            return int(found[0])
        if self._sets is None:
            self._sets = self.store.all("SELECT count(*) FROM numbered")[0][0]
        self._sets += 1
        self.store.add("numbered", [(digest, self._sets)])
        self.store.add("reading", [(self._sets, key) for key in keys])
        return self._sets


def _close(store: Store, lock: Lock | None, folder: tempfile.TemporaryDirectory[str] | None) -> None:
    store.close()
    if folder is not None:
        folder.cleanup()
    if lock is not None:
        lock.give()
