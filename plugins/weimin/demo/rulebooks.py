"""The rules of the invented city: an implementation plan with the anchors that rules cite, local parameters, county rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from weimin.demo.names import AREAS, CITY, of_level
from weimin.demo.versions import Version
from weimin.model.parameter import DEFAULTS
from weimin.model.place import Level
from weimin.records.place import path_of

STRICT_COUNTY = "990002"
"""This county answers in fewer days than the others and asks for an approval of every topic."""
COUNTY_WITHOUT_RULES = "990006"
"""Here no document sets a day: what is owed is shown with this site's reminders, and nothing is overdue by a rule."""

_LEVELS = ["city", "county", "township", "village"]
_START = "2019-11-06"
_FILED = date(2024, 1, 1)  # before all that they bind

_PLAN = (
    (1, "一、总的要求", "1", "围绕群众身边的事，把协商办在平时、办在基层。"),
    (1, "二、基本原则", "2", ""),
    (2, "1. 党的领导", "2.1", "在同级党委领导下确定议题，组织协商，推动落实。"),
    (2, "2. 为了群众", "2.2", "听取群众意见，了解民生诉求。"),
    (2, "3. 大胆创新", "2.3", "结合实际创新平台和方式。"),
    (2, "4. 注重实效", "2.4", "数量和质量并重，过程和结果并重。"),
    (1, "三、主要内容", "3", ""),
    (2, "（一）目标", "3.1", "四级互通，线上线下一起开展，全过程协商。"),
    (2, "（二）体系", "3.2", "市、县（区）成立领导小组，四级都有协商平台。"),
    (3, "1. 市级", "3.2.1", "市设领导小组，办公室设在市政协，示范引导下级。"),
    (3, "2. 县（区）级", "3.2.2", "县（区）设领导小组和办公室，制定镇村规则。"),
    (3, "3. 乡镇级", "3.2.3", "乡镇（街道、园区）设议事室，指导村居。"),
    (3, "4. 村居级", "3.2.4", "村居设联系点，收集意见，开展协商。"),
    (2, "（三）制度", "3.3", ""),
    (3, "1. 内容", "3.3.1", "以民生领域为主，重点是每年为民办实事项目的选定、实施和完成。"),
    (3, "2. 主体", "3.3.2", "由政协搭台，委员、参加单位、乡贤和群众同党政组织和部门协商；视情邀请其他人员。"),
    (3, "3. 方式", "3.3.3", "按五个步骤进行：征集意见、商讨项目、协商实施、跟踪监督、民主评议，方式可以多样。"),
    (
        3,
        "4. 成果",
        "3.3.4",
        "结果报送同级党政组织，视情公布；落实的跟踪，不同意见的解释，重要情况的上报，满意率低的视情再协商。",
    ),
    (3, "5. 联动", "3.3.5", "各方参与，及时回应，采纳要有反馈。"),
    (3, "具体实施办法由市政协办公室制定。", "3.3.6", ""),
    (1, "四、工作要求", "4", ""),
    (2, "1. 组织领导", "4.1", "党委领导、政府支持、政协搭台、各方参与。"),
    (2, "2. 纳入计划", "4.2", "纳入年度计划和考核。"),
    (2, "3. 做好衔接", "4.3", "协商在决策之前和决策之中；乡村两级平台是委员的履职联系点。"),
    (2, "4. 工作步骤", "4.4", "11 月底前建成市县乡三级，12 月底前建成村居联系点。"),
)

_HOUSE = (
    ("天数", "days", "天数按自然日算，到期那天也算在内。"),
    ("议题公示", "notice", "议题公示七天以上。"),
    ("议题审定", "approval", "议题不必先审定；县（区）规定要审定的从其规定。"),
    ("满意率", "thresholds", "满意率低于百分之八十的，注明“低于本站参考线”，不列入满意率低的名单。"),
    ("每年", "year", "乡镇每年两次，村居一次；计划三月底前公开。"),
    ("视情的事", "discretion", "视情的事，要求作出决定，不要求一定去做。"),
    ("先后", "steps", "前一步该办的事办好，再走后一步。"),
    ("票数", "ballots", "只收票数，比率由网站算。"),
    ("文件", "files", "一件事一个文件夹，一次活动一个文件。"),
    ("字段", "fields", "每种记录有哪些项，是定好的。"),
    ("关联", "links", "提到的都要找得到。"),
    ("留痕", "trail", "公布过的只用更正来改。"),
    ("补录", "late", "三十天以后才登记的注明补录。"),
    ("隐私", "privacy", "群众只写类别和人数。"),
    ("不公布的", "withheld", "不公布的内容不进登记处，只登记这个决定。"),
)

_CLAUSE_OF = {
    "notice_days": "notice",
    "topic_approval": "approval",
    "low_satisfaction": "thresholds",
    "satisfaction_formula": "thresholds",
    "consultations_per_year": "year",
    "plan_due": "year",
    "assessment_due": "year",
    "filed_late_days": "late",
}

_COUNTY_CLAUSES = {
    "triage_days": 2,
    "response_days": 2,
    "explanation_days": 2,
    "outcome_days": 3,
    "report_days": 3,
    "publication_days": 3,
    "report_up_days": 3,
    "followup_days": 4,
    "progress_days": 4,
    "evaluation_days": 4,
    "low_satisfaction": 5,
    "reconsult_decision_days": 5,
    "reconsult_days": 5,
    "plan_due": 6,
    "consultations_per_year": 6,
}
"""The numbers that the rules of a county set → the article that sets them."""


