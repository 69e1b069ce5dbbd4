"""The table of page types: the one place that says which pages the site has.

A row of TYPES is one kind of page. Everything else that has to know the kinds of pages derives from the rows:

1. **Building.** `jobs()` gives the functions that make pages of the whole network, each once, with the dependency keys
   that it reads without asking the ledger. `summary_pages()` gives the function for a scope of sums `page:SECTION/…`.
   Pages of a dossier or a platform are made by `site/pages/dossier.py` and `platform.py` when their folder is rendered;
   those of open data by `site/pages/opendata.py`. Their rows have no builder.
2. **The head of a page** (`site/meta.py`): the column of 国办发〔2017〕47号, and `noindex`.
3. **The navigation** (`site/site_context.py`) and the page 网站地图 (`site/pages/sitemap.py`), in the order of the rows.
4. **sitemap.xml** (`site/sitemap_files.py`): every page that was written whose row has `in_sitemap`.
5. **The tests** that look at one page of each type, and that name a part which a row lacks
   (tests/agreement/test_page_types.py).

To stay free of circles this module imports the builders and no builder imports it: a builder calls `site.page.page`,
which finds the row through the context (`SiteContext.page_types`).

Invariants:

- a page that is not indexed is not in sitemap.xml;
- an indexed page is a column or a page of contents;
- addresses are unique, and every page that a build writes has the address of exactly one type
  (`page_type.types_by_address`).

Example. The row

    "corrections": PageType("corrections.html", "/corrections/", trail_pages, column="信息公开目录", listed=…)

names the same function as the row "trail": a build calls it once, in the job "trail" (the first of the rows).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import msgspec

from weimin.site.feeds import FEEDS
from weimin.site.media.embedding import embedding_pages
from weimin.site.page_type import CONTENT, MapEntry, NetworkPages, PageType, SummaryPages
from weimin.site.pages.bulletin import bulletin_pages, bulletins_pages
from weimin.site.pages.figures import figures_pages
from weimin.site.pages.home import home_pages
from weimin.site.pages.lists import LISTS, list_pages, narrow_pages
from weimin.site.pages.network import network_pages
from weimin.site.pages.prose import missing_pages, news_pages, prose_pages
from weimin.site.pages.report import report_pages, reports_pages
from weimin.site.pages.rules import rules_pages
from weimin.site.pages.search import search_pages
from weimin.site.pages.sitemap import sitemap_pages
from weimin.site.pages.styleguide import styleguide_pages
from weimin.site.pages.trail import trail_pages
from weimin.site.place_index import place_pages
from weimin.site.robots import robots_pages
from weimin.totals.periods import BULLETIN, REPORTS

_LISTS = "栏目"
_SUMMARIES = "汇总、规则和数据"
_PROSE = "动态和说明"

TYPES: dict[str, PageType] = {
    "home": PageType("home.html", "/", home_pages, reads=("day",), column="首页", nav="首页"),
    "results": PageType(
        "list.html",
        "/results/",
        partial(list_pages, "results"),
        column="征集调查",
        nav="成果公布",
        listed=MapEntry(_LISTS, "成果公布", "各平台的协商成果，可以按年份、月份、地方、层级、领域看"),
    ),
    "evaluations": PageType(
        "list.html",
        "/evaluations/",
        partial(list_pages, "evaluations"),
        column="征集调查",
        nav="评议结果",
        listed=MapEntry(_LISTS, "评议结果", "群众评得怎样，满意率按票数复算"),
    ),
    "consulting": PageType(
        "list.html",
        "/consulting/",
        partial(list_pages, "consulting"),
        reads=("day",),
        column="征集调查",
        nav="正在协商",
        listed=MapEntry(_LISTS, "正在协商与预告", "正在商量的事，和已经预告的协商"),
    ),
    "duties": PageType(
        "list.html",
        "/duties/",
        partial(list_pages, "duties"),
        reads=("day",),
        column="回应关切",
        nav="督办",
        listed=MapEntry(_LISTS, "督办", "该办还没有办的事：由谁办，什么时候到期"),
    ),
    "reported-up": PageType(
        "list.html",
        "/reported-up/",
        partial(list_pages, "reported-up"),
        column="回应关切",
        nav="上报与答复",
        listed=MapEntry(_LISTS, "上报与答复", "上报给上级的事，和上级的答复"),
    ),
    # The same rows as the lists, in other selections: of a large network there are many, and they hold nothing new.
    "narrow": PageType(
        "narrow.html",
        "/SECTION/NARROWER/",
        build_scope=narrow_pages,
        sections=tuple(LISTS),
        column="信息公开目录",
        in_sitemap=False,
    ),
    "network": PageType(
        "network.html",
        "/network/",
        network_pages,
        column="机构职能",
        nav="组织网络",
        listed=MapEntry(_LISTS, "组织网络", "四级平台的名录"),
    ),
    "platform": PageType("platform.html", "/CODE/", column="机构职能"),
    "projects": PageType("projects.html", "/CODE/projects/STEM.html", column=CONTENT),
    "plan": PageType("plan.html", "/CODE/plans/STEM.html", column=CONTENT),
    "guidance": PageType("guidance.html", "/CODE/guidance/STEM.html", column=CONTENT),
    "rulebook": PageType("rulebook.html", "/CODE/rules/STEM.html", column=CONTENT),
    "dossier": PageType("dossier.html", "/CODE/YYYY-NNN/", column=CONTENT),
    "event": PageType("event.html", "/CODE/YYYY-NNN/STEM.html", column=CONTENT),
    "reports": PageType(
        "years.html",
        f"/{REPORTS}/",
        reports_pages,
        reads=("books:*",),
        column="信息公开年报",
        listed=MapEntry(_SUMMARIES, "年度报告", "全部平台和每个平台一年的数"),
    ),
    "year-report": PageType(
        "report.html", f"/{REPORTS}/YYYY/", build_scope=report_pages, sections=(REPORTS,), column="信息公开年报"
    ),
    "report": PageType(
        "report.html", f"/{REPORTS}/YYYY/CODE/", build_scope=report_pages, sections=(REPORTS,), column="信息公开年报"
    ),
    "bulletins": PageType(
        "years.html",
        f"/{BULLETIN}/",
        bulletins_pages,
        column="工作动态",
        listed=MapEntry(_SUMMARIES, "每月简报", "一个月里公布了什么、办好了什么"),
    ),
    "bulletin": PageType(
        "bulletin.html",
        f"/{BULLETIN}/YYYY-MM/",
        build_scope=bulletin_pages,
        sections=(BULLETIN,),
        column="工作动态",
    ),
    "figures": PageType(
        "figures.html",
        "/figures/",
        figures_pages,
        column="政策解读",
        listed=MapEntry(_SUMMARIES, "数字怎么数", "本站每一个数字数的是什么、不数什么、怎么算"),
    ),
    "rules": PageType(
        "rules.html",
        "/rules/",
        rules_pages,
        reads=("day", "sum:found", "sum:trail", "books:*", "param:*"),
        column="政策文件",
        nav="规则",
        listed=MapEntry(_SUMMARIES, "规则", "实施方案一条一条看，每条旁边是怎么核对的"),
    ),
    "rule": PageType("rule.html", "/rules/CODE/", rules_pages, column="政策解读"),
    "trail": PageType(
        "trail.html",
        "/trail/",
        trail_pages,
        reads=("day", "commit", "past", "exempt:*"),
        column="信息公开目录",
        nav="留痕",
        listed=MapEntry(_SUMMARIES, "留痕", "公布、更正、补录、不公布和豁免，怎么自己核对"),
    ),
    "corrections": PageType(
        "corrections.html",
        "/corrections/",
        trail_pages,
        column="信息公开目录",
        listed=MapEntry(_SUMMARIES, "更正", "更正过的内容和理由"),
    ),
    "data": PageType(
        "data.html",
        "/data/",
        column="数据开放",
        listed=MapEntry(_SUMMARIES, "开放数据", "全部记录的表，可以下载"),
    ),
    "dataset": PageType("dataset.html", "/data/KIND/", column="数据开放"),
    "search": PageType(
        "search.html",
        "/search/",
        search_pages,
        indexed=False,
        in_sitemap=False,
        nav="查找",
        listed=MapEntry(_LISTS, "查找", "按字词、地名、编号找"),
    ),
    "newslist": PageType(
        "newslist.html",
        "/news/",
        news_pages,
        reads=("ref:site",),
        column="工作动态",
        nav="动态",
        listed=MapEntry(_PROSE, "动态", "各级平台的消息"),
    ),
    "news": PageType("prose.html", "/news/STEM.html", news_pages, column=CONTENT),
    "prose": PageType("prose.html", "/STEM/", prose_pages, reads=("ref:site",), column=CONTENT),
    "embedding": PageType(
        "embedding.html",
        "/embedding/",
        embedding_pages,
        column="数据开放",
        listed=MapEntry(_SUMMARIES, "嵌入说明", "怎样在别的网站和公众号里使用本站的成果"),
    ),
    "sitemap": PageType("sitemap.html", "/sitemap/", sitemap_pages, column="信息公开目录"),
    # Not indexed: the answer to an unknown address, a page for developers, other forms of pages that are indexed.
    "missing": PageType("missing.html", "/404.html", missing_pages, indexed=False, in_sitemap=False),
    "styleguide": PageType("styleguide.html", "/styleguide/", styleguide_pages, indexed=False, in_sitemap=False),
    "embed": PageType("embed.html", "/embed/CODE/YYYY-NNN.html", indexed=False, in_sitemap=False),
    "embed-event": PageType("embed.html", "/embed/CODE/YYYY-NNN/STEM.html", indexed=False, in_sitemap=False),
    "wechat": PageType("wechat.html", "/wechat/CODE/YYYY-NNN/STEM.html", indexed=False, in_sitemap=False),
    "poster": PageType("poster.html", "/CODE/YYYY-NNN/poster.html", indexed=False, in_sitemap=False),
}
"""Name → row. The build, the context and the tests take the rows from here, so that a row added here is built."""


class Job(msgspec.Struct, frozen=True):
    """A function that makes pages or files of the whole network, and what it reads without asking the ledger."""

    build: NetworkPages
    reads: tuple[str, ...] = ()


_FILES: Mapping[str, Job] = {"places": Job(place_pages), "robots": Job(robots_pages)}
"""Files of the whole network that are no pages and no feeds."""


def jobs() -> dict[str, Job]:
    """Name → job: page types that name one builder are one job, by the name of the first; feeds; other files."""
    rows: dict[NetworkPages, list[str]] = {}
    for name, row in TYPES.items():
        if row.build is not None:
            rows.setdefault(row.build, []).append(name)
    pages = {
        names[0]: Job(build, tuple(dict.fromkeys(key for name in names for key in TYPES[name].reads)))
        for build, names in rows.items()
    }
    feeds = {name: Job(feed.build, feed.reads) for name, feed in FEEDS.items() if feed.build is not None}
    return {**pages, **feeds, **_FILES}


def summary_pages(section: str) -> SummaryPages:
    """The function that makes the pages of the scopes `page:SECTION/…`. Raises KeyError for a section without any."""
    for row in TYPES.values():
        if row.build_scope is not None and section in row.sections:
            return row.build_scope
    raise KeyError(section)


def summary_reads(section: str) -> tuple[str, ...]:
    """What those pages read without asking the ledger: as the first page of their section."""
    return next((row.reads for row in TYPES.values() if row.address == f"/{section}/"), ())
