"""Records and the program that judges them do not change in one step (A111)."""

from __future__ import annotations

from collections.abc import Iterator

from weimin.history.rules.registry import step_rule
from weimin.history.step_context import StepContext
from weimin.history.wording import describe_step, quoted
from weimin.model.finding import Problem
from weimin.model.place import CONTENT

DOCUMENTS = "docs/"


@step_rule("A111")
def code_and_records_together(context: StepContext) -> Iterator[Problem]:
    paths = [c.path for c in context.step.changes]
    records = [p for p in paths if p.startswith(CONTENT)]
    programs = [p for p in paths if is_judging_program(p)]
    if not records or not programs or not context.has_own_dossier():
        return
    message = (
        f"{describe_step(context)}同时改了记录（{quoted(min(records))}等 {len(records)} 个文件）"
        f"和评判记录的程序（{quoted(min(programs))}等 {len(programs)} 个文件）"
    )
    yield Problem(
        code="A111", path=min(records), line=1, column=1, message=message, hint="分成两次合并请求：先改程序，再改记录"
    )


def is_judging_program(path: str) -> bool:
    """The file belongs to the program: everything outside content/ and docs/ does."""
    return not path.startswith((CONTENT, DOCUMENTS))
