"""What of a dossier is public: of a withheld outcome only the decision, never its text (docs/reference/site.md, "Withheld means withheld").

Rule W610 refuses records that contain withheld text. Pages and data nevertheless ask the functions here, so that a
record which slipped through is not published either.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from weimin.model.dossier import AppliedChange, Dossier, Event
from weimin.model.history import Revision
from weimin.model.kinds import Answer, Correction, Followup, Outcome, Response, Upward, listed

DECISION_FIELDS = ("decision", "by", "date", "reason")
"""The fields of `publication` that are published of a withheld outcome."""


def is_withheld(event: Event | None) -> bool:
    """Whether an event is an outcome that was decided not to be published."""
    return event is not None and isinstance(event.data, Outcome) and event.data.withheld


def line_hidden(dossier: Dossier, line_id: str) -> bool:
    """Whether a line belongs to a withheld outcome, or is a matter reported up that is not public."""
    line = dossier.lines.get(line_id)
    if line is None:
        return False
    if isinstance(line.value, Upward) and not line.value.publish:
        return True
    return is_withheld(dossier.event(line.stem))


def answer_hidden(dossier: Dossier, answer: Answer) -> bool:
    """Whether an answer is to something that is not public; its text is not public either."""
    return line_hidden(dossier, answer.to.rpartition("#")[2])


def body_hidden(dossier: Dossier, event: Event) -> bool:
    """Whether the prose of an event is not public: that of a withheld outcome, and of what answers or follows up its lines."""
    if is_withheld(event):
        return True
    if isinstance(event.data, Followup):
        return any(line_hidden(dossier, m.id) for m in listed(event.data.measures))
    return isinstance(event.data, Response) and any(answer_hidden(dossier, a) for a in event.data.answers)


def attachment_hidden(dossier: Dossier, path: str) -> bool:
    """Whether an attachment is not public: some prose of the dossier is hidden, and no public prose shows the attachment."""
    name = f"attachments/{path.rpartition('/')[2]}"
    hidden = [body_hidden(dossier, e) for e in dossier.events]
    public = (e.record.body for e, is_hidden in zip(dossier.events, hidden, strict=True) if not is_hidden)
    return any(hidden) and not any(name in body for body in public)


def change_hidden(dossier: Dossier, change: AppliedChange) -> bool:
    """Whether the old and the new value of a change are not public, because the corrected field is not."""
    return _field_hidden(dossier, dossier.event(change.target), change.field)


def _field_hidden(dossier: Dossier, target: Event | None, field: str) -> bool:
    if target is None or body_hidden(dossier, target):
        return True
    return field.startswith("/upward") and isinstance(target.data, Outcome) and _has_hidden_upward(target.data)


def correction_hidden(dossier: Dossier, event: Event) -> bool:
    """Whether the reason of a correction is not public: it corrects something that is not, or does not fit.

    Its day and who approved it are public nevertheless.
    """
    if not isinstance(event.data, Correction):
        return False
    target = dossier.event(event.data.of)
    return any(_field_hidden(dossier, target, c.field) for c in event.data.changes) or _field_hidden(
        dossier, target, ""
    )


def public_descriptions(dossier: Dossier, revision: Revision) -> tuple[str, ...]:
    """The descriptions of a revision as they may be published.

    Of a record that is not public, or no longer exists, they leave out the fields; of such an attachment, the name.
    """
    pairs = zip(revision.descriptions, revision.paths, strict=True)
    return tuple(_public_description(dossier, text, path) for text, path in pairs)


def _public_description(dossier: Dossier, text: str, path: str) -> str:
    if is_attachment(path):
        return text.partition("“")[0] if attachment_hidden(dossier, path) else text
    return _without_fields(text) if path_hidden(dossier, path) else text


def is_attachment(path: str) -> bool:
    return path.rpartition("/")[0].endswith("/attachments")


def path_hidden(dossier: Dossier, path: str) -> bool:
    """Whether a record or attachment of the dossier is not public, or no longer exists."""
    if is_attachment(path):
        return attachment_hidden(dossier, path)
    event = next((e for e in dossier.events if e.path == path), None)
    return event is None or body_hidden(dossier, event) or correction_hidden(dossier, event)


def _without_fields(text: str) -> str:
    """改动协商成果“2026-04-10-outcome”的落实事项 → 改动协商成果“2026-04-10-outcome”."""
    name, quote, _ = text.partition("”")
    return name + quote


def _has_hidden_upward(outcome: Outcome) -> bool:
    return isinstance(outcome.upward, tuple) and any(not u.publish for u in outcome.upward)


def public_data(dossier: Dossier, event: Event) -> Mapping[str, Any]:
    """The data of a record as it may be published (`index.json`)."""
    raw: Mapping[str, Any] = event.record.raw
    if is_withheld(event):
        publication = raw.get("publication", {})
        return {"publication": {k: publication[k] for k in DECISION_FIELDS if k in publication}}
    if isinstance(event.data, Outcome) and isinstance(raw.get("upward"), list):
        return {**raw, "upward": [_public_upward(u) for u in raw["upward"]]}
    if isinstance(event.data, Response) and "answers" in raw:
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
