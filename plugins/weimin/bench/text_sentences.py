"""Sentences for the prose of a generated register; texts differ and name no person.

A brace is replaced by a word that is drawn each time (`_WORDS`), or by what the dossier is about ({thing}, {place}).
"""

from __future__ import annotations

from string import Formatter

from weimin.bench.pseudo_random import PseudoRandom

_WORDS: dict[str, tuple[str, ...]] = {
    "who": (
        "群众代表",
        "乡贤代表",
        "政协委员",
        "村民组长",
        "老党员代表",
        "商户代表",
        "网格员",
        "住户代表",
        "施工方代表",
        "物业负责人",
    ),
    "unit": (
        "镇建设办公室",
        "村民委员会",
        "城管中队",
        "水务站",
        "供电所",
        "交通管理所",
        "民政办公室",
        "农业服务中心",
        "财政所",
        "派出所",
    ),
    "when": ("春节以前", "汛期到来以前", "农忙以后", "开学以前", "入冬以前", "下个月底", "本季度内", "三个月之内"),
    "side": ("东侧", "西侧", "南头", "北头", "路口", "桥头", "入口处", "背街一面", "靠河的一段", "靠学校的一段"),
    "worry": (
        "夜里看不清路",
        "雨天积水进院",
        "车辆停得太密",
        "老人出行不便",
        "孩子放学要绕路",
        "噪声影响休息",
        "管护没有人负责",
        "费用分担说不清",
        "施工期间没法出入",
        "旧的设施没人拆",
    ),
    "wish": (
        "先修一段看看效果",
        "把位置往里让两米",
        "数量按户数来定",
        "错开早晚高峰施工",
        "建成以后每年公布一次费用",
        "请专业单位先勘察",
        "同旁边的工程一起做",
        "留出消防通道",
        "保留原来的几棵大树",
        "公示七天再动工",
    ),
    "why": (
        "地下有管线",
        "场地宽度不够",
        "当年的资金已经排满",
        "要等上级批复",
        "同规划的红线相碰",
        "产权还没有理清",
        "两边住户意见不一",
        "设计图还在改",
    ),
    "mood": (
        "会上意见比较集中",
        "开始时争得厉害",
        "大家一条一条过",
        "发言的人很多",
        "几方各退了一步",
        "前后谈了三轮",
        "当场算了一笔细账",
        "对照图纸逐处核对",
    ),
    "num": ("三", "四", "五", "六", "七", "八", "十二", "十五", "二十", "三十"),
    "share": ("两成", "三成", "四成", "一半", "六成", "七成"),
    "time": ("上个月", "去年秋天", "前年", "今年开春", "汛期", "连着几个雨天", "腊月里", "暑假期间"),
    "by": (
        "逐户走访",
        "张榜公布",
        "在居民群里通知",
        "请第三方核算",
        "召开户代表会",
        "现场放线",
        "安排专人值守",
        "委托专业队伍",
    ),
}

