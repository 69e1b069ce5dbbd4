"""What one dossier with a row of every kind adds to the lists and sums of the network: all of it, number by number."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from made_rows import (
    VILLAGE,
    answer,
    coming,
    consultation,
    duty,
    evaluation,
    finding,
    measure,
    outcome,
    summary,
    upward,
)

from weimin.model.ledger import ListEntry
from weimin.model.network import PlatformRow
from weimin.model.summary import Summary
from weimin.totals.contributions import contributions_of_dossier, contributions_of_platform, contributions_of_row
from weimin.totals.facets import section_rows

COUNTY, TOWN = VILLAGE[:6], VILLAGE[:9]
FULL = summary(
    themes=("交通出行", "养老助残", "没有这一类"),
    day=date(2025, 12, 30),
    last=date(2026, 11, 20),
    last_on="2026-11-20",
    step=5,
    year=2025,
    held_steps=(1, 2, 4, 5),
    steps=("done", "done", "skipped", "done", "done"),
    corrections=1,
    corrected_fields=2,
    last_correction=date(2026, 6, 20),
    consultations=(
        consultation("2025-12-30", times=2),
        consultation("2026-03-02", joint=(COUNTY, "990100")),
        consultation("2026-03-02", same_as=f"{COUNTY}/2026-001/2026-03-02-c"),
        consultation("2026-Q1", joint=(COUNTY,)),
        consultation("XXXX"),
    ),
    outcomes=(
        outcome("2026-03-10", "publish", decided="2026-04-15"),
        outcome("2026-05", "withhold", ground="涉密"),
        outcome("2026-06-01"),
        outcome("2026-07-01", "withhold"),
    ),
    evaluations=(
        evaluation("2026-08-01", rate=0.75, valid=30, satisfied=12, basically=10),
        evaluation("2026-09", rate=0.4, valid=10, low=True, satisfied=4, basically=3),
        evaluation("2026-10-10", reported=98.5),
        evaluation("2026-11-20", rate=1.0, valid=0),
        evaluation("2026-11-21"),
    ),
    measures=(
        measure("2026-03-10", "done", "2026-05-20", in_time=True),
        measure("2026-03-10", "done", "2026-07-20", in_time=False),
        measure("2026-06-01", "behind"),
        measure("2026-06-01", "done", "2027-01-02"),
        measure("2026-06-01", "done"),
    ),
    upward=(
        upward("2026-03-10", on=date(2026, 3, 10), answered=f"{COUNTY}/2026-001"),
        upward("2026-05"),
        upward("2026-06-01", text=None),
    ),
    duties=(duty(date(2026, 3, 31), 5), duty(date(2026, 8, 31)), duty(None), duty(date(2026, 4, 1))),
    answers=(
        answer("2026-03-08"),
        answer("2026-04-01"),
        answer("2026-03"),
        answer("XXXX"),
        answer(),
        answer("2026-05-05", due=None),
        answer("2027-01-01", code="W604", since="2026-12-31", due=date(2027, 1, 1)),
    ),
    announcements=(coming("2026-12-24"), coming("2026-12-01", past=True), coming("2027")),
)


def table(text: str) -> dict[str, int]:
    """`held 2, held-12 2` as names and numbers."""
    return {name: int(n) for name, n in (part.split() for part in text.split(","))}


def sums_of(s: Summary, scope: str) -> dict[str, int]:
    return {name: n for (at, name), n in contributions_of_dossier(s).sums.items() if at == scope and n}


def lists_of(s: Summary) -> list[tuple[str, str, str]]:
    """The entries of lists that are no page's, in the order in which they come."""
    return [(e.list, e.rank, e.key) for e in contributions_of_dossier(s).entries if not e.list.startswith("page:")]


