"""Parameters of a rule record that cannot be used: the schema knows their shape, their names say what they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from weimin.model.parameter import DEFAULTS, fits
from weimin.records.fault import Violation
from weimin.records.quote import quoted


def unusable(raw: Any) -> Iterator[Violation]:
    """S103 for the value of a known parameter that is not what its name asks for (docs/reference/rules.md, "Parameters")."""
    given = raw.get("parameters") if isinstance(raw, Mapping) else None
    for i, parameter in enumerate(given if isinstance(given, list) else ()):
        name, value = parameter.get("name"), parameter.get("value")
        values = value.values() if isinstance(value, Mapping) else (value,)
        if isinstance(name, str) and not all(fits(name, each) for each in values):
            yield Violation(
                "S103",
                f"/parameters/{i}/value",
                f"可执行参数{quoted(name)}的值{quoted(value)}不能用",
                f"写成这样的值：{DEFAULTS.get(name, DEFAULTS.get(f'{name}.village'))}",
            )
