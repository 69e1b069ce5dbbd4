"""Every field of every kind of record is shown on a page of its dossier or platform, or stands on a list with a reason.

A leaf of a schema is set to one value and then to another, and the pages of its folder are rendered: it is shown where
what a reader sees differs, and where words are shown as they are written, only if these words are there. So a field that
is added to a schema and has no presenter is named here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import msgspec
import pytest
from made_records import CITY, FULL, TOWN, VILLAGE, full_dossier, record, standing_records
from made_register import (
    dossier_of,
    dossier_views,
    platform_views,
    register_view,
    revive,
    site_context_of,
    summary_of,
)
from schema_leaves import Leaf, leaves, schemas, with_leaf
from unshown_fields import UNSHOWN, WITHOUT_PAGES

from weimin.adapters.installation import theme_dir
from weimin.adapters.templates import Templates, environment, render
from weimin.dossiers.compile import compile_platform_records
from weimin.model.kinds import Exemption, Followup, Platform
from weimin.model.network import folder_of
from weimin.model.page import Page
from weimin.model.record import Record
from weimin.model.trail_rows import ExemptionRow, TrailRows
from weimin.model.view import DossierView, RegisterView
from weimin.records.kinds import EVENTS
from weimin.records.kinds import KINDS as RECORD_KINDS
from weimin.site.pages.dossier import dossier_pages
from weimin.site.pages.platform import platform_pages
from weimin.site.pages.prose import news_pages, prose_pages
from weimin.site.pages.report import report_pages
from weimin.site.pages.trail import trail_pages
from weimin.site.site_context import SiteContext

KINDS = [kind for kind in schemas() if kind != "common"]
PLATFORM_RECORDS = {
    "platform": (VILLAGE, "platform.yml"),
    "plan": (VILLAGE, "plans/2026.yml"),
    "opinion": (VILLAGE, "opinions/2026-02-10.yml"),
    "projects": (CITY, "projects/2026.yml"),
    "guidance": (CITY, "guidance/2026-03-01.md"),
    "rule": (CITY, "rules/house.md"),
}
"""Kind of a platform's own record → the platform and the file of the record that is changed."""
PAGES = ("dossier.html", "event.html", "platform.html", "projects.html", "plan.html", "guidance.html")
PAGES += ("rulebook.html", "report.html", "prose.html", "newslist.html", "trail.html", "corrections.html")
_INVISIBLE = re.compile(r' data-(?:claim|count)="[^"]*"')
_EXEMPTION = {
    "rule": "W402",
    "subject": FULL,
    "reason": "道路改造",
    "approved_by": "样例镇党委",
    "until": "2026-12-31",
}


SHOWN_IN: Mapping[str, Mapping[str, Any]] = {
    "evaluation/published_rate": {"ballots": None},
    "outcome/dissent": {"dissent": [{"id": "d2", "text": "不同意"}]},
    "outcome/upward": {"upward": [{"id": "u1", "publish": True, "text": "报上去的事", "to": TOWN}]},
}
"""Leaf, or the leaves below it → fields of the records whose pages show it; None: a field that these do not have."""


@cache
def view() -> RegisterView:
    return register_view(v.summary for v in dossier_views())


@cache
def context() -> SiteContext:
    return site_context_of(view())


@cache
def templates() -> Templates:
    return environment(theme_dir())


def seen(pages: Iterator[Page]) -> str:
    """The main part of the pages, without what says where in the records it comes from."""
    found = (render(templates(), page).decode() for page in pages if page.template in PAGES)
    return "\n".join(_INVISIBLE.sub("", html[html.index("<main") : html.index("</main>")]) for html in found)


@cache
def base(kind: str) -> Record | None:
    """The record of the made register of which one leaf is changed."""
    if kind in EVENTS:
        return next(r for r in full_dossier() if r.place.kind == kind)
    if kind in PLATFORM_RECORDS:
        code, name = PLATFORM_RECORDS[kind]
        return next(r for r in standing_records()[code] if r.place.path == f"{folder_of(code)}/{name}")
    return {r.place.kind: r for r in (*view().pages, *view().news)}.get(kind)


def pages_with(kind: str, raw: Any) -> Iterator[Page]:
    """The pages that show a record of a kind, with `raw` in place of what the made register has."""
    if kind == "exemptions":
        return _exemption_pages(raw)
    old = base(kind)
    assert old is not None
    new = record(old.place.path, raw, old.body)
    if kind in EVENTS:
        return _dossier_pages([new if r.place.path == new.place.path else r for r in full_dossier()])
    if kind in PLATFORM_RECORDS:
        return _platform_pages(PLATFORM_RECORDS[kind][0], new)
    if kind == "news":
        return news_pages(msgspec.structs.replace(view(), news=(new,)), context())
    return prose_pages(msgspec.structs.replace(view(), pages=(new,)), context())


