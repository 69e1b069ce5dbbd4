"""What stood on the main branch before a rule existed gets a notice until it is edited, and a build never stops for it."""

from __future__ import annotations

import json
import re
import shutil
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from small_kept import ONE, START, Sheet, Small, outcome

from builders.repository import Repository
from weimin.adapters.git import last_before
from weimin.cli.main import main
from weimin.model.codes import CODES
from weimin.model.dates import SINCE

AT = f"{ONE}/2026-03-10-outcome.md"
PAGE = {"content/pages/about.md": "---\ntitle: 关于\n---\n\n说明。\n"}
BEFORE, AFTER = (datetime.combine(SINCE + timedelta(days=n), time(4), UTC) for n in (-3, 3))
AS_OF = SINCE + timedelta(days=30)


def reported(day: str, more: str = "") -> str:
    return outcome(more=f"submitted: [{{to: 村党总支, date: '{day}'}}]\n{more}")


IMPOSSIBLE, RIGHT = reported("2026-03-01"), reported("2026-03-12")


class Made:
    """A register in Git whose first commit is of a day before the rules of dates; `kept` goes on from the last run."""

    def __init__(self, folder: Path) -> None:
        self.small = Small(folder, START)
        self.root = self.small.root
        self.repository = Repository(self.root, BEFORE)
        self.repository.git("init", "--quiet")
        self.repository.commit({})

    def commit(self, files: dict[str, str], at: datetime) -> str:
        self.repository.now = at
        return self.repository.commit(files)

    def found(self, code: str = "W120", day: date = AS_OF) -> list[str]:
        """The severities of the findings of a code: the same with the store of the last run and without."""
        kept = self.small.kept(day)
        assert kept == self.small.clean(day)
        return severities(kept, code)


def severities(said: Sheet, code: str) -> list[str]:
    return [f.severity.value for f in said.findings if f.code == code]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return Made(tmp_path)


def test_the_new_errors_have_a_day_since_when_they_hold() -> None:
    assert {row.code for row in CODES.values() if row.since == SINCE} == {"W120", "W122", "W131", "W141", "A114"}


def test_what_stood_before_is_a_notice_until_it_is_edited(made: Made) -> None:
    made.commit({AT: IMPOSSIBLE}, BEFORE)
    assert made.found() == ["notice"]
    made.commit(PAGE, AFTER)
    assert made.found() == ["notice"]
    made.commit({AT: IMPOSSIBLE.replace("consensus: full", "consensus: partial")}, AFTER)
    assert made.found() == ["error"]
    made.commit({AT: RIGHT}, AFTER)
    assert made.found() == []


def test_what_comes_after_is_an_error_committed_or_not(made: Made) -> None:
    made.small.write({AT: IMPOSSIBLE})
    assert made.found() == ["error"]
    made.commit({}, AFTER)
    assert made.found() == ["error"]


def test_a_stored_result_follows_the_history(made: Made) -> None:
    """The same content: not committed, committed before the day, committed after it."""
    made.small.write({AT: IMPOSSIBLE})
    assert made.found() == ["error"]
    made.commit({}, BEFORE)
    assert made.found() == ["notice"]
    made.repository.now = AFTER
    made.repository.git("commit", "--quiet", "--amend", "--no-edit")
    assert made.found() == ["error"]


def test_the_other_record_must_have_stood_too(made: Made) -> None:
    """The outcome is as it was; a correction of today moves the consultation past it."""
    made.commit({AT: RIGHT}, BEFORE)
    fix = (
        "of: 2026-03-02-consultation\nchanges:\n  - {field: /date, from: '2026-03-02', to: '2026-03-13'}\n"
        "reason: 录错\napproved_by: 样例镇\n"
    )
    made.commit({f"{ONE}/2026-12-03-correction.yml": fix}, AFTER)
    assert set(made.found()) == {"error"}


def test_without_history_it_is_an_error(made: Made, tmp_path: Path) -> None:
    made.commit({AT: IMPOSSIBLE}, BEFORE)
    shutil.copytree(made.root / "content", tmp_path / "copy" / "records" / "content")
    assert severities(Small(tmp_path / "copy", {}).clean(AS_OF), "W120") == ["error"]
    made.commit(PAGE, AFTER)
    (tmp_path / "shallow").mkdir()
    made.repository.clone(tmp_path / "shallow" / "records", "--depth", "1")
    assert severities(Small(tmp_path / "shallow", {}).clean(AS_OF), "W120") == ["error"]


