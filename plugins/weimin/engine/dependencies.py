"""Recording of dependencies: what the computation of a unit or the rendering of a page reads besides the unit's own files.

A dependency key names one thing that can be read, and how it was read:

    ref:REF         a record, unit or path was looked up, whether it exists or not
    row:CODE        the row of a platform as its own files give it; row:* all of them
    seen:CODE       the same, together with whether the platform has reported; seen:* all of them
    below:CODE      the list of platforms below a platform
    param:NAME      a parameter; param:* all of them
    exempt:UNIT     the exemptions about a unit; exempt:* all of them
    books:CODE      the rule records of a platform; books:* all of them
    sum:SCOPE       the totals of a scope
    list:NAME       the order or the content of a list of the whole network
    title:DOSSIER   the title of a dossier
    day, commit     the day of the build, its commit
    head            the day of the check and the commit that it is of (HEAD)
    past            the history replay

Recording is a side effect of reading. One `Dependencies` object belongs to a register; the mappings below and the register's
look-ups call its `record`. Whoever computes something empties it first (`collect`), computes, and collects again: these keys
are what the result depends on. So there is one computation at a time for each register; workers have their own.

A look-up that finds nothing is recorded too: a record that appears later invalidates whoever missed it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, ValuesView
from datetime import date

from weimin.model.network import Network, PlatformRow
from weimin.model.parameter import Parameter, Parameters, ParameterSetting

RecordDependency = Callable[[str], None]
HEAD = "head"


class Dependencies:
    """The keys of everything that was read since the last call of `collect`."""

    def __init__(self) -> None:
        self._keys: set[str] = set()
        self.record: RecordDependency = self._keys.add

    def collect(self) -> tuple[str, ...]:
        """The recorded keys, sorted. Recording starts anew."""
        keys = tuple(sorted(self._keys))
        self._keys.clear()
        return keys


def digest_of(keys: Iterable[str]) -> int:
    """A number of 62 bits that identifies a set of keys, given in order."""
    return int.from_bytes(hashlib.blake2b("\0".join(keys).encode(), digest_size=8).digest(), "big") >> 2


class TrackedRows(Mapping[str, PlatformRow]):
    """Rows of platforms by code; records which of them are looked up, those that do not exist too."""

    def __init__(self, rows: Mapping[str, PlatformRow], record: RecordDependency, kind: str) -> None:
        """`kind`: the word before the colon of the keys."""
        self._rows, self._record, self._kind = rows, record, kind

    def __getitem__(self, code: str) -> PlatformRow:
        self._record(f"{self._kind}:{code}")
        return self._rows[code]

    def get(self, code: str, default: PlatformRow | None = None) -> PlatformRow | None:  # type: ignore[override]  # no other default is of use
        self._record(f"{self._kind}:{code}")
        return self._rows.get(code, default)

    def __contains__(self, code: object) -> bool:
        self._record(f"{self._kind}:{code}")
        return code in self._rows

    def __iter__(self) -> Iterator[str]:
        self._record(f"{self._kind}:*")
        return iter(self._rows)

    def __len__(self) -> int:
        self._record(f"{self._kind}:*")
        return len(self._rows)

    def values(self) -> ValuesView[PlatformRow]:
        """All rows: one dependency, not one for each of the platforms of a whole country."""
        self._record(f"{self._kind}:*")
        return self._rows.values()

    def items(self) -> ItemsView[str, PlatformRow]:
        """As `values`, with the codes."""
        self._record(f"{self._kind}:*")
        return self._rows.items()


class TrackedNetwork(Network):
    """A network that records what is looked up in it. `kind`: `row` or `seen`, as in the keys."""

    def __init__(self, rows: Iterable[PlatformRow], dependencies: Dependencies, kind: str) -> None:
        super().__init__(rows)
        self._record, self._kind = dependencies.record, kind
        self.rows = TrackedRows(self.rows, dependencies.record, kind)

    def below(self, code: str) -> tuple[PlatformRow, ...]:
        self._record(f"below:{code}")
        return super().below(code)


class TrackedParameters(Parameters):
    """Parameters that record which of them are looked up; each answer is computed once."""

    def __init__(self, given: Iterable[ParameterSetting], dependencies: Dependencies) -> None:
        super().__init__(given)
        self._record = dependencies.record
        self._answers: dict[tuple[str, str, date | None], Parameter] = {}

    def at(self, name: str, platform: str, on: date | None) -> Parameter:
        self._record(f"param:{name}")
        key = (name, platform, on)
        if (answer := self._answers.get(key)) is None:
            answer = self._answers[key] = super().at(name, platform, on)
        return answer

    def above(self, setting: ParameterSetting) -> Parameter | None:
        self._record(f"param:{setting.name.partition('.')[0]}")
        return super().above(setting)

    def of_record(self, ref: str) -> tuple[ParameterSetting, ...]:
        found = super().of_record(ref)
        for name in sorted({setting.name.partition(".")[0] for setting in found}):
            self._record(f"param:{name}")
        return found

    def sets_deadlines(self, county: str) -> bool:
        self._record("param:*")
        return super().sets_deadlines(county)
