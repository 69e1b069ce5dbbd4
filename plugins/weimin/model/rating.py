"""The satisfaction rate of an evaluation, and the line below which it counts as low."""

from __future__ import annotations

import msgspec

from weimin.model.basis import Basis


class Rating(msgspec.Struct, frozen=True, kw_only=True):
    """`rate`: by the formula in force, 0 to 1, None if it cannot be computed from counted ballots. `line`: the threshold in force.

    `basis`: what sets the line. A line that no issued rule sets is this site's reference: a rate below it is not low.
    """

    rate: float | None = None
    line: float = 0.0
    basis: Basis = Basis.DEFAULT

    @property
    def below(self) -> bool:
        """Whether the rate lies below the line, whoever sets it: a decision about a reconsultation is asked for (W503)."""
        return self.rate is not None and self.rate < self.line

    @property
    def low(self) -> bool:
        """Whether counted ballots lie below a threshold that applies: one of an issued rule."""
        return self.below and self.basis.binds

    @property
    def reference_line(self) -> float | None:
        """The site's own line, where the rate lies below it and no rule sets one; else None."""
        return self.line if self.below and not self.basis.binds else None
