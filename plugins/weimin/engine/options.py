"""Options of a run over a register: the day, the rules, the processes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec

from weimin.adapters.cluster import Cluster
from weimin.model.codes import CODES

TRAIL = frozenset(code for code in CODES if CODES[code].family == "A")

Tick = Callable[[str, int, int], None]
"""Called to report progress: (what is being done, in Chinese; how many more items are done; of how many)."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """`as_of`: the day of the run, None for today. `select`, `ignore`: codes or their beginnings (W, W6, W602).

    `jobs`: the number of worker processes. `disabled`: rules that are not applied, so that a test can see that a rule's cases fail without it. `cluster`:
    machines that compute units if there are enough of them.
    """

    as_of: date | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    jobs: int = 1
    disabled: frozenset[str] = frozenset()
    cluster: Cluster | None = None

    def selects(self, code: str) -> bool:
        """Whether findings of a code are to be reported."""
        chosen = not self.select or code.startswith(self.select)
        return chosen and not (self.ignore and code.startswith(self.ignore))

    @property
    def rules(self) -> int:
        """The number of selected rules that apply to the records themselves: all but family A, which applies to their history."""
        return sum(self.selects(code) for code in CODES if code not in TRAIL)

    @property
    def rules_of_change(self) -> int:
        """The number of selected rules that apply to a change: also those of family A that a change can break."""
        return self.rules + sum(self.selects(code) for code in TRAIL - {"A108"})
