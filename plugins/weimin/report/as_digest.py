"""`check --format digest`: the comment of a pull request, in Markdown, for its reviewers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from weimin.model.change import DossierChange, DossierProgress
from weimin.model.check_result import CheckResult
from weimin.model.codes import STEPS
from weimin.model.finding import Finding, Severity
from weimin.model.states import ended_state
from weimin.report.as_text import others, total
from weimin.report.context import ReportContext
from weimin.report.markdown import block, text
from weimin.report.plain import worst_first

MARK = "<!-- weimin-check -->"
"""The first line, by which the next run finds the comment that it replaces."""

MOST = 20  # maximum entries of a section
LIMIT = 60_000  # characters; the limit of GitHub is 65,536


def write(checked: CheckResult, context: ReportContext) -> str:
    """The comment; it ends early with a note if it would exceed the limit."""
    parts: list[str] = [MARK]
    room = LIMIT - len(MARK)
    for part in _lines(checked, context):
        room -= len(part) + 1
        if room < 0:
            parts.append("\n评论放不下了，其余的用 weimin check 看。")
            break
        parts.append(part)
    return "\n".join(parts) + "\n"


def _lines(checked: CheckResult, context: ReportContext) -> Iterator[str]:
    yield "### " + _verdict(checked)
    yield ""
    yield text(total(checked))
    found = worst_first(checked.not_exempt)
    yield from _errors("要改的错误", [f for f in found if f.severity is Severity.ERROR], context)
    yield from _moves(context)
    yield from _owed([f for f in found if f.severity is Severity.DUTY], context)
    yield from _notices([f for f in found if f.severity is Severity.NOTICE])
    yield from _errors("这些卷宗原来就有的错误，不拦这次合并，顺手改好更好", worst_first(checked.earlier), context)
    yield from _reviewers(context)
    yield from _listed("涉及的网页", [_address(page, context) for page in context.impact.pages])
    if checked.others:
        yield f"\n{others(checked)}"


def _verdict(checked: CheckResult) -> str:
    if checked.errors:
        return f"有 {checked.errors} 个错误，改好再合并"
    if checked.base is not None and not checked.changed:
        return "没有改动记录，不用核对"
    return "没有错误，可以合并"


def _errors(title: str, found: Sequence[Finding], context: ReportContext) -> Iterator[str]:
    if not found:
        return
    yield f"\n#### {title}\n"
    for f in found[:MOST]:
        yield f"- **{f.code}** {text(f.message)}"
        yield f"  {text(f.path)} 第 {f.line} 行" + (f" · 依据：{text(context.clause(f.clause))}" if f.clause else "")
        if f.hint:
            yield "  " + block("改法：" + f.hint).replace("\n", "\n  ")
    yield from _remaining(found)


def _moves(context: ReportContext) -> Iterator[str]:
    moves, platforms = context.impact.dossier_changes, context.impact.platforms
    if moves:
        yield "\n#### 卷宗的变化\n"
        yield "| 卷宗 | 事项 | 改动之前 | 改动之后 |"
        yield "|---|---|---|---|"
        for m in moves[:MOST]:
            yield f"| {text(m.dossier)} | {text(m.title)} | {_before(m)} | {_after(m)} |"
        yield from _remaining(moves)
    if platforms:
        yield from _listed("平台自己的记录有改动", [f"{text(context.names(code))}（{code}）" for code in platforms])


def _before(move: DossierChange) -> str:
    return _describe_standpoint(move.before) if move.before else "（新建）"


def _after(move: DossierChange) -> str:
    if move.after is None:
        return "（整卷删除）"
    return _describe_standpoint(move.after) + ("，没有变" if move.after == move.before else "")


def _describe_standpoint(at: DossierProgress) -> str:
    position = f"第 {at.step} 步 {STEPS[at.step]}" if at.step else "还没有开始"
    if at.round > 1:
        position += f"（第 {at.round} 轮）"
    if at.ended:
        position += f"，{ended_state(at.ended).label}"
    return position + ("，办结" if at.closed else "")


def _owed(found: Sequence[Finding], context: ReportContext) -> Iterator[str]:
    """What is missing, who owes it and when it is due, in the folders of the change."""
    if not found:
        return
    yield "\n#### 还差什么（不拦合并，会公开显示）\n"
    yield "| 事项 | 谁来办 | 最迟 |"
    yield "|---|---|---|"
    for f in found[:MOST]:
        due = f.due.isoformat() if f.due else _suggested(f)
        late = f"，已逾期 {f.overdue_days} 天" if f.overdue_days else ""
        yield f"| {f.code} {text(f.message)} | {text(context.names(f.owed_by or ''))} | {due}{late} |"
    yield from _remaining(found)


def _suggested(f: Finding) -> str:
    """This site's own day is no limit, and is said to be none."""
    return f"建议 {f.suggested_due.isoformat()} 前办理（本站参考，非文件规定）" if f.suggested_due else "没有规定日期"


def _notices(found: Sequence[Finding]) -> Iterator[str]:
    yield from _listed("提示", [f"{f.code} {text(f.message)}（{text(f.path)} 第 {f.line} 行）" for f in found])


def _reviewers(context: ReportContext) -> Iterator[str]:
    reviewers = [
        f"上一级平台：{text(context.names(code))}（{code}）" if code else "市级平台没有上一级，由仓库的管理单位复核"
        for code in context.impact.reviewers
    ]
    yield from _listed("请谁复核", reviewers)


def _address(page: str, context: ReportContext) -> str:
    return f"<{context.base_url.rstrip('/')}{page}>" if context.base_url else text(page)


def _listed(title: str, items: Sequence[str]) -> Iterator[str]:
    if items:
        yield f"\n#### {title}\n"
        yield from (f"- {item}" for item in islice(items, MOST))
        yield from _remaining(items)


def _remaining(items: Iterable[object]) -> Iterator[str]:
    more = len(list(items)) - MOST
    if more > 0:
        yield f"\n另有 {more} 项没有列出，全部用 weimin check 看。"