def rulebooks() -> Iterator[Version]:
    plan = {
        "title": "示例市为民协商实施方案（演示）",
        "issued": _START,
        "effective_from": _START,
        "applies_to": _LEVELS,
    }
    body = "演示数据：这份方案是虚构的，只为让规则有条款可引。\n\n" + "\n\n".join(_clauses())
    yield _book(CITY, "2019-implementation-plan", plan, body)
    house = {
        "title": "本站约定（本站参考，非文件规定）",
        "effective_from": _START,
        "applies_to": _LEVELS,
        "parameters": _defaults(),
    }
    body = "演示数据：下面的数是程序的默认值，不是哪一级的规定。\n\n"
    yield _book(CITY, "house", house, body + "\n\n".join(f"# {title} {{#{a}}}\n\n{text}" for title, a, text in _HOUSE))
    yield _measures()
    for code in of_level(Level.COUNTY):
        if code != COUNTY_WITHOUT_RULES:
            yield _county(code)


def _clauses() -> Iterator[str]:
    for depth, title, anchor, text in _PLAN:
        yield f"{'#' * depth} {title} {{#{anchor}}}" + (f"\n\n{text}" if text else "")


def _defaults() -> list[dict[str, Any]]:
    values: dict[str, Any] = {}
    for name, value in DEFAULTS.items():
        name, _, level = name.partition(".")
        values[name] = values.get(name, {}) | {level: value} if level else value
    return [{"name": n, "value": v, "clause": f"#{_CLAUSE_OF.get(n, 'days')}"} for n, v in values.items()]


def _measures() -> Version:
    fields = {
        "title": "示例市为民协商实施办法（演示）",
        "doc_no": "演协办发〔2020〕1号",
        "issued": "2020-03-02",
        "effective_from": "2020-04-01",
        "applies_to": ["city", "county", "township"],
        "indicators": [
            {
                "name": "全年协商次数",
                "formula": "当年协商活动次数",
                "weight": 20,
                "bounds": "最高 20 分",
                "clause": "#2",
            },
            {
                "name": "落实事项按期完成",
                "formula": "按期完成数除以到期数",
                "weight": 50,
                "bounds": "0 到 1",
                "clause": "#2",
            },
            {"name": "群众满意", "formula": "满意率", "weight": 30, "bounds": "0 到 1", "clause": "#2"},
        ],
    }
    body = (
        "演示数据：这份办法是虚构的。\n\n# 第一条 适用 {#1}\n\n市、县（区）、乡镇的平台适用本办法，村居由县（区）另定。\n\n"
        "# 第二条 评估 {#2}\n\n每年评估一次，看次数，更看落实和满意。"
    )
    return _book(CITY, "implementing-measures", fields, body)


def _county(code: str) -> Version:
    name = AREAS[code]
    strict = code == STRICT_COUNTY
    defaults = {p["name"]: p["value"] for p in _defaults()}
    numbers = [{"name": n, "value": defaults[n], "clause": f"#{at}"} for n, at in _COUNTY_CLAUSES.items()]
    if strict:
        numbers = [n | {"value": 60} if n["name"] == "response_days" else n for n in numbers]
        numbers.append({"name": "topic_approval", "value": "required", "clause": "#7"})
    fields: dict[str, Any] = {
        "title": f"{name}镇村为民协商工作规则（演示）",
        "issued": "2020-05-11",
        "effective_from": "2020-06-01",
        "applies_to": ["township", "village"],
        "parameters": numbers,
        "indicators": [{"name": "全年协商次数", "formula": "当年协商活动次数", "weight": 20, "clause": "#6"}],
    }
    days = "六十" if strict else "九十"
    body = (
        f"演示数据：这份规则是虚构的。\n\n# 第一条 {{#1}}\n\n{name}的乡镇议事室和村居联系点按本规则开展协商。\n\n"
        f"# 第二条 {{#2}}\n\n社情民意十五日内处理；群众的意见建议、上报的事项，{days}日内给答复；不同意见三十日内解释说明。\n\n"
        "# 第三条 {#3}\n\n协商以后十五日内形成成果，成果七日内报送同级党政组织，二十日内决定是否公布；需要上报的七日内上报。\n\n"
        "# 第四条 {#4}\n\n落实事项九十日内跟踪一次，期限超过九十日的协商一次实施状况；全部办好以后六十日内评议。\n\n"
        "# 第五条 {#5}\n\n满意率低于百分之八十的，十五日内决定是否再协商；决定再协商的，九十日内协商。\n\n"
        "# 第六条 {#6}\n\n乡镇每年协商两次，村居一次，计划三月底前定下来；每年评估一次。"
    )
    if strict:
        body += "\n\n# 第七条 {#7}\n\n议题经同级党组织审定以后再协商。"
    return _book(code, "township-village-rules", fields, body)


def _book(code: str, slug: str, raw: dict[str, Any], body: str) -> Version:
    path = path_of("rule", platform=code, stem=slug)
    return Version(path=path, kind="rule", raw=raw, body=body, filed=_FILED, clerk=code, subject="建档：平台和规则")
