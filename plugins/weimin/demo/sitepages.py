"""Settings, pages and news of the demo site, and the two files of its repository that are not records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from weimin.demo.history import Change
from weimin.demo.names import CITY
from weimin.demo.versions import Version
from weimin.records.place import path_of

_FILED = date(2024, 1, 2)
_SUBJECT = "建档：平台和规则"

_README = """# 演示数据

这个仓库由 `weimin demo` 生成，供测试、截图和第一次试用。地名、单位、人物职务和全部内容都是虚构的，区划代码 99 开头，现实中不存在。
"""

_ABOUT = """这是演示站点。**地名、记录、票数全是虚构的**，没有一处是真的。

# 能看到什么

- 一个市、六个县（区）、二十四个乡镇、一百二十个村居；其中一部分还没有填报。
- 走完五个步骤的卷宗，也有停在半路的、逾期的、再协商的、不公布的、更正过的、补录的。
- 规则里的天数和满意率的线，五个县（区）有自己的规定，庚戌经济开发区没有，那里只有本站的参考，不算逾期。

# 怎么生成

在装好本程序的机器上运行 `weimin demo 文件夹`，得到同样的仓库，每次提交的编号都一样。
"""

_GUIDE = """1. 看最上面的五个格子：走到哪一步了。
2. 看落实事项：谁来办、哪天到期、办好没有。
3. 看评议：发了多少票、收回多少、多少人满意。

不明白的词，[关于](/about/)里有说明。
"""

_NEWS: tuple[tuple[str, str, str, str | None, tuple[str, ...], str], ...] = (
    (
        "2024-03-28-start",
        "2024-03-28",
        "示例市启用为民协商登记",
        CITY,
        (),
        "四级平台从今年起把协商过程登记公开（演示）。",
    ),
    (
        "2024-11-20-training",
        "2024-11-20",
        "甲辰区培训录入员",
        "990001",
        (),
        "集中一天，学写议题、成果和跟踪监督（演示）。",
    ),
    (
        "2025-06-05-carport",
        "2025-06-05",
        "一个充电棚是怎么商量出来的",
        None,
        ("carport", "carsheds"),
        "两个小区，两种办法（演示）。",
    ),
    (
        "2026-02-02-list",
        "2026-02-02",
        "为民办实事项目清单公布",
        CITY,
        ("list",),
        "协商中提出的四条意见，两条写进了清单（演示）。",
    ),
    ("2026-10-30-loops", "2026-10-30", "满意率低以后", None, ("road", "water"), "两件事再协商以后办好了（演示）。"),
)


def sitepages(ids: Mapping[str, str]) -> Iterator[Version]:
    settings: dict[str, Any] = {
        "title": "示例市为民协商一张网（演示）",
        "operator": "示例市政协办公室（演示）",
        "timezone": "Asia/Shanghai",
        "demo": True,
        "contact": "演示站点，没有联系方式",
    }
    yield _version("site", "site", settings, "", _FILED, _SUBJECT)
    yield _version("page", "about", {"title": "关于这个演示"}, _ABOUT, _FILED, _SUBJECT)
    yield _version("page", "how-to-read", {"title": "一个卷宗怎么看"}, _GUIDE, _FILED, _SUBJECT)
    for stem, on, title, platform, about, body in _NEWS:
        raw: dict[str, Any] = {"title": title, "date": on}
        if platform:
            raw["platform"] = platform
        if about:
            raw["about"] = [ids[key] for key in about]
        filed = date.fromisoformat(on) + timedelta(days=1)
        yield _version("news", stem, raw, body, filed, f"动态：{title}")


def _version(kind: str, stem: str, raw: dict[str, Any], body: str, filed: date, subject: str) -> Version:
    path = path_of(kind, stem=stem)
    return Version(path=path, kind=kind, raw=raw, body=body, filed=filed, clerk=CITY, subject=subject)


def site_files() -> Iterator[Change]:
    """README and .gitignore, in the first commit before any dossier."""
    for path, text in (("README.md", _README), (".gitignore", "/output/\n")):
        yield Change(path=path, data=text.encode(), filed=_FILED, clerk=CITY, unit="", subject=_SUBJECT)
