"""Revisions: what each step did to each folder, described in Chinese for the folder's page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weimin.history.compare import ALLOWED_KINDS, Edit, EditKind
from weimin.history.rules.removed import moved_to
from weimin.history.step_context import StepContext
from weimin.history.wording import describe_fields, describe_record, quoted
from weimin.model.history import FileChange, Revision
from weimin.model.place import Place


def revisions(context: StepContext) -> Iterator[Revision]:
    """One revision for every folder that the step changes, in order of folders; its descriptions in order of paths."""
    units: dict[str, list[tuple[FileChange, Place]]] = {}
    for change, place in context.records:
        units.setdefault(place.unit, []).append((change, place))
    for unit, changes in sorted(units.items()):
        changes.sort(key=lambda pair: pair[0].path)
        yield Revision(
            unit=unit,
            commit=context.step.commit,
            at=context.lookups.moment(context.step.committed),
            author=context.step.author,
            descriptions=tuple(describe_change(context, change, place) for change, place in changes),
            paths=tuple(change.path for change, _ in changes),
            attested=context.step.attested,
        )


def describe_change(context: StepContext, change: FileChange, place: Place) -> str:
    """What was done to one record: 新建协商成果“2026-03-10-outcome”; 补充议题的公示（notice）; 更正“2026-03-10-outcome”的期限（due）."""
    name = describe_record(context.lookups, place)
    if not change.new:
        to = moved_to(context, change, place)
        return f"删除{name}" if to is None else f"把{name}移到{quoted(to)}"
    if not change.old:
        return _correction(context, change, place) if place.kind == "correction" else f"新建{name}"
    if place.kind == "attachment":
        return f"换了{name}的内容"
    edits = context.edits(change, place)
    if not edits:
        return f"整理{name}的写法，内容不变"
    return f"{_verb(edits)}{name}" + _where(context, place, edits)


def _verb(edits: tuple[Edit, ...]) -> str:
    if edits[0].kind is EditKind.UNREADABLE:
        return "损坏"
    if all(e.kind in ALLOWED_KINDS for e in edits):
        return "补充"
    return "删减" if all(e.kind is EditKind.REMOVED for e in edits) else "改动"


def _where(context: StepContext, place: Place, edits: tuple[Edit, ...]) -> str:
    return "" if edits[0].kind is EditKind.UNREADABLE else f"的{describe_fields(context.lookups, place.kind, edits)}"


def _correction(context: StepContext, change: FileChange, place: Place) -> str:
    """A new correction: the record that it corrects, as it refers to it, and the fields."""
    parsed = context.lookups.parsed(change.path, change.new)
    raw: Any = parsed.raw if parsed is not None and isinstance(parsed.raw, dict) else {}
    lines = raw.get("changes")
    pointers = [str(line.get("field")) for line in lines if isinstance(line, dict)] if isinstance(lines, list) else []
    of = str(raw.get("of") or "")
    if not pointers or not of:
        return f"新建{describe_record(context.lookups, place)}"
    kind = _kind_of(of.partition("#")[0].rpartition("/")[2], place)
    edits = tuple(Edit(p, EditKind.CHANGED) for p in pointers)
    return f"更正{quoted(of)}的{describe_fields(context.lookups, kind, edits)}"


def _kind_of(stem: str, place: Place) -> str:
    """The kind of record that the stem of a reference names."""
    if place.dossier is None:
        return "opinion"
    words = [part for part in stem.split("-") if part.isalpha() and part.islower() and part != "by"]
    return words[-1] if words else ""
