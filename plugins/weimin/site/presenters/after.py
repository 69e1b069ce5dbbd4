"""回应、跟踪监督: the rows of the event itself; answers and states are shown with the lines they belong to."""

from __future__ import annotations

from weimin.model.kinds import Correction, Followup, Response
from weimin.site.presenters.people import participants
from weimin.site.presenters.presenter import Presenter, rows
from weimin.site.view_models import Row


def response_rows(present: Presenter, r: Response) -> tuple[Row, ...]:
    given = present.row("answers_given", present.count("answers_given", r.answers_given))
    return (present.row("by", present.who("by", r.by)), *rows(given))


def followup_rows(present: Presenter, f: Followup) -> tuple[Row, ...]:
    return (
        present.row("form", present.choice("form", f.form)),
        present.row("by", present.who("by", f.by)),
        *rows(present.row("participants", *participants(present, f.participants))),
    )


def correction_rows(present: Presenter, c: Correction, dossier: str) -> tuple[Row, ...]:
    return (
        present.row("of", present.ref("of", c.of, dossier=dossier)),
        present.row("reason", present.text("reason", c.reason)),
        present.row("approved_by", present.who("approved_by", c.approved_by)),
    )
