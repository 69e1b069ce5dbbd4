"""A record as a value: what a reader makes of its file, without a file."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from weimin.adapters.installation import schema_files
from weimin.model.kinds import Data, Exemptions
from weimin.model.place import Place
from weimin.model.record import Record
from weimin.records.kinds import KINDS
from weimin.records.place import place_of
from weimin.records.schema import Schemas


def record(path: str, raw: Any, body: str = "") -> Record:
    """The record that would stand at a path; its data are not held to a schema."""
    place = place_of(path)
    assert isinstance(place, Place), path
    return Record(place=place, data=load(place.kind, raw), raw=raw, body=body)


def load(kind: str, raw: Any) -> Data:
    """Raises msgspec.ValidationError."""
    cls = KINDS[kind].data
    assert cls is not None
    return msgspec.convert({"items": raw} if cls is Exemptions else raw, cls)  # type: ignore[no-any-return]


def revive(kind: str, raw: Any) -> tuple[Data | None, str]:
    """What a correction makes of a record, taken as it is."""
    return load(kind, raw), ""


@cache
def schemas() -> Schemas:
    """The schemas as they are installed; compiled once for a process."""
    return Schemas(schema_files())


def accepted(kind: str, raw: Any) -> tuple[Data | None, str]:
    """What a correction makes of a record, or why its schema refuses it; as the register does it."""
    value, violations = schemas().accept(kind, raw)
    return (None, violations[0].message) if violations else (schemas().load(kind, value), "")
