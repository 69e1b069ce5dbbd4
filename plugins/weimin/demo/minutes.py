"""The prose of the records: a few sentences each, derived from the fields of the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from weimin.demo.dossier_draft import DossierDraft

_OPENED = (
    "大家先到现场看了一圈，回来坐下逐条商量。",
    "会前把征集到的意见印发给每个人，会上一条一条过。",
    "召集人介绍了前期走访的情况，随后自由发言。",
    "先由有关部门说明政策和能用的资金，再听群众怎么说。",
)
_AGREED = ("讨论下来，意见比较集中。", "争了一会儿，最后想到了一处。", "多数人同意先把急的办了。")
_NOTHING_NEW = {
    "completion": (
        "定下的事都办完了，会上没有提出新的要求，转入民主评议。",
        "逐项核对，全部完成；群众代表提醒做好以后的管护。",
        "完成的情况大家认可，约好下一步请群众来评。",
    ),
    "progress": (
        "进度清楚，按原定的事项继续办，没有新增的落实事项。",
        "委员建议把进度每月公布一次，责任单位同意；事项和期限不变。",
        "几处卡住的地方当场商定了办法，期限不变。",
    ),
}
_ANSWERS = {
    "adopted": ("已列入落实事项，按期办理。", "这条提得好，照此办理，完工后请提出人一起验收。", "采纳，已经写进方案。"),
    "partly": (
        "能办的先办，其余的等下一批资金。",
        "位置照建议调整，数量按现有资金先做一部分。",
        "部分采纳：先试行三个月，再看要不要扩大。",
    ),
    "noted": ("眼下条件还不够，先记下，编制下一年计划时一并考虑。", "留作参考，建成以后再定管理办法。"),
    "declined": (
        "现有场地达不到安全要求，专业单位看过，不宜这样做。",
        "超出本级权限，也没有资金来源；已把理由当面向提出人说明。",
    ),
}
_EXPLAINED = (
    "已上门说明：方案留了退让距离，完工后请专业单位检测，超标就整改。",
    "召集人同持不同意见的群众谈了两次，说明了费用怎么分担，同意先做再看。",
    "把图纸带到现场讲清楚了，施工避开早晚，影响出入的那几天另设通道。",
)


def of_topic(draft: DossierDraft) -> str:
    return str(draft.fill(draft.contents.why))


def of_consultation(draft: DossierDraft, raw: Mapping[str, Any]) -> str:
    if raw["about"] != "selection":
        what = "施工和资金的进度" if raw["about"] == "progress" else "完成的情况"
        return f"会上通报了{what}，委员和群众代表现场提问，责任单位逐一回答。"
    suggestions = raw.get("suggestions") or []
    text = _OPENED[draft.variant % 4]
    if isinstance(suggestions, list) and suggestions:
        text += f"{_AGREED[draft.variant % 3]}\n\n提出的意见建议共 {len(suggestions)} 条，列在上面。"
    if raw.get("dissent"):
        text += "也有人持不同意见，如实记录在案。"
    if raw.get("again"):
        text = f"这是就同一件事再次协商。{text}"
    return text


def of_outcome(draft: DossierDraft, raw: Mapping[str, Any]) -> str:
    measures = raw.get("measures") or []
    if not measures:
        about = "completion" if draft.about == "completion" else "progress"
        return _NOTHING_NEW[about][(draft.variant + draft.consultation_count) % 3]
    listed = "\n".join(f"{n}. {m['text']}" for n, m in enumerate(measures, 1))
    ending = "有不同意见的部分，另作解释说明。" if raw.get("consensus") == "partial" else ""
    return f"经过协商，定下 {len(measures)} 件事：\n\n{listed}\n\n责任单位和期限见落实事项。{ending}"


def of_followup(draft: DossierDraft, raw: Mapping[str, Any]) -> str:
    states = {m["state"] for m in raw["measures"]}
    if states == {"done"}:
        return ("到现场看过，已经完成，能用。", "问了几户居民，都说已经办好。", "对照清单逐项核对，全部办结。")[
            draft.variant % 3
        ]
    if states & {"behind", "stopped"}:
        return "有事项没有跟上进度，原因写在上面；已约责任单位当面说明，下个月再来看。"
    return "正在推进，责任单位说明了下一步安排。"


def answer(draft: DossierDraft, decision: str, n: int) -> str:
    texts = _ANSWERS[decision]
    return texts[(draft.variant + n) % len(texts)]


def explanation(draft: DossierDraft) -> str:
    return _EXPLAINED[draft.variant % 3]
