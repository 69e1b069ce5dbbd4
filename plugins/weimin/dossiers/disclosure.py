"""What may leave: of a withheld text the decision alone, nowhere its words (docs/reference/site.md, "Withheld means withheld").

The check refuses records that carry such words (W610); pages and data keep to it on their own all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from weimin.model.dossier import Applied, Dossier, Event
from weimin.model.history import Revision
from weimin.model.kinds import Answer, Correction, Followup, Outcome, Response, Upward, listed

DECISION = ("decision", "by", "date", "reason")
"""What is published of an outcome that is not."""


def withheld(event: Event | None) -> bool:
    return event is not None and isinstance(event.data, Outcome) and event.data.withheld


def line_hidden(dossier: Dossier, line_id: str) -> bool:
    """A line of a withheld outcome, or a matter reported up that is not public."""
    line = dossier.lines.get(line_id)
    if line is None:
        return False
    if isinstance(line.value, Upward) and not line.value.publish:
        return True
    return withheld(dossier.event(line.stem))


def answer_hidden(dossier: Dossier, answer: Answer) -> bool:
    """The words of an answer to what is not public are not public either."""
    return line_hidden(dossier, answer.to.rpartition("#")[2])


def body_hidden(dossier: Dossier, event: Event) -> bool:
    """The prose of a withheld outcome, and of what answers it or says how far it is: of an answer or a state that is not public."""
    if withheld(event):
        return True
    if isinstance(event.data, Followup):
        return any(line_hidden(dossier, m.id) for m in listed(event.data.measures))
    return isinstance(event.data, Response) and any(answer_hidden(dossier, a) for a in event.data.answers)


def attachment_hidden(dossier: Dossier, path: str) -> bool:
    """An attachment, in a dossier that keeps some prose back, which the prose that is public does not show."""
    named = f"attachments/{path.rpartition('/')[2]}"
    hidden = [body_hidden(dossier, e) for e in dossier.events]
    shown = (e.record.body for e, kept in zip(dossier.events, hidden, strict=True) if not kept)
    return any(hidden) and not any(named in body for body in shown)


def change_hidden(dossier: Dossier, change: Applied) -> bool:
    """The old and new words of a correction of what is not public."""
    return _field_hidden(dossier, dossier.event(change.target), change.field)


def _field_hidden(dossier: Dossier, target: Event | None, field: str) -> bool:
    if target is None or body_hidden(dossier, target):
        return True
    return field.startswith("/upward") and isinstance(target.data, Outcome) and _has_hidden_upward(target.data)


def correction_hidden(dossier: Dossier, event: Event) -> bool:
    """A correction of what is not public shows its day and who approved it, not its reason; one that does not fit neither."""
    if not isinstance(event.data, Correction):
        return False
    target = dossier.event(event.data.of)
    return any(_field_hidden(dossier, target, c.field) for c in event.data.changes) or _field_hidden(
        dossier, target, ""
    )


def revision_words(dossier: Dossier, revision: Revision) -> tuple[str, ...]:
    """What a revision did; of a record that is not public, or stands no more, not to which of its fields, of an attachment not its name."""
    return tuple(_said(dossier, words, path) for words, path in zip(revision.what, revision.paths, strict=True))


def _said(dossier: Dossier, words: str, path: str) -> str:
    if is_attachment(path):
        return words.partition("“")[0] if attachment_hidden(dossier, path) else words
    return _without_fields(words) if path_hidden(dossier, path) else words


def is_attachment(path: str) -> bool:
    return path.rpartition("/")[0].endswith("/attachments")


def path_hidden(dossier: Dossier, path: str) -> bool:
    """A record of the dossier is not public, or stands no more."""
    if is_attachment(path):
        return attachment_hidden(dossier, path)
    event = next((e for e in dossier.events if e.path == path), None)
    return event is None or body_hidden(dossier, event) or correction_hidden(dossier, event)


def _without_fields(words: str) -> str:
    """改动协商成果“2026-04-10-outcome”的落实事项 → 改动协商成果“2026-04-10-outcome”."""
    named, quote, _ = words.partition("”")
    return named + quote


def _has_hidden_upward(outcome: Outcome) -> bool:
    return isinstance(outcome.upward, tuple) and any(not u.publish for u in outcome.upward)


def public_data(dossier: Dossier, event: Event) -> Mapping[str, Any]:
    """The record's data as it may be published (`index.json`)."""
    raw: Mapping[str, Any] = event.record.raw
    if withheld(event):
        publication = raw.get("publication", {})
        return {"publication": {k: publication[k] for k in DECISION if k in publication}}
    if isinstance(event.data, Outcome) and isinstance(raw.get("upward"), list):
        return {**raw, "upward": [_public_upward(u) for u in raw["upward"]]}
    if isinstance(event.data, Response):
        pairs = zip(raw["answers"], event.data.answers, strict=True)
        return {**raw, "answers": [_public_answer(dossier, r, a) for r, a in pairs]}
    if isinstance(event.data, Followup) and isinstance(raw.get("measures"), list):
        return {**raw, "measures": [m for m in raw["measures"] if not line_hidden(dossier, m["id"])]}
    if isinstance(event.data, Correction):
        public = {k: v for k, v in raw.items() if k != "reason"} if correction_hidden(dossier, event) else raw
        return {**public, "changes": _public_changes(dossier, event)}
    return raw


def _public_upward(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    if raw.get("publish") is True:
        return raw
    return {k: v for k, v in raw.items() if k not in ("text", "digest")}


def _public_answer(dossier: Dossier, raw: Mapping[str, Any], answer: Answer) -> Mapping[str, Any]:
    return {k: v for k, v in raw.items() if k != "text"} if answer_hidden(dossier, answer) else raw


def _public_changes(dossier: Dossier, event: Event) -> list[Mapping[str, Any]]:
    applied = [a for a in dossier.applied if a.correction == event.stem]
    return [{"field": a.field, "from": a.old, "to": a.new} for a in applied if not change_hidden(dossier, a)]
