"""`weimin audit --checkpoint`: adds A108 to the findings of the replay."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec

from weimin.adapters.history import steps
from weimin.app.audit.ancestry import RewrittenHistory, find_rewrite
from weimin.engine.history.reader import History
from weimin.engine.options import Options
from weimin.model.codes import CODES
from weimin.model.finding import Problem
from weimin.model.history import AuditResult, TrailFinding
from weimin.rules.findings import to_finding

CODE = "A108"


def with_checkpoint(audited: AuditResult, root: Path, checkpoint: str, options: Options) -> AuditResult:
    """`audited` with the result of comparing the main branch with a checkpoint. Raises NothingToCheck where that is undecided."""
    if not options.selects(CODE):
        return audited
    with History(root, audited.commit) as history:
        rewritten = find_rewrite(root, history.git, audited.commit, checkpoint)
        if rewritten is None:
            note = f"现在的主分支是从检查点“{checkpoint}”一步一步接下来的。"
            return msgspec.structs.replace(audited, rules=audited.rules + 1, notes=(*audited.notes, note))
        finding = _finding(history, rewritten)
    return msgspec.structs.replace(audited, rules=audited.rules + 1, findings=(finding, *audited.findings))


def _finding(history: History, rewritten: RewrittenHistory) -> TrailFinding:
    """A108 at the head: the commit that does not descend from the published checkpoint."""
    (head,) = steps(history.git, rewritten.head, last=1)
    stamped = to_finding(
        Problem(code=CODE, path="content/site.yml", line=1, column=1, message=rewritten.message, hint=rewritten.hint)
    )
    return TrailFinding(
        code=CODE,
        slug=CODES[CODE].slug,
        severity=stamped.severity,
        path=stamped.path,
        line=1,
        column=1,
        message=stamped.message,
        hint=stamped.hint,
        clause=stamped.clause,
        commit=rewritten.head,
        author=head.author,
        at=datetime.fromtimestamp(head.committed, history.zone).isoformat(),
    )
