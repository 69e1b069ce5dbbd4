"""Parameters of a rule record whose value is invalid: the schema checks the shape, this module the meaning of the name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from weimin.model.parameter import DEFAULTS, is_valid_value
from weimin.model.quote import quoted
from weimin.records.violation import Violation


def invalid_parameters(raw: Any) -> Iterator[Violation]:
    """S103 for each known parameter whose value does not fit its name (docs/reference/rules.md, "Parameters")."""
    given = raw.get("parameters") if isinstance(raw, Mapping) else None
    for i, parameter in enumerate(given if isinstance(given, list) else ()):
        name, value = parameter.get("name"), parameter.get("value")
        values = value.values() if isinstance(value, Mapping) else (value,)
        if isinstance(name, str) and not all(is_valid_value(name, each) for each in values):
            yield Violation(
                "S103",
                f"/parameters/{i}/value",
                f"可执行参数{quoted(name)}的值{quoted(value)}不能用",
                f"写成这样的值：{DEFAULTS.get(name, DEFAULTS.get(f'{name}.village'))}",
            )
