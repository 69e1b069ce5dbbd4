"""jsonschema, which finds every error of a value. A module of its own because its import takes a tenth of a second."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

import jsonschema
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry
from referencing.jsonschema import DRAFT202012


def iter_errors(schema: Any, shared: Mapping[str, Any], value: Any) -> Iterator[ValidationError]:
    """The errors of a value; `shared` are the schemas it may refer to, by file name."""
    resources = [(name, DRAFT202012.create_resource(document)) for name, document in shared.items()]
    registry: Registry[Any] = Registry().with_resources(resources)
    found: Iterator[ValidationError] = _Validator(schema, registry=registry).iter_errors(value)
    return found


def _is_number(_checker: object, value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_integer(_checker: object, value: object) -> bool:
    return _is_number(None, value) and (isinstance(value, int) or cast(float, value).is_integer())


def _pattern(_validator: object, pattern: str, value: object, _schema: object) -> Iterator[ValidationError]:
    """`$` matches only at the end, not before a final newline, as in every other implementation of JSON Schema."""
    if isinstance(value, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), value, re.ASCII):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


_Validator: Any = jsonschema.validators.extend(  # type: ignore[no-untyped-call]  # its stubs leave it so
    Draft202012Validator,
    {"pattern": _pattern},
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine("number", _is_number).redefine("integer", _is_integer),
)
