"""What a report needs of the register: names of platforms, source lines, citations of clauses, the address of the site."""

from __future__ import annotations

from collections.abc import Callable

from weimin.engine.register import Register
from weimin.model.change import Impact
from weimin.model.network import Network
from weimin.model.record import parse_ref
from weimin.report.context import ReportContext
from weimin.wording.clauses import format_clause

HOUSE, PLAN = "house", "2019-implementation-plan"


def surroundings(
    register: Register,
    network: Network,
    *,
    records: tuple[str, ...] | None = None,
    impact: Impact | None = None,
    colour: bool = False,
) -> ReportContext:
    """The surroundings of a report. `records`: paths that were checked; None: those of the complete register."""
    if records is None:
        records = tuple(p.path for p in register.places)

    def names(code: str) -> str:
        row = network.get(code)
        return row.name if row else code

    return ReportContext(
        source=_source(register),
        names=names,
        clause=lambda ref: cited(ref, register),
        base_url=register.site.base_url or "",
        records=records,
        impact=impact or Impact(),
        colour=colour,
    )


def _source(register: Register) -> Callable[[str, int], str]:
    def source(path: str, line: int) -> str:
        try:
            text = register.tree.read(path).decode("utf-8", "replace")
        except OSError:
            return ""
        return next((part for n, part in enumerate(text.split("\n"), 1) if n == line), "")

    return source


def cited(reference: str, register: Register) -> str:
    """`321300/rules/2019-implementation-plan#3.3.4` → 实施方案 三（三）4; the site's own rules → 本站规则."""
    try:
        ref = parse_ref(reference)
    except ValueError:
        return reference
    if ref.stem == HOUSE:
        return "本站规则"
    if ref.stem == PLAN:
        return f"实施方案 {format_clause(ref.line)}" if ref.line else "实施方案"
    record = register.record(ref.record)
    title = getattr(record.data, "title", None) if record else None
    return f"《{title}》 {format_clause(ref.line or '')}".rstrip() if title else reference
