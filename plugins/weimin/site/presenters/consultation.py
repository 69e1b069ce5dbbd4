"""协商活动."""

from __future__ import annotations

from collections import Counter
from functools import partial

from weimin.model.kinds import Announced, Approx, Consultation, Method, Votes, listed
from weimin.site.display_text import UNRECORDED, DisplayText
from weimin.site.presenters.people import participants
from weimin.site.presenters.presenter import Presenter, gathered, rows
from weimin.site.presenters.votes import vote
from weimin.site.view_models import Row
from weimin.wording.counts import format_count
from weimin.wording.dates import format_date

_DATES = ("from_", "to", "opens", "closes")
_CHOICES = ("decided_by",)
_COUNTS = ("collected", "households", "sent", "returned", "signed", "posts", "people")


def consultation_rows(present: Presenter, c: Consultation, dossier: str) -> tuple[Row, ...]:
    if c.same_as is not None:
        return (
            present.row("same_as", present.ref("same_as", c.same_as, dossier=dossier)),
            *rows(
                present.several("votes", c.votes, partial(vote, present)),
                present.row("suggestions_made", present.count("suggestions_made", c.suggestions_made)),
            ),
        )
    return (
        present.row("about", present.choice("about", c.about)),
        *rows(present.row("convened_by", present.choice("convened_by", c.convened_by))),
        *_methods(present, c),
        *rows(
            present.row("times", present.count("times", c.times)),
            _announced(present, c.announced),
            present.row("convenor", present.text("convenor", c.convenor)),
        ),
        present.row("participants", *participants(present, c.participants)),
        *rows(
            present.several("votes", c.votes, partial(vote, present)),
            present.row("suggestions_made", present.count("suggestions_made", c.suggestions_made)),
            present.row("invited_because", present.text("invited_because", c.invited_because)),
            present.several("joint", c.joint, present.who) if c.joint is not None else present.row("joint", UNRECORDED),
            _also(present, c),
            _again(present, c, dossier),
        ),
    )


def _methods(present: Presenter, c: Consultation) -> tuple[Row, ...]:
    found = listed(c.methods)
    if not found:
        return (present.row("methods", present.text("methods", c.methods)),)
    return (
        present.row(
            "methods", *(present.choice("methods.kind", m.kind, f"/methods/{n}/kind") for n, m in enumerate(found))
        ),
        *_all_details(present, found),
    )


def _all_details(present: Presenter, methods: tuple[Method, ...]) -> tuple[Row, ...]:
    """The details of all methods; a field that two methods have is shown with the name of each method."""
    found_details = [(m, _details(present, m, f"/methods/{n}")) for n, m in enumerate(methods)]
    times = Counter(row.label for _, details in found_details for row in details)
    return gathered(
        Row(f"{row.label}（{present.choice('methods.kind', m.kind).text}）", row.values)
        if times[row.label] > 1
        else row
        for m, details in found_details
        for row in details
    )


def _details(present: Presenter, method: Method, pointer: str) -> tuple[Row, ...]:
    """The details of one method; the schema says which fields a kind of method has."""
    return rows(
        *(
            Row(
                present.title(f"methods.{_key(name)}"),
                _detail(present, name, getattr(method, name), f"{pointer}/{_key(name)}"),
            )
            for name in Method.__struct_fields__
            if name != "kind"
        )
    )


def _key(name: str) -> str:
    return name.rstrip("_")


def _detail(present: Presenter, name: str, value: object, pointer: str) -> tuple[DisplayText, ...]:
    field = f"methods.{_key(name)}"
    if isinstance(value, Votes):
        return (present.value(pointer, value, lambda v: _votes(present, v)),)
    if isinstance(value, tuple) and value:
        return tuple(present.text(field, v, f"{pointer}/{n}") for n, v in enumerate(value))
    if isinstance(value, int | float | Approx) or (name in _COUNTS and isinstance(value, str)):
        return (present.count(field, value, pointer),)
    if isinstance(value, str) and name in _DATES:
        return (present.date(field, value, pointer),)
    if isinstance(value, str) and name in _CHOICES:
        return (present.choice(field, value, pointer),)
    return (present.text(field, value, pointer),)


def _votes(present: Presenter, votes: Votes) -> str:
    parts = [
        f"{present.title(f'methods.votes.{key}')}{format_count(value, '票')}"
        for key, value in (("for", votes.for_), ("against", votes.against), ("abstained", votes.abstained))
        if value is not None and value != "unpublished"
    ]
    if votes.percent_for is not None:
        parts.append(f"{present.title('methods.votes.percent_for')}{format_count(votes.percent_for, '%')}")
    return "，".join(parts) or "未公布"


def _announced(present: Presenter, a: Announced | str | None) -> Row:
    if not isinstance(a, Announced):
        return present.row("announced", present.text("announced", a))
    parts = [format_date(a.date) if a.date and a.date != "unpublished" else ""]
    if a.days_before is not None and a.days_before != "unpublished":
        parts.append(f"提前{format_count(a.days_before, '天')}")
    parts.append(a.how if a.how and a.how != "unpublished" else "")
    text = "，".join(p for p in parts if p)
    return present.row("announced", present.value("/announced", a, lambda _: text) if text else UNRECORDED)


def _also(present: Presenter, c: Consultation) -> Row:
    def one(field: str, value: str, pointer: str) -> DisplayText:
        return present.ref(field, value, pointer=pointer)

    return present.several("also", c.also, one)


def _again(present: Presenter, c: Consultation, dossier: str) -> Row:
    if c.again is None:
        return present.row("again", UNRECORDED)
    shown = present.choice("again.because", c.again.because)
    return present.row("again", shown, *((present.ref("again.of", c.again.of, dossier=dossier),) if c.again.of else ()))