def test_the_lists() -> None:
    assert lists_of(FULL) == [
        ("recent", "2026-11-20", ""),
        ("results", "2026-03-10", "2026-03-10-o"),
        ("published", "2026-03-10", "2026-03-10-o"),
        ("results", "", "2026-05-o"),
        ("results", "2026-06-01", "2026-06-01-o"),
        ("results", "2026-07-01", "2026-07-01-o"),
        ("evaluations", "2026-08-01", "2026-08-01-e"),
        ("evaluations", "", "2026-09-e"),
        ("low", "", "2026-09-e"),
        ("evaluations", "2026-10-10", "2026-10-10-e"),
        ("evaluations", "2026-11-20", "2026-11-20-e"),
        ("evaluations", "2026-11-21", "2026-11-21-e"),
        ("coming", "2026-12-24", "0"),
        ("coming", "2026-12-01", "1"),
        ("coming", "~", "2"),
        ("duties", "2026-03-31", "0"),
        ("overdue", "2026-03-31", "0"),
        ("duties", "2026-08-31", "1"),
        ("duties", "~", "2"),
        ("duties", "2026-04-01", "3"),
        ("reported-up", "2026-03-10", "2026-03-10-o#u1"),
        ("reported-up", "", "2026-06-01-o#u1"),
        ("corrected", "2026-06-20", ""),
        ("joint:990100", f"{VILLAGE}/2026-001", ""),
        (f"joint:{COUNTY}", f"{VILLAGE}/2026-001", ""),
    ]


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        pytest.param({}, ["recent", "going"], id="nothing yet"),
        pytest.param({"outcomes": (outcome("2026-03-10"),)}, ["recent", "results"], id="an outcome"),
        pytest.param({"closed": True}, ["recent"], id="closed"),
        pytest.param({"compiled": True}, ["recent"], id="compiled"),
        pytest.param({"ended": "withdrawn", "announcements": (coming("2026-12-24"),)}, ["recent"], id="ended"),
        pytest.param(
            {"ended": "merged", "outcomes": (outcome("2026-03-10", "publish"),)},
            ["recent", "results"],
            id="ended after",
        ),
    ],
)
def test_what_goes_on_and_what_does_not(changes: dict[str, object], names: list[str]) -> None:
    s = msgspec.structs.replace(summary(last=date(2026, 3, 2), last_on="2026-03-02"), **changes)
    assert [name for name, *_ in lists_of(s)] == names
    now = sums_of(s, "page:consulting/state-now")
    assert now == ({"rows": 1} if "going" in names else {})
    if now:
        assert sums_of(s, "page:consulting") == table(
            f"rows 1, 2026-03 1, 2026 1, {COUNTY} 1, level-village 1, state-now 1"
        )


ALL = (
    "dossiers 1, open 4, overdue 1, dated 3, coming 3, unpublished 1, corrected 2, correcting 1, measures 5, done 4, judged 2, in_time 1, "
    "outcomes 4, low 1, rated 2, good 26, valid 40"
)
PAGES = {
    "results": "2026-03 1, 2026-05 1, 2026-06 1, 2026-07 1, state-publish 1, state-withhold 2, state-open 1",
    "evaluations": "2026-08 1, 2026-09 1, 2026-10 1, 2026-11 2, state-low 1, state-rated 2, state-unrated 2",
    "reported-up": "2026-03 1, 2026-06 1, state-answered 1, state-open 1",
    "duties": "2026-03 1, 2026-04 1, 2026-08 1, undated 1, state-overdue 1, state-open 3",
    "consulting": "2026-12 1, undated 1, state-ahead 2",
}
ROWS = {"results": 4, "evaluations": 5, "reported-up": 2, "duties": 4, "consulting": 2}


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("all", ALL),
        (f"platform:{VILLAGE}", "dossiers 1, open 4, overdue 1, report-2025 1, report-2026 1, report-2027 1"),
        ("publication", "publish 1, withhold 2, open 1"),
        ("withholding", f"{VILLAGE} 2"),
        ("page:reports", "2025 1, 2026 1, 2027 1"),
        (
            f"page:reports/2025/{VILLAGE}",
            "dossiers 1, held 2, held-12 2, step1 1, step2 1, skipped3 1, step4 1, step5 1",
        ),
        (
            f"page:reports/2026/{VILLAGE}",
            "agreed:8 1, agreed:91 1, agreed:121 1, agreed:? 1, answered:7 1, answered:31 1, answered:65 1, answered:? 1, "
            "answers-in-time 1, answers-judged 2, done 2, done:71 1, done:132 1, judged 2, in-time 1, evaluations 5, low 1, "
            "rated 2, good 26, valid 40, satisfied 16, basically 13, held 2, held-03 1, held-? 1, outcomes 4, outcome-publish 1, outcome-withhold 2, "
            "outcome-open 1",
        ),
        (
            f"page:reports/2027/{VILLAGE}",
            "answered:1 1, answers-judged 1, answers-in-time 1, done 1, done:215 1",
        ),
        (
            "page:bulletin",
            "2025-12 2, 2026-03 3, 2026-04 1, 2026-05 2, 2026-06 1, 2026-07 2, 2026-08 1, 2026-09 2, 2026-10 1, 2026-11 2, 2027-01 1",
        ),
        ("page:bulletin/2025-12", "held 2"),
        ("page:bulletin/2026-03", "held 1, agreed 1, overdue 1"),
        ("page:bulletin/2026-04", "published 1"),
        ("page:bulletin/2026-05", "agreed 1, done 1"),
        ("page:bulletin/2026-09", "evaluations 1, low 1"),
        ("page:bulletin/2026-11", "evaluations 2"),
        ("page:bulletin/2027-01", "done 1"),
    ],
)
def test_the_sums(scope: str, expected: str) -> None:
    assert sums_of(FULL, scope) == table(expected)