def _dossier_pages(records: list[Record]) -> Iterator[Page]:
    dossier = dossier_of(FULL, records)
    return dossier_pages(DossierView(dossier=dossier, originals=tuple(records), summary=summary_of(dossier)), context())


def _platform_pages(code: str, new: Record) -> Iterator[Page]:
    """Those of the platform, and of a rule book the report of a year, which names its indicators."""
    own = [new if r.place.path == new.place.path else r for r in standing_records()[code]]
    found = next(v for v in platform_views(v.summary for v in dossier_views()) if v.row.code == code)
    row = found.row
    if new.place.kind == "platform":
        assert isinstance(new.data, Platform)
        own_name = new.data.name or row.name
        row = msgspec.structs.replace(row, area=new.data.area, name=own_name, established=new.data.established)
    yield from platform_pages(
        msgspec.structs.replace(found, row=row, records=compile_platform_records(code, own, revive)), context()
    )
    if new.place.kind == "rule":
        yield from report_pages("reports/2026", msgspec.structs.replace(view(), rule_books=(new,)), context())


def _exemption_pages(raw: list[Mapping[str, Any]]) -> Iterator[Page]:
    rows = tuple(
        ExemptionRow(
            platform=VILLAGE,
            of="",
            title="",
            path="exemptions.yml",
            number=n,
            exemption=msgspec.convert(item, Exemption),
        )
        for n, item in enumerate(raw)
    )
    return trail_pages(msgspec.structs.replace(view(), trail=TrailRows(exemptions=rows)), context())


def base_of(leaf: Leaf) -> Any:
    """The fields of the record to which the leaf is added: where it is shown in some records only, of such a record."""
    old = base(leaf.kind)
    raw = dict(old.raw) if old else [_EXEMPTION]
    for name, more in SHOWN_IN.items():
        if leaf.name.startswith(name):
            raw = {field: value for field, value in {**raw, **more}.items() if value is not None}
    return raw


def is_shown(leaf: Leaf) -> bool:
    """A reader sees which of the values the leaf has."""
    raw = base_of(leaf)
    first, *others = leaf.values
    before = seen(pages_with(leaf.kind, with_leaf(raw, leaf.pointer, first, schemas()[leaf.kind])))
    if leaf.text and str(first) not in before:
        return False
    return any(
        seen(pages_with(leaf.kind, with_leaf(raw, leaf.pointer, other, schemas()[leaf.kind]))) != before
        for other in others
    )


class WithWeather(Followup, frozen=True, kw_only=True):
    weather: str | None = None


def faults(found: list[Leaf], unshown: Mapping[str, str]) -> list[str]:
    """The leaves that no page shows and no reason excuses, and those that are shown although a reason says they are not."""
    return [leaf.name for leaf in found if is_shown(leaf) == (leaf.name in unshown)]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in WITHOUT_PAGES])
def test_every_leaf_is_shown_or_has_a_reason(kind):
    assert faults(leaves(kind), UNSHOWN) == []


def test_a_record_of_every_kind_is_made():
    """Or there is a reason (`WITHOUT_PAGES`). Exemptions are made here."""
    made = {kind for kind in KINDS if kind == "exemptions" or base(kind) is not None}
    assert set(KINDS) - set(WITHOUT_PAGES) - made == set()


def test_the_list_names_leaves_that_there_are():
    names = {leaf.name for kind in KINDS for leaf in leaves(kind)}
    assert set(UNSHOWN) - names == set()
    assert set(WITHOUT_PAGES) <= set(KINDS)
    assert all(reason for reason in (*UNSHOWN.values(), *WITHOUT_PAGES.values()))


def test_a_field_that_is_added_to_a_schema_is_named_until_it_has_a_presenter_or_a_reason(monkeypatch):
    """First the schema lacks its class, then the field its presenter."""
    fields = schemas()["followup"]["properties"]
    monkeypatch.setitem(fields, "weather", {"title": "天气", "$ref": "common.schema.json#/$defs/text"})
    added = next(leaf for leaf in leaves("followup") if leaf.pointer == "/weather")
    with pytest.raises(msgspec.ValidationError, match="unknown field `weather`"):
        faults([added], UNSHOWN)
    monkeypatch.setitem(RECORD_KINDS, "followup", msgspec.structs.replace(RECORD_KINDS["followup"], data=WithWeather))
    assert faults([added], UNSHOWN) == ["followup/weather"]
    assert faults([added], {"followup/weather": "not shown yet"}) == []


def test_a_reason_for_what_is_shown_is_named():
    shown = next(leaf for leaf in leaves("followup") if leaf.pointer == "/by")
    assert faults([shown], {}) == []
    assert faults([shown], {"followup/by": "not shown yet"}) == ["followup/by"]
