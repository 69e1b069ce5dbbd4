"""Commands, modules, help and the two READMEs: what is promised is there, and what is there is said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from weimin.cli.main import COMMANDS, parser
from weimin.report.formats import FORMATS

ROOT = Path(__file__).resolve().parents[2]
COMMAND_MODULES = ROOT / "plugins" / "weimin" / "cli" / "commands"
READMES = ("README.md", "README.zh-CN.md")
ROW = re.compile(r"^\| `weimin ([a-z]+)", re.MULTILINE)
CALLED = re.compile(r"weimin ([a-z]+)(?= |`|\n)")
CHECK_FORMATS = re.compile(r"^\| `weimin check .*`--format ([\w\\|]+)`", re.MULTILINE)
FOR_PEOPLE_AND_PROGRAMS = ("text", "json")
"""Formats that the READMEs need not name: the default, and the one for programs (docs/reference/interface.md)."""
SCRIPT = re.compile(r"\./scripts/([a-z]+)")


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("name", READMES)
def test_a_row_for_every_command_and_a_command_for_every_row(name):
    assert set(ROW.findall(text_of(name))) == set(COMMANDS)


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md", "docs/adding.md"])
def test_no_text_calls_a_command_that_is_not_there(name):
    called = {command for command in CALLED.findall(text_of(name)) if not command.startswith("schema")}
    assert called <= set(COMMANDS)


@pytest.mark.parametrize("name", READMES)
def test_the_formats_of_check_are_listed(name):
    (formats,) = CHECK_FORMATS.findall(text_of(name))
    assert formats.split("\\|") == [form for form in FORMATS if form not in FOR_PEOPLE_AND_PROGRAMS]


@pytest.mark.parametrize("name", READMES)
def test_scripts_that_are_named_stand(name):
    named = set(SCRIPT.findall(text_of(name)))
    assert {"serve", "test"} <= named
    assert all((ROOT / "scripts" / script).is_file() for script in named)


def test_both_readmes_list_the_same_in_the_same_order():
    english, chinese = (ROW.findall(text_of(name)) for name in READMES)
    assert english == chinese


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does(command):
    assert (COMMAND_MODULES / f"{command}.py").is_file()
    help_text = parser(command).format_help()
    assert re.search(rf"^ +{command}\s+{re.escape(COMMANDS[command])}$", help_text, re.MULTILINE)


def test_every_module_is_a_command():
    assert {p.stem for p in COMMAND_MODULES.glob("*.py")} - {"__init__"} == set(COMMANDS)