def test_the_grounds_of_what_is_withheld() -> None:
    assert sums_of(FULL, "ground") == {"涉密": 1, "": 1}


@pytest.mark.parametrize("section", PAGES)
def test_the_pages_of_a_section(section: str) -> None:
    rows, own = ROWS[section], table(PAGES[section])
    years = sum(n for name, n in own.items() if name[:4] == "2026")
    wide = {"rows": rows, COUNTY: rows, "level-village": rows, "theme-traffic": rows, "theme-care": rows}
    later = {"2027": 1} if section == "consulting" else {}
    assert sums_of(FULL, f"page:{section}") == wide | own | {"2026": years} | later
    months = {name: n for name, n in own.items() if name[:4] == "2026"}
    yearly = section in ("results", "evaluations", "reported-up")
    assert sums_of(FULL, f"page:{section}/2026") == {"rows": years} | months | ({COUNTY: years} if yearly else {})
    by_year = {"2026": years} if yearly else {}
    assert sums_of(FULL, f"page:{section}/{COUNTY}") == {"rows": rows, TOWN: rows} | by_year
    assert sums_of(FULL, f"page:{section}/{TOWN}") == {"rows": rows} | by_year
    assert sums_of(FULL, f"page:{section}/{COUNTY}/2026") == ({"rows": years, TOWN: years} if yearly else {})
    assert sums_of(FULL, f"page:{section}/{TOWN}/2026") == ({"rows": years} if yearly else {})
    for name, n in own.items():
        assert sums_of(FULL, f"page:{section}/{name}") == {"rows": n}


@pytest.mark.parametrize(
    ("section", "rank", "of"),
    [
        ("results/2026", "2026-07-01", "the newest first"),
        ("results/state-publish", "2026-03-10", "the only one"),
        ("results/2026-05", "", "without a day"),
        ("evaluations/state-unrated", "2026-11-21", "the newest first"),
        ("consulting/2026", "2026-12-24", "what is past is not there"),
        ("duties/2026", "2026-03-31", "the earliest first"),
        ("duties/state-open", "2026-04-01", "the earliest first"),
        ("duties/undated", "~", "last of all"),
        ("reported-up/state-answered", "2026-03-10", "the only one"),
        ("bulletin/2026-05", f"{VILLAGE}/2026-001", "a dossier once"),
        ("bulletin/2027-01", f"{VILLAGE}/2026-001", "a dossier once"),
    ],
)
def test_a_dossier_is_once_on_a_page_by_the_row_that_comes_first(section: str, rank: str, of: str) -> None:
    entries = [e for e in contributions_of_dossier(FULL).entries if e.list == f"page:{section}"]
    assert entries == [ListEntry(f"page:{section}", rank)], of


SECTION_ROWS = {
    "results": [
        ("2026-03-10-o", "2026-03-10", "2026-03-10", "publish"),
        ("2026-05-o", "2026-05", "", "withhold"),
        ("2026-06-01-o", "2026-06-01", "2026-06-01", "open"),
        ("2026-07-01-o", "2026-07-01", "2026-07-01", "withhold"),
    ],
    "evaluations": [
        ("2026-08-01-e", "2026-08-01", "2026-08-01", "rated"),
        ("2026-09-e", "2026-09", "", "low"),
        ("2026-10-10-e", "2026-10-10", "2026-10-10", "unrated"),
        ("2026-11-20-e", "2026-11-20", "2026-11-20", "rated"),
        ("2026-11-21-e", "2026-11-21", "2026-11-21", "unrated"),
    ],
    "consulting": [("0", "2026-12-24", "2026-12-24", "ahead"), ("2", "2027", "", "ahead")],
    "duties": [
        ("0", "2026-03-31", "2026-03-31", "overdue"),
        ("1", "2026-08-31", "2026-08-31", "open"),
        ("2", "", "~", "open"),
        ("3", "2026-04-01", "2026-04-01", "open"),
    ],
    "reported-up": [
        ("2026-03-10-o#u1", "2026-03-10-o", "2026-03-10", "answered"),
        ("2026-06-01-o#u1", "2026-06-01-o", "", "open"),
    ],
}


