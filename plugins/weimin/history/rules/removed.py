"""A published record is neither deleted nor moved (A101, A102)."""

from __future__ import annotations

from collections.abc import Iterator

from weimin.history.compare import similarity
from weimin.history.protection import DELETABLE
from weimin.history.rules.registry import step_rule
from weimin.history.step_context import StepContext
from weimin.history.wording import describe_record, describe_step, quoted
from weimin.model.finding import Problem
from weimin.model.history import FileChange
from weimin.model.place import Place

SAME_RECORD = 0.6  # the share of its data that another new file has too: the same record under another name
_MOST_CANDIDATES = 40  # new files of one step that a deleted file is compared with


@step_rule("A101")
def record_deleted(context: StepContext) -> Iterator[Problem]:
    for change, place in _deleted(context):
        if moved_to(context, change, place) is None:
            message = f"{describe_step(context)}删除了{describe_record(context.lookups, place)}；公布过的记录不删除"
            yield _problem(
                "A101", change, place, message, f"恢复它：git checkout {_parent(context)} -- {change.path}\n{_INSTEAD}"
            )


@step_rule("A102")
def record_moved(context: StepContext) -> Iterator[Problem]:
    for change, place in _deleted(context):
        to = moved_to(context, change, place)
        if to is not None:
            message = f"{describe_step(context)}把{describe_record(context.lookups, place)}移到了{quoted(to)}；公布过的记录不改名、不移动"
            hint = f"移回原处：git mv -- {to} {change.path}\n日期写错的，用更正：field 写 /date"
            yield _problem("A102", change, place, message, hint)


_INSTEAD = "不再继续的，在议题里写 ended；写错的，用 weimin new correction 更正"


def _deleted(context: StepContext) -> Iterator[tuple[FileChange, Place]]:
    for change, place in context.records:
        if change.old and not change.new and place.kind not in DELETABLE:
            yield change, place


def moved_to(context: StepContext, change: FileChange, place: Place) -> str | None:
    """The path to which a deleted record was moved in the same step; None if it was not moved.

    That is a new file with the same bytes, or else the new record of its kind that shares the most data with it.
    """
    same = [c.path for c in context.step.changes if not c.old and c.new == change.old]
    if same:
        return min(same)
    candidates = [c for c, p in context.added if p.kind == place.kind != "attachment"][:_MOST_CANDIDATES]
    old = context.lookups.parsed(change.path, change.old) if candidates else None
    if old is None:
        return None
    rated = [
        (similarity(old, new), c.path) for c in candidates if (new := context.lookups.parsed(c.path, c.new)) is not None
    ]
    best = max(rated, default=(0.0, ""))
    return best[1] if best[0] >= SAME_RECORD else None


def _parent(context: StepContext) -> str:
    return context.step.parents[0][:10] if context.step.parents else ""


def _problem(code: str, change: FileChange, place: Place, message: str, hint: str) -> Problem:
    return Problem(code=code, path=change.path, line=1, column=1, message=message, hint=hint, dossier=place.dossier)
