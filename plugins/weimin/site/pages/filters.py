"""From a page of a section to narrower and wider ones: 年份, 月份, 地方, 层级, 领域, 状态, each with how many rows it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from weimin.model.place import Level, parent_code
from weimin.site.site_context import SiteContext
from weimin.totals.facets import STATES, THEMES, UNDATED, WITH_YEARS
from weimin.wording.dates import format_date

_MONTHS = 12  # of the first page; a year's own page has all of its months
_THEME_NAMES = {slug: "未公布" if theme == "unpublished" else theme for theme, slug in THEMES.items()}
_LEVELS = {f"level-{level.value}": level.label for level in Level}


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """A page to choose. `href` is empty for this page. `count`: number of its rows, None where it is not shown."""

    text: str
    href: str = ""
    count: int | None = None


class Filter(msgspec.Struct, frozen=True):
    name: str
    options: tuple[Option, ...]


def name_of(section: str, name: str, context: SiteContext) -> str:
    """The name of a part of an address: 2026年5月, 宿城区, 满意率低."""
    kind, _, value = name.partition("-")
    if name == UNDATED:
        return "没有期限" if section == "duties" else "月份未记录"
    if name.isdigit():
        return f"{name}年" if len(name) == 4 else context.area(name)
    if kind.isdigit():
        return format_date(name)
    if kind == "state":
        return STATES[section].get(value, value)
    return _LEVELS.get(name, "层级未知") if kind == "level" else _THEME_NAMES.get(value, value)


def filters_of(path: str, sums: Mapping[str, int], context: SiteContext) -> tuple[Filter, ...]:
    """`sums`: those of the page, the rows of each narrower one by its name."""
    section, *names = path.split("/")
    narrowing = _Narrowing(section, names, {name: n for name, n in sums.items() if n}, context)
    found = (Filter(name, tuple(options)) for name, options in narrowing.all())
    return tuple(f for f in found if f.options)


class _Narrowing:
    def __init__(self, section: str, names: list[str], counts: Mapping[str, int], context: SiteContext) -> None:
        self._section, self._context, self._counts = section, context, counts
        self._place = names[0] if names and names[0].isdigit() and len(names[0]) > 4 else ""
        years = [n for n in names if n.isdigit() and len(n) == 4]
        self._year = years[0] if years else ""
        self._other = names[0] if names and not names[0].isdigit() else ""

    def all(self) -> Iterator[tuple[str, Iterator[Option]]]:
        if self._other:
            yield self._kind(), iter((Option(text="全部", href=self._to("")), Option(text=self._name(self._other))))
            return
        yield "年份", self._years()
        yield "月份", self._months()
        yield "地方", self._places()
        if not self._place and not self._year:
            for name, names in self._kinds():
                yield name, self._children(names)

    def _kind(self) -> str:
        kind = self._other.partition("-")[0]
        return {"level": "层级", "state": "状态", "theme": "领域"}.get(kind, "月份")

    def _name(self, name: str) -> str:
        return name_of(self._section, name, self._context)

    def _to(self, name: str) -> str:
        return self._context.urls.to(f"/{self._section}/{name}/" if name else f"/{self._section}/")

    def _children(self, names: Iterable[str], suffix: str = "", prefix: str = "") -> Iterator[Option]:
        for name in names:
            if name in self._counts:
                yield Option(text=self._name(name), href=self._to(f"{prefix}{name}{suffix}"), count=self._counts[name])

    def _years(self) -> Iterator[Option]:
        if self._year:
            yield Option(text="全部", href=self._to(self._place))
            yield Option(text=self._name(self._year))
            return
        years = sorted((n for n in self._counts if len(n) == 4 and n.isdigit()), reverse=True)
        yield from self._children(years, prefix=f"{self._place}/" if self._place else "")

    def _months(self) -> Iterator[Option]:
        if not self._place:
            months = sorted((n for n in self._counts if n[:4].isdigit() and len(n) == 7), reverse=True)
            yield from self._children(months if self._year else months[:_MONTHS])
            yield from self._children([UNDATED])

    def _places(self) -> Iterator[Option]:
        suffix = f"/{self._year}" if self._year and self._section in WITH_YEARS else ""
        if self._place:
            yield Option(text="全部", href=self._to(self._year))
            above = parent_code(self._place)
            if above and len(self._place) == 9:
                yield Option(text=self._name(above), href=self._to(f"{above}{suffix}"))
            yield Option(text=self._name(self._place))
        yield from self._children(sorted(n for n in self._counts if n.isdigit() and len(n) > 4), suffix)

    def _kinds(self) -> Iterator[tuple[str, list[str]]]:
        yield "层级", list(_LEVELS)
        yield "领域", [f"theme-{slug}" for slug in THEMES.values()]
        yield "状态", [f"state-{state}" for state in STATES[self._section]]