@pytest.mark.parametrize("section", SECTION_ROWS)
def test_the_rows_of_a_section(section: str) -> None:
    assert [(r.key, r.at, r.rank, r.state) for r in section_rows(section, FULL)] == SECTION_ROWS[section]


def test_a_dossier_that_is_being_consulted_is_a_row_by_its_last_day() -> None:
    going = summary(last=date(2026, 3, 2), last_on="2026-03-02", announcements=(coming("2026-12-24"),))
    rows = [(r.key, r.at, r.rank, r.state) for r in section_rows("consulting", going)]
    assert rows == [("0", "2026-12-24", "2026-12-24", "ahead"), ("", "2026-03-02", "2026-03-02", "now")]
    assert list(section_rows("consulting", msgspec.structs.replace(going, ended="withdrawn"))) == []


def test_what_a_platform_owes_itself() -> None:
    findings = [
        finding(),
        finding(due=None),
        finding(overdue_days=3, due=date(2026, 1, 31)),
        finding(exempt=True),
        finding(dossier=f"{VILLAGE}/2026-001"),
        finding(None),
        finding("990101", overdue_days=1),
    ]
    found = contributions_of_platform(VILLAGE, findings, {"2026-05": 2, "2026-?": 1, "2027-01": 4})
    sums = {key: n for key, n in found.sums.items() if n}
    plain = [e for e in found.entries if not e.list.startswith("page:")]
    assert plain == [
        ListEntry("duties", "2026-03-31", "0"),
        ListEntry("duties", "~", "1"),
        ListEntry("duties", "2026-01-31", "2"),
        ListEntry("overdue", "2026-01-31", "2"),
        ListEntry("duties", "2026-03-31", "6"),
        ListEntry("overdue", "2026-03-31", "6"),
        ListEntry("heir:990101", VILLAGE),
    ]
    assert [e for e in found.entries if e.list == "page:duties/state-overdue"] == [
        ListEntry("page:duties/state-overdue", "2026-01-31", "2"),
        ListEntry("page:duties/state-overdue", "2026-03-31", "6"),
    ]
    own = {key: n for key, n in sums.items() if not key[0].startswith("page:duties")}
    assert own == {
        ("all", "open"): 4,
        ("all", "overdue"): 2,
        ("all", "dated"): 3,
        (f"platform:{VILLAGE}", "open"): 3,
        (f"platform:{VILLAGE}", "overdue"): 1,
        ("platform:990101", "open"): 1,
        ("platform:990101", "overdue"): 1,
        (f"page:reports/2026/{VILLAGE}", "planned"): 3,
        (f"page:reports/2026/{VILLAGE}", "planned-05"): 2,
        (f"page:reports/2026/{VILLAGE}", "planned-?"): 1,
        (f"page:reports/2027/{VILLAGE}", "planned"): 4,
        (f"page:reports/2027/{VILLAGE}", "planned-01"): 4,
        (f"platform:{VILLAGE}", "report-2026"): 3,
        (f"platform:{VILLAGE}", "report-2027"): 4,
        ("page:reports", "2026"): 3,
        ("page:reports", "2027"): 4,
    }
    assert sums["page:duties", "rows"] == 4
    assert sums["page:duties", "level-village"] == 3
    assert sums["page:duties", "level-county"] == 1


@pytest.mark.parametrize("heard", [True, False])
def test_a_platform_counts_and_whether_it_reported(heard: bool) -> None:
    row = PlatformRow(code=VILLAGE, area="某村", name="某村", has_records=heard)
    scope = f"platform:{VILLAGE}"
    assert dict(contributions_of_row(row).sums) == {(scope, "platforms"): 1, (scope, "heard"): int(heard)}
