"""The registry of figures: one row for each quantity that the site counts, adds up or divides.

A figure has the same name wherever it stands: in the `data-count` of a page, in an `index.json`, in the recount of
`weimin verify --claims`, and on the public page `/figures/`, which prints this table. The name is Chinese because the
expression of a `data-count` is read by people (docs/adr/0075).
"""

from __future__ import annotations

from collections.abc import Mapping

from weimin.model.figures.course import COURSE_FIGURES
from weimin.model.figures.figure import FILTERS, MONTH, NOW, PERIODS, YEAR, Figure
from weimin.model.figures.ratings import RATING_FIGURES
from weimin.model.figures.results import RESULT_FIGURES
from weimin.model.figures.times import TIME_FIGURES

__all__ = ["FIGURES", "FILTERS", "MONTH", "NOW", "PERIODS", "YEAR", "Figure", "expression"]

FIGURES: Mapping[str, Figure] = {
    row.name: row for row in (*COURSE_FIGURES, *RESULT_FIGURES, *RATING_FIGURES, *TIME_FIGURES)
}
"""Name → row, in the order in which `/figures/` prints them."""


def expression(*names: str, scope: str = "", only: Mapping[str, object] | None = None) -> str:
    """The expression of a `data-count`: several figures in order, one scope, one set of filters.

    Raises KeyError for a figure or a filter that is not in the registry, and for a figure that is not counted again.
    """
    for name in names:
        if FIGURES[name].uncounted:
            raise KeyError(name)
    filters = "&".join(f"{key}={value}" for key, value in (only or {}).items() if FILTERS[key])
    return "+".join(names) + (f"@{scope}" if scope else "") + (f"?{filters}" if filters else "")
