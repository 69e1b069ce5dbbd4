"""S101 to S106 word for word: what a village clerk reads, and the line to paste."""

from __future__ import annotations

from typing import Any

import pytest

from weimin.adapters.installation import schema_files
from weimin.records.schema import Schemas

SCHEMAS = Schemas(schema_files())

TOPIC = {"title": "车棚", "theme": "住房物业"}
MEETING = {"about": "selection", "methods": [{"kind": "meeting"}]}
OUTCOME = {"of": ["2026-03-02-consultation"]}
BALLOTS = {"issued": 5, "returned": 5, "satisfied": 5, "basically_satisfied": 0, "dissatisfied": 0}
EVALUATION = {"of": ["2026-03-10-outcome"], "body": "村民代表", "way": "投票", "ballots": BALLOTS}
RULE = {"title": "规则", "effective_from": "2026", "applies_to": ["village"]}


def measure(**fields: Any) -> dict[str, Any]:
    return {**OUTCOME, "measures": [{"id": "m1", "text": "建车棚", **fields}]}


def submitted(**fields: Any) -> dict[str, Any]:
    return {**OUTCOME, "submitted": [{"to": "镇党委", "date": "2026-03-12", **fields}]}


# kind, value, code, pointer, message, hint
TABLE: list[tuple[str, Any, str, str, str, str]] = [
    # S101: reported at the mapping that lacks the field
    (
        "topic",
        {"theme": "教育"},
        "S101",
        "",
        "缺少标题（title）。",
        "加一行 title: 小区电动车车棚建在哪里，换成实际内容",
    ),
    (
        "outcome",
        {**OUTCOME, "measures": [{"id": "m1"}]},
        "S101",
        "/measures/0",
        "落实事项（measures）第 1 条缺少内容（text）。",
        "加一行 text: 在小区北门建电动车车棚，换成实际内容",
    ),
    (
        "followup",
        {"form": "inspection"},
        "S101",
        "",
        "缺少落实情况（measures）。",
        '加一行 measures: [{"id": "m1", "state": "done"}]，换成实际内容；确有而没有公布的写 measures: unpublished',
    ),
    (
        "topic",
        {**TOPIC, "sources": [{}]},
        "S101",
        "/sources/0",
        "议题来源（sources）第 1 条缺少来源（from）。",
        "加一行 from: residents，换成实际内容；来自一条社情民意的，改写 opinion: 那条社情民意的引用",
    ),
    # S102
    (
        "outcome",
        {"of": "2026-03-02-consultation"},
        "S102",
        "/of",
        "依据的协商（of）写成了“2026-03-02-consultation”，要写列表（每条前面加“- ”）。",
        "改成 of: [2026-03-02-consultation]",
    ),
    (
        "consultation",
        {**MEETING, "participants": {"members": "约30人"}},
        "S102",
        "/participants/members",
        "参加人员（participants）的政协委员（members）写成了“约30人”，要写整数。",
        "改成 members: {about: 30, as: 约}",
    ),
    (
        "consultation",
        {**MEETING, "participants": {"members": "３０余人"}},
        "S102",
        "/participants/members",
        "参加人员（participants）的政协委员（members）写成了“３０余人”，要写整数。",
        "改成 members: {about: 30, as: 余}",
    ),
    (
        "consultation",
        {**MEETING, "participants": {"members": True}},
        "S102",
        "/participants/members",
        "参加人员（participants）的政协委员（members）写成了 true，要写整数。",
        "改成 members: 3 这样的写法",
    ),
    (
        "consultation",
        {**MEETING, "time": None},
        "S102",
        "/time",
        "时段（time）只写了字段名，没有写内容，要写文字。",
        "写上内容，或者删掉 time 这一行",
    ),
    (
        "topic",
        {**TOPIC, "approval": "镇党委"},
        "S102",
        "/approval",
        "议题审定（approval）写成了“镇党委”，要写下一级字段（每行一个，往里缩进）。",
        '改成 approval: {"by": "样例镇党委", "date": "2026-02-20"} 这样的写法',
    ),
    ("outcome", None, "S102", "", "这份协商成果是空的，要逐行写“字段名: 值”。", "照同类记录的样例写"),
    # S103
    (
        "followup",
        {"form": "回访", "measures": []},
        "S103",
        "/form",
        "形式（form）写成了“回访”，不在可选值内。可选：inspection（视察）、return_visit（回访）、supervision（督办）、look_back（回头看）、notice（进度通报或报道）、unpublished（未公布）。",
        "改成 form: return_visit",
    ),
    (
        "topic",
        {**TOPIC, "theme": ["教育", "卫生"]},
        "S103",
        "/theme/1",
        "领域（theme）第 2 条写成了“卫生”，不在可选值内。可选：教育、医疗卫生、养老助残、就业社保、住房物业、交通出行、环境卫生、生态水利、水电气网、公共安全、文化体育、乡村建设、其他、unpublished（未公布）。",
        "改成 环境卫生",
    ),
    (
        "evaluation",
        {**EVALUATION, "published_rate": 98},
        "S103",
        "/ballots",
        "写了公布的满意率（published_rate），票数（ballots）只能是 unpublished。",
        "有票数的删掉 published_rate 这一行，由程序计算；没有的改成 ballots: unpublished",
    ),
    (
        "topic",
        {**TOPIC, "title": "unpublished"},
        "S103",
        "/title",
        "标题（title）必须写明，不能写 unpublished。",
        "改成 title: 小区电动车车棚建在哪里 这样的写法",
    ),
    # S104: known from the path, a Chinese name, a misspelling, a field of another kind
    (
        "topic",
        {**TOPIC, "status": "征集中"},
        "S104",
        "/status",
        "“status”不用写：状态由已有的记录推算。",
        "删掉 status 这一行",
    ),
    (
        "outcome",
        {**OUTCOME, "date": "2026-03-10"},
        "S104",
        "/date",
        "“date”不用写：日期由文件名决定。",
        "删掉 date 这一行",
    ),
    (
        "outcome",
        {**OUTCOME, "title": "成果"},
        "S104",
        "/title",
        "“title”不用写：标题由议题（topic.md）和记录的种类决定。",
        "删掉 title 这一行",
    ),
    (
        "outcome",
        {**OUTCOME, "一致程度": "full"},
        "S104",
        "/一致程度",
        "字段名“一致程度”要用英文写。",
        "把 一致程度 改成 consensus",
    ),
    (
        "outcome",
        {**OUTCOME, "concensus": "full"},
        "S104",
        "/concensus",
        "协商成果里没有“concensus”这个字段，最接近的是一致程度（consensus）。",
        "把 concensus 改成 consensus，或者删掉这一行",
    ),
    (
        "consultation",
        {**MEETING, "methods": [{"kind": "meeting", "sent": 3}]},
        "S104",
        "/methods/0/sent",
        "协商方式（methods）第 1 条是会议协商，不写发出份数（sent）。",
        "删掉 sent 这一行；会议协商可以写：会议地点（place）、表决方式（decided_by）、表决结果（votes）、签名人数（signed）",
    ),
    (
        "consultation",
        {"same_as": "990101/2026-001", "about": "selection"},
        "S104",
        "/about",
        "协商内容（about）与同一次协商（same_as）不能同时写。",
        "删掉 about 这一行，或者删掉 same_as 这一行",
    ),
    (
        "consultation",
        {**MEETING, "participants": {"members": 3, "total": 3}},
        "S104",
        "/participants/total",
        "参加人员（participants）各类都有数字，合计（total）由程序相加，不用写。",
        "删掉 total 这一行",
    ),
    # S105
    (
        "outcome",
        measure(due="2019.11.20"),
        "S105",
        "/measures/0/due",
        "落实事项（measures）第 1 条的完成期限（due）写成了“2019.11.20”，要写成 2019-11-20。",
        "改成 due: 2019-11-20",
    ),
    (
        "outcome",
        measure(due=20191120),
        "S105",
        "/measures/0/due",
        "落实事项（measures）第 1 条的完成期限（due）写成了“20191120”，要写成 2019-11-20。",
        "改成 due: 2019-11-20",
    ),
    (
        "outcome",
        measure(due="2026-02-30"),
        "S105",
        "/measures/0/due",
        "落实事项（measures）第 1 条的完成期限（due）写成了“2026-02-30”，2026 年 2 月只有 28 天。",
        "核对原始材料，改成实际的日期",
    ),
    (
        "outcome",
        measure(due="年底"),
        "S105",
        "/measures/0/due",
        "落实事项（measures）第 1 条的完成期限（due）写成了“年底”，要写成 2026-03-01、2026-03、2026-Q1、2026-H1 或 2026 这样的日期。",
        "改成 due: 2026-06-30 这样的写法",
    ),
    (
        "topic",
        {**TOPIC, "decision": {"date": "未定"}},
        "S105",
        "/decision/date",
        "党政决策（decision）的决策日期（date）写成了“未定”，要写成 2026-03-01 这样的日期，还没有定的写 pending。",
        "改成 date: 2026-03-20 这样的写法",
    ),
    (
        "outcome",
        submitted(doc_no="样政办发[2019]第01号"),
        "S105",
        "/submitted/0/doc_no",
        "报送（submitted）第 1 条的文号（doc_no）写成了“样政办发[2019]第01号”，要写成 机关代字〔2026〕1号。",
        "改成 doc_no: 样政办发〔2019〕1号",
    ),
    (
        "outcome",
        {**OUTCOME, "measures": [{"id": "1", "text": "建车棚"}]},
        "S105",
        "/measures/0/id",
        "落实事项（measures）第 1 条的编号（id）写成了“1”，编号要写成 m1 这样，m 加数字。",
        "改成 id: m1",
    ),
    (
        "outcome",
        measure(unit="甲\n乙"),
        "S105",
        "/measures/0/unit",
        "落实事项（measures）第 1 条的责任单位（unit）写成了“甲[U+000A]乙”，只能写一行。",
        "改成 unit: 甲 乙",
    ),
    (
        "outcome",
        measure(unit=""),
        "S105",
        "/measures/0/unit",
        "落实事项（measures）第 1 条的责任单位（unit）没有写内容，要写上内容，没有的删掉这一行。",
        "写上内容，或者删掉 unit 这一行",
    ),
    (
        "site",
        {"title": "网", "base_url": "https://a:b@example.org/"},
        "S105",
        "/base_url",
        "网站地址（base_url）写成了“https://a:b@example.org/”，网址里不能带用户名和密码。",
        "改成 base_url: https://example.org/",
    ),
    (
        "site",
        {"title": "网", "base_url": "example.org"},
        "S105",
        "/base_url",
        "网站地址（base_url）写成了“example.org”，要写以 https:// 或 http:// 开头的网址。",
        "改成 base_url: https://example.org",
    ),
    (
        "consultation",
        {**MEETING, "joint": ["990 101"]},
        "S105",
        "/joint/0",
        "参与的平台（joint）第 1 条写成了“990 101”，要写 6 位、9 位或 12 位数字的区划代码。",
        '改成 "990101"',
    ),
    # S106
    (
        "topic",
        {**TOPIC, "title": "车" * 121},
        "S106",
        "/title",
        "标题（title）有 121 个字，最多 120 个字。",
        "缩短这一项，详细情况写在正文里",
    ),
    (
        "evaluation",
        {**EVALUATION, "ballots": {**BALLOTS, "issued": -1}},
        "S106",
        "/ballots/issued",
        "票数（ballots）的发出票数（issued）写成了数字“-1”，不能小于 0 票。",
        "核对原始材料，改成实际的数字",
    ),
    (
        "evaluation",
        {**EVALUATION, "ballots": {**BALLOTS, "issued": 2**53}},
        "S106",
        "/ballots/issued",
        "票数（ballots）的发出票数（issued）写成了数字“9007199254740992”，不能大于 9007199254740991 票。",
        "核对原始材料，改成实际的数字",
    ),
    (
        "evaluation",
        {**EVALUATION, "ballots": {**BALLOTS, "issued": float("nan")}},
        "S106",
        "/ballots/issued",
        "票数（ballots）的发出票数（issued）写成了数字“nan”，不是一个确定的数。",
        "改成确定的数字，没有数字的删掉这一行",
    ),
    (
        "outcome",
        {"of": []},
        "S106",
        "/of",
        "依据的协商（of）有 0 条，最少 1 条。",
        '改成 of: ["2026-03-02-consultation"] 这样的写法',
    ),
    (
        "topic",
        {**TOPIC, "theme": ["教育", "教育"]},
        "S106",
        "/theme",
        "领域（theme）有重复的条目，不能有重复的。",
        "删掉重复的条目",
    ),
    # values that no file can contain
    ("page", {"title": "\ud800"}, "S105", "/title", "这里有一个残缺的字符，不能保存。", "删掉这个字符，重新输入"),
    (
        "correction",
        {
            "of": "topic",
            "changes": [{"field": "/title", "from": float("inf"), "to": "a"}],
            "reason": "a",
            "approved_by": "b",
        },
        "S106",
        "/changes/0/from",
        "这里的数字不是一个确定的数。",
        "改成确定的数字",
    ),
]


