"""`weimin audit` of a register that requires signatures: findings name the commit at fault, not its merge."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builders.repository import Repository
from signing import ON, SETTINGS, SIGNERS, Signing, file_of, made_person

pytestmark = pytest.mark.ssh

TOWN, COUNTY = "321302001", "321302"
OPINION = "- {channel: hotline, from: 居民, summary: 路灯不亮}\n"


def test_an_unsigned_commit_in_a_merge_is_named_with_its_author(
    repo: Callable[..., Repository], weimin: Callable[..., Any], tmp_path: Path
) -> None:
    town, county = (made_person(tmp_path / "keys", name) for name in ("town", "county"))
    signing = Signing(repo())
    signers = town.line(TOWN) + "\n" + county.line(COUNTY) + "\n"
    signing.commit({SETTINGS: ON, SIGNERS: signers}, county, unsigned=True)
    signing.through({file_of(TOWN): OPINION}, town, county)
    signing.branch("x")
    unsigned = signing.commit({file_of(TOWN, 2): OPINION}, town, unsigned=True)
    signing.main()
    signing.merge("x", county)
    ran = weimin("audit", "--format", "json", "--select", "A106,A107,A113", cwd=signing.repository.root)
    (found,) = json.loads(ran.stdout)["findings"]
    assert (ran.code, found["code"], found["commit"], found["author"]) == (1, "A107", unsigned, "town")
    assert found["path"] == file_of(TOWN, 2)
    since = weimin("audit", "--format", "json", "--select", "A107", "--since", "HEAD~1", cwd=signing.repository.root)
    assert [f["commit"] for f in json.loads(since.stdout)["findings"]] == [unsigned]


def test_check_names_a_line_of_the_list_that_nobody_can_read(
    repo: Callable[..., Repository], weimin: Callable[..., Any], tmp_path: Path
) -> None:
    county = made_person(tmp_path / "keys", "county")
    made = repo([{SETTINGS: ON, SIGNERS: f"# 名单\n{county.line(COUNTY)}\n* {county.public}\n"}])
    ran = weimin("check", "--format", "json", cwd=made.root)
    (found,) = [f for f in json.loads(ran.stdout)["findings"] if f["path"] == SIGNERS]
    assert (found["code"], found["line"], found["severity"]) == ("S105", 3, "error")
    assert json.loads(ran.stdout)["checked"]["records"] == 1


def test_check_holds_a_branch_to_the_list_of_its_base(
    repo: Callable[..., Repository], weimin: Callable[..., Any], tmp_path: Path
) -> None:
    town, county = (made_person(tmp_path / "keys", name) for name in ("town", "county"))
    signing = Signing(repo())
    signing.commit({SETTINGS: ON, SIGNERS: town.line(TOWN) + "\n" + county.line(COUNTY) + "\n"}, county, unsigned=True)
    signing.branch("x")
    signing.commit({file_of(TOWN): OPINION}, town)
    root, select = signing.repository.root, ("--select", "A106,A107,A113", "--format", "json")
    ran = weimin("check", "--base", "main", *select, cwd=root)
    assert (ran.code, json.loads(ran.stdout)["findings"]) == (0, [])
    signing.commit({file_of(COUNTY): OPINION}, town)
    signing.commit({file_of(TOWN, 2): OPINION}, town, unsigned=True)
    for head in ([], ["--head", "x"]):
        ran = weimin("check", "--base", "main", *head, *select, cwd=root)
        found = {(f["code"], f["path"]) for f in json.loads(ran.stdout)["findings"]}
        assert (ran.code, found) == (1, {("A107", file_of(TOWN, 2)), ("A106", file_of(COUNTY))})
