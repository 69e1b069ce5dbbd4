"""A merge commit brings the changes of the branches that it merges, no more and no less (A112)."""

from __future__ import annotations

from collections.abc import Iterator

from weimin.history.rules.registry import step_rule
from weimin.history.step_context import StepContext
from weimin.history.wording import describe_step, quoted
from weimin.model.finding import Problem
from weimin.model.history import FileChange, Step
from weimin.model.place import CONTENT

_HINT = "合并前在分支上改好、由大家看过，再合并；合并提交里不另外改动"


@step_rule("A112")
def change_hidden_in_merge(context: StepContext) -> Iterator[Problem]:
    if len(context.step.parents) < 2:
        return
    for change in added_in_merge(context.step):
        done = "改了" if change.old and change.new else "添了" if change.new else "删除了"
        message = f"{describe_step(context)}是合并提交，它自己{done}{quoted(change.path)}，被合并的分支里没有这处改动"
        yield Problem(code="A112", path=change.path, line=1, column=1, message=message, hint=_HINT)
    for change in dropped_records(context):
        message = f"{describe_step(context)}是合并提交，它丢下了分支里对{quoted(change.path)}的改动"
        yield Problem(code="A112", path=change.path, line=1, column=1, message=message, hint=_HINT)


def added_in_merge(step: Step) -> Iterator[FileChange]:
    """Changes that the merge commit makes itself: no merged branch explains them.

    A branch explains the change of a path if it left the path as the merge has it, or if both it and the main branch (or
    two branches) had changed the path, so that somebody had to combine the two.
    """
    sides = [{c.path: c for c in side.changes} for side in step.sides]
    for change in step.changes:
        theirs = [s[change.path] for s in sides if change.path in s]
        if any(c.new == change.new for c in theirs) or len({c.new for c in theirs}) > 1:
            continue
        if any(c.old != change.old for c in theirs):
            continue  # the main branch had moved on since
        yield change


def dropped_records(context: StepContext) -> Iterator[FileChange]:
    """Changes of records that a merged branch made and the merge dropped, although the main branch had not changed them."""
    taken = {c.path for c in context.step.changes}
    by_path: dict[str, list[FileChange]] = {}
    for side in context.step.sides:
        for change in side.changes:
            if change.path.startswith(CONTENT) and change.new and change.path not in taken:
                by_path.setdefault(change.path, []).append(change)
    for path, changes in sorted(by_path.items()):
        if len({c.new for c in changes}) == 1 and context.before().get(path, "") == changes[0].old:
            yield changes[0]
