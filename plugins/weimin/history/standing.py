"""Standing records that have promised or reported something: what of an edit lacks its reason (A103, docs/adr/0079).

A platform's day of establishment, the items of an adopted list, those of an approved plan, and a piece of news are edited
in place, because the records have no later event that could correct them. Each change of such a field comes with a line of
`corrected` in the same step:

    corrected:
      - {field: /items/0/due, from: 2026-06-30, reason: 招标流标, approved_by: 市政府常务会议, date: 2026-12-05}

The line names the pointer of the change as it stands after the step, or of a removed line as it stood before; `from` is
the value that stood. Lines of `corrected` themselves are never changed or removed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from weimin.history.compare import BODY, Edit, EditKind, correction_only
from weimin.history.protection import BINDING, STANDING
from weimin.model.history import ParsedRecord

CORRECTED = "/corrected"


def edits_without_reason(
    kind: str, before: ParsedRecord, after: ParsedRecord | None, edits: tuple[Edit, ...]
) -> tuple[Edit, ...]:
    """Those of `edits`, from `before` to `after`, that change or remove something binding and give no reason.

    `after` None: the record cannot be read any more.
    """
    if not is_binding(kind, before.raw):
        return ()
    reasons = list(_new_lines(before.raw, after.raw)) if after is not None else []
    return tuple(e for e in correction_only(edits) if _needs_reason(kind, e) and not _has_reason(e, reasons))


def is_binding(kind: str, raw: Any) -> bool:
    """Whether a version of a record is one that others rely on."""
    if kind not in STANDING or not isinstance(raw, dict):
        return False
    return kind not in BINDING or raw.get(BINDING[kind]) is not None


def _needs_reason(kind: str, edit: Edit) -> bool:
    if edit.kind is EditKind.UNREADABLE or edit.pointer.startswith(CORRECTED):
        return True
    return STANDING[kind].fullmatch(edit.pointer) is not None


def _has_reason(edit: Edit, reasons: list[Mapping[str, Any]]) -> bool:
    scalar = isinstance(edit.old, str | int | float) and edit.pointer != BODY
    return any(
        line.get("field") == edit.pointer and (not scalar or str(line.get("from")) == str(edit.old)) for line in reasons
    )


def _new_lines(before: Any, after: Any) -> Iterator[Mapping[str, Any]]:
    """The lines of `corrected` that the later version has and the earlier one has not."""
    stood = [*_lines(before)]
    for line in _lines(after):
        if line in stood:
            stood.remove(line)
        else:
            yield line


def _lines(raw: Any) -> list[Mapping[str, Any]]:
    lines = raw.get(CORRECTED[1:]) if isinstance(raw, dict) else None
    return [line for line in lines if isinstance(line, dict)] if isinstance(lines, list) else []