@pytest.mark.parametrize(("kind", "value", "code", "pointer", "message", "hint"), TABLE)
def test_message(kind: str, value: Any, code: str, pointer: str, message: str, hint: str) -> None:
    (violation,) = SCHEMAS.accept(kind, value)[1]
    assert (violation.code, violation.pointer, violation.message, violation.hint) == (code, pointer, message, hint)


def test_every_code_of_the_family_is_in_the_table() -> None:
    assert {row[2] for row in TABLE} == {f"S10{n}" for n in range(1, 7)}


def test_faults_come_in_the_order_of_the_record_one_for_each_place() -> None:
    value = {"stage": 1, "of": [], "measures": [{"due": "x", "id": "9"}, 3], "consensus": "yes"}
    found = [(v.pointer, v.code) for v in SCHEMAS.accept("outcome", value)[1]]
    assert found == [
        ("/stage", "S104"),
        ("/of", "S106"),
        ("/measures/0", "S101"),
        ("/measures/0/due", "S105"),
        ("/measures/0/id", "S105"),
        ("/measures/1", "S102"),
        ("/consensus", "S103"),
    ]


def test_a_long_value_is_cut_at_forty_characters() -> None:
    (violation,) = SCHEMAS.accept("followup", {"form": "某" * 100, "measures": []})[1]
    assert f"“{'某' * 40}…”" in violation.message


def test_no_message_blames_or_speaks_of_schemas() -> None:
    texts = "".join(v.message + v.hint for kind, value, *_ in TABLE for v in SCHEMAS.accept(kind, value)[1])
    assert not [
        word
        for word in ("非法", "失败", "异常", "错误", "schema", "pattern", "null", "None", "required")
        if word in texts
    ]
