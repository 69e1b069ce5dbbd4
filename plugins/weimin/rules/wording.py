"""Chinese names of kinds, lines and fields for messages, and formatting of dates, numbers and sources of parameters."""

from __future__ import annotations

from functools import lru_cache

from weimin.model.dossier import Dossier, Event, Line
from weimin.model.kinds import Dissent, Measure, Outcome, Suggestion
from weimin.model.parameter import Parameter
from weimin.model.period import Period, parse_period

KINDS = {
    "topic": "议题",
    "consultation": "协商",
    "outcome": "协商成果",
    "response": "回应",
    "followup": "跟踪监督",
    "evaluation": "民主评议",
    "correction": "更正",
    "platform": "平台",
    "opinion": "社情民意",
    "projects": "实事项目清单",
    "plan": "年度协商计划",
    "guidance": "指导",
    "rule": "规则",
    "exemptions": "豁免",
    "news": "动态",
    "page": "页面",
}
LINES = {"suggestion": "意见建议", "dissent": "不同意见", "measure": "落实事项", "upward": "上报事项"}
FIELDS = {
    "consensus": "一致程度",
    "measures": "落实事项",
    "funding": "经费来源",
    "dissent": "不同意见",
    "upward": "上报事项",
    "time": "时段",
    "until": "到哪一天为止",
}
FORMULAS = {"satisfied": "满意÷有效票", "satisfied_and_basic": "（满意＋基本满意）÷有效票"}
DEFAULT = "本站参考，非文件规定"


@lru_cache(maxsize=65536)
def period(text: str) -> Period:
    """A date of a field or a file name as a period; the schema has accepted it, so it parses."""
    return parse_period(text, in_name=True)


def quote(value: object) -> str:
    """A user's value in Chinese quotation marks, cut at 40 characters."""
    text = str(value).replace("\n", " ")
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"


def event_name(event: Event) -> str:
    """An event's name in messages: 2026-03-10 的协商成果."""
    kind = KINDS[event.kind]
    if event.kind == "topic" or event.on is None:
        return kind
    text = event.on.text
    if text.startswith("by-"):
        return f"不晚于 {text[3:]} 的{kind}"
    return f"年份未写明的{kind}" if text.startswith("XXXX") else f"{text} 的{kind}"


def line_name(dossier: Dossier, line: Line) -> str:
    """A line's name in messages: 落实事项 m1“…”. Text that is withheld is not quoted, because findings are public."""
    head = f"{LINES[line.kind]} {line.id}"
    event = dossier.event(line.stem)
    withheld = event is not None and isinstance(event.data, Outcome) and event.data.withheld
    if withheld or not isinstance(line.value, Measure | Suggestion | Dissent):
        return f"{head} "
    return head + quote(line.value.text)


def with_space(text: str) -> str:
    """The text with a space before it if it begins with a digit: the style for digits next to Chinese characters."""
    return f" {text}" if text[:1].isdigit() else text


def file_name(path: str) -> str:
    """The name of a file without its folder, for hints that say which file to open."""
    return path.rpartition("/")[2]


def parameter_source(parameter: Parameter) -> str:
    """Where a parameter comes from; every message with a number says so (docs/reference/rules.md, "Parameters")."""
    return f"依据 {parameter.source}" if parameter.published else DEFAULT


def format_percent(rate: float) -> str:
    """0.8667 → 86.7%; 0.8 → 80%."""
    return f"{rate * 100:.1f}".removesuffix(".0") + "%"


def format_number(value: float) -> str:
    """120.0 → 120; 0.1 stays 0.1."""
    return str(int(value)) if value == int(value) else str(value)
