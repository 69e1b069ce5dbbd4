"""Kinds, schemas, samples, classes, templates and addresses: every kind has all it needs, and nothing is left over."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from weimin.app.build.site_build import site_files
from weimin.app.check.check import check
from weimin.dossiers.compile import ORDER
from weimin.engine.opening import open_register
from weimin.engine.options import Options
from weimin.history import protection
from weimin.history.protection import DATED, DELETABLE, PROTECTED
from weimin.model.codes import CODES
from weimin.model.record import parse_ref
from weimin.opendata import tables
from weimin.records.kinds import EVENTS, FOLDERS, KINDS
from weimin.site.page_types import TYPES
from weimin.wording.references import format_ref

ROOT = Path(__file__).resolve().parents[2]
BASE = ROOT / "tests" / "cases" / "_base"
SCHEMAS, SAMPLES, TEMPLATES = ROOT / "schemas", ROOT / "schemas" / "samples", ROOT / "theme" / "templates"

# kind -> the type of page that tells of it; on the dossier's page all events are told
PAGE_OF = {
    "platform": "platform",
    "rule": "rulebook",
    "projects": "projects",
    "plan": "plan",
    "guidance": "guidance",
    "page": "prose",
    "news": "news",
    **dict.fromkeys(EVENTS, "dossier"),
}
OWN_PAGE = {"consultation", "outcome", "evaluation"}  # besides: the pages that announce results
WITHOUT_PAGE = {
    "exemptions": "listed on the trail, and shown beside what they exempt",
    "signers": "no record",
    "opinion": "counted on the platform's page",
    "site": "settings",
    "attachment": "published as it is",
}


EDITABLE = {"platform", "exemptions", "signers", "rule", "projects", "plan", "guidance", "site", "page", "news"}
"""Kinds that describe how a platform is organised now; only a correction changes the others."""

APART = "parts/source_links.html"
"""Drawn when the rest of the page is written: it lists the records of the claims that stand in it (app/build/source_links.py)."""


def test_kinds_schemas_and_samples():
    with_schema = {row.kind: row for row in KINDS.values() if row.schema}
    assert {p.name for p in SCHEMAS.glob("*.schema.json")} == {f"{kind}.schema.json" for kind in with_schema} | {
        "common.schema.json"
    }
    assert {p.name for p in SAMPLES.iterdir()} == {f"{row.kind}{row.ending}" for row in with_schema.values()}
    for row in with_schema.values():
        schema = json.loads((SCHEMAS / f"{row.kind}.schema.json").read_text("utf-8"))
        assert schema["title"] == row.title
        assert row.data is not None


def test_every_kind_has_a_page_or_a_reason():
    assert set(PAGE_OF) | set(WITHOUT_PAGE) == set(KINDS)
    assert not set(PAGE_OF) & set(WITHOUT_PAGE)
    assert set(PAGE_OF.values()) <= set(TYPES)


def test_every_kind_is_protected_or_may_be_edited():
    assert not PROTECTED & EDITABLE
    assert set(KINDS) - PROTECTED - EDITABLE == set()
    assert (PROTECTED | EDITABLE | DATED | DELETABLE) - set(KINDS) == set()


def test_the_events_are_the_same_everywhere():
    assert tuple(ORDER) == EVENTS == tables.EVENTS
    assert set(EVENTS) == protection.EVENTS


def test_every_kind_has_a_table_or_is_not_published():
    kinds = {kind for kind, row in KINDS.items() if row.schema}
    assert kinds == {*tables.EVENTS, *tables.PLATFORM_KINDS, *tables.UNPUBLISHED}
    assert {kind for kind in kinds if KINDS[kind].prose} == set(tables.PROSE)


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_reference_names_every_record_of_a_platform(folder):
    row = FOLDERS[folder]
    text = f"990100/{folder}/{row.name.removesuffix(row.ending)}"
    assert parse_ref(text).folder == folder
    assert row.title in format_ref(text, {row.kind: row.title}, lambda code: code)


def test_every_template_is_a_page_or_part_of_one():
    used = {row.template for row in TYPES.values()}
    assert used <= {p.name for p in TEMPLATES.glob("*.html")}
    texts = {p.relative_to(TEMPLATES).as_posix(): p.read_text("utf-8") for p in TEMPLATES.rglob("*.html")}
    named = {
        name for text in texts.values() for name in re.findall(r"(?:extends|from|include|import) \"([^\"]+)\"", text)
    }
    assert named | used | {APART} == set(texts)


@pytest.fixture(scope="module")
def written() -> dict[str, bytes]:
    """The whole site of the base register."""
    _checked, held = check(open_register(BASE, BASE), Options())
    return dict(site_files(held, 1, "", lambda what, n, total: None))


def test_every_record_of_the_base_is_on_its_page(written):
    found = open_register(BASE, BASE).places
    assert {p.kind for p in found} >= set(PAGE_OF) - {"page", "news", "correction"}
    for place in found:
        if place.kind in OWN_PAGE:
            assert f"{place.dossier}/{place.stem}.html" in written
        if place.kind in PAGE_OF:
            address = TYPES[PAGE_OF[place.kind]].address.strip("/")
            path = address.replace("CODE/YYYY-NNN", str(place.dossier)).replace("CODE", str(place.platform))
            path = path.replace("STEM", place.stem)
            assert (path if path.endswith(".html") else f"{path}/index.html") in written


def test_a_page_for_every_rule_and_a_rule_for_every_page(written):
    pages = {m[1] for path in written if (m := re.fullmatch(r"rules/([A-Z]\d+)/index\.html", path))}
    assert pages == set(CODES)
    index = written["rules/index.html"].decode()
    for code, row in CODES.items():
        page = written[f"rules/{code}/index.html"].decode()
        assert row.requirement in page
        assert index.count(f">{code}</a>") == 1
        assert ("不合要求的例子" in page) == ("合要求的例子" in page) == (row.family != "A")
