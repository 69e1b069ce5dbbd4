"""The registry of figures: one row for each quantity that the site counts, adds up or divides.

A figure has the same name wherever it stands: in the `data-count` of a page, in an `index.json`, in the recount of
`weimin verify --claims`, and on the public page `/figures/`, which prints this table. The name is Chinese because the
expression of a `data-count` is read by people (docs/adr/0075).
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

NOW, YEAR, MONTH = "now", "year", "month"
PERIODS: Mapping[str, str] = {NOW: "各年合计，到截至日", YEAR: "一年", MONTH: "一个月"}

FILTERS: Mapping[str, str] = {
    "年": "卷宗归入的那一年",
    "步骤": "这一步至少有一份记录的卷宗：1征集社情民意，2商讨实事项目，3协商实施状况，4跟踪监督，5民主评议；略过的、没有走到的不算",
    "层级": "平台的层级",
    "处理": "对社情民意的处理决定，none 是还没有处理",
    "在": "发生在哪一年或者哪一个月",
}
"""Key of an expression → what it narrows the figure to."""


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A figure. All texts are for the public.

    `key`: its anchor on `/figures/`; `json`: its keys in `index.json` files. `definition`: what is counted, in a sentence;
    `leaves_out`: what is not. `periods`: of which stretches of time it is said, `narrowed` by which filter. `formula` and `n`: of a figure made of others,
    the names of its parts in words, and the figures without which it is not printed. `of`: whether platforms or dossiers
    are counted. `uncounted`: why `verify --claims` does not count it again; empty where it does.
    """

    name: str
    key: str
    unit: str
    definition: str
    group: str
    leaves_out: str = ""
    periods: tuple[str, ...] = (NOW,)
    narrowed: str = "在"
    formula: str = ""
    n: tuple[str, ...] = ()
    of: str = "dossiers"
    json: tuple[str, ...] = ()
    uncounted: str = ""


_ALL, _DATED = (NOW, YEAR, MONTH), (YEAR, MONTH)
_PLATFORMS, _COURSE, _RESULTS, _RATING, _TIMES = "平台", "卷宗和协商", "成果和落实", "评议", "用时和期限"
_NO_YEAR = "日期不知道年份的不归入任何一年，不知道月份的不归入任何一个月。"
_BY_DAYS = "由许多天数算出，各件的天数在同一页的 index.json 里。"
_BY_RULES = "由规则认定，见规则页。"

