"""The scripts of docs/reference/interface.md exist, start from any folder, and only call `weimin COMMAND`."""

from __future__ import annotations

import ast
import subprocess

import pytest

from environment import ROOT

COMMANDS = ("serve", "check", "build", "audit", "new", "import", "verify", "bench")
# measures on records that it makes
WITHOUT_RECORDS = {"bench"}
SCRIPTS = ("bootstrap", "test", *COMMANDS)
TOOLS = ("lock", "mutate", "screenshots", "lighthouse", "reference")


@pytest.mark.parametrize("name", [*SCRIPTS, *TOOLS])
def test_a_script_starts_anywhere(name):
    source = (ROOT / "scripts" / name).read_text(encoding="utf-8")
    assert source.startswith("#!/usr/bin/env python3\n")
    assert ast.get_docstring(ast.parse(source))
    assert len(source.splitlines()) <= 30
    mode = subprocess.run(["git", "ls-files", "-s", f"scripts/{name}"], cwd=ROOT, capture_output=True, text=True).stdout
    assert mode.startswith("100755 ")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_script_is_its_command(name):
    called = [node.value for node in ast.parse((ROOT / "scripts" / name).read_text(encoding="utf-8")).body[2:]]
    options = ", root=False" if name in WITHOUT_RECORDS else ""
    assert [ast.unparse(call) for call in called] == [f"run('{name}'{options})"]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_takes_the_root_that_a_script_hands_over(weimin, name):
    ran = weimin(name, "--help")
    assert ran.code == 0, ran.stderr
    assert ("--root" in ran.stdout) is (name not in WITHOUT_RECORDS)


def test_no_script_is_forgotten():
    found = {path.name for path in (ROOT / "scripts").iterdir() if path.is_file() and not path.suffix}
    assert found == {*SCRIPTS, *TOOLS}


def test_ci_runs_what_a_developer_runs():
    run = ROOT / ".ci" / "run"
    assert run.read_text(encoding="utf-8").startswith("#!/usr/bin/env bash\n")
    assert run.read_text(encoding="utf-8").rstrip().endswith('exec ./scripts/test "$@"')
    assert subprocess.run(["bash", "-n", str(run)]).returncode == 0
