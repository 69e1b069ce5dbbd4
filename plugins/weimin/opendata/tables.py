"""All tables: the log of records as published, their content with corrections applied, and the computed state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from weimin.model.table import Column, KindTables, Table
from weimin.opendata.columns import shape_of

EVENTS = ("topic", "consultation", "outcome", "response", "followup", "evaluation", "correction")
PLATFORM_KINDS = ("platform", "projects", "plan", "guidance", "rule", "exemptions")
UNPUBLISHED = ("opinion", "page", "news", "site")  # kinds without published rows; they can be imported as tables
PROSE = ("topic", "consultation", "outcome", "response", "followup", "guidance", "rule", "page", "news")
UNDATED = "undated"  # the part for rows that have no year: platforms, rules


def _text(name: str, title: str, description: str = "") -> Column:
    return Column(name=name, type="string", title=title, description=description)


def _day(name: str, title: str, description: str = "") -> Column:
    return Column(name=name, type="date", title=title, description=description)


def _whole(name: str, title: str, unit: str = "", description: str = "") -> Column:
    return Column(name=name, type="integer", title=title, unit=unit, description=description)


def _yes(name: str, title: str, description: str = "") -> Column:
    return Column(name=name, type="boolean", title=title, description=description)


RECORD = _text("record", "记录", "记录的引用，各表用它相连。")
PATH = _text("path", "文件", "记录在仓库里的位置。")
DOSSIER = _text("dossier", "卷宗")
CODE = _text("code", "平台代码", "统计用区划代码。用表格软件打开时请按文本导入，以免显示成科学记数。")
LEVEL = _text("level", "层级", "city 市级，county 县区级，township 乡镇级，village 村居级。")
ON = _text("on", "日期", "照记录的写法，知道到哪一步写到哪一步。")
FIRST = _day("first_day", "最早可能的一天", "不知道的空着。")
LAST = _day("last_day", "最晚可能的一天", "不知道的空着。")
POINTER = _text("pointer", "位置", "这一条在记录里的位置（JSON 指针）。")
COMPILED = _yes("compiled", "据公开报道整理")
EVENT = (
    RECORD,
    PATH,
    DOSSIER,
    CODE,
    LEVEL,
    ON,
    FIRST,
    LAST,
    _whole("round", "轮次", description="第几轮协商。"),
    COMPILED,
    _yes("withheld", "决定不公布"),
)
EVENT_LINE = (RECORD, POINTER, DOSSIER, CODE, LEVEL, ON, FIRST, LAST)
PLATFORM_RECORD = (RECORD, PATH, CODE, LEVEL, COMPILED)
PLATFORM_RECORD_LINE = (RECORD, POINTER, CODE, LEVEL)
BODY = _text("body", "正文", "Markdown 原文。")

LOG = Table(
    name="log",
    title="记录原文",
    description="每一份记录公布时的样子，更正另列一行；照顺序把更正加上去，就得到其他各表的现状。不公布的内容不在其中。",
    columns=(
        RECORD,
        PATH,
        _text("kind", "种类"),
        DOSSIER,
        CODE,
        LEVEL,
        ON,
        FIRST,
        LAST,
        COMPILED,
        _yes("withheld", "决定不公布"),
        Column(name="data", type="any", title="内容", description="记录的全部字段。"),
        BODY,
    ),
)
STATE = (
    Table(
        name="state-dossier",
        title="卷宗现状",
        description="每个卷宗一行：走到哪一步，有几项待办。",
        columns=(
            DOSSIER,
            CODE,
            LEVEL,
            _text("title", "议题"),
            Column(name="themes", type="array", title="领域"),
            COMPILED,
            _day("first_event", "第一份记录的日期"),
            _day("last_event", "最近一份记录的日期"),
            _whole("step", "走到第几步", description="各轮里最远的一步。"),
            Column(name="steps", type="array", title="五步的状态"),
            _whole("rounds", "轮数"),
            _yes("closed", "已办结"),
            _text("ended", "怎样终止"),
            _text("state", "现状", "closed、withdrawn、rejected、merged、moved、ended、overdue、open 或 compiled。"),
            _text("state_label", "现状的叫法", "网页上的叫法；没有办完的是最近一轮办到的那一步。"),
            _whole("duties", "待办", "件"),
            _whole("overdue", "逾期", "件"),
            _whole("corrections", "更正", "份"),
        ),
    ),
    Table(
        name="state-measure",
        title="落实事项现状",
        description="每一项落实事项最近一次跟踪监督的状态。",
        columns=(
            DOSSIER,
            _text("id", "编号"),
            CODE,
            LEVEL,
            _text("event", "协商成果"),
            _text("text", "内容"),
            _text("unit", "责任单位"),
            _text("due", "完成期限"),
            _text("state", "状态"),
            _day("done", "完成的一天"),
            _yes("in_time", "按期完成", "没有期限或者没有完成的空着。"),
        ),
    ),
    Table(
        name="state-evaluation",
        title="评议现状",
        description="每一次民主评议按票数复算的满意率。",
        columns=(
            RECORD,
            DOSSIER,
            CODE,
            LEVEL,
            ON,
            FIRST,
            LAST,
            _whole("satisfied", "满意", "票"),
            _whole("basically_satisfied", "基本满意", "票"),
            _whole("dissatisfied", "不满意", "票"),
            _whole("valid", "有效票", "票"),
            Column(name="rate", type="number", title="满意率", description="0 到 1；不能复算的空着。"),
            _yes("low", "满意率低", "票数复算的满意率低于规则规定的线；只低于本站参考线的不算。"),
            Column(
                name="published_rate",
                type="number",
                title="公布的满意率",
                unit="%",
                description="没有公布票数、只公布了满意率的；没有复算，不分高低。",
            ),
            _text("reconsult", "再协商与否的决定"),
        ),
    ),
    Table(
        name="state-duty",
        title="待办现状",
        description="按截至日还没有办的事：由谁办，什么时候到期。",
        columns=(
            _text("dossier", "卷宗", "平台自己的待办空着。"),
            CODE,
            LEVEL,
            _text("rule", "规则"),
            _text("message", "什么事"),
            _day("due", "到期日", "记录写明的，或者规则规定的；别的空着。"),
            _yes("overdue", "已逾期"),
            _day("suggested_due", "建议办理日", "本站参考，非文件规定；不算期限。"),
            _text("basis", "日子的依据", "record 记录写明，rule 规则规定，default 本站参考；没有日子的空着。"),
        ),
    ),
    Table(
        name="state-platform",
        title="平台现状",
        description="名录里的每个平台一行。",
        columns=(
            CODE,
            LEVEL,
            _text("area", "区域"),
            _text("name", "名称"),
            _text("parent", "上级平台"),
            _text("established", "成立"),
            _text("closed", "撤销"),
            COMPILED,
            _yes("heard", "已填报"),
        ),
    ),
)


class Tables(msgspec.Struct, frozen=True):
    """Every table by its name, in the order in which they are listed, and the fields of every kind."""

    by_name: Mapping[str, Table]
    shapes: Mapping[str, KindTables]


def tables_of(
    schemas: Mapping[str, Mapping[str, Any]],
    common: Mapping[str, Any],
    kinds: Sequence[str] = (*EVENTS, *PLATFORM_KINDS),
) -> Tables:
    """All tables; `schemas` by kind. Raises ValueError if two columns of a table have the same name."""
    found = {LOG.name: LOG, **{t.name: t for t in STATE}}
    shapes: dict[str, KindTables] = {}
    for kind in kinds:
        schema = schemas[kind]
        if schema["type"] == "array":
            schema = {**schema, "type": "object", "properties": {"items": schema}}
        shape = shapes[kind] = shape_of(kind, schema, common)
        event = kind in EVENTS
        columns = (*(EVENT if event else PLATFORM_RECORD), *shape.columns, *((BODY,) if kind in PROSE else ()))
        title, description = schema["title"], schema.get("description", "")
        found[kind] = Table(name=kind, title=title, description=description, columns=columns)
        for below in shape.tables:
            columns = (*(EVENT_LINE if event else PLATFORM_RECORD_LINE), *below.columns)
            found[below.name] = msgspec.structs.replace(below, title=f"{title}·{below.title}", columns=columns)
    for table in found.values():
        names = [c.name.lower() for c in table.columns]
        if doubled := {n for n in names if names.count(n) > 1}:
            raise ValueError(f"{table.name}: {sorted(doubled)}")
    return Tables(by_name=found, shapes=shapes)
