"""What was said stays said: changed by a correction alone (A103); counts of ballots not even by one (A109)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weimin.history.compare import Edit, EditKind
from weimin.history.rules.registry import step_rule
from weimin.history.step_context import StepContext
from weimin.history.wording import describe_count, describe_fields, describe_record, describe_step, quoted
from weimin.model.finding import Problem
from weimin.model.history import FileChange
from weimin.model.kinds.shared import UNPUBLISHED
from weimin.model.place import Place

BALLOTS = "/ballots"
CHANGES = "/changes"


@step_rule("A103")
def published_record_edited(context: StepContext) -> Iterator[Problem]:
    for change, place in context.records:
        found = tuple(e for e in unauthorised_edits(context, change, place) if not _of_ballots(place, e))
        if not found:
            continue
        said = f"{describe_step(context)}{_what(context, change, place, found)}；公布过的内容只用更正来改"
        yield Problem(
            code="A103",
            path=change.path,
            pointer=found[0].pointer,
            message=said,
            hint=_hint(context, place, found[0]),
            dossier=place.dossier,
        )


def unauthorised_edits(context: StepContext, change: FileChange, place: Place) -> tuple[Edit, ...]:
    """Edits that only a correction may make. A correction is the approval of exactly its changes: it gains none either."""
    found = context.correction_only(change, place)
    if place.kind != "correction" or not change.old or not change.new or context.restores(change, place):
        return found
    more = (e for e in context.edits(change, place) if e.kind is EditKind.LINE_ADDED and e.pointer.startswith(CHANGES))
    return (*found, *more)


@step_rule("A109")
def ballots_changed(context: StepContext) -> Iterator[Problem]:
    for change, place in context.records:
        if place.kind == "evaluation":
            for edit in context.correction_only(change, place):
                if _of_ballots(place, edit):
                    yield _ballots(context, change, place, edit.pointer, _from_to(edit.pointer, edit.old, edit.new))
        elif place.kind == "correction" and change.new and change.is_file:
            yield from _by_correction(context, change, place)


def _by_correction(context: StepContext, change: FileChange, place: Place) -> Iterator[Problem]:
    """A new correction, or a line more in one, that gives another count for one that stood."""
    if change.old and not any(e.pointer.startswith(CHANGES) for e in context.edits(change, place)):
        return
    parsed = context.lookups.parsed(change.path, change.new)
    raw: Any = parsed.raw if parsed is not None and isinstance(parsed.raw, dict) else {}
    changes = raw.get("changes")
    if "-evaluation" not in str(raw.get("of")) or not isinstance(changes, list):
        return
    for n, line in enumerate(changes):
        if isinstance(line, dict) and _stood(line):
            said = "（更正也不能改）" + _from_to(str(line["field"]), line.get("from"), line.get("to"))
            yield _ballots(context, change, place, f"{CHANGES}/{n}/field", said)


def _stood(line: dict[str, Any]) -> bool:
    field = str(line.get("field"))
    counted = field == BALLOTS or field.startswith(BALLOTS + "/")
    return counted and line.get("from") not in (None, UNPUBLISHED) and line.get("from") != line.get("to")


def _of_ballots(place: Place, edit: Edit) -> bool:
    """A vote that was counted; that a ballot was held at all may still be said (`unpublished`)."""
    inside = edit.pointer == BALLOTS or edit.pointer.startswith(BALLOTS + "/")
    return place.kind == "evaluation" and inside and edit.old != UNPUBLISHED


def _ballots(context: StepContext, change: FileChange, place: Place, pointer: str, what: str) -> Problem:
    return Problem(
        code="A109",
        path=change.path,
        pointer=pointer,
        message=f"{describe_step(context)}改了评议的票数{what}；公布过的票数不改",
        hint="恢复原来的票数；评议有误的，重新开展评议，另建一份评议记录",
        dossier=place.dossier,
    )


def _from_to(pointer: str, old: Any, new: Any) -> str:
    name = pointer.rpartition("/")[2]
    if isinstance(old, int) and isinstance(new, int | None):
        return f"：{name} 原来是 {describe_count(old)}，现在是 {describe_count(new)}"
    return f"（{name}）"


def _what(context: StepContext, change: FileChange, place: Place, found: tuple[Edit, ...]) -> str:
    name = describe_record(context.lookups, place)
    if found[0].kind is EditKind.UNREADABLE:
        kind = {"120000": "换成了符号链接", "160000": "换成了子模块"}.get(change.new_mode, "改得读不出内容了")
        return f"把{name}{kind}"
    if place.kind == "attachment":
        return f"换了附件{quoted(place.stem)}的内容"
    if not change.old:
        return f"把删除过的{name}重新放上来，改了{describe_fields(context.lookups, place.kind, found)}"
    gone = all(e.kind is EditKind.REMOVED for e in found)
    added = all(e.kind in (EditKind.LINE_ADDED, EditKind.ADDED) for e in found)
    verb = "删去" if gone else "添了" if added else "改了"
    return f"{verb}{name}的{describe_fields(context.lookups, place.kind, found)}"


def _hint(context: StepContext, place: Place, edit: Edit) -> str:
    back = "恢复原来的内容"
    if place.kind == "correction":
        return f"{back}；更正有误的，再写一份更正"
    if place.kind == "attachment":
        return f"{back}；新的附件用新的文件名"
    if edit.kind is EditKind.UNREADABLE or (place.kind not in ("opinion",) and place.dossier is None):
        return back
    return f"{back}，再写一份更正：weimin new correction --of {place.ref} --set {edit.pointer}=新的内容"
