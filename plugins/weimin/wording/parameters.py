"""Names of rule parameters and their values, as the public reads them."""

from __future__ import annotations

from collections.abc import Mapping

from weimin.wording.counts import format_number, format_percent

_LEVELS = {"city": "市级", "county": "县区级", "township": "乡镇级", "village": "村居级"}
_WORDS = {
    "satisfied": "只算满意",
    "satisfied_and_basic": "满意和基本满意",
    "free": "不要求审定",
    "required": "协商前须审定",
}

NAMES: Mapping[str, str] = {
    "triage_days": "社情民意处理天数",
    "outcome_days": "形成成果天数",
    "report_days": "报送结果天数",
    "publication_days": "决定公布天数",
    "response_days": "答复天数",
    "explanation_days": "解释说明天数",
    "report_up_days": "上报天数",
    "followup_days": "跟踪监督天数",
    "evaluation_days": "民主评议天数",
    "reconsult_decision_days": "决定再协商天数",
    "reconsult_days": "再协商天数",
    "progress_days": "须协商实施状况的天数",
    "low_satisfaction": "满意率低的界线",
    "satisfaction_formula": "满意率口径",
    "consultations_per_year": "每年协商次数",
    "plan_due": "年度计划期限",
    "assessment_due": "考核指标期限",
    "notice_days": "议题公示天数",
    "filed_late_days": "入档天数",
    "topic_approval": "议题审定",
}


def format_parameter_value(value: object) -> str:
    """15 → 15; 0.8 → 80%; 03-31 → 3月31日; by level → 乡镇级 2，村居级 1."""
    if isinstance(value, Mapping):
        return "，".join(f"{_LEVELS.get(str(k), str(k))} {format_parameter_value(v)}" for k, v in value.items())
    if isinstance(value, float) and 0 < value < 1:
        return format_percent(value)
    if isinstance(value, int | float):
        return format_number(value)
    text = str(value)
    month, _, day = text.partition("-")
    if month.isdigit() and day.isdigit():
        return f"{int(month)}月{int(day)}日"
    return _WORDS.get(text, text)


def parameter_name(name: str) -> str:
    """The name of a parameter; `name.level` for one that differs by level."""
    base, _, level = name.partition(".")
    return NAMES.get(base, base) + (f"（{_LEVELS.get(level, level)}）" if level else "")
