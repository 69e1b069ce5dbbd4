"""The network context: platforms, parameters and exemptions, on which the judgement of every unit may depend.

It is small enough to be in memory as a whole: one row for each platform, and the records of two kinds. Reading it compares
it with what the store has of the last run, and collects the dependency keys of everything that differs.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date

import msgspec

from weimin.engine.dependencies import TrackedNetwork, TrackedParameters
from weimin.engine.inventory import Unit
from weimin.engine.judge import Judge
from weimin.engine.preexisting import PreexistingRecords
from weimin.engine.queries.platform import PlatformTable
from weimin.engine.queries.unit_result import UnitResultTable
from weimin.engine.register import Register, has_own_records, row_of
from weimin.engine.rule_days import dated_settings
from weimin.model.kinds import Exemptions
from weimin.model.network import PlatformRow, is_over
from weimin.model.parameter import ParameterSetting
from weimin.model.place import parent_code
from weimin.model.record import Record

RowChanged = Callable[[PlatformRow | None, PlatformRow | None], None]
"""Called with a platform's row before and after a change; None where there was or is none."""
_DIGESTS = msgspec.msgpack.Decoder(dict[str, bytes])


def _ignore(before: PlatformRow | None, after: PlatformRow | None) -> None:
    """Nobody counts the rows."""


