"""What a run over a register is asked to do: the day, the rules, the processes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec

from weimin.adapters.cluster import Cluster
from weimin.model.codes import CODES

TRAIL = frozenset(code for code in CODES if CODES[code].family == "A")

Tick = Callable[[str, int, int], None]
"""(what is being done, how many more are done, of how many)."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """`select`, `ignore`: codes or their beginnings (W, W6, W602). `disabled`: rules switched off, for tests of the tests.

    `cluster`: other machines that share in the work, where there is much of it.
    """

    as_of: date | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    jobs: int = 1
    disabled: frozenset[str] = frozenset()
    cluster: Cluster | None = None

    def selects(self, code: str) -> bool:
        chosen = not self.select or code.startswith(self.select)
        return chosen and not (self.ignore and code.startswith(self.ignore))

    @property
    def rules(self) -> int:
        """How many rules are asked of records as they stand: all but the trail's, which ask about their history."""
        return sum(self.selects(code) for code in CODES if code not in TRAIL)

    @property
    def rules_of_change(self) -> int:
        """How many rules are asked of a change: of the trail those too that a change can break."""
        return self.rules + sum(self.selects(code) for code in TRAIL - {"A108"})
