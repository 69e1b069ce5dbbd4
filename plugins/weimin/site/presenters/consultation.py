"""协商活动."""

from __future__ import annotations

from collections import Counter

from weimin.model.kinds import Announced, Approx, Consultation, Method, Participants, Votes, listed
from weimin.site.display_text import UNRECORDED, DisplayText
from weimin.site.presenters.presenter import Teller, gathered, rows
from weimin.site.view_models import Row
from weimin.wording.counts import format_count
from weimin.wording.dates import format_date

_DATES = ("from_", "to", "opens", "closes")
_CHOICES = ("decided_by",)
_COUNTS = ("collected", "sent", "returned", "signed", "posts", "people")


def consultation_rows(t: Teller, c: Consultation, dossier: str) -> tuple[Row, ...]:
    if c.same_as is not None:
        return (t.row("same_as", t.ref("same_as", c.same_as, dossier=dossier)),)
    return (
        t.row("about", t.choice("about", c.about)),
        *rows(t.row("convened_by", t.choice("convened_by", c.convened_by))),
        *_methods(t, c),
        *rows(
            t.row("times", t.count("times", c.times)),
            _announced(t, c.announced),
            t.row("convenor", t.text("convenor", c.convenor)),
        ),
        t.row("participants", *_participants(t, c.participants)),
        *rows(
            t.row("invited_because", t.text("invited_because", c.invited_because)),
            t.several("joint", c.joint, t.who) if c.joint is not None else t.row("joint", UNRECORDED),
            _also(t, c),
            _again(t, c, dossier),
        ),
    )


def _methods(t: Teller, c: Consultation) -> tuple[Row, ...]:
    found = listed(c.methods)
    if not found:
        return (t.row("methods", t.text("methods", c.methods)),)
    return (
        t.row("methods", *(t.choice("methods.kind", m.kind, f"/methods/{n}/kind") for n, m in enumerate(found))),
        *_all_details(t, found),
    )


def _all_details(t: Teller, methods: tuple[Method, ...]) -> tuple[Row, ...]:
    """Those of every way of holding it; what two of them tell is told with the name of each."""
    told = [(m, _details(t, m, f"/methods/{n}")) for n, m in enumerate(methods)]
    times = Counter(row.label for _, details in told for row in details)
    return gathered(
        Row(f"{row.label}（{t.choice('methods.kind', m.kind).text}）", row.values) if times[row.label] > 1 else row
        for m, details in told
        for row in details
    )


def _details(t: Teller, method: Method, pointer: str) -> tuple[Row, ...]:
    """What goes with this way of holding it; the schema says which fields a kind has."""
    return rows(
        *(
            Row(t.title(f"methods.{_key(name)}"), _detail(t, name, getattr(method, name), f"{pointer}/{_key(name)}"))
            for name in Method.__struct_fields__
            if name != "kind"
        )
    )


def _key(name: str) -> str:
    return name.rstrip("_")


def _detail(t: Teller, name: str, value: object, pointer: str) -> tuple[DisplayText, ...]:
    field = f"methods.{_key(name)}"
    if isinstance(value, Votes):
        return (t.show(pointer, value, lambda v: _votes(t, v)),)
    if isinstance(value, tuple) and value:
        return tuple(t.text(field, v, f"{pointer}/{n}") for n, v in enumerate(value))
    if isinstance(value, int | float | Approx) or (name in _COUNTS and isinstance(value, str)):
        return (t.count(field, value, pointer),)
    if isinstance(value, str) and name in _DATES:
        return (t.date(field, value, pointer),)
    if isinstance(value, str) and name in _CHOICES:
        return (t.choice(field, value, pointer),)
    return (t.text(field, value, pointer),)


def _votes(t: Teller, votes: Votes) -> str:
    parts = [
        f"{t.title(f'methods.votes.{key}')}{format_count(value, '票')}"
        for key, value in (("for", votes.for_), ("against", votes.against), ("abstained", votes.abstained))
        if value is not None and value != "unpublished"
    ]
    if votes.percent_for is not None:
        parts.append(f"{t.title('methods.votes.percent_for')}{format_count(votes.percent_for, '%')}")
    return "，".join(parts) or "未公布"


def _announced(t: Teller, a: Announced | str | None) -> Row:
    if not isinstance(a, Announced):
        return t.row("announced", t.text("announced", a))
    parts = [format_date(a.date) if a.date and a.date != "unpublished" else ""]
    if a.days_before is not None and a.days_before != "unpublished":
        parts.append(f"提前{format_count(a.days_before, '天')}")
    parts.append(a.how if a.how and a.how != "unpublished" else "")
    text = "，".join(p for p in parts if p)
    return t.row("announced", t.show("/announced", a, lambda _: text) if text else UNRECORDED)


def _participants(t: Teller, p: Participants | str | None) -> tuple[DisplayText, ...]:
    if not isinstance(p, Participants):
        return (t.text("participants", p),)
    return tuple(
        _party(t, f"participants.{name}", getattr(p, name))
        for name in Participants.__struct_fields__
        if getattr(p, name) is not None
    ) or (UNRECORDED,)


def _party(t: Teller, field: str, value: object) -> DisplayText:
    name, pointer = t.title(field), "/" + field.replace(".", "/")
    if value == "included":
        return t.show(pointer, value, lambda _: f"{name}（人数已合计在内）")
    if value == "unpublished":
        return t.show(pointer, name + "（人数未公布）")
    return t.show(pointer, value, lambda v: f"{name}{format_count(v, '人')}")


def _also(t: Teller, c: Consultation) -> Row:
    def one(field: str, value: str, pointer: str) -> DisplayText:
        return t.ref(field, value, pointer=pointer)

    return t.several("also", c.also, one)


def _again(t: Teller, c: Consultation, dossier: str) -> Row:
    if c.again is None:
        return t.row("again", UNRECORDED)
    shown = t.choice("again.because", c.again.because)
    return t.row("again", shown, *((t.ref("again.of", c.again.of, dossier=dossier),) if c.again.of else ()))
