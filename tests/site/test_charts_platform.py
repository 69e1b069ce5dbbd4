"""The pictures of a platform's page: what counts for which month, and when there is enough to see."""

from __future__ import annotations

from types import SimpleNamespace

import msgspec
import pytest
from made_register import dossier_views, platform_views, register_view, site_context_of
from page_reader import tree_of

from weimin.adapters.installation import theme_dir
from weimin.adapters.templates import environment, render
from weimin.model.dossier import PlatformRecords
from weimin.model.kinds import Plan
from weimin.model.kinds.platform_records import PlanItem
from weimin.model.network import PlatformRow
from weimin.model.summary import ConsultationRow, Summary
from weimin.model.view import BelowRow, PlatformView
from weimin.site.charts.platform import platform_below, platform_year
from weimin.site.pages.platform import platform_pages
from weimin.site.urls import Urls
from weimin.totals.months import held_months, planned_months

TOWN = "990101001"


def dossier(*held: tuple[str, int, str | None]) -> Summary:
    rows = tuple(
        ConsultationRow(stem=on, on=on, day=None, year=2026, about=None, times=times, same_as=same)
        for on, times, same in held
    )
    view = next(v for v in dossier_views())
    return msgspec.structs.replace(view.summary, platform=TOWN, consultations=rows)


def below(count: int) -> tuple[BelowRow, ...]:
    rows = [
        PlatformRow(code=f"{TOWN}{n:03}", area=f"样例第{n}村", name="议事室", has_records=n % 2 == 0)
        for n in range(1, count + 1)
    ]
    return tuple(
        BelowRow(row=r, platforms=1, has_records=int(r.has_records), dossiers=0, open_duties=0, overdue=0) for r in rows
    )


def platform(*dossiers: Summary, places: int = 0) -> PlatformView:
    row = PlatformRow(code=TOWN, area="样例镇", name="为民协商办公室", has_records=True)
    return PlatformView(row=row, records=PlatformRecords(code=TOWN, records=()), dossiers=dossiers, below=below(places))


@pytest.mark.parametrize(
    ("on", "month"),
    [("2026-03-02", 3), ("2026-12", 12), ("2026-Q1", None), ("2026", None), ("by-2026-03-02", None), ("XXXX-03", None)],
)
def test_a_meeting_counts_for_the_month_that_is_certain(on, month):
    found = held_months([dossier((on, 1, None))], 2026)
    assert found.counts == tuple(int(n + 1 == month) for n in range(12))
    assert found.undated == (month is None)


def test_a_meeting_counts_once_and_as_often_as_it_was_held():
    found = held_months([dossier(("2026-03-02", 3, None), ("2026-03-02", 1, "990101001/2026-009/x"))], 2026)
    assert found.counts[2] == 3
    assert sum(found.counts) == 3


def test_a_plan_counts_what_was_not_dropped():
    items = (
        PlanItem(subject="甲", when="2026-05"),
        PlanItem(subject="乙", when="2026-05-06", dropped="并入甲"),
        PlanItem(subject="丙", when="2026-H2"),
        PlanItem(subject="丁"),
        PlanItem(subject="戊", when="2027-05"),
    )
    found = planned_months(Plan(items=items), 2026)
    assert found.counts == (0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0)
    assert found.undated == 3


def test_what_is_seen_without_a_picture_has_none():
    context = SimpleNamespace(urls=Urls())
    assert platform_year(platform(dossier(("2026-03-02", 2, None))), 2026) is None
    assert platform_year(platform(dossier(("2026-03-02", 3, None))), 2026) is not None
    assert platform_below(platform(places=2), context) is None
    assert len(platform_below(platform(places=3), context).rows) == 3


def test_the_page_shows_them_with_their_style_sheet_and_no_number_twice():
    view = msgspec.structs.replace(
        next(v for v in platform_views(d.summary for d in dossier_views()) if v.row.code == TOWN),
        dossiers=(dossier(("2026-03-02", 2, None), ("2026-04-02", 2, None)),),
        below=below(25),
    )
    pages = platform_pages(view, site_context_of(register_view(d.summary for d in dossier_views())))
    text = render(environment(theme_dir()), next(p for p in pages if p.template == "platform.html")).decode()
    tree_of(text.encode())
    assert text.count("css/weimin.css") == 1
    assert text.count('class="chart of-months"') == text.count('class="chart of-treemap"') == 1
    assert text.count('<th scope="row">4月</th>') == 1
    assert text.count(f'href="/{TOWN}025/"') == 1
