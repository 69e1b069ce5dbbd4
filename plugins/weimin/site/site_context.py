"""What all pages of a build share: settings, the network, names, navigation, addresses, rendering of prose."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from weimin.model.kinds import Site
from weimin.model.network import Network, PlatformRow
from weimin.model.parameter import Parameters
from weimin.model.view import Build
from weimin.site.feed import ATOM_TYPE, CALENDAR_TYPE, Feed
from weimin.site.page_type import PageType
from weimin.site.urls import Urls
from weimin.site.view_models import Clause, Crumb, Render
from weimin.wording.dates import format_day
from weimin.wording.references import format_ref


class Link:
    """An entry of the navigation."""

    __slots__ = ("href", "name", "text")

    def __init__(self, name: str, text: str, href: str) -> None:
        self.name, self.text, self.href = name, text, href


class SiteContext:
    """`labels` are the words of the schemas, as `wording.labels.labels_of` reads them.

    `render` turns the prose of a record into safe HTML, `clauses` a rule document into its clauses;
    `prose` are the pages of the site as (stem, title); `examples` are the bad and good cases of a rule, by code.
    `page_types` is the table of page types; `absent` names those of which this site has no page, so that nothing links
    to them. `feeds` are the feeds of the whole network that have an entry.
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
        page_types: Mapping[str, PageType],
        prose: Sequence[tuple[str, str]] = (),
        absent: Sequence[str] = (),
        examples: Mapping[str, Any] | None = None,
        feeds: Sequence[Feed] = (),
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
        self.page_types = page_types
        self.absent = frozenset(absent)
        self.nav = tuple(
            Link(row.section, row.nav, self.urls.to(row.address))
            for name, row in page_types.items()
            if row.nav and name not in self.absent
        )
        self.prose = tuple(Link(stem, title, self.urls.to(f"/{stem}/")) for stem, title in prose)
        links = [(f.media_type, Link("", f.title, self.urls.to(f.address))) for f in feeds]
        self.feeds = tuple(link for media_type, link in links if media_type == ATOM_TYPE)
        self.calendar = next((link.href for media_type, link in links if media_type == CALENDAR_TYPE), "")
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
        """The name of a unit; for a code, the name of the platform."""
        return self.platform_name(text) if text.isdigit() else text

    def format_ref(self, text: str) -> str:
        """A reference as it reads."""
        return format_ref(text, self.kind_names, self.area)

    def who_href(self, text: str) -> str:
        """A link to the platform for a code of the network; else empty."""
        return self.urls.platform(text) if text in self.network.rows else ""

    def crumbs(self, code: str) -> tuple[Crumb, ...]:
        """当前位置: home and the chain of platforms down to this one."""
        chain = self.network.chain(code)  # before the cache, so that the dependency of each page is recorded
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
    """The name of a platform with its area in front, unless it has the area: 宿迁为民协商网 has 宿迁, 议事室 has no area."""
    short = row.area.rstrip(_ENDINGS) or row.area
    return row.name if short in row.name else f"{row.area}{row.name}"
