"""`weimin explain`: explains a rule with the same texts as the page of the rule."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from weimin.adapters.files import find_root
from weimin.adapters.installation import example_files, example_message
from weimin.engine.register import Register, parameters_of
from weimin.model.codes import CODES, RULE_FAMILIES, Code
from weimin.model.finding import Severity
from weimin.model.parameter import DEFAULTS, Parameters
from weimin.model.place import Level
from weimin.model.record import Record
from weimin.prose.clauses import clauses

_SEVERITY = {
    Severity.ERROR: "错误：改好才能入库",
    Severity.DUTY: "待办：谁欠的，公开显示；过了文件或者记录定的期限为逾期；不拦别人",
    Severity.NOTICE: "提示：连同理由公开，不拦",
}

_PLAN_BOOK, _HOUSE_PREFIX = "2019-implementation-plan", "house#"


def explain(code: str, root: Path | None, start: Path) -> str:
    """The explanation of a rule. Raises KeyError, with similar codes in Chinese, where there is no such rule."""
    row = CODES.get(code.upper())
    if row is None:
        similar = get_close_matches(code.upper(), CODES, n=3)
        raise KeyError(f"相近的有：{'、'.join(similar)}" if similar else "编号是一个字母加三位数字，例如 W602")
    records_root = root or find_root(start)
    books = _books(Register(records_root.resolve())) if records_root else ()
    return "\n".join(_lines(row, books))


def _books(register: Register) -> tuple[Record, ...]:
    parsed = (register.parse(p)[0] for p in register.places if p.kind == "rule")
    return tuple(r for r in parsed if r is not None)


def _lines(row: Code, books: tuple[Record, ...]) -> Iterator[str]:
    yield f"{row.code}　{row.slug}　（{RULE_FAMILIES[row.family]}）"
    yield f"要求：{row.requirement}"
    yield f"性质：{_SEVERITY[row.severity]}"
    if row.gate:
        yield f"关口：{_gate(row.gate)}"
    yield from _clause(row, books)
    if row.parameter:
        yield from _parameter(row.parameter, books)
    for name, title in (("bad", "不合要求的例子"), ("good", "合要求的例子")):
        for path, text in example_files(row.code, row.slug, name):
            yield f"\n{title}（{path}）：\n{text.rstrip()}"
        if name == "bad" and (message := example_message(row.code, row.slug)):
            yield f"\n核对时说：\n{message}"


def _gate(gate: str) -> str:
    names = {
        "evaluation": "没有办好，不能报民主评议",
        "followup": "没有办好，不能报跟踪监督",
        "closing": "没有办好，卷宗不能办结",
        "step 2": "没有办好，不能报商讨",
    }
    return names[gate]


def _clause(row: Code, books: tuple[Record, ...]) -> Iterator[str]:
    slug, anchor = (
        ("house", row.clause.removeprefix(_HOUSE_PREFIX))
        if row.clause.startswith(_HOUSE_PREFIX)
        else (_PLAN_BOOK, row.clause)
    )
    candidates = [(getattr(b.data, "title", slug), c) for b in books if b.place.stem == slug for c in clauses(b.body)]
    title, clause = next(((title, c) for title, c in candidates if c.anchor == anchor), ("", None))
    if clause is None:
        yield f"依据：{'本站约定' if slug == 'house' else '实施方案'}（{anchor}）"
        return
    yield f"依据：{title} {clause.title}"
    if clause.text.strip():
        yield "\n".join(f"  {line}".rstrip() for line in clause.text.strip().split("\n"))


def _parameter(name: str, books: tuple[Record, ...]) -> Iterator[str]:
    parameters: Parameters = parameters_of(books)
    given = [g for g in parameters.settings if g.name.partition(".")[0] == name]
    for g in given:
        level = f"（{Level(g.name.partition('.')[2]).label}）" if "." in g.name else ""
        label = "文件规定" if g.basis.binds else "本站参考，非文件规定"
        yield f"参数：{name}{level} = {g.value}　{label}　出处：{g.source}"
    if not given:
        for key, value in DEFAULTS.items():
            if key.partition(".")[0] == name:
                yield f"参数：{key} = {value}　本站参考（程序默认），非文件规定"
