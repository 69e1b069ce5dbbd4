"""What sets a day or a threshold: only what a document says may be held against somebody in public (docs/adr/0074)."""

from __future__ import annotations

from enum import StrEnum


class Basis(StrEnum):
    """RECORD: a record states the day. RULE: an issued rule sets the number. DEFAULT: the number is this site's own, a reminder."""

    RECORD = "record"
    RULE = "rule"
    DEFAULT = "default"

    @property
    def binds(self) -> bool:
        """Whether a document sets it, so that a duty can be overdue and a rate can be low."""
        return self is not Basis.DEFAULT
