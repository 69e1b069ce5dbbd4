"""From which day an issued rule binds: never behind the day on which the main branch first had it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from builders.register import register_of
from builders.repository import Repository, make_repo
from weimin.app.check.check import check
from weimin.engine.options import Options
from weimin.engine.register import Register
from weimin.engine.rule_days import dated_settings
from weimin.model.finding import Finding
from weimin.model.parameter import ParameterSetting

AS_OF = date(2026, 6, 1)
CITY = "content/network/990100"
RULES = f"{CITY}/990101/rules"
BOOK = f"{RULES}/2025-work.md"
PLATFORM = "area: 样例\n"
SITE = {
    "content/site.yml": "title: 样例\ntimezone: Asia/Shanghai\n",
    f"{CITY}/platform.yml": PLATFORM,
    f"{CITY}/990101/platform.yml": PLATFORM,
    f"{CITY}/990101/990101001/platform.yml": f"{PLATFORM}established: 2019-11-20\n",
    f"{CITY}/990101/990101001/opinions/2026-01-02.yml": "channel: visit\nfrom: resident\ntheme: 教育\nsummary: 灯不亮\n",
}
"""Committed on 2026-01-01, the opinion is of the day after."""


def book(
    value: int = 5, *, start: str = "2025-01-01", issued: str = "2024-12-20", more: str = "", days: bool = True
) -> str:
    day = f"issued: '{issued}'\n" if issued else ""
    numbers = f"parameters:\n  - {{name: triage_days, value: {value}, clause: '#1'}}\n" if days else ""
    head = f"title: 样例县办法\n{day}effective_from: '{start}'\n{more}applies_to: [township, village]\n{numbers}"
    return f"---\n{head}---\n\n# 第一条 {{#1}}\n\n几日内处理。\n"


def settings(root: Path, as_of: date = AS_OF) -> list[ParameterSetting]:
    register = Register(root)
    places = [p for p in register.places if p.kind == "rule"]
    return list(dated_settings(register, [r for p in places if (r := register.parse(p)[0]) is not None], as_of))


def triage(root: Path, as_of: date = AS_OF) -> Finding:
    (found,) = (f for f in check(Register(root), Options(as_of=as_of))[0].findings if f.code == "W102")
    return found


def repository(tmp_path: Path, *steps: dict[str, str | bytes | None]) -> Repository:
    return make_repo(tmp_path / "records", [SITE, *steps])


def committed(repo: Repository) -> list[str]:
    return [str(s.committed) for s in settings(repo.root)]


def test_a_rule_that_comes_after_the_event_makes_nobody_late(tmp_path):
    repo = repository(tmp_path, {"note": "x"}, {BOOK: book()})
    assert committed(repo) == ["2026-01-03"]
    late = triage(repo.root)
    assert (late.due, late.overdue_days, late.suggested_due) == (None, 0, date(2026, 1, 17))


def test_a_path_that_once_was_a_folder_is_read_as_the_file_that_it_is(tmp_path):
    repo = repository(tmp_path, {f"{BOOK}/old.txt": "x"}, {f"{BOOK}/old.txt": None, BOOK: book()})
    assert committed(repo) == ["2026-01-03"]


def test_a_rule_that_stood_on_the_day_of_the_event_binds_it(tmp_path):
    repo = repository(tmp_path, {BOOK: book()})
    assert committed(repo) == ["2026-01-02"]
    found = triage(repo.root)
    assert (found.due, found.overdue_days, found.suggested_due) == (date(2026, 1, 7), 145, None)


def test_a_rule_that_is_not_committed_binds_from_the_day_of_the_check(tmp_path):
    repo = repository(tmp_path)
    repo.write({BOOK: book()})
    assert [str(s.committed) for s in settings(repo.root, date(2026, 3, 1))] == ["2026-03-01"]
    assert triage(repo.root).due is None


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (book(days=False), "2026-01-04"),  # the number came later
        (book(9), "2026-01-04"),  # another number
        (book(issued=""), "2026-01-04"),  # the day of issue came later
        (book(start="2025-06-01"), "2026-01-04"),  # it reached less far back
        (book(more="effective_to: '2026-12-31'\n"), "2026-01-02"),  # only its end was put off
        (book(more="doc_no: 样政〔2024〕1号\n"), "2026-01-02"),
        ("---\ntitle: [\n---\n", "2026-01-04"),  # nobody could read it
    ],
)
def test_what_was_written_into_a_record_later_binds_from_then(tmp_path, first, again):
    repo = repository(tmp_path, {BOOK: first}, {"note": "x"}, {BOOK: book()})
    assert committed(repo) == [again]


def test_a_number_that_was_taken_back_and_restored_binds_since_it_first_stood(tmp_path):
    repo = repository(tmp_path, {BOOK: book()}, {BOOK: None}, {BOOK: book(9)}, {BOOK: book()})
    assert committed(repo) == ["2026-01-02"]


def test_the_clock_of_a_commit_is_believed_as_far_as_those_before_it_allow(tmp_path):
    repo = repository(tmp_path, {"note": "x"}, {"note": "y"}, {"note": "z"})
    repo.now = repo.now.replace(year=2020)
    repo.commit({BOOK: book()})
    assert committed(repo) == ["2026-01-04"], "dated back before its parent"
    repo.now = repo.now.replace(year=2090)
    repo.commit({f"{RULES}/2026-more.md": book(3)})
    assert sorted(committed(repo)) == ["2026-01-04", "2026-01-04"], "dated ahead of the day of the check"


def test_a_merge_brings_the_rule_on_its_own_day(tmp_path):
    repo = repository(tmp_path)
    repo.git("checkout", "--quiet", "-b", "work")
    repo.commit({BOOK: book()})
    repo.git("checkout", "--quiet", "main")
    repo.commit({"note": "x"})
    repo.merge("work")
    assert committed(repo) == ["2026-01-04"]


def test_without_a_history_a_rule_binds_from_its_own_day(tmp_path):
    repo = repository(tmp_path, {"note": "x"}, {BOOK: book()})
    shallow = repo.clone(tmp_path / "shallow", "--depth", "1")
    assert committed(shallow) == ["None"]
    assert triage(shallow.root).due == date(2026, 1, 7)
    memory = register_of({**SITE, BOOK: book()})
    (found,) = (f for f in check(memory, Options(as_of=AS_OF))[0].findings if f.code == "W102")
    assert found.due == date(2026, 1, 7)


def test_this_sites_own_numbers_have_no_day(tmp_path):
    repo = repository(tmp_path, {f"{RULES}/house.md": book(), f"{RULES}/draft.md": book(issued="")})
    assert committed(repo) == ["None", "None"]


def test_records_in_a_folder_of_the_repository(tmp_path):
    below = {f"network/{path}": text for path, text in SITE.items()}
    repo = make_repo(tmp_path / "r", [below, {f"network/{BOOK}": book()}])
    assert [str(s.committed) for s in settings(repo.root / "network")] == ["2026-01-02"]