@pytest.mark.slow
def test_a_build_does_not_stop_for_it(made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made.commit({AT: IMPOSSIBLE}, BEFORE)
    out = tmp_path / "site"
    where = ["--root", str(made.root), "--as-of", AS_OF.isoformat(), "--jobs", "1"]
    assert main(["build", *where, "--output", str(out), "--no-pictures"]) == 0
    page = next(p for p in out.rglob("index.html") if "报送日期" in p.read_text("utf-8") and "2026-001" in str(p))
    told = page.read_text("utf-8").partition("报送日期2026年3月1日早于2026年3月2日的协商")[2].partition("</li>")[0]
    assert told and "content/network" not in told
    capsys.readouterr()
    assert main(["check", *where, "--format", "json"]) == 0
    [finding] = [f for f in json.loads(capsys.readouterr().out)["findings"] if f["code"] == "W120"]
    assert finding["severity"] == "notice"
    assert finding["message"].endswith(f"（{ONE}/2026-03-02-consultation.md:1）")
    assert str(SINCE) in finding["message"]


def test_the_last_commit_before_a_moment(made: Made) -> None:
    first = made.repository.git("rev-parse", "HEAD")
    second = made.commit(PAGE, AFTER)
    at = int(AFTER.timestamp())
    assert last_before(made.root, second, at) == first
    assert last_before(made.root, second, at + 1) == second
    assert last_before(made.root, second, int(BEFORE.timestamp())) == ""


# What lies ahead
def announced(day: str) -> str:
    published = f"publication: {{decision: publish, by: 村, date: '2026-03-12', channels: [{{kind: website, date: '{day}'}}]}}\n"
    return reported("2026-03-12", published)


def test_a_date_that_has_not_come_is_an_error(made: Made) -> None:
    made.commit({AT: announced("2031-01-01")}, AFTER)
    assert made.found("W122") == ["error"]
    made.commit({AT: announced(AS_OF.isoformat())}, AFTER)
    assert made.found("W122") == []


def test_a_look_back_does_not_call_the_past_the_future(made: Made) -> None:
    """As of an earlier day than that of its commit, a record is no record of the future."""
    day = SINCE + timedelta(days=40)
    assert day > AS_OF
    made.commit({AT: announced(day.isoformat())}, AFTER)
    assert made.found("W122") == ["error"]
    made.commit(PAGE, datetime.combine(day, time(4), UTC))
    assert made.found("W122") == []


def test_the_day_on_which_a_date_comes_is_not_missed(made: Made) -> None:
    """Nothing changes but the clock: what lay ahead has come, and the stored result with it."""
    day = SINCE + timedelta(days=10)
    made.commit({AT: reported(day.isoformat())}, AFTER)
    for days, owed, ahead in (
        (-2, True, True),
        (-1, True, False),
        (0, False, False),
        (1, False, False),
        (-1, True, False),
    ):
        on = day + timedelta(days=days)
        assert bool(made.found("W602", on)) is owed, on
        assert bool(made.found("W122", on)) is ahead, on


# Figures
def followed_up(day: str) -> dict[str, str]:
    text = f"---\nform: inspection\nmeasures: [{{id: m1, state: done, done: {{date: '{day}'}}}}]\n---\n"
    return {f"{ONE}/2026-06-01-followup.md": text}


@pytest.mark.parametrize(("day", "year"), [("2023-05-01", None), ("2026-03-01", None), ("2026-03-02", "2026")])
def test_work_before_its_consultation_makes_no_report_of_its_year(made: Made, day: str, year: str | None) -> None:
    """Also where the record stood before the rule, so that the site is built with it."""
    made.commit(followed_up(day), BEFORE)
    assert made.found() == ([] if year else ["notice"])
    sums = {(scope, name) for scope, name, value in made.small.clean(AS_OF).amounts if value}
    assert {y for scope, name in sums if "report" in scope + name for y in re.findall(r"20\d\d", scope + name)} == {
        "2026"
    }
    done = {scope for scope, name in sums if name == "done" and "reports/" in scope}
    assert bool(done) is (year is not None)
