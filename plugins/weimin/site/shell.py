"""What every page shares and what is made once: settings, names, navigation, words, prose."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from weimin.model.kinds import Site
from weimin.model.network import Network, PlatformRow
from weimin.model.parameter import Parameters
from weimin.model.view import Build
from weimin.site.urls import Urls
from weimin.site.view_models import Clause, Crumb, Render
from weimin.wording.dates import format_day
from weimin.wording.references import format_ref

_SECTIONS = (
    ("results", "成果公布"),
    ("evaluations", "评议结果"),
    ("consulting", "正在协商"),
    ("duties", "督办"),
    ("reported-up", "上报与答复"),
    ("network", "组织网络"),
    ("rules", "规则"),
    ("trail", "留痕"),
    ("search", "查找"),
)


FEEDS = {"all": "全部动态", "results": "成果公布", "corrections": "更正"}
"""The network-wide feeds and what they hold."""


class Link:
    """An entry of the navigation."""

    __slots__ = ("href", "name", "text")

    def __init__(self, name: str, text: str, href: str) -> None:
        self.name, self.text, self.href = name, text, href


class Shell:
    """`labels` are the words of the schemas, as `wording.labels.labels_of` reads them.

    `render` turns the prose of a record into safe HTML, `clauses` a rule document into its clauses;
    `prose` are the pages of the site as (stem, title); `examples` are the bad and good cases of a rule, by code.
    `feeds` are the network-wide feeds that have an entry, `calendar` says whether there is one.
    """

    def __init__(
        self,
        *,
        site: Site,
        build: Build,
        network: Network,
        parameters: Parameters,
        labels: Mapping[str, str],
        render: Render,
        clauses: Callable[[str], Sequence[Clause]],
        prose: Sequence[tuple[str, str]] = (),
        news: bool = False,
        examples: Mapping[str, Any] | None = None,
        feeds: Sequence[str] = (),
        calendar: bool = False,
    ) -> None:
        self.site = site
        self.build = build
        self.network = network
        self.parameters = parameters
        self.labels = labels
        self.render = render
        self.clauses = clauses
        self.examples = {} if examples is None else examples
        self.urls = Urls(site.base_url or build.base_url)
        self.as_of = format_day(build.as_of)
        self.kind_names = {key: name for key, name in labels.items() if "." not in key}
        sections = (*_SECTIONS, ("news", "动态")) if news else _SECTIONS
        self.nav = (
            Link("home", "首页", self.urls.to("/")),
            *(Link(name, text, self.urls.to(f"/{name}/")) for name, text in sections),
        )
        self.prose = tuple(Link(stem, title, self.urls.to(f"/{stem}/")) for stem, title in prose)
        self.feeds = tuple(Link(n, FEEDS[n], self.urls.to(f"/feeds/{n}.atom")) for n in feeds)
        self.calendar = self.urls.to("/feeds/consulting.ics") if calendar else ""
        self._crumbs: dict[str, tuple[Crumb, ...]] = {}

    def label(self, kind: str, field: str, value: str) -> str:
        """The Chinese name of a choice. Raises KeyError for a choice in letters that the schemas do not name."""
        found = self.labels.get(f"{kind}.{field}.{value}")
        if found is not None:
            return found
        if value.isascii() and value.replace("_", "").isalpha() and value.islower():
            raise KeyError(f"{kind}.{field}.{value}")
        return value

    def title(self, kind: str, field: str) -> str:
        """The name of a field, as the schema gives it. Raises KeyError for a field that it does not have."""
        return self.labels[f"{kind}.{field}"]

    def unit(self, kind: str, field: str) -> str:
        """What a count counts (人, 票), empty where the schema does not say."""
        return self.labels.get(f"{kind}.{field}@unit", "")

    def platform_name(self, code: str) -> str:
        """The platform's full name, its area in front where the name does not say it; the code if it is unknown."""
        row = self.network.get(code)
        return full_name(row) if row else code

    def area(self, code: str) -> str:
        row = self.network.get(code)
        return row.area if row else code

    def who(self, text: str) -> str:
        """A unit as it reads: the name of a platform where a code stands."""
        return self.platform_name(text) if text.isdigit() else text

    def format_ref(self, text: str) -> str:
        """A reference as it reads."""
        return format_ref(text, self.kind_names, self.area)

    def who_href(self, text: str) -> str:
        """A link to the platform, where a code of the network stands; else empty."""
        return self.urls.platform(text) if text in self.network.rows else ""

    def crumbs(self, code: str) -> tuple[Crumb, ...]:
        """当前位置: home and the chain of platforms down to this one."""
        chain = self.network.chain(code)  # asked for each page: whoever notes what a page reads has to hear of it
        if code not in self._crumbs:
            self._crumbs[code] = (
                Crumb("首页", self.urls.to("/")),
                *(Crumb(row.area, self.urls.platform(row.code)) for row in reversed(chain)),
            )
        return self._crumbs[code]

    def crumbs_to(self, *more: Crumb) -> tuple[Crumb, ...]:
        return (Crumb("首页", self.urls.to("/")), *more)


_ENDINGS = "市县区乡镇"


def full_name(row: PlatformRow) -> str:
    """宿迁为民协商网 already says 宿迁市; 议事室 alone does not say where."""
    short = row.area.rstrip(_ENDINGS) or row.area
    return row.name if short in row.name else f"{row.area}{row.name}"