_OPENING = (
    "会议由召集人主持，先通报了{time}走访的情况，再说明今天要商定的{num}件事。",
    "{who}先到{place}{side}看了现场，回来以后逐条商量。",
    "会前{by}，把征集到的{num}条意见印发给每个人，会上一条一条讨论。",
    "召集人介绍了{thing}的来历和{time}以来的反映，随后自由发言。",
    "{unit}先说明政策和能用的资金，再听{who}怎么说。",
    "这次协商定在{place}附近召开，方便两侧住户参加，{mood}。",
)
_SAID = (
    "{who}提出，{place}{side}{worry}，希望{when}把{thing}办好。",
    "{who}说，{time}{worry}，大家盼着早点动工，但也要{wish}。",
    "{unit}答复，{thing}的方案已经比较过{num}个，因为{why}，只能先做{side}这一段。",
    "有{num}户住户担心{worry}，{unit}当场把图纸摊开，讲清了退让的距离。",
    "{who}建议{wish}，{unit}认为可行，但要注意{why}。",
    "关于费用，{who}主张村集体出{share}，其余由{unit}想办法；{who}认为还可以再压一压。",
    "{who}算了一笔账：照现在的用量，{thing}每年的管护要花去{share}的公益经费，应当{wish}。",
    "{who}反映{time}做过一次，后来因为{why}停了下来，这一次要把责任写清楚。",
    "{unit}介绍，{place}{side}的{thing}归{unit}管，移交以后才好统一维护。",
    "{who}不同意一次做完，理由是{worry}，主张{wish}再说。",
    "有人问施工队伍怎么选，{unit}说明要{by}，结果{when}公布。",
    "{who}补充，{side}住的多是老人，{thing}要做得低一些、亮一些，还要{wish}。",
    "{mood}，{who}和{unit}就{thing}的数量交换了意见，最后定在{num}处。",
    "{who}提醒，{place}白天车多，施工要{by}，并且{wish}。",
    "{unit}表示，{worry}的情况属实，已经{by}，{when}先解决最急的{num}处。",
    "对{who}提的{thing}以旧换新，{unit}说{why}，可以放到下一批。",
)
_AGREED = (
    "经过讨论，多数代表同意{wish}，由{unit}牵头，{when}完成。",
    "{mood}，最后形成一致意见：{place}{side}先做，其余的{when}再定。",
    "表决以后，召集人宣布{thing}按第{num}个方案办，{unit}负责公布进度。",
    "大家同意{by}，费用每年公布一次，{who}可以随时查看。",
    "没有谈拢的{num}条单独记下，由{unit}{when}上门说明。",
    "召集人归纳了{num}点共识，请{unit}写进落实事项，{who}参加验收。",
)
_SEEN = (
    "到{place}{side}看过，{thing}已经做好{share}，{unit}说{when}能收尾。",
    "随机问了{num}户，都说{worry}的情况比以前好了。",
    "对照清单核对了{num}处，{side}的一处因为{why}还没有完工。",
    "{who}现场试用了{thing}，建议{wish}。",
    "{unit}介绍了下一步安排，资料已经{by}。",
)
_REASONS = (
    "{place}的{thing}使用多年，{worry}，群众{time}多次反映。",
    "联系点{by}，收到{num}条与{thing}有关的意见，集中在{place}{side}。",
    "{time}以来，{place}{worry}，{who}提出要把{thing}摆上日程。",
    "{unit}做过一次初步测算，{why}，需要先听听{who}的想法。",
    "目前要商定的有三件事：装在哪里、钱从哪里来、建成以后谁来管。",
    "走访{num}户住户，{share}的人认为应当尽快办，也有人担心{worry}。",
)
_HEADINGS = ("到会情况", "通报与说明", "讨论经过", "不同的看法", "形成的意见", "下一步安排", "现场情况", "费用与分担")


def _slots(texts: tuple[str, ...]) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Each sentence as pairs (literal text, following slot), parsed once and filled often."""
    return tuple(tuple((words, slot or "") for words, slot, _, _ in Formatter().parse(text)) for text in texts)


OPENING, SAID, AGREED, SEEN, REASONS = (_slots(texts) for texts in (_OPENING, _SAID, _AGREED, _SEEN, _REASONS))
_SHORT = (
    "{thing}{side}{wish}",
    "希望{when}解决{worry}的问题",
    "{place}{side}的{thing}{wish}",
    "{worry}，建议{by}",
    "{wish}，由{unit}负责",
)
SHORT = _slots(_SHORT)

Sentences = tuple[tuple[tuple[str, str], ...], ...]


def sentence(rng: PseudoRandom, sentences: Sentences, thing: str, place: str) -> str:
    parts = []
    for words, slot in rng.pick(sentences):
        parts.append(words)
        if slot == "thing":
            parts.append(thing)
        elif slot == "place":
            parts.append(place)
        elif slot:
            parts.append(rng.pick(_WORDS[slot]))
    return "".join(parts)


def paragraph(rng: PseudoRandom, sentences: Sentences, thing: str, place: str, count: int) -> str:
    return "".join(sentence(rng, sentences, thing, place) for _ in range(count))


def minutes(rng: PseudoRandom, thing: str, place: str) -> str:
    """The minutes of a meeting: mostly some hundred characters, one in twenty 4,000 and more; long ones have headings."""
    drawn = rng.below(100)
    count = rng.between(4, 10) if drawn < 60 else rng.between(12, 30) if drawn < 85 else rng.between(35, 70)
    if drawn >= 95:
        count = rng.between(80, 140)
    parts = [sentence(rng, OPENING, thing, place)]
    while count > 0:
        if count > 12 and rng.chance(40):
            parts.append(f"## {rng.pick(_HEADINGS)}")
        if rng.chance(18):
            points = [f"{n}. {sentence(rng, SAID, thing, place)}" for n in range(1, rng.between(3, 5))]
            parts.append("\n".join(points))
            count -= len(points)
        else:
            size = rng.between(2, 5)
            lead = f"**{rng.pick(_WORDS['who'])}：**" if rng.chance(20) else ""
            parts.append(lead + paragraph(rng, SAID, thing, place, size))
            count -= size
    parts.append(paragraph(rng, AGREED, thing, place, rng.between(1, 3)))
    return "\n\n".join(parts)
