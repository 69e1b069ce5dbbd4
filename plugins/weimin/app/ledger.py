"""The ledger as the store keeps it: looked up, never walked through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from weimin.app.held import Held
from weimin.model.ledger import Line


class StoredLedger:
    """Sums and lists of a register as checked. What is read is noted: `sum:SCOPE`, `list:NAME`."""

    def __init__(self, held: Held) -> None:
        self._held, self._store = held, held.state.store
        self._note = held.register.reads.note

    def sums(self, scope: str) -> Mapping[str, int]:
        self._note(f"sum:{scope}")
        return dict(self._store.all("SELECT name, value FROM amount WHERE scope = ? ORDER BY name", scope))

    def newest(self, name: str, count: int) -> Iterator[Line]:
        order = "ORDER BY rank DESC, node DESC, key DESC"
        return self._lines(name, f"SELECT node, key FROM entry WHERE list = ? {order} LIMIT ?", name, count)

    def soonest(self, name: str, count: int, since: str = "") -> Iterator[Line]:
        asked = "SELECT node, key FROM entry WHERE list = ? AND rank >= ? ORDER BY rank, node, key LIMIT ?"
        return self._lines(name, asked, name, since, count)

    def nodes(self, name: str, count: int) -> list[str]:
        """The folders at the end of a list."""
        self._note(f"list:{name}")
        asked = "SELECT node FROM entry WHERE list = ? ORDER BY rank DESC, node DESC LIMIT ?"
        return [node for (node,) in self._store.all(asked, name, count)]

    def all(self, name: str) -> list[str]:
        """The folders of a list that is never long, in order."""
        self._note(f"list:{name}")
        return [n for (n,) in self._store.all("SELECT node FROM entry WHERE list = ? ORDER BY rank, node", name)]

    def _lines(self, name: str, asked: str, *values: object) -> Iterator[Line]:
        self._note(f"list:{name}")
        for node, key in self._store.all(asked, *values):
            if "/" in node:
                yield Line(key=key, summary=self._held.summary(node))
            else:
                yield Line(key=key, finding=self._held.finding(node, int(key)))
