"""Revisions: what each step did to each folder, in words, for the pages of records that stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weimin.history.compare import FREE, Edit, What
from weimin.history.rules.removed import new_place
from weimin.history.seen import Seen
from weimin.history.wording import fields, quoted, record
from weimin.model.history import FileChange, Revision
from weimin.model.place import Place


def revisions(seen: Seen) -> Iterator[Revision]:
    """One for every folder that the step touches, in order of folders; what it did in order of paths."""
    units: dict[str, list[tuple[FileChange, Place]]] = {}
    for change, place in seen.records:
        units.setdefault(place.unit, []).append((change, place))
    for unit, touched in sorted(units.items()):
        touched.sort(key=lambda pair: pair[0].path)
        yield Revision(
            unit=unit,
            commit=seen.step.commit,
            at=seen.asked.moment(seen.step.committed),
            author=seen.step.author,
            what=tuple(words(seen, change, place) for change, place in touched),
            paths=tuple(change.path for change, _ in touched),
            attested=seen.step.attested,
        )


def words(seen: Seen, change: FileChange, place: Place) -> str:
    """新建协商成果“2026-03-10-outcome”; 补充议题“topic”的公示（notice）; 更正“2026-03-10-outcome”的期限（due）."""
    name = record(seen.asked, place)
    if not change.new:
        to = new_place(seen, change, place)
        return f"删除{name}" if to is None else f"把{name}移到{quoted(to)}"
    if not change.old:
        return _correction(seen, change, place) if place.kind == "correction" else f"新建{name}"
    if place.kind == "attachment":
        return f"换了{name}的内容"
    edits = seen.edits(change, place)
    if not edits:
        return f"整理{name}的写法，内容不变"
    return f"{_verb(edits)}{name}" + _where(seen, place, edits)


def _verb(edits: tuple[Edit, ...]) -> str:
    if edits[0].what is What.UNREADABLE:
        return "损坏"
    if all(e.what in FREE for e in edits):
        return "补充"
    return "删减" if all(e.what is What.GONE for e in edits) else "改动"


def _where(seen: Seen, place: Place, edits: tuple[Edit, ...]) -> str:
    return "" if edits[0].what is What.UNREADABLE else f"的{fields(seen.asked, place.kind, edits)}"


def _correction(seen: Seen, change: FileChange, place: Place) -> str:
    """What a new correction is of: the record as it refers to it, and the fields."""
    parsed = seen.asked.parsed(change.path, change.new)
    raw: Any = parsed.raw if parsed is not None and isinstance(parsed.raw, dict) else {}
    lines = raw.get("changes")
    pointers = [str(line.get("field")) for line in lines if isinstance(line, dict)] if isinstance(lines, list) else []
    of = str(raw.get("of") or "")
    if not pointers or not of:
        return f"新建{record(seen.asked, place)}"
    kind = _kind_of(of.partition("#")[0].rpartition("/")[2], place)
    edits = tuple(Edit(p, What.CHANGED) for p in pointers)
    return f"更正{quoted(of)}的{fields(seen.asked, kind, edits)}"


def _kind_of(stem: str, place: Place) -> str:
    """The kind that a reference's stem names."""
    if place.dossier is None:
        return "opinion"
    words = [part for part in stem.split("-") if part.isalpha() and part.islower() and part != "by"]
    return words[-1] if words else ""
