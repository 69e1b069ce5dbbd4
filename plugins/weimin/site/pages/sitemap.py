"""网站地图: every page that stands for itself, and the way to those of which there are many."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from weimin.model.network import Network, PlatformRow
from weimin.model.page import Page
from weimin.model.place import Level, parent_code
from weimin.model.view import RegisterView
from weimin.site.display_text import DisplayText
from weimin.site.page_types import page
from weimin.site.shell import Shell, full_name
from weimin.site.view_models import Crumb, Head

TITLE = "网站地图"
ADDRESS = "/sitemap/"

_SECTIONS = (
    ("results", "成果公布", "各平台的协商成果，可以按年份、月份、地方、层级、领域看"),
    ("evaluations", "评议结果", "群众评得怎样，满意率按票数复算"),
    ("consulting", "正在协商与预告", "正在商量的事，和已经预告的协商"),
    ("duties", "督办", "该办还没有办的事：由谁办，什么时候到期"),
    ("reported-up", "上报与答复", "上报给上级的事，和上级的答复"),
    ("network", "组织网络", "四级平台的名录"),
    ("search", "查找", "按字词、地名、编号找"),
)
_ACCOUNTS = (
    ("reports", "年度报告", "全部平台和每个平台一年的数"),
    ("bulletin", "每月简报", "一个月里公布了什么、办好了什么"),
    ("rules", "规则", "实施方案一条一条看，每条旁边是怎么核对的"),
    ("trail", "留痕", "公布、更正、补录、不公布和豁免，怎么自己核对"),
    ("corrections", "更正", "更正过的内容和理由"),
    ("data", "开放数据", "全部记录的表，可以下载"),
    ("embedding", "嵌入说明", "怎样在别的网站和公众号里使用本站的成果"),
)


class Group(msgspec.Struct, frozen=True):
    """A heading and the pages below it, each with what stands there."""

    name: str
    entries: tuple[tuple[DisplayText, str], ...]


class Branch(msgspec.Struct, frozen=True):
    """A county, or what stands above all, with the platforms of the townships below it."""

    top: DisplayText
    below: tuple[DisplayText, ...]


def sitemap_pages(view: RegisterView, shell: Shell) -> Iterator[Page]:
    """It asks nothing of the ledger: it changes with the settings, the network and the prose pages."""
    head = Head(
        title=TITLE,
        address=ADDRESS,
        description="本站有哪些栏目、平台和网页，从哪里进去",
        crumbs=shell.crumbs_to(Crumb(TITLE)),
        section="sitemap",
        kind="sitemap",
    )
    groups = (_group("栏目", _SECTIONS, shell), _group("汇总、规则和数据", _ACCOUNTS, shell), _prose(shell))
    yield page(
        shell, "sitemap", head, groups=tuple(g for g in groups if g.entries), branches=_branches(view.network, shell)
    )


def _group(name: str, sections: tuple[tuple[str, str, str], ...], shell: Shell) -> Group:
    return Group(
        name, tuple((DisplayText(text=text, href=shell.urls.to(f"/{at}/")), told) for at, text, told in sections)
    )


def _prose(shell: Shell) -> Group:
    news = [(link.text, link.href, "各级平台的消息") for link in shell.nav if link.name == "news"]
    told = [(link.text, link.href, "") for link in shell.prose]
    return Group(
        "动态和说明", tuple((DisplayText(text=text, href=href), words) for text, href, words in (*news, *told))
    )


def _branches(network: Network, shell: Shell) -> tuple[Branch, ...]:
    """Villages stand on their township's page: of a city there may be thousands."""
    tops = [r for r in network.rows.values() if r.level == Level.COUNTY or parent_code(r.code) not in network.rows]
    return tuple(Branch(_platform(row, shell), _below(row, network, shell)) for row in tops)


def _below(row: PlatformRow, network: Network, shell: Shell) -> tuple[DisplayText, ...]:
    return tuple(_named(r.area, r, shell) for r in network.below(row.code) if r.level == Level.TOWNSHIP)


def _platform(row: PlatformRow, shell: Shell) -> DisplayText:
    return _named(full_name(row), row, shell)


def _named(text: str, row: PlatformRow, shell: Shell) -> DisplayText:
    return DisplayText(text=text, href=shell.urls.platform(row.code))
