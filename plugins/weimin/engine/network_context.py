"""What one folder's verdict may ask of all others: platforms, parameters, exemptions. Read once, small, and noted."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date

import msgspec

from weimin.engine.computed_register import rows_of
from weimin.engine.dependencies import TrackedNetwork, TrackedParameters
from weimin.engine.inventory import Unit
from weimin.engine.judge import Judge
from weimin.engine.register import Register, given_parameters, platform_row, speaks
from weimin.model.kinds import Exemptions
from weimin.model.network import PlatformRow
from weimin.model.parameter import Given
from weimin.model.place import parent_code
from weimin.model.record import Record

Moved = Callable[[PlatformRow | None, PlatformRow | None], None]
"""(a platform's row before, and now); None where there was or is none."""
_DIGESTS = msgspec.msgpack.Decoder(dict[str, bytes])


class NetworkContext:
    """The register's platforms, parameters, rule books and exemptions.

    `keys`: what of them changed since last time; `rows` by code, in order.
    """

    def __init__(
        self,
        register: Register,
        as_of: date,
        disabled: frozenset[str],
        stale: Iterable[str],
        *,
        moved: Moved = lambda before, after: None,
        first: bool = True,
    ) -> None:
        """`stale`: platforms to be read again. `moved` is told of each row that changed; `first`: nobody asks for `keys`."""
        self.register, self._as_of, self._disabled = register, as_of, disabled
        self._state, self._moved, self._first = register.state, moved, first
        self.keys: set[str] = set()
        for code in stale:
            self._read(code)
        self.rows = {row.code: row for row in rows_of(self._state)}
        self.books = self._records("rule")
        self.exemptions = self._records("exemptions")
        self._given: tuple[Given, ...] = tuple(given_parameters(self.books))
        self._compare("parameters", "param", _by_name(self._given))
        self._compare("exemptions", "exempt", self._by_subject())
        self._compare("books", "books", _by_platform(self.books))

    def judge(self, kind: str) -> Judge:
        """`kind`: `row`, platforms as they are filed; `seen`, with `has_records`."""
        rows = self.rows.values() if kind == "seen" else map(_unheard, self.rows.values())
        return Judge(
            register=self.register,
            network=TrackedNetwork(rows, self.register.reads, kind),
            parameters=TrackedParameters(self._given, self.register.reads),
            as_of=self._as_of,
            exemptions=self.exemptions,
            books=self.books,
            disabled=self._disabled,
        )

    def hear(self, codes: Iterable[str]) -> set[str]:
        """Look again whether these platforms have a record of their own; those for which that changed."""
        store, changed = self._state.store, set()
        for code in codes:
            row = self.rows.get(code)
            if row is None:
                continue
            heard = store.one("SELECT 1 FROM node WHERE platform = ? AND speaks = 1 LIMIT 1", code) is not None
            if heard != row.has_records:
                self.rows[code] = now = msgspec.structs.replace(row, has_records=heard)
                self._moved(row, now)
                store.put("platform", (code, msgspec.msgpack.encode(now)))
                changed.add(code)
        return changed

    def _read(self, code: str) -> None:
        """A platform's own files changed, came or went."""
        store = self._state.store
        unit = self.register.units.get(code)
        folder = self.register.read(unit) if unit else None
        row = (
            platform_row(self.register.platform_records(folder), self.register.site, has_records=False)
            if folder
            else None
        )
        old = store.remove_row("platform", (code,))
        before = msgspec.msgpack.decode(old[1], type=PlatformRow) if old else None
        if row is not None:
            kept = msgspec.structs.replace(row, has_records=before.has_records if before else False)
            store.add("platform", [(code, msgspec.msgpack.encode(kept))])
            self._moved(before, kept)
        elif before is not None:
            self._moved(before, None)
        plain = msgspec.structs.replace(before, has_records=False) if before else None
        if row != plain and not self._first:
            self.keys |= {f"{kind}:{which}" for kind in ("row", "seen") for which in (code, "*")}
            self.keys.add(f"below:{parent_code(code)}")
        self.speaks(code, folder is not None and speaks(folder.records))

    def speaks(self, code: str, says: bool) -> None:
        """Kept beside the dossiers' own answers, under the name of the folder alone."""
        store = self._state.store
        found = store.one("SELECT speaks FROM node WHERE id = ?", f"{code}?")
        if found is not None:
            store.remove_row("node", (f"{code}?",))
        store.add("node", [(f"{code}?", code, int(says), b"", "", 0)])

    def _records(self, kind: str) -> tuple[Record, ...]:
        found: list[Record] = []
        for unit in sorted({p.unit for p in self.register.inventory.of_kind(kind)}):
            place = self.register.units[unit]
            found += self.register.platform_records(self.register.read(_only(place, kind))).of_kind(kind)
        return tuple(found)

    def _by_subject(self) -> Mapping[str, list[object]]:
        """Exemptions by the folder that they are about."""
        found: dict[str, list[object]] = defaultdict(list)
        for record in self.exemptions:
            for n, item in enumerate(record.data.items if isinstance(record.data, Exemptions) else ()):
                place = self.register.by_path.get(item.subject.partition("#")[0])
                found[place.unit if place else ""].append((record.place.path, n, item))
        return found

    def _compare(self, name: str, kind: str, now: Mapping[str, list[object]]) -> None:
        digests = {key: hashlib.sha256(msgspec.msgpack.encode(value)).digest() for key, value in sorted(now.items())}
        kept = self._state.data(name)
        before = _DIGESTS.decode(kept) if kept else {}
        self.keys |= {f"{kind}:{k}" for k in before.keys() | digests.keys() if before.get(k) != digests.get(k)}
        if before != digests:
            self.keys.add(f"{kind}:*")
        if before != digests or not kept:
            self._state.set_data(name, msgspec.msgpack.encode(digests))


def _unheard(row: PlatformRow) -> PlatformRow:
    """Itself where it was not heard anyway: of a whole country these are many."""
    return msgspec.structs.replace(row, has_records=False) if row.has_records else row


def _only(unit: Unit, kind: str) -> Unit:
    return msgspec.structs.replace(unit, places=tuple(p for p in unit.places if p.kind == kind))


def _by_name(given: Iterable[Given]) -> Mapping[str, list[object]]:
    found: dict[str, list[object]] = defaultdict(list)
    for g in given:
        found[g.name.partition(".")[0]].append(g)
    return found


def _by_platform(books: Iterable[Record]) -> Mapping[str, list[object]]:
    found: dict[str, list[object]] = defaultdict(list)
    for book in books:
        found[book.place.platform or ""].append((book.place.path, book.raw, book.body))
    return found
