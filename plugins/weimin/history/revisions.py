"""Revisions: what each step did to each folder, in words, for the pages of records that stand."""

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
    """One for every folder that the step touches, in order of folders; what it did in order of paths."""
    units: dict[str, list[tuple[FileChange, Place]]] = {}
    for change, place in context.records:
        units.setdefault(place.unit, []).append((change, place))
    for unit, touched in sorted(units.items()):
        touched.sort(key=lambda pair: pair[0].path)
        yield Revision(
            unit=unit,
            commit=context.step.commit,
            at=context.lookups.moment(context.step.committed),
            author=context.step.author,
            descriptions=tuple(describe_change(context, change, place) for change, place in touched),
            paths=tuple(change.path for change, _ in touched),
            attested=context.step.attested,
        )


def describe_change(context: StepContext, change: FileChange, place: Place) -> str:
    """新建协商成果“2026-03-10-outcome”; 补充议题“topic”的公示（notice）; 更正“2026-03-10-outcome”的期限（due）."""
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
    """What a new correction is of: the record as it refers to it, and the fields."""
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
    """The kind that a reference's stem names."""
    if place.dossier is None:
        return "opinion"
    describe_change = [part for part in stem.split("-") if part.isalpha() and part.islower() and part != "by"]
    return describe_change[-1] if describe_change else ""
