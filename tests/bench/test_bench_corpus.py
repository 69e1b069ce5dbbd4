"""The made register: the same bytes every time, right by the rules, of the shape of a city, with a history that grew."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from weimin.adapters.git import GitError
from weimin.bench.change import change_one_record
from weimin.bench.corpus import LAST, corpus
from weimin.bench.dossier_draft import FileVersion
from weimin.bench.history import add_commit, make_history
from weimin.bench.made_network import AT_RECORDS, PLATFORMS, made_network
from weimin.bench.repository import Import, RegisterCounts, make_register
from weimin.bench.tasks import AS_OF
from weimin.model.place import Level
from weimin.records.place import place_of

RECORDS = 1500


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RegisterCounts]:
    root = tmp_path_factory.mktemp("bench") / "register"
    return root, make_register(root, RECORDS)


@pytest.fixture(scope="module")
def last() -> dict[str, str]:
    """What each file is in the end."""
    return {file.path: file.text for file in sorted(corpus(RECORDS), key=lambda file: file.day)}


def git(root: Path, *args: str) -> str:
    return subprocess.run(["git", *args], cwd=root, capture_output=True, text=True, check=True).stdout


def test_it_is_about_as_large_as_asked(register: tuple[Path, RegisterCounts], last: dict[str, str]) -> None:
    root, made = register
    assert made.records == len(last) == len([p for p in (root / "content").rglob("*") if p.is_file()])
    assert abs(made.records - RECORDS) < 0.15 * RECORDS
    assert abs(sum(1 for _ in {f.path for f in corpus(10_000)}) - 10_000) < 800


def test_two_of_one_size_are_the_same_commit(register: tuple[Path, RegisterCounts], tmp_path: Path) -> None:
    root, made = register
    again = make_register(tmp_path / "again", RECORDS)
    assert again == made
    assert git(tmp_path / "again", "rev-parse", "HEAD") == git(root, "rev-parse", "HEAD")


def test_a_change_is_the_same_commit_on_any_day_and_before_the_day_of_judging(register, tmp_path: Path) -> None:
    """What the works change is committed without the clock: a commit after `AS_OF` would be an error (A104)."""
    heads = []
    for name in ("one", "two"):
        git(register[0], "clone", "--quiet", str(register[0]), str(tmp_path / name))
        paths = [change_one_record(tmp_path / name, turn) for turn in range(3)]
        assert len(set(paths)) == 3
        assert git(tmp_path / name, "status", "--porcelain") == ""
        heads.append(git(tmp_path / name, "rev-parse", "HEAD"))
    assert heads[0] == heads[1]
    log = git(tmp_path / "one", "log", "-4", "--format=%ct %cs %at").splitlines()
    times = [int(line.split()[0]) for line in log]
    assert times == sorted(set(times), reverse=True)
    assert all(line.split()[1] <= AS_OF and line.split()[0] == line.split()[2] for line in log)


def test_the_work_tree_is_the_last_commit(register: tuple[Path, RegisterCounts], last: dict[str, str]) -> None:
    root, _ = register
    assert git(root, "status", "--porcelain") == ""
    path = max(last)
    assert (root / path).read_text(encoding="utf-8") == last[path]


@pytest.mark.slow
def test_no_rule_is_broken(register: tuple[Path, RegisterCounts], weimin: Any) -> None:
    root, made = register
    ran = weimin("check", "--root", str(root), "--as-of", "2026-11-22")
    assert ran.code == 0, ran.stdout[-2000:]
    assert f"{made.records} 份记录" in ran.stdout
    assert "：0 个错误" in ran.stdout
    audited = weimin("audit", "--root", str(root), "--as-of", "2026-11-22")
    assert audited.code == 0, audited.stdout[-2000:]
    assert f"{made.commits} 次提交" in audited.stdout
    assert "：0 个错误" in audited.stdout


def test_records_were_filed_over_ten_years(register: tuple[Path, RegisterCounts]) -> None:
    root, made = register
    days = git(root, "log", "--format=%cs", "--first-parent").split()
    assert len(days) == made.commits > RECORDS / 10
    assert days == sorted(days, reverse=True)
    years = Counter(day[:4] for day in days)
    assert min(years[str(year)] for year in range(2016, 2027)) >= 5
    assert max(days) <= "2026-11-16"
    assert made.versions > made.records
    changed = Counter(git(root, "log", "--format=", "--name-only").split())
    assert max(changed.values()) == 2


def test_nothing_lies_after_its_last_day() -> None:
    assert max(file.day for file in corpus(RECORDS)) <= LAST


def test_every_path_is_a_place(last: dict[str, str]) -> None:
    kinds = Counter(getattr(place_of(path), "kind", "") for path in last)
    assert "" not in kinds
    assert set(kinds) >= {
        "topic", "consultation", "outcome", "response", "followup", "evaluation", "correction",
        "opinion", "plan", "projects", "guidance", "rule", "platform", "site", "page",
    }  # fmt: skip


def test_a_few_dossiers_are_long_and_most_are_not() -> None:
    folders = Counter(p.rpartition("/")[0] for p in {f.path for f in corpus(10_000)} if re.search(r"/\d{4}-\d{3}/", p))
    sizes = sorted(folders.values())
    usual = sum(6 <= size <= 9 for size in sizes)
    long = sum(size >= 28 for size in sizes)
    assert usual > len(sizes) / 2
    assert 0 < long < len(sizes) / 50
    assert 36 <= sizes[-1] <= 45


def test_some_platforms_have_many_dossiers_and_some_none() -> None:
    topics = [f.path for f in corpus(10_000) if f.path.endswith("/topic.md")]
    held = Counter(path.split("/")[-3] for path in topics)
    villages = [spot.code for spot in made_network(10_000) if spot.level is Level.VILLAGE]
    assert 0.2 < sum(code not in held for code in villages) / len(villages) < 0.7
    assert max(held.values()) > 8 * len(topics) / len(held)


def test_places_grow_slower_than_records() -> None:
    few, many = len(made_network(10_000)), len(made_network(AT_RECORDS))
    assert abs(many - PLATFORMS) < 0.05 * PLATFORMS
    assert many / few < 5
    assert len({spot.code for spot in made_network(AT_RECORDS)}) == many
    assert {spot.level for spot in made_network(1)} == set(Level)


def test_minutes_are_long_and_never_alike(last: dict[str, str]) -> None:
    bodies = [text.split("---\n", 2)[2] for path, text in last.items() if path.endswith("-consultation.md")]
    sizes = sorted(map(len, bodies))
    assert len(set(bodies)) == len(bodies) > 100
    assert sizes[-1] > 4000
    assert sizes[len(sizes) // 2] < 1200


def test_what_git_refuses_is_said(tmp_path: Path) -> None:
    with pytest.raises(GitError), Import(tmp_path / "bad") as stream:
        stream.store([FileVersion(LAST, "content/site.yml", "title: x\n")])
        stream.commit(b"no branch at all", [], 0)


def test_a_history_has_as_many_commits_as_asked(tmp_path: Path) -> None:
    root = tmp_path / "history"
    assert make_history(root, 700) == 700
    merges = int(git(root, "rev-list", "--count", "--merges", "main"))
    assert 100 < merges < 200
    add_commit(root)
    assert git(root, "rev-list", "--count", "--first-parent", "main").strip() == "701"
