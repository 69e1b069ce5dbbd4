"""What a folder's verdict and pages were made from besides its own files, noted while it is read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, ValuesView
from datetime import date

from weimin.model.network import Network, PlatformRow
from weimin.model.parameter import Given, Parameter, Parameters

Note = Callable[[str], None]


class Reads:
    """The keys of everything that was read since they were last taken: `ref:REF`, `row:CODE`, `param:NAME` …"""

    def __init__(self) -> None:
        self._keys: set[str] = set()
        self.note: Note = self._keys.add

    def taken(self) -> tuple[str, ...]:
        """The keys in order; from here on others are gathered."""
        found = tuple(sorted(self._keys))
        self._keys.clear()
        return found


def digest_of(keys: Iterable[str]) -> int:
    """By what a set of keys is known."""
    return int.from_bytes(hashlib.blake2b("\0".join(keys).encode(), digest_size=8).digest(), "big") >> 2


class TrackedRows(Mapping[str, PlatformRow]):
    """Rows of platforms; which of them were asked for is noted, those too that are not there."""

    def __init__(self, rows: Mapping[str, PlatformRow], note: Note, kind: str) -> None:
        self._rows, self._note, self._kind = rows, note, kind

    def __getitem__(self, code: str) -> PlatformRow:
        self._note(f"{self._kind}:{code}")
        return self._rows[code]

    def get(self, code: str, default: PlatformRow | None = None) -> PlatformRow | None:  # type: ignore[override]  # no other default is of use
        self._note(f"{self._kind}:{code}")
        return self._rows.get(code, default)

    def __contains__(self, code: object) -> bool:
        self._note(f"{self._kind}:{code}")
        return code in self._rows

    def __iter__(self) -> Iterator[str]:
        self._note(f"{self._kind}:*")
        return iter(self._rows)

    def __len__(self) -> int:
        self._note(f"{self._kind}:*")
        return len(self._rows)

    def values(self) -> ValuesView[PlatformRow]:
        """All of them, which is one thing that is read: of a whole country nobody wants a note of each."""
        self._note(f"{self._kind}:*")
        return self._rows.values()

    def items(self) -> ItemsView[str, PlatformRow]:
        """As `values`, with their codes."""
        self._note(f"{self._kind}:*")
        return self._rows.items()


class TrackedNetwork(Network):
    """A network that notes what is asked of it. `kind`: `row` for platforms as they are filed, `seen` with `has_records`."""

    def __init__(self, rows: Iterable[PlatformRow], reads: Reads, kind: str) -> None:
        super().__init__(rows)
        self._note, self._kind = reads.note, kind
        self.rows = TrackedRows(self.rows, reads.note, kind)

    def below(self, code: str) -> tuple[PlatformRow, ...]:
        self._note(f"below:{code}")
        return super().below(code)


class TrackedParameters(Parameters):
    """Parameters that note which of them were asked for; each answer is looked up once."""

    def __init__(self, given: Iterable[Given], reads: Reads) -> None:
        super().__init__(given)
        self._note = reads.note
        self._found: dict[tuple[str, str, date | None], Parameter] = {}

    def at(self, name: str, platform: str, on: date | None) -> Parameter:
        self._note(f"param:{name}")
        key = (name, platform, on)
        if (found := self._found.get(key)) is None:
            found = self._found[key] = super().at(name, platform, on)
        return found
