"""更正 of a standing record: what was changed, what stood there before, and why."""

from __future__ import annotations

from weimin.model.kinds import Corrected, known
from weimin.site.display_text import DisplayText
from weimin.site.presenters.corrections import field_words
from weimin.site.presenters.presenter import Presenter, rows
from weimin.site.view_models import Row
from weimin.wording.dates import format_date


def corrected_rows(present: Presenter, corrected: tuple[Corrected, ...] | None) -> tuple[Row, ...]:
    """One row with a line for each change; none if nothing was changed."""

    def line(field: str, c: Corrected, pointer: str) -> DisplayText:
        return present.value(pointer, c, lambda one: _words(present, one))

    return rows(present.several("corrected", corrected, line))


def _words(present: Presenter, c: Corrected) -> str:
    parts = [
        field_words(present.context, present.kind, c.field) + (f"，原为{c.from_}" if c.from_ else ""),
        f"理由：{c.reason.rstrip('。；')}",
        f"批准：{present.context.who(c.approved_by)}" if c.approved_by and known(c.approved_by) else "",
        format_date(c.date) if c.date and known(c.date) else "",
    ]
    return "；".join(p for p in parts if p)
