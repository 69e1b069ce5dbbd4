"""`weimin audit --checkpoint`: A108 joined to what the replay found."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec

from weimin.adapters.history import steps
from weimin.app.audit.ancestry import Rewritten, descends
from weimin.engine.history.reader import History
from weimin.engine.options import Options
from weimin.model.codes import CODES
from weimin.model.finding import Problem
from weimin.model.history import AuditResult, TrailFinding
from weimin.rules.findings import to_finding

CODE = "A108"


def held_to_checkpoint(audited: AuditResult, root: Path, checkpoint: str, options: Options) -> AuditResult:
    """The same, and whether the main branch goes on from a kept checkpoint. Raises NothingToCheck where that is undecided."""
    if not options.selects(CODE):
        return audited
    with History(root, audited.commit) as history:
        rewritten = descends(root, history.git, audited.commit, checkpoint)
        if rewritten is None:
            told = f"现在的主分支是从检查点“{checkpoint}”一步一步接下来的。"
            return msgspec.structs.replace(audited, rules=audited.rules + 1, notes=(*audited.notes, told))
        finding = _finding(history, rewritten)
    return msgspec.structs.replace(audited, rules=audited.rules + 1, findings=(finding, *audited.findings))


def _finding(history: History, rewritten: Rewritten) -> TrailFinding:
    """It stands with the head: the commit that does not go on from what was published."""
    (head,) = steps(history.git, rewritten.head, last=1)
    raised = to_finding(
        Problem(code=CODE, path="content/site.yml", line=1, column=1, message=rewritten.words, hint=rewritten.hint)
    )
    return TrailFinding(
        code=CODE,
        slug=CODES[CODE].slug,
        severity=raised.severity,
        path=raised.path,
        line=1,
        column=1,
        message=raised.message,
        hint=raised.hint,
        clause=raised.clause,
        commit=rewritten.head,
        author=head.author,
        at=datetime.fromtimestamp(head.committed, history.zone).isoformat(),
    )
