"""The form of a row of the registry of figures, and the words that several rows share."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

NOW, YEAR, MONTH = "now", "year", "month"
PERIODS: Mapping[str, str] = {NOW: "到截至日为止，各年合计", YEAR: "一年", MONTH: "一个月"}

FILTERS: Mapping[str, str] = {
    "年": "卷宗归入的那一年",
    "步骤": "这一步至少有一份记录的卷宗：1征集社情民意，2商讨实事项目，3协商实施状况，4跟踪监督，5民主评议；略过的、没有走到的不算",
    "略过": "这一步没有记录、议题写明略过理由的卷宗",
    "无记录": "这一步没有记录、也没有写明略过的卷宗",
    "层级": "平台的层级",
    "处理": "对社情民意的处理决定，none 是还没有处理",
    "在": "发生在哪一年或者哪一个月",
}
"""Key of an expression → what it narrows the figure to."""


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A figure. All texts are for the public.

    `key`: its anchor on `/figures/`; `json`: its keys in `index.json` files. `definition`: what is counted, in a sentence;
    `leaves_out`: what is not, and what has to be said of it. `periods`: of which stretches of time it is said, `narrowed` by
    which filter. `formula` and `n`: of a figure made of others, its parts in words, and the figures without which it is not
    printed. `of`: whether platforms or dossiers are counted. `uncounted`: why `verify --claims` does not count it again.
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


ALL, DATED = (NOW, YEAR, MONTH), (YEAR, MONTH)
PLATFORMS, COURSE, RESULTS, RATING, TIMES = "平台", "卷宗和协商", "成果和落实", "评议", "用时和期限"
NO_YEAR = "日期不知道年份的不归入任何一年，不知道月份的不归入任何一个月。"
BY_DAYS = "由许多天数算出，各件的天数在同一页的 index.json 里。"
BY_RULES = "由规则认定，见规则页。"
