"""Reads the data of an old version as far as possible, without today's checks."""

from __future__ import annotations

from weimin.model.history import ParsedRecord
from weimin.model.place import Place
from weimin.records import front_matter
from weimin.records.front_matter import Parts
from weimin.records.kinds import KINDS
from weimin.records.schema import Schemas
from weimin.records.text import read_text
from weimin.records.yaml.read import read

_VALUE_LOST = frozenset({"F105", "F106"})  # anchors and the like: the value is not what the author meant


def read_leniently(place: Place, data: bytes, schemas: Schemas) -> ParsedRecord | None:
    """The data and prose of a version; None if there is no text, no fields or no YAML.

    Line ends, order of keys and quoting do not belong to the data.
    """
    row = KINDS[place.kind]
    text, _ = read_text(place.path, data)
    if text is None or not row.schema:
        return None
    parts = front_matter.split(text, place.path) if row.prose else Parts(text, 1, "", 0)
    if not isinstance(parts, Parts):
        return None
    value, problems = read(parts.fields, place.path, parts.first_line, listed=row.listed)
    if value is None or any(p.code in _VALUE_LOST for p in problems):
        return None
    return ParsedRecord(schemas.accept(row.schema, value)[0], parts.body)
