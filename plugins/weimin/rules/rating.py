"""The rating of an evaluation by the parameters in force on its day: the one place that says whether a rate is low."""

from __future__ import annotations

from weimin.model.dossier import Dossier, Event
from weimin.model.kinds import Evaluation
from weimin.model.parameter import Parameters
from weimin.model.rating import Rating
from weimin.rules.arithmetic import rate_of


def rating_of(dossier: Dossier, event: Event, data: Evaluation, parameters: Parameters) -> Rating:
    """The satisfaction rate by the formula in force, and the line in force (docs/reference/rules.md, "Rate")."""
    on = event.span.last if event.span else None
    formula = str(parameters.at("satisfaction_formula", dossier.platform, on).value)
    line = parameters.at("low_satisfaction", dossier.platform, on)
    return Rating(rate=None if data.only_of_units else rate_of(data, formula), line=float(line.value), basis=line.basis)
