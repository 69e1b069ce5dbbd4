"""Published records are changed only by a correction (A103); ballot counts not even by a correction (A109).

An edit is a difference between the version before the step and the version after it (`history/compare.py`), found in
the parsed data, so that formatting never counts. Which edits of a protected record are allowed:

- a field or prose is added where there was none, except `compiled_from`;
- a value replaces `unpublished`, or `pending` in the one field that may say so;
- a line is added to a list, except to the `changes` of a correction: a correction is approved with exactly its changes.

Everything else is A103: a changed or removed value, a removed line, a file that can no longer be read, an attachment
with other bytes, a deleted record that comes back changed. Three exceptions:

- a standing record that has promised or reported something is edited in place, each change with its reason in the record
  (`history/standing.py`);
- a step that restores the lawful version is no finding, however much it changes (`StepContext.restores`);
- ballot counts of an evaluation are A109 instead. A correction that changes a recorded count is A109 too, because a
  count that was wrong needs a new evaluation. A count that was `unpublished` may still be published.

Example: outcome.md of 2026-03-10 changes `due: 2026-06-30` to `due: 2026-09-30`. The edit has the kind `CHANGED` and the
pointer `/measures/0/due`; the finding stands there, and its hint is the command that writes a correction instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from weimin.history.compare import Edit, EditKind
from weimin.history.protection import STANDING
from weimin.history.rules.registry import step_rule
from weimin.history.standing import CORRECTED
from weimin.history.step_context import StepContext
from weimin.history.wording import describe_count, describe_fields, describe_record, describe_step, quoted
from weimin.model.finding import Problem
from weimin.model.history import FileChange
from weimin.model.kinds.shared import UNPUBLISHED
from weimin.model.place import Place

BALLOTS = re.compile(r"(?:/units/[0-9]+)?/ballots(?:/.*)?", re.ASCII)
"""The pointers of ballot counts: of the evaluation, and of a unit that was evaluated."""
CHANGES = "/changes"


_REQUIRED = {False: "公布过的内容只用更正来改", True: "这一项改了要写明原来是什么、为什么改（corrected）"}
_REASON = (
    "确要改的，在这份记录里同时写\ncorrected:\n  - field: {pointer}\n    from: 原来的值\n"
    "    reason: 为什么改\n    approved_by: 由谁批准\n    date: 更正日期"
)


@step_rule("A103")
def published_record_edited(context: StepContext) -> Iterator[Problem]:
    for change, place in context.records:
        edits = tuple(e for e in unauthorised_edits(context, change, place) if not _is_ballot_count(place, e))
        if not edits:
            continue
        deed = _describe_edits(context, change, place, edits)
        yield Problem(
            code="A103",
            path=change.path,
            pointer=edits[0].pointer,
            message=f"{describe_step(context)}{deed}；{_REQUIRED[place.kind in STANDING]}",
            hint=_hint(context, place, edits[0]),
            dossier=place.dossier,
        )


def unauthorised_edits(context: StepContext, change: FileChange, place: Place) -> tuple[Edit, ...]:
    """Edits that only a correction may make, and lines added to the changes of a correction that is published already."""
    edits = context.correction_only(change, place)
    if place.kind != "correction" or not change.old or not change.new or context.restores(change, place):
        return edits
    added = (e for e in context.edits(change, place) if e.kind is EditKind.LINE_ADDED and e.pointer.startswith(CHANGES))
    return (*edits, *added)


@step_rule("A109")
def ballots_changed(context: StepContext) -> Iterator[Problem]:
    for change, place in context.records:
        if place.kind == "evaluation":
            for edit in context.correction_only(change, place):
                if _is_ballot_count(place, edit):
                    detail = _from_to(edit.pointer, edit.old, edit.new)
                    yield _ballot_problem(context, change, place, edit.pointer, detail)
        elif place.kind == "correction" and change.new and change.is_file:
            yield from _by_correction(context, change, place)


def _by_correction(context: StepContext, change: FileChange, place: Place) -> Iterator[Problem]:
    """A new correction, or a line added to one, that changes a recorded count."""
    if change.old and not any(e.pointer.startswith(CHANGES) for e in context.edits(change, place)):
        return
    parsed = context.lookups.parsed(change.path, change.new)
    raw: Any = parsed.raw if parsed is not None and isinstance(parsed.raw, dict) else {}
    changes = raw.get("changes")
    if "-evaluation" not in str(raw.get("of")) or not isinstance(changes, list):
        return
    for n, line in enumerate(changes):
        if isinstance(line, dict) and _changes_count(line):
            detail = "（更正也不能改）" + _from_to(str(line["field"]), line.get("from"), line.get("to"))
            yield _ballot_problem(context, change, place, f"{CHANGES}/{n}/field", detail)


def _changes_count(line: dict[str, Any]) -> bool:
    """A line of a correction is about ballots and changes a value that was recorded and public."""
    field = str(line.get("field"))
    return (
        BALLOTS.fullmatch(field) is not None
        and line.get("from") not in (None, UNPUBLISHED)
        and line.get("from") != line.get("to")
    )


def _is_ballot_count(place: Place, edit: Edit) -> bool:
    """The edit changes a recorded count. Counts that were `unpublished` may still be published."""
    inside = BALLOTS.fullmatch(edit.pointer) is not None
    return place.kind == "evaluation" and inside and edit.old != UNPUBLISHED


def _ballot_problem(context: StepContext, change: FileChange, place: Place, pointer: str, detail: str) -> Problem:
    return Problem(
        code="A109",
        path=change.path,
        pointer=pointer,
        message=f"{describe_step(context)}改了评议的票数{detail}；公布过的票数不改",
        hint="恢复原来的票数；评议有误的，重新开展评议，另建一份评议记录",
        dossier=place.dossier,
    )


def _from_to(pointer: str, old: Any, new: Any) -> str:
    name = pointer.rpartition("/")[2]
    if isinstance(old, int) and isinstance(new, int | None):
        return f"：{name} 原来是 {describe_count(old)}，现在是 {describe_count(new)}"
    return f"（{name}）"


def _describe_edits(context: StepContext, change: FileChange, place: Place, edits: tuple[Edit, ...]) -> str:
    name = describe_record(context.lookups, place)
    if edits[0].kind is EditKind.UNREADABLE:
        result = {"120000": "换成了符号链接", "160000": "换成了子模块"}.get(change.new_mode, "改得读不出内容了")
        return f"把{name}{result}"
    if place.kind == "attachment":
        return f"换了附件{quoted(place.stem)}的内容"
    if not change.old:
        return f"把删除过的{name}重新放上来，改了{describe_fields(context.lookups, place.kind, edits)}"
    removed = all(e.kind is EditKind.REMOVED for e in edits)
    added = all(e.kind in (EditKind.LINE_ADDED, EditKind.ADDED) for e in edits)
    verb = "删去" if removed else "添了" if added else "改了"
    return f"{verb}{name}的{describe_fields(context.lookups, place.kind, edits)}"


def _hint(context: StepContext, place: Place, edit: Edit) -> str:
    restore = "恢复原来的内容"
    if place.kind in STANDING and edit.kind is not EditKind.UNREADABLE and not edit.pointer.startswith(CORRECTED):
        return f"{restore}；{_REASON.format(pointer=edit.pointer)}"
    if place.kind == "correction":
        return f"{restore}；更正有误的，再写一份更正"
    if place.kind == "attachment":
        return f"{restore}；新的附件用新的文件名"
    if edit.kind is EditKind.UNREADABLE or (place.kind not in ("opinion",) and place.dossier is None):
        return restore
    return f"{restore}，再写一份更正：weimin new correction --of {place.ref} --set {edit.pointer}=新的内容"
