"""Family L: what a record names must be there."""

from __future__ import annotations

import pytest

from weimin.adapters.installation import schema_files
from weimin.dossiers.compile import compile_platform_records
from weimin.model.network import Network, PlatformRow
from weimin.model.place import Place
from weimin.model.record import Record
from weimin.records.parse import Reader
from weimin.records.place import place_of
from weimin.records.schema import Schemas
from weimin.rules.links import links_of_news, links_of_platform, numbers_in_sequence, parent_missing

CITY, COUNTY = "990000", "990001"
HOME = f"content/network/{CITY}/{COUNTY}"
NETWORK = Network([PlatformRow(code=CITY, area="甲市", name="甲"), PlatformRow(code=COUNTY, area="乙县", name="乙")])
SCHEMAS = Schemas(schema_files())


def read(path: str, text: str) -> Record:
    place = place_of(path)
    assert isinstance(place, Place), place
    record, problems = Reader(SCHEMAS).parse(place, text.encode())
    assert record is not None, problems
    return record


class Shelf:
    """Records by reference."""

    def __init__(self, *records: Record) -> None:
        self.records = {r.place.ref: r for r in records}

    def record(self, ref: str) -> Record | None:
        return self.records.get(ref)

    def exists(self, ref: str) -> bool:
        return ref in self.records


def book(clause: str, anchor: str = "days") -> str:
    return (
        "---\ntitle: 规则\nissued: unpublished\neffective_from: '2026-01-01'\napplies_to: [county]\n"
        f"parameters:\n  - {{name: triage_days, value: 5, clause: '{clause}'}}\n---\n\n## 天数 {{#{anchor}}}\n\n五天。\n"
    )


CITY_BOOK = read(f"content/network/{CITY}/rules/plan.md", book("#days"))


@pytest.mark.parametrize(
    ("clause", "codes"),
    [
        pytest.param("#days", [], id="of the same record"),
        pytest.param("#weeks", ["L101"], id="of the same record, not there"),
        pytest.param("plan#days", [], id="of the level above"),
        pytest.param("plan#weeks", ["L101"], id="of the level above, not there"),
        pytest.param("nowhere#days", ["L101"], id="of a record that is not there"),
    ],
)
def test_a_clause_stands_somewhere_on_the_way_up(clause: str, codes: list[str]) -> None:
    own = read(f"{HOME}/rules/own.md", book(clause))
    records = compile_platform_records(COUNTY, [own], lambda kind, raw: (None, ""))
    found = list(links_of_platform(records, NETWORK, Shelf(CITY_BOOK, own)))
    assert [(p.code, p.pointer) for p in found] == [(c, "/parameters/0/clause") for c in codes]


def test_news_is_about_something() -> None:
    text = f"---\ntitle: 动态\ndate: '2026-01-02'\nplatform: '990009'\nabout: ['{CITY}/rules/plan', '{COUNTY}/2026-009']\n---\n\n正文。\n"
    found = list(links_of_news([read("content/news/first.md", text)], NETWORK, Shelf(CITY_BOOK)))
    assert [(p.code, p.pointer) for p in found] == [("L101", "/platform"), ("L101", "/about/1")]


def test_a_platform_hangs_from_one_that_is_there() -> None:
    village = PlatformRow(code="990001001001", area="丙村", name="丙")
    found = list(parent_missing(village, Network([*NETWORK.rows.values(), village])))
    assert [(p.code, p.path) for p in found] == [("L103", f"{HOME}/990001001/990001001001/platform.yml")]
    assert list(parent_missing(NETWORK.rows[COUNTY], NETWORK)) == []


@pytest.mark.parametrize(
    ("numbers", "named"),
    [
        (["2026-001", "2026-002", "2027-001"], []),
        (["2026-001", "2026-003", "2026-004"], ["2026-003"]),
        (["2026-002"], ["2026-002"]),
        ([f"2026-{n:03d}" for n in range(1, 999)] + ["2026-999", "2026-1000"], []),
    ],
)
def test_numbers_run_without_a_gap(numbers: list[str], named: list[str]) -> None:
    dossiers = {f"{COUNTY}/{n}": f"{HOME}/{n}/topic.md" for n in numbers}
    assert [p.dossier for p in numbers_in_sequence(COUNTY, dossiers)] == [f"{COUNTY}/{n}" for n in named]
