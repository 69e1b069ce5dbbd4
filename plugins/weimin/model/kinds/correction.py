"""更正."""

from __future__ import annotations

from typing import Any

import msgspec

from weimin.model.kinds.shared import Data, Part


class Change(Part, frozen=True, kw_only=True):
    """One change. `field`: JSON pointer, `/body` for the prose, `/date` for the date in the name. `from` null: it was absent."""

    field: str
    from_: Any = msgspec.field(name="from", default=None)
    to: Any = None


class Corrected(Part, frozen=True, kw_only=True):
    """A change of a standing record that needs a reason, told in the record itself (`history/standing.py`)."""

    field: str
    reason: str
    from_: str | None = msgspec.field(name="from", default=None)
    approved_by: str | None = None
    date: str | None = None


class Correction(Data, frozen=True, kw_only=True):
    of: str
    changes: tuple[Change, ...]
    reason: str
    approved_by: str
