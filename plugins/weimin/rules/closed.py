"""W1 撤并的平台（三（二）：协商由在网络里的平台开展）。"""

from __future__ import annotations

from collections.abc import Iterator

from weimin.model.dossier import Dossier
from weimin.model.finding import Problem
from weimin.model.kinds import known
from weimin.rules.context import RuleContext
from weimin.rules.facts import correction_paths
from weimin.rules.registry import dossier_rule
from weimin.rules.wording import event_name, period


@dossier_rule("W141")
def closed_platform_consults(dossier: Dossier, context: RuleContext) -> Iterator[Problem]:
    """A consultation certainly after the day on which its platform was closed, compiled or not: one of the two days, or the
    platform, is wrong. The day of closing itself is in time. One that is `same_as` another's is held there."""
    row = context.network.get(dossier.platform)
    if row is None or row.closed is None or not known(row.closed):
        return
    closed = period(row.closed)
    into = f"“{row.closed_into}”" if row.closed_into else "上一级平台"
    for event, data in dossier.consultations:
        if data.same_as is None and event.on is not None and closed.certainly_before(event.on):
            yield Problem(
                code="W141",
                path=event.path,
                message=f"{event_name(event)}在平台撤并（{closed.text}）之后：撤并了的平台不再开展协商",
                hint=f"这次协商记在{into}自己的卷宗里；日期写错的改日期（已经公布的，用更正：weimin new correction），撤并日期写错的改 {row.path} 的 closed",
                dossier=dossier.id,
                sources=(row.path, *correction_paths(dossier, event)),
            )
