"""`scripts/test` stops at the first failing check, names what could not run, and then does not pass."""

from __future__ import annotations

import tomllib

import pytest

import provision
import suite
from environment import ROOT

MISSING = [provision.CHROMIUM]


@pytest.fixture
def started(monkeypatch):
    """The steps that were started; `codes`: exit codes of steps that must fail."""
    steps, codes = [], {}

    def start(module, *arguments):
        steps.append((module, *arguments))
        return codes.get(module, 0)

    monkeypatch.setattr(suite, "start", start)
    monkeypatch.setattr(suite, "provide", lambda tools: [])
    monkeypatch.setattr(suite, "compile_package", lambda: None)
    monkeypatch.delenv("WEIMIN_LONG", raising=False)
    return steps, codes


def test_all_steps_run_and_the_tests_come_last(started):
    steps, _ = started
    assert suite.main([]) == 0
    assert [step[0] for step in steps] == ["ruff", "ruff", "mypy", "oxlint", "pytest"]
    assert steps[-1][-2:] == ("-m", "not ahead and not npm and not office")


def test_a_broken_check_ends_the_run(started, capsys):
    steps, codes = started
    codes["mypy"] = 1
    assert suite.main([]) == 1
    assert steps[-1][0] == "mypy"
    assert capsys.readouterr().err.splitlines()[-1].startswith("没有通过：类型")


def test_fast_leaves_out_what_is_slow_or_needs_more_than_python(started, monkeypatch):
    monkeypatch.setattr(suite, "provide", lambda: pytest.fail("--fast looked for tools"))
    steps, _ = started
    assert suite.main(["--fast", "tests/records"]) == 0
    assert steps[-1][-3:] == (
        "-m",
        "not ahead and not browser and not nginx and not npm and not office and not slow and not spreadsheet and not ssh",
        "tests/records",
    )


def test_long_reaches_the_tests(started, monkeypatch):
    seen = {}
    monkeypatch.setattr(suite.os, "environ", seen)
    assert suite.main(["--long"]) == 0
    assert seen == {"WEIMIN_LONG": "1"}
    assert "--long" not in started[0][-1]


def test_a_missing_tool_is_said_last_and_the_run_fails(started, monkeypatch, capsys):
    monkeypatch.setattr(suite, "provide", lambda tools: MISSING)
    steps, _ = started
    assert suite.main([]) == 1
    assert steps[-1][-2:] == ("-m", "not ahead and not browser and not npm and not office")
    last = capsys.readouterr().err.splitlines()[-1]
    assert "缺少Chromium" in last
    assert "apt install chromium" in last


def test_failed_tests_keep_their_code(started):
    started[1]["pytest"] = 2
    assert suite.main([]) == 2


def test_a_tool_is_found_on_the_path_and_in_its_place(tmp_path, monkeypatch):
    program = tmp_path / "draws"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    by_place = provision.Tool("画", "browser", ("draws",), ("draws",), (str(program),))
    by_path = by_place._replace(places=())
    monkeypatch.setenv("PATH", "")
    assert provision.executable(by_place) == str(program)
    assert provision.executable(by_path) is None
    monkeypatch.setenv("PATH", str(tmp_path))
    assert provision.executable(by_path) == str(program)


@pytest.mark.parametrize("root", [True, False])
def test_a_missing_tool_is_installed_where_that_is_allowed(monkeypatch, root):
    there, installed = set(), []

    def install(tools):
        installed.extend(tools)
        there.update(tools)

    monkeypatch.setattr(provision, "found", lambda tool: tool in there)
    monkeypatch.setattr(provision, "may_install", lambda: root)
    monkeypatch.setattr(provision, "install", install)
    assert provision.provide() == ([] if root else list(provision.TOOLS))
    assert installed == (list(provision.TOOLS) if root else [])


def test_marks_of_tools_are_marks_of_pytest():
    options = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"]
    assert {tool.mark for tool in (*provision.TOOLS, *provision.LONG_TOOLS)} | {"slow"} <= {
        line.split(":")[0] for line in options["markers"]
    }