class NetworkContext:
    """The platforms of a register with its parameters, rule books and exemptions.

    `rows`: the platforms by code, in order. `changed_keys`: the dependency keys of what differs from the last run.
    """

    def __init__(
        self,
        register: Register,
        as_of: date,
        disabled: frozenset[str],
        stale: Iterable[str],
        *,
        rows: Iterable[PlatformRow] | None = None,
        settings: Iterable[ParameterSetting] | None = None,
        on_row_change: RowChanged = _ignore,
        first: bool = True,
    ) -> None:
        """`stale`: the platforms whose own files have to be read again. `rows`: the platforms, in place of the stored ones.
        `settings`: those of the rule records with the days of their commits, in place of what the history says.

        `on_row_change` is called for each row that changes. `first`: the store has no results, so no row has dependents.
        """
        self.register, self._as_of, self._disabled = register, as_of, disabled
        self._preexisting = PreexistingRecords(register)
        self._state, self._on_row_change, self._first = register.state, on_row_change, first
        self._platforms, self._units = PlatformTable(self._state.store), UnitResultTable(self._state.store)
        self.changed_keys: set[str] = set()
        for code in stale:
            self._read_platform(code)
        self.rows = {row.code: row for row in (self._platforms.all() if rows is None else rows)}
        if rows is None:
            self._close_platforms()
        self.books = self._records("rule")
        self.exemptions = self._records("exemptions")
        self._given = dated_settings(register, self.books, as_of) if settings is None else tuple(settings)
        self._compare("parameters", "param", _by_name(self._given))
        self._compare("exemptions", "exempt", self._by_subject())
        self._compare("books", "books", _by_platform(self.books))

    def judge(self, kind: str) -> Judge:
        """The judge of units in this context. `kind`: `row` for platforms as their own files give them; `seen` for these
        with their reporting state, which is known when all dossiers are computed.
        """
        rows = self.rows.values() if kind == "seen" else map(_without_reporting, self.rows.values())
        return Judge(
            register=self.register,
            network=TrackedNetwork(rows, self.register.dependencies, kind),
            parameters=TrackedParameters(self._given, self.register.dependencies),
            as_of=self._as_of,
            present=self._preexisting.present(self._as_of),
            preexisting=self._preexisting,
            exemptions=self.exemptions,
            books=self.books,
            disabled=self._disabled,
        )

    def update_reporting(self, codes: Iterable[str]) -> set[str]:
        """Find out again whether these platforms have records of their own; the platforms for which that changed."""
        changed = set()
        for code in codes:
            row = self.rows.get(code)
            if row is None:
                continue
            has_records = self._units.has_records(code)
            if has_records != row.has_records:
                self.rows[code] = updated = msgspec.structs.replace(row, has_records=has_records)
                self._on_row_change(row, updated)
                self._platforms.replace(updated)
                changed.add(code)
        return changed

    def _read_platform(self, code: str) -> None:
        """Read a platform whose own files changed, or which is new or gone."""
        unit = self.register.units.get(code)
        folder = self.register.read(unit) if unit else None
        row = row_of(folder, self.register.platform_records(folder), self.register.site) if folder else None
        if row is not None:
            row = msgspec.structs.replace(row, over=is_over(row.closed, self._as_of))
        before = self._platforms.delete(code)
        if row is not None:
            stored = msgspec.structs.replace(row, has_records=before.has_records if before else False)
            self._platforms.insert(stored)
            self._on_row_change(before, stored)
        elif before is not None:
            self._on_row_change(before, None)
        filed_before = msgspec.structs.replace(before, has_records=False) if before else None
        if row != filed_before:
            self._row_changed(code)
        self._units.set_has_records(code, folder is not None and has_own_records(folder.records))

    def _close_platforms(self) -> None:
        """Find out again which platforms are closed: the clock alone closes one whose day was still to come."""
        for code, row in self.rows.items():
            if row.closed is not None and row.over != (over := is_over(row.closed, self._as_of)):
                self.rows[code] = updated = msgspec.structs.replace(row, over=over)
                self._on_row_change(row, updated)
                self._platforms.replace(updated)
                self._row_changed(code)

    def _row_changed(self, code: str) -> None:
        """Collect the keys of whatever shows or reads the row of a platform."""
        if not self._first:
            self.changed_keys |= {f"{kind}:{which}" for kind in ("row", "seen") for which in (code, "*")}
            self.changed_keys.add(f"below:{parent_code(code)}")

    def _records(self, kind: str) -> tuple[Record, ...]:
        """All records of a kind that platforms have, corrected."""
        found: list[Record] = []
        for unit in sorted({p.unit for p in self.register.inventory.of_kind(kind)}):
            part = _only(self.register.units[unit], kind)
            found += self.register.platform_records(self.register.read(part)).of_kind(kind)
        return tuple(found)

    def _by_subject(self) -> Mapping[str, list[object]]:
        """Exemptions by the unit that they are about."""
        found: dict[str, list[object]] = defaultdict(list)
        for record in self.exemptions:
            for n, item in enumerate(record.data.items if isinstance(record.data, Exemptions) else ()):
                place = self.register.by_path.get(item.subject.partition("#")[0])
                found[place.unit if place else ""].append((record.place.path, n, item))
        return found

    def _compare(self, name: str, kind: str, values: Mapping[str, list[object]]) -> None:
        """Compare digests of values with those stored under `name`, collect the keys `kind:…` of those that differ, and
        store the new ones.
        """
        digests = {key: hashlib.sha256(msgspec.msgpack.encode(value)).digest() for key, value in sorted(values.items())}
        stored = self._state.meta.data(name)
        before = _DIGESTS.decode(stored) if stored else {}
        self.changed_keys |= {f"{kind}:{k}" for k in before.keys() | digests.keys() if before.get(k) != digests.get(k)}
        if before != digests:
            self.changed_keys.add(f"{kind}:*")
        if before != digests or not stored:
            self._state.meta.set_data(name, msgspec.msgpack.encode(digests))


def _without_reporting(row: PlatformRow) -> PlatformRow:
    """The row as the platform's own files give it; the row itself if nothing differs, which is so for most of a country."""
    return msgspec.structs.replace(row, has_records=False) if row.has_records else row


def _only(unit: Unit, kind: str) -> Unit:
    """The unit with its files of one kind alone."""
    return msgspec.structs.replace(unit, places=tuple(p for p in unit.places if p.kind == kind))


def _by_name(given: Iterable[ParameterSetting]) -> Mapping[str, list[object]]:
    """Parameters by name, all levels of a parameter together."""
    found: dict[str, list[object]] = defaultdict(list)
    for g in given:
        found[g.name.partition(".")[0]].append(g)
    return found


def _by_platform(books: Iterable[Record]) -> Mapping[str, list[object]]:
    found: dict[str, list[object]] = defaultdict(list)
    for book in books:
        found[book.place.platform or ""].append((book.place.path, book.raw, book.body))
    return found
