"""The day of a duty, and its words: a day that a document sets is a due day, one of this site's own only a suggestion."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from weimin.model.basis import Basis
from weimin.model.parameter import Parameter
from weimin.rules.wording import DEFAULT, parameter_source


class Clock(msgspec.Struct, frozen=True):
    """The fields of a duty that say when (`model.finding.Duty`). Without a day and a basis: the duty has none."""

    due: date | None = None
    suggested: date | None = None
    basis: Basis | None = None

    @property
    def fields(self) -> dict[str, Any]:
        return {"due": self.due, "suggested": self.suggested, "basis": self.basis}

    def words(self, act: str, why: str) -> str:
        """，应于 2026-03-17（含）前办理（WHY）, or ，建议 2026-03-17 前办理（本站参考，非文件规定）; empty without a day."""
        if self.due is not None:
            return f"，应于 {self.due}（含）前{act}（{why}）"
        return f"，建议 {self.suggested} 前{act}（{DEFAULT}）" if self.suggested is not None else ""


def clock_of(day: date | None, parameter: Parameter) -> Clock:
    """The clock of a day that is counted with a parameter; none without a day."""
    if day is None:
        return Clock()
    if parameter.basis.binds:
        return Clock(due=day, basis=parameter.basis)
    return Clock(suggested=day, basis=parameter.basis)


def counted_from(start: date | None, parameter: Parameter) -> str:
    """2026-03-10 起 7 天，依据 321302/rules/measures#3: why the day is what it is."""
    return f"{start} 起 {parameter.days} 天，{parameter_source(parameter)}"
