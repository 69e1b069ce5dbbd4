"""CODEOWNERS from the list of signers: each forge, reading the file its own way, requests exactly those who may sign."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from small_register import AT, CITY, COUNTY, ONE, PLATFORMS, TOP, TOWN, VILLAGE

from signing import SIGNERS, made_person
from weimin.app.entry.codeowners import EXPRESSIONS, FORGES, GLOBS, codeowners
from weimin.engine.opening import NothingToCheck
from weimin.engine.register import Register
from weimin.history.signing.jurisdiction import covers, scope_of

DAY = date(2026, 6, 1)
SCOPES = {
    "clerk": VILLAGE,
    "town": TOWN,
    "second": TOWN,
    "county": COUNTY,
    "city": CITY,
    "operator": "site",
}
PATHS = [
    f"{ONE}/topic.md",
    f"{ONE}/attachments/a.jpg",
    f"{AT}/platform.yml",
    f"{TOP}/platform.yml",
    f"{TOP}/2026-001/topic.md",
    f"content/network/{CITY}/{COUNTY}/plans/2026.yml",
    f"content/network/{CITY}/rules/house.md",
    SIGNERS,
    "content/site.yml",
    "README.md",
    "plugins/weimin/model/place.py",
]


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("keys")
    return {name: f"{made_person(folder, name).line(scope)} @{name}" for name, scope in SCOPES.items()}


@pytest.fixture
def register(tmp_path: Path) -> Callable[[str], Register]:
    def make(signers: str, site: str = PLATFORMS["content/site.yml"]) -> Register:
        for path, text in {**PLATFORMS, "content/site.yml": site, SIGNERS: signers}.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, encoding="utf-8")
        return Register(tmp_path)

    return make


def rows(text: str) -> list[tuple[str, set[str]]]:
    cut = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    return [(pattern, set(owners)) for pattern, *owners in cut]


def asked(text: str, path: str, forge: str) -> set[str]:
    """Whom the forge requests: with globs the last matching row, with expressions every row that matches the complete path."""
    if forge in GLOBS:
        fitting = [owners for pattern, owners in rows(text) if pattern == "*" or f"/{path}".startswith(pattern)]
        return fitting[-1] if fitting else set()
    return {who for pattern, owners in rows(text) if re.fullmatch(pattern, path) for who in owners}


@pytest.mark.parametrize("forge", FORGES)
@pytest.mark.parametrize("path", PATHS)
def test_a_forge_asks_exactly_those_who_may_sign(
    forge: str, path: str, lines: dict[str, str], register: Callable[[str], Register]
) -> None:
    text = codeowners(register("\n".join(lines.values())), forge, DAY).text
    assert asked(text, path, forge) == {f"@{name}" for name, scope in SCOPES.items() if covers(scope, scope_of(path))}


def test_a_folder_without_anybody_of_its_own_is_the_next_levels(
    lines: dict[str, str], register: Callable[[str], Register]
) -> None:
    text = codeowners(register(f"{lines['county']}\n{lines['operator']}\n"), "github", DAY).text
    assert asked(text, f"{ONE}/topic.md", "github") == {"@county", "@operator"}
    assert len(rows(text)) == 2


def test_the_file_says_which_place_a_row_is_and_is_the_same_whatever_the_order_of_the_list(
    lines: dict[str, str], register: Callable[[str], Register]
) -> None:
    text = codeowners(register("\n".join(lines.values())), "gitlab", DAY).text
    assert f"# 样例村为民协商联系点\n/content/network/{CITY}/{COUNTY}/{TOWN}/{VILLAGE}/ @clerk @town @second" in text
    again = codeowners(register("\n".join(reversed(lines.values()))), "gitlab", DAY).text
    assert [(p, o) for p, o in rows(again)] == rows(text)


@pytest.mark.parametrize("forge", GLOBS)
def test_without_an_account_the_mail_stands_for_a_person(
    forge: str, lines: dict[str, str], register: Callable[[str], Register]
) -> None:
    made = codeowners(register(lines["town"].removesuffix(" @town")), forge, DAY)
    assert rows(made.text)[0][1] == {"town@example.cn"} and made.without_account == ()


@pytest.mark.parametrize("forge", EXPRESSIONS)
def test_where_a_forge_takes_accounts_alone_people_without_one_are_named(
    forge: str, lines: dict[str, str], register: Callable[[str], Register]
) -> None:
    made = codeowners(register(lines["town"].removesuffix(" @town") + "\n" + lines["county"]), forge, DAY)
    assert made.without_account == ("town@example.cn",) and "town" not in made.text
    with pytest.raises(NothingToCheck, match="@zhang"):
        codeowners(register(lines["town"].removesuffix(" @town")), forge, DAY)


def test_only_keys_for_commits_that_are_valid_on_the_day_count(
    lines: dict[str, str], register: Callable[[str], Register]
) -> None:
    ended = lines["town"].replace(" ssh-", ' valid-before="20260301Z" ssh-')
    other = lines["second"].replace(" ssh-", ' namespaces="file" ssh-')
    made = register("\n".join([ended, other, lines["county"]]))
    assert "@town" not in codeowners(made, "github", DAY).text
    assert "@second" not in codeowners(made, "github", DAY).text
    assert "@town" in codeowners(made, "github", date(2026, 2, 1)).text


def test_places_that_the_network_does_not_have_and_lines_at_fault_are_told(
    lines: dict[str, str], register: Callable[[str], Register]
) -> None:
    stranger = lines["city"].replace(CITY, "990200", 1)
    made = codeowners(register(f"* x\n{stranger}\n{lines['county']}\n"), "github", DAY)
    assert made.unknown_scopes == ("990200",) and [f.line for f in made.faults] == [1] and "990200" not in made.text


def test_without_a_list_there_is_no_answer(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yml").write_text("title: 样例\n", encoding="utf-8")
    with pytest.raises(NothingToCheck, match="名单"):
        codeowners(Register(tmp_path), "github", DAY)


def test_the_command_writes_the_file_and_keeps_notes_apart(
    lines: dict[str, str], register: Callable[..., Register], weimin: Callable[..., Any], tmp_path: Path
) -> None:
    site = PLATFORMS["content/site.yml"]
    register("* x\n" + "\n".join(lines.values()), site)
    lost = weimin("codeowners", cwd=tmp_path)
    assert (lost.code, lost.stdout) == (2, "") and "--forge" in lost.stderr
    register("* x\n" + "\n".join(lines.values()), site + "forge: {kind: forgejo, url: 'https://forge.example/x/y'}\n")
    shown = weimin("codeowners", "--as-of", "2026-06-01", cwd=tmp_path)
    assert shown.code == 0 and f"content/network/{CITY}/.* @city\n" in shown.stdout and "第 1 行" in shown.stderr
    written = weimin("codeowners", "--as-of", "2026-06-01", "--output", "CODEOWNERS", cwd=tmp_path)
    assert (written.code, written.stdout) == (0, "")
    assert (tmp_path / "CODEOWNERS").read_bytes() == shown.stdout.encode()
