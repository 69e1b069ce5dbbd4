"""A record's data as far as it can be read: what an old version said, whatever today's checks hold against it."""

from __future__ import annotations

from weimin.model.history import Parsed
from weimin.model.place import Place
from weimin.records import front_matter
from weimin.records.front_matter import Parts
from weimin.records.kinds import KINDS
from weimin.records.schema import Schemas
from weimin.records.text import read_text
from weimin.records.yaml.read import read

_VALUE_LOST = frozenset({"F105", "F106"})  # anchors and the like: the value is not what was meant


def read_leniently(place: Place, data: bytes, schemas: Schemas) -> Parsed | None:
    """None where no data can be made out: no text, no fields, no YAML. Line ends, order of keys and quoting are no data."""
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
    return Parsed(schemas.accept(row.schema, value)[0], parts.body)
