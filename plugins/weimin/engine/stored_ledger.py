"""The ledger as the store keeps it: looked up, never walked through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from weimin.engine.computed_register import ComputedRegister
from weimin.model.ledger import ListRow


class StoredLedger:
    """Sums and lists of a register as checked. What is read is noted: `sum:SCOPE`, `list:NAME`."""

    def __init__(self, held: ComputedRegister) -> None:
        self._held, self._store = held, held.state.store
        self._note = held.register.dependencies.record

    def sums(self, scope: str) -> Mapping[str, int]:
        self._note(f"sum:{scope}")
        return dict(self._store.all_rows("SELECT name, value FROM amount WHERE scope = ? ORDER BY name", scope))

    def newest(self, name: str, count: int) -> Iterator[ListRow]:
        return self._lines(name, "ORDER BY e.rank DESC, e.node DESC, e.key DESC LIMIT ?", count)

    def soonest(self, name: str, count: int, since: str = "") -> Iterator[ListRow]:
        return self._lines(name, "AND e.rank >= ? ORDER BY e.rank, e.node, e.key LIMIT ?", since, count)

    def nodes(self, name: str, count: int) -> list[str]:
        """The folders at the end of a list."""
        self._note(f"list:{name}")
        asked = "SELECT node FROM entry WHERE list = ? ORDER BY rank DESC, node DESC LIMIT ?"
        return [node for (node,) in self._store.all_rows(asked, name, count)]

    def all(self, name: str) -> list[str]:
        """The folders of a list that is never long, in order."""
        self._note(f"list:{name}")
        return [n for (n,) in self._store.all_rows("SELECT node FROM entry WHERE list = ? ORDER BY rank, node", name)]

    def _lines(self, name: str, which: str, *values: object) -> Iterator[ListRow]:
        self._note(f"list:{name}")
        asked = f"SELECT e.node, e.key, n.data FROM entry AS e LEFT JOIN node AS n ON n.id = e.node WHERE e.list = ? {which}"
        for node, key, data in self._store.stream_rows(asked, name, *values):
            if "/" in node:
                yield ListRow(key=key, summary=self._held.decode_summary(data) if data else None)
            else:
                yield ListRow(key=key, finding=self._held.finding(node, int(key)))
