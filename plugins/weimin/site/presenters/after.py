"""回应、跟踪监督: the facts of the event itself; its answers and states stand with the lines they belong to."""

from __future__ import annotations

from weimin.model.kinds import Correction, Followup, Response
from weimin.site.presenters.presenter import Teller
from weimin.site.view_models import Row


def response_rows(t: Teller, r: Response) -> tuple[Row, ...]:
    return (t.row("by", t.who("by", r.by)),)


def followup_rows(t: Teller, f: Followup) -> tuple[Row, ...]:
    return (t.row("form", t.choice("form", f.form)), t.row("by", t.who("by", f.by)))


def correction_rows(t: Teller, c: Correction, dossier: str) -> tuple[Row, ...]:
    return (
        t.row("of", t.ref("of", c.of, dossier=dossier)),
        t.row("reason", t.text("reason", c.reason)),
        t.row("approved_by", t.who("approved_by", c.approved_by)),
    )
