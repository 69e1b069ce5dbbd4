"""`weimin audit`: replays the history of the main branch against the rules of family A."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from weimin.adapters import history as git_history
from weimin.engine.history.reader import History
from weimin.engine.history.replay import StepObserver, initial_state, replay_history
from weimin.engine.opening import NothingToCheck
from weimin.engine.options import Options, Tick
from weimin.history.log.digest import digest
from weimin.history.rules.registry import STEP_RULES
from weimin.history.signing.jurisdiction import SIGNATURE_CODES as SIGNATURE_CODES
from weimin.history.step_context import StepContext
from weimin.model.history import AuditResult


def audit(root: Path, options: Options, since: str = "", tick: Tick = lambda what, n, total: None) -> AuditResult:
    """Every finding of family A since a revision (empty: the first commit). Raises NothingToCheck, UnknownCommit."""
    with History(root) as history:
        as_of = options.as_of or history.today()
        start = initial_state(history, since)
        changed: dict[str, set[str]] = {"records": set(), "dossiers": set(), "platforms": set()}
        findings, state = replay_history(history, start, as_of, tick, _collector(changed))
        if not since and not changed["records"]:
            raise NothingToCheck("历史里没有任何记录：没有一次提交碰过 content 文件夹。请在记录所在的仓库里运行。")
        selected = tuple(f for f in findings if options.selects(f.code))
        return AuditResult(
            as_of=as_of,
            commit=history.head,
            records=len(changed["records"]),
            dossiers=len(changed["dossiers"]),
            platforms=len(changed["platforms"]),
            rules=sum(options.selects(code) for code in (*STEP_RULES, *SIGNATURE_CODES)),
            findings=selected,
            notes=tuple(_notes(history, state.steps - start.steps)),
            steps=state.steps - start.steps,
            since=start.commit,
            digest=digest(start.commit, history.head, findings),
        )


def _collector(changed: dict[str, set[str]]) -> StepObserver:
    """An observer that collects the changed records, and their dossiers and platforms."""

    def observe(context: StepContext) -> None:
        for change, place in context.records:
            changed["records"].add(change.path)
            if place.dossier:
                changed["dossiers"].add(place.dossier)
            if place.platform:
                changed["platforms"].add(place.platform)

    return observe


def _notes(history: History, steps: int) -> Iterator[str]:
    if count := git_history.replaced(history.git):
        yield f"仓库里有 {count} 个替换对象（refs/replace），核对时一律不用，按原来的提交看。"
    if not steps:
        yield f"{history.head[:10]} 之后没有新的提交，不用核对。"
