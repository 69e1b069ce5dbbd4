"""The front page: what this is, four figures, what came of it, what is being talked about, what is owed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import msgspec

from weimin.model.codes import STEPS
from weimin.model.network import PlatformRow
from weimin.model.page import Page
from weimin.model.place import Level
from weimin.model.summary import Summary
from weimin.model.view import RegisterView
from weimin.site.machine import FORMAT, json_bytes
from weimin.site.plan import data, page
from weimin.site.rows import dossier_rows
from weimin.site.shell import Shell
from weimin.site.shown import Head
from weimin.site.tables import Table, consulting, duties, low_ratings, results
from weimin.site.wording.counts import percent_words

_FEW = 6


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A headline figure; `note` says what it is out of."""

    value: str
    unit: str
    name: str
    note: str
    href: str


class Funnel(msgspec.Struct, frozen=True, kw_only=True):
    """How many of this year's dossiers reached a step; `width` of 360 units."""

    name: str
    count: int
    width: str
    y: int


def home_pages(view: RegisterView, shell: Shell) -> Iterator[Page]:
    """The front page and its figures as data."""
    year = view.build.as_of.year
    figures = _figures(view, shell, [s for s in view.summaries if s.day is not None and s.day.year == year])
    yield _home(view, shell, figures)
    facts = {"format": FORMAT, "title": view.site.title, "as_of": view.build.as_of.isoformat(), "figures": figures}
    yield data("/index.json", json_bytes(facts))


def _home(view: RegisterView, shell: Shell, figures: tuple[Figure, ...]) -> Page:
    """Sections without anything in them are left out."""
    title = view.site.title
    head = Head(
        title=title,
        address="/",
        description=f"{title}：群众提了什么，商定了什么，办好了没有",
        section="home",
        kind="home",
    )
    year = view.build.as_of.year
    of_year = [s for s in view.summaries if s.day is not None and s.day.year == year]
    recent = sorted(view.summaries, key=lambda s: (s.last or date.min, s.id), reverse=True)
    sections: tuple[tuple[str, str, Table], ...] = (
        ("最近公布的成果", "results", results(view.summaries, shell)),
        ("正在协商与预告", "consulting", consulting(view.summaries, shell)),
        ("满意率低的，后来怎样", "evaluations", low_ratings(view.summaries, shell)),
        ("到期未办", "duties", duties(view, shell, overdue_only=True)),
    )
    return page(
        shell,
        "home",
        head,
        figures=figures,
        year=year,
        funnel=_funnel(of_year),
        counties=tuple((row, shell.urls.platform(row.code)) for row in _counties(view)),
        recent=dossier_rows(recent[:_FEW], shell),
        sections=tuple(
            (name, shell.urls.to(f"/{section}/"), table.head(_FEW)) for name, section, table in sections if table.rows
        ),
    )


def _counties(view: RegisterView) -> Iterator[PlatformRow]:
    return (row for row in view.network.rows.values() if row.level == Level.COUNTY)


def _figures(view: RegisterView, shell: Shell, of_year: list[Summary]) -> tuple[Figure, ...]:
    rows = view.network.rows.values()
    measures = [m for s in view.summaries for m in s.measures]
    done = [m for m in measures if m.state == "done"]
    rated = [e for s in view.summaries for e in s.evaluations if e.rate is not None and e.valid]
    to: Callable[[str], str] = shell.urls.to
    return (
        Figure(
            value=str(sum(1 for r in rows if r.heard)),
            unit="个",
            name="已填报的平台",
            note=f"共{len(view.network)}个平台",
            href=to("/network/"),
        ),
        Figure(
            value=str(len(of_year)),
            unit="件",
            name=f"{view.build.as_of.year}年的卷宗",
            note=f"历年共{len(view.summaries)}件",
            href=to("/results/"),
        ),
        Figure(
            value=str(len(done)),
            unit="项",
            name="办好的落实事项",
            note=f"共{len(measures)}项，按期{sum(1 for m in done if m.in_time)}项",
            href=to("/duties/"),
        ),
        Figure(
            value=_satisfaction(view),
            unit="",
            name="满意率（按票数复算）",
            note=f"{len(rated)}次评议",
            href=to("/evaluations/"),
        ),
    )


def _satisfaction(view: RegisterView) -> str:
    """All ballots together, each evaluation by the formula in force for it; 无 where none can be recomputed."""
    rated = [e for s in view.summaries for e in s.evaluations if e.rate is not None and e.valid]
    if not rated:
        return "尚无"
    good = sum(round((e.rate or 0) * (e.valid or 0)) for e in rated)
    return percent_words(good / sum(e.valid or 0 for e in rated))


def _funnel(of_year: list[Summary]) -> tuple[Funnel, ...]:
    if not of_year:
        return ()
    return tuple(
        Funnel(name=name, count=count, width=f"{360 * count / len(of_year):.1f}", y=(number - 1) * 44)
        for number, name in STEPS.items()
        for count in (sum(1 for s in of_year if s.step >= number),)
    )