_ROWS = (
    Figure(
        name="平台",
        key="platforms",
        unit="个",
        group=_PLATFORMS,
        of="platforms",
        json=("platforms",),
        definition="名录里列出的平台，一个代码算一个。",
        leaves_out="名录里有，不等于那里已经建了平台。",
    ),
    Figure(
        name="已填报的平台",
        key="heard",
        unit="个",
        group=_PLATFORMS,
        of="platforms",
        json=("heard",),
        definition="自己登记过记录的平台。",
        leaves_out="只在名录里有，或者只有据公开报道整理的记录的，不算。",
    ),
    Figure(
        name="登记了成立日期的平台",
        key="established",
        unit="个",
        group=_PLATFORMS,
        of="platforms",
        definition="平台的记录写了成立日期的。",
        leaves_out="没有写的、写着未公布的不算；没有写，不等于没有成立。",
    ),
    Figure(
        name="在期限前成立的平台",
        key="established-in-time",
        unit="个",
        group=_PLATFORMS,
        of="platforms",
        definition="成立日期不晚于方案期限的平台：市、县、乡三级是2019年11月30日，村居是2019年12月31日。",
        leaves_out="只知道成立的月份或者年份的，按最后一天算。",
        n=("登记了成立日期的平台",),
    ),
    Figure(
        name="社情民意",
        key="opinions",
        unit="件",
        group=_PLATFORMS,
        of="platforms",
        json=("opinions",),
        definition="平台登记的社情民意，按处理的决定分开数。",
        leaves_out="只计数，不公布内容。",
    ),
    Figure(
        name="计划协商",
        key="planned",
        unit="项",
        group=_COURSE,
        periods=(YEAR,),
        json=("planned",),
        definition="年度协商计划里的事项，归入计划的那一年。",
        leaves_out="计划里写明不再开展的不算。",
    ),
    Figure(
        name="开展协商",
        key="held",
        unit="次",
        group=_COURSE,
        periods=_DATED,
        json=("held",),
        definition="开展的协商活动：一份记录写明几次的算几次，几个卷宗共同的一次只算一次。",
        leaves_out=_NO_YEAR,
    ),
    Figure(
        name="卷宗",
        key="dossiers",
        unit="件",
        group=_COURSE,
        periods=(NOW, YEAR),
        narrowed="年",
        json=("dossiers", "step1", "step2", "step3", "step4", "step5"),
        definition="一件事一个卷宗，归入第一次活动的那一年；还没有活动的归入批准议题的那一年，批准日期也没有写的归入编号里的那一年。",
    ),
    Figure(
        name="轮次",
        key="rounds",
        unit="轮",
        group=_COURSE,
        definition="一个卷宗协商了几轮，每次再协商开一轮。",
    ),
    Figure(
        name="协商活动",
        key="consultations",
        unit="次",
        group=_COURSE,
        definition="一个卷宗里协商活动的记录，一份算一次。",
        leaves_out="一份记录写明开展了几次的，这里仍算一次。",
    ),
    Figure(
        name="意见建议",
        key="suggestions",
        unit="条",
        group=_COURSE,
        definition="协商活动的记录里写下的意见建议，一行算一条。",
    ),
    Figure(
        name="更正",
        key="corrections",
        unit="份",
        group=_COURSE,
        definition="对卷宗里已经公布的内容的更正，一份更正算一份，不论改了几处。",
    ),
    Figure(
        name="协商成果",
        key="outcomes",
        unit="件",
        group=_RESULTS,
        periods=_ALL,
        json=("outcomes", "agreed"),
        definition="形成的协商成果，一份算一件，归入成果的日期。",
        leaves_out=_NO_YEAR,
    ),
    Figure(
        name="公布的成果",
        key="outcomes-published",
        unit="件",
        group=_RESULTS,
        periods=_ALL,
        json=("outcome-publish",),
        definition="协商成果里决定向社会公布的，归入成果的日期。",
        n=("协商成果",),
    ),
    Figure(
        name="不公布的成果",
        key="outcomes-withheld",
        unit="件",
        group=_RESULTS,
        periods=_ALL,
        json=("outcome-withhold",),
        definition="协商成果里决定不公布的，归入成果的日期。",
        leaves_out="只计数，内容不在仓库里。",
        n=("协商成果",),
    ),
    Figure(
        name="没有登记决定的成果",
        key="outcomes-undecided",
        unit="件",
        group=_RESULTS,
        periods=_ALL,
        json=("outcome-open",),
        definition="协商成果里没有登记公布决定的，连同决定的内容未公布的。",
        formula="协商成果－公布的成果－不公布的成果",
        n=("协商成果",),
    ),
    Figure(
        name="公布决定",
        key="publications",
        unit="件",
        group=_RESULTS,
        periods=(MONTH,),
        json=("published",),
        definition="当月作出的公布成果的决定，归入决定的日期，不是成果的日期。",
        leaves_out="决定的日期不知道月份的不算。",
    ),
    Figure(
        name="落实事项",
        key="measures",
        unit="项",
        group=_RESULTS,
        definition="协商成果里要有人去办的事，一行算一项。",
    ),
    Figure(
        name="办好的落实事项",
        key="done",
        unit="项",
        group=_RESULTS,
        periods=_ALL,
        json=("done",),
        definition="最近一次跟踪监督写明办好了的落实事项，归入办好的那一天：跟踪监督写了完成日期的按它，没有写的按第一次报告办好的那次跟踪监督。",
        leaves_out="后来又报告没有办好的不算；再报告一次办好，日期不变。",
    ),
    Figure(
        name="有期限可比的落实事项",
        key="done-judged",
        unit="项",
        group=_RESULTS,
        periods=_ALL,
        json=("judged",),
        definition="办好的落实事项里，成果写了完成期限的。",
        leaves_out="没有写期限的、写着未公布的不算。",
        n=("办好的落实事项",),
    ),
    Figure(
        name="按期办好的落实事项",
        key="done-in-time",
        unit="项",
        group=_RESULTS,
        periods=_ALL,
        json=("in-time",),
        definition="有期限可比的落实事项里，不晚于期限最后一天办好的。",
        leaves_out="一项有期限可比的也没有时，写无法计算。",
        n=("有期限可比的落实事项",),
    ),
    Figure(
        name="民主评议",
        key="evaluations",
        unit="次",
        group=_RATING,
        periods=_DATED,
        json=("evaluations",),
        definition="民主评议的记录，一份算一次，归入评议的日期。",
        leaves_out=_NO_YEAR,
    ),
    Figure(
        name="能复算的评议",
        key="rated",
        unit="次",
        group=_RATING,
        periods=_ALL,
        json=("rated",),
        definition="公布了票数、有效票不是零的民主评议。",
        leaves_out="只公布了满意率、没有公布票数的不算。",
    ),
    Figure(
        name="有效票",
        key="valid",
        unit="张",
        group=_RATING,
        periods=_ALL,
        json=("valid",),
        definition="能复算的评议里，收回的票减去无效的票。",
        formula="满意票＋基本满意票＋其他有效票",
    ),
    Figure(
        name="满意票",
        key="satisfied",
        unit="张",
        group=_RATING,
        periods=_DATED,
        json=("satisfied",),
        definition="有效票里写满意的，不含基本满意。",
        n=("有效票",),
    ),
    Figure(
        name="基本满意票",
        key="basically-satisfied",
        unit="张",
        group=_RATING,
        periods=_DATED,
        json=("basically",),
        definition="有效票里写基本满意的。",
        n=("有效票",),
    ),
    Figure(
        name="其他有效票",
        key="other-ballots",
        unit="张",
        group=_RATING,
        periods=_DATED,
        definition="有效票里写不满意、不了解、弃权的。",
        formula="有效票－满意票－基本满意票",
        n=("有效票",),
    ),
    Figure(
        name="计入满意率的票",
        key="counted-ballots",
        unit="张",
        group=_RATING,
        periods=_DATED,
        json=("good",),
        definition="按评议时的口径算作满意的票：满意加基本满意，或者只有满意。",
        n=("有效票",),
    ),
    Figure(
        name="满意率",
        key="satisfaction",
        unit="%",
        group=_RATING,
        periods=_ALL,
        definition="能复算的评议的票数合在一起算出的比例，四舍五入到千分之一。",
        leaves_out="公布的满意率没有票数的不参加计算；没有能复算的评议时，写无法计算。",
        formula="计入满意率的票÷有效票",
        n=("能复算的评议", "有效票"),
    ),
    Figure(
        name="满意率低的评议",
        key="low",
        unit="次",
        group=_RATING,
        periods=_DATED,
        json=("low",),
        definition="满意率低于当时适用的线的民主评议。",
        n=("民主评议",),
        uncounted=_BY_RULES,
    ),
    Figure(
        name="形成成果用时",
        key="days-to-outcome",
        unit="天",
        group=_TIMES,
        periods=(YEAR,),
        json=("days.agreed",),
        definition="从成果之前最后一次协商到形成成果的天数：件数、中位数和最慢的一成。",
        leaves_out="日期不到日的不参加计算，另写件数。",
        n=("协商成果",),
        uncounted=_BY_DAYS,
    ),
    Figure(
        name="办好用时",
        key="days-to-done",
        unit="天",
        group=_TIMES,
        periods=(YEAR,),
        json=("days.done",),
        definition="从形成成果到办好落实事项的天数：项数、中位数和最慢的一成。",
        leaves_out="日期不到日的不参加计算，另写项数。",
        n=("办好的落实事项",),
        uncounted=_BY_DAYS,
    ),
    Figure(
        name="答复用时",
        key="days-to-answer",
        unit="天",
        group=_TIMES,
        periods=(YEAR,),
        json=("days.answered",),
        definition="从应当答复之日到答复之日的天数，归入答复的那一年：件数、中位数和最慢的一成。",
        leaves_out="日期不到日的不参加计算，另写件数；还没有答复的不算。",
        uncounted=_BY_DAYS,
    ),
    Figure(
        name="有期限可比的答复",
        key="answers-judged",
        unit="件",
        group=_TIMES,
        periods=(YEAR,),
        json=("answers-judged",),
        definition="当年对异议、建议和上报事项的答复里，有答复期限的。",
        uncounted=_BY_RULES,
    ),
    Figure(
        name="按期答复",
        key="answers-in-time",
        unit="件",
        group=_TIMES,
        periods=(YEAR,),
        json=("answers-in-time",),
        definition="有期限可比的答复里，不晚于期限最后一天答复的。",
        leaves_out="一件有期限可比的也没有时，写无法计算。",
        n=("有期限可比的答复",),
        uncounted=_BY_RULES,
    ),
    Figure(
        name="待办",
        key="duties",
        unit="件",
        group=_TIMES,
        json=("open_duties",),
        definition="到截至日该办还没有办的事。",
        leaves_out="据公开报道整理的卷宗和尚未填报的平台不计。",
        uncounted=_BY_RULES,
    ),
    Figure(
        name="逾期",
        key="overdue",
        unit="件",
        group=_TIMES,
        periods=(NOW, MONTH),
        json=("overdue",),
        definition="待办里期限的最后一天已经过去的；按月数的，是期限在当月、到截至日还没有办的。",
        n=("待办",),
        uncounted=_BY_RULES,
    ),
)

FIGURES: Mapping[str, Figure] = {row.name: row for row in _ROWS}
"""Name → row, in the order in which `/figures/` prints them."""


def expression(*names: str, scope: str = "", only: Mapping[str, object] | None = None) -> str:
    """The expression of a `data-count`: several figures in order, one scope, one set of filters.

    Raises KeyError for a figure or a filter that is not in the registry, and for a figure that is not counted again.
    """
    for name in names:
        if FIGURES[name].uncounted:
            raise KeyError(name)
    filters = "&".join(f"{key}={value}" for key, value in (only or {}).items() if FILTERS[key])
    return "+".join(names) + (f"@{scope}" if scope else "") + (f"?{filters}" if filters else "")
