"""Validates the data of a record: a compiled validator accepts, and jsonschema explains what it rejects."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import msgspec

from weimin.model.kinds import Data, Exemptions
from weimin.records.fields import COMMON, Fields, Path, types_of
from weimin.records.kinds import KINDS
from weimin.records.wording.message import Violation, describe_unwritable, explain

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

_FILE = "common.schema.json"
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,15})(?:\.[0-9]{1,15})?", re.ASCII)
_NUMBERS = {"number", "integer"}


class Schemas:
    """The schemas of all kinds, by file name (`topic.schema.json`); each is compiled at its first use."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._fields: dict[str, Fields] = {}
        self._validators: dict[str, jsonschema_rs.Draft202012Validator] = {}
        self._shared: Any = None

    def document(self, kind: str) -> Any:
        """The schema as in its file. Raises KeyError for an unknown kind."""
        return msgspec.json.decode(self._files[f"{kind}.schema.json"])

    def fields(self, kind: str) -> Fields:
        """Titles, help and choices of a kind, by path."""
        if kind not in self._fields:
            self._fields[kind] = Fields(self.document(kind), self._common()["$defs"])
        return self._fields[kind]

    def accept(self, kind: str, value: Any) -> tuple[Any, tuple[Violation, ...]]:
        """The value with plain numbers converted to what the schema requires (text, date, code or number), and its violations."""
        if self._is_valid(kind, value):
            return value, ()
        value = self._coerced(kind, value)
        if self._is_valid(kind, value):
            return value, ()
        return value, explain(self.fields(kind), self.errors(kind, value), value) or (describe_unwritable(value),)

    def errors(self, kind: str, value: Any) -> Iterator[ValidationError]:
        """All errors that jsonschema finds in a value. Slow; only for the few values that were rejected."""
        from weimin.records.slow_validator import iter_errors  # only for rejected values: slow to import

        return iter_errors(self.fields(kind).schema, {_FILE: self._common()}, value)

    def load(self, kind: str, value: Any) -> Data:
        """An accepted value as the class of the kind. Raises msgspec.ValidationError for a value that was not accepted."""
        cls = KINDS[kind].data
        if cls is Exemptions:
            value = {"items": value}
        try:
            return msgspec.convert(value, cls)
        except msgspec.ValidationError:
            return msgspec.convert(_with_integers(value), cls)

    def _is_valid(self, kind: str, value: Any) -> bool:
        try:
            return self._validator(kind).is_valid(value) and (kind != "correction" or _finite(value))
        except (ValueError, TypeError):  # not representable in JSON: half a surrogate pair, a key that is not text
            return False

    def _coerced(self, kind: str, value: Any) -> Any:
        fields, validator = self.fields(kind), self._validator(kind)
        for _ in range(2):  # a condition (`if`) may be evaluated only after the first conversion
            try:
                places = [error.instance_path for error in validator.iter_errors(value)]
            except (ValueError, TypeError):
                return value
            before = value
            for path in places:
                value = _coerced_at(value, path, types_of(fields.at(path)))
            if value is before:
                break
        return value

    def _validator(self, kind: str) -> jsonschema_rs.Draft202012Validator:
        if kind not in self._validators:
            registry = jsonschema_rs.Registry([(f"json-schema:///{_FILE}", self._common())])
            self._validators[kind] = jsonschema_rs.Draft202012Validator(self.document(kind), registry=registry)
        return self._validators[kind]

    def _common(self) -> Any:
        if self._shared is None:
            self._shared = self.document(COMMON)
        return self._shared


def _finite(value: Any) -> bool:
    """No NaN or infinity. A correction may contain any value, and the compiled validator treats these two as null."""
    if isinstance(value, dict):
        return all(map(_finite, value.values()))
    if isinstance(value, list):
        return all(map(_finite, value))
    return not isinstance(value, float) or math.isfinite(value)


def _coerced_at(value: Any, path: Path, types: tuple[str, ...]) -> Any:
    """The value with the number at `path` as text, or the text there as a number, if `types` require it."""
    if not path:
        return _coerced_value(value, types)
    step: Any = path[0]
    old = value[step]
    new = _coerced_at(old, path[1:], types)
    if new is old:
        return value
    copy = value.copy()
    copy[step] = new
    return copy


def _coerced_value(value: Any, types: tuple[str, ...]) -> Any:
    numeric = not _NUMBERS.isdisjoint(types)
    if type(value) in (int, float) and "string" in types and not numeric and math.isfinite(value):
        return repr(value)
    if isinstance(value, str) and numeric and _DECIMAL.fullmatch(value):
        return float(value) if "." in value else int(value)
    return value


def _with_integers(value: Any) -> Any:
    """The value with 3.0 as 3: JSON Schema accepts it as an integer, the classes do not."""
    match value:
        case float() if value.is_integer():
            return int(value)
        case list():
            return [_with_integers(item) for item in value]
        case dict():
            return {key: _with_integers(item) for key, item in value.items()}
    return value
