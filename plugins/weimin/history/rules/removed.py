"""A record that stands is neither deleted nor moved (A101, A102)."""

from __future__ import annotations

from collections.abc import Iterator

from weimin.history.compare import similarity
from weimin.history.protection import KEPT_OUT_OF_USE
from weimin.history.rules.registry import step_rule
from weimin.history.step_context import StepContext
from weimin.history.wording import describe_record, describe_step, quoted
from weimin.model.finding import Problem
from weimin.model.history import FileChange
from weimin.model.place import Place

ALIKE = 0.6  # of its values found in another new file: the same record under another name
_MOST = 40  # new files of one step that a deleted one is compared with


@step_rule("A101")
def record_deleted(context: StepContext) -> Iterator[Problem]:
    for change, place in _gone(context):
        if moved_to(context, change, place) is None:
            said = f"{describe_step(context)}删除了{describe_record(context.lookups, place)}；公布过的记录不删除"
            yield _problem(
                "A101", change, place, said, f"恢复它：git checkout {_parent(context)} -- {change.path}\n{_INSTEAD}"
            )


@step_rule("A102")
def record_moved(context: StepContext) -> Iterator[Problem]:
    for change, place in _gone(context):
        to = moved_to(context, change, place)
        if to is not None:
            said = f"{describe_step(context)}把{describe_record(context.lookups, place)}移到了{quoted(to)}；公布过的记录不改名、不移动"
            hint = f"移回原处：git mv -- {to} {change.path}\n日期写错的，用更正：field 写 /date"
            yield _problem("A102", change, place, said, hint)


_INSTEAD = "不再继续的，在议题里写 ended；写错的，用 weimin new correction 更正"


def _gone(context: StepContext) -> Iterator[tuple[FileChange, Place]]:
    for change, place in context.records:
        if change.old and not change.new and place.kind not in KEPT_OUT_OF_USE:
            yield change, place


def moved_to(context: StepContext, change: FileChange, place: Place) -> str | None:
    """Where a deleted record went in the same step: the same bytes anywhere, or most of its data in a record of its kind."""
    same = [c.path for c in context.step.changes if not c.old and c.new == change.old]
    if same:
        return min(same)
    rest = [c for c, p in context.added if p.kind == place.kind != "attachment"][:_MOST]
    old = context.lookups.parsed(change.path, change.old) if rest else None
    if old is None:
        return None
    rated = [(similarity(old, new), c.path) for c in rest if (new := context.lookups.parsed(c.path, c.new)) is not None]
    best = max(rated, default=(0.0, ""))
    return best[1] if best[0] >= ALIKE else None


def _parent(context: StepContext) -> str:
    return context.step.parents[0][:10] if context.step.parents else ""


def _problem(code: str, change: FileChange, place: Place, message: str, hint: str) -> Problem:
    return Problem(code=code, path=change.path, line=1, column=1, message=message, hint=hint, dossier=place.dossier)
