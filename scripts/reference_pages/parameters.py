"""The generated table of parameters in rules.md."""

from __future__ import annotations

from collections.abc import Iterator

from reference_pages.markdown import code, table
from reference_pages.meanings import meanings
from weimin.model.codes import CODES
from weimin.model.parameter import DEFAULTS
from weimin.wording.parameters import parameter_name


def parameter_table() -> str:
    """One row per parameter; those that differ by level have a default per level."""
    names = list(dict.fromkeys(name.partition(".")[0] for name in DEFAULTS))
    said = meanings("parameters", names)
    rows = [(code(name), parameter_name(name), _default(name), " ".join(_rules(name)), said[name]) for name in names]
    return table(("parameter", "name", "default", "rules", "meaning and values"), rows)


def _default(name: str) -> str:
    if name in DEFAULTS:
        return code(str(DEFAULTS[name]))
    levels = {key.partition(".")[2]: value for key, value in DEFAULTS.items() if key.startswith(f"{name}.")}
    return code("{" + ", ".join(f"{level}: {value}" for level, value in levels.items()) + "}")


def _rules(name: str) -> Iterator[str]:
    for row in CODES.values():
        if row.parameter == name:
            yield f"[{row.code}](#{row.code.lower()})"
