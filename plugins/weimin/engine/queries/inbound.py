"""The table `inbound`: references between units, by the unit that refers (`source`) and the unit referred to (`target`).

The role `list` stands for the project lists that a topic names, as corrected; it has no data. Every other role is that of
the `Inbound` in `data`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from weimin.adapters.store import Store, Table
from weimin.model.dossier import Inbound

TABLE = Table(
    "inbound",
    (("source", "TEXT"), ("n", "INTEGER"), ("target", "TEXT"), ("role", "TEXT"), ("data", "BLOB")),
    ("source", "n"),
    (("target",),),
)
InboundRow = tuple[str, str, bytes]
"""(target, role, data)."""
_encode = msgspec.msgpack.Encoder().encode
_INBOUND = msgspec.msgpack.Decoder(Inbound)


def reference_row(target: str, inbound: Inbound) -> InboundRow:
    return target, inbound.role, _encode(inbound)


def project_list_row(target: str) -> InboundRow:
    return target, "list", b""


class InboundTable:
    """Queries of the table `inbound`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def replace(self, source: str, rows: Sequence[InboundRow]) -> set[InboundRow]:
        """Store what a unit refers to; what it referred to before."""
        before = self._store.delete_where("inbound", "source", source)
        self._store.insert("inbound", [(source, n, *row) for n, row in enumerate(rows)])
        return {(target, role, data) for _source, _n, target, role, data in before}

    def of_target(self, target: str) -> Iterator[Inbound]:
        """The references to a unit, those to its project lists aside; in no particular order."""
        rows = self._store.all_rows("SELECT data FROM inbound WHERE target = ? AND role <> 'list'", target)
        return (_INBOUND.decode(data) for (data,) in rows)

    def sources(self, target: str, role: str) -> list[str]:
        """The units that refer to a unit in a role, in order."""
        query = "SELECT DISTINCT source FROM inbound WHERE target = ? AND role = ? ORDER BY source"
        return [source for (source,) in self._store.all_rows(query, target, role)]
