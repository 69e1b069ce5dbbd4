"""`.venv/` has the locked packages: installed once, again when something changed or broke, and never half."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import environment

SCRIPTS = Path(environment.__file__).parent


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A clone with locks and a package table, in which creating the environment and pip only record their calls."""
    (tmp_path / "requirements.lock").write_text("a==1 \\\n    --hash=sha256:0\n", encoding="utf-8")
    (tmp_path / "requirements-dev.lock").write_text("a==1\nb==2\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    calls = []

    def make():
        calls.append("make")
        environment.PYTHON.parent.mkdir(parents=True, exist_ok=True)
        environment.PYTHON.unlink(missing_ok=True)
        # a link would leave this environment, and the system's own Python may have no pip
        environment.PYTHON.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
        environment.PYTHON.chmod(0o755)
        environment.STAMP.write_text(environment.UNFINISHED, encoding="utf-8")

    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(environment, "STAMP", tmp_path / ".venv" / "weimin.stamp")
    monkeypatch.setattr(environment, "make", make)
    monkeypatch.setattr(environment, "pip", lambda *arguments: calls.append(arguments[-1]))
    (tmp_path / "plugins" / "weimin").mkdir(parents=True)
    (tmp_path / "plugins" / "weimin" / "ours.py").write_text("x = 1\n", encoding="utf-8")
    return calls


def calls_of(clone, **options):
    clone.clear()
    environment.ensure(**options)
    return list(clone)


def test_a_new_clone_is_installed_once(clone):
    assert calls_of(clone) == ["make", "requirements.lock", "."]
    assert calls_of(clone) == []


def test_our_own_package_is_compiled_like_the_others(clone, monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    calls_of(clone)
    compiled = environment.ROOT / "plugins" / "weimin" / "__pycache__"
    assert [file.suffix for file in compiled.iterdir()] == [".pyc"]


def test_a_module_that_does_not_compile_stops_no_installation(clone, capfd):
    (environment.ROOT / "plugins" / "weimin" / "ours.py").write_text("x = (\n", encoding="utf-8")
    calls_of(clone)
    assert environment.is_current(dev=False)
    assert "SyntaxError" not in capfd.readouterr().out


def test_the_environment_for_development_serves_the_plain_commands(clone):
    assert calls_of(clone, dev=True) == ["make", "requirements-dev.lock", "."]
    assert calls_of(clone) == []


def test_the_plain_environment_is_added_to_for_development(clone):
    calls_of(clone)
    assert calls_of(clone, dev=True) == ["requirements-dev.lock", "."]


@pytest.mark.parametrize("file", ["requirements.lock", "pyproject.toml"])
def test_a_changed_table_is_installed_again(clone, file):
    calls_of(clone)
    with (environment.ROOT / file).open("a", encoding="utf-8") as changed:
        changed.write("# changed\n")
    assert calls_of(clone) == ["requirements.lock", "."]


def test_an_interrupted_installation_is_made_again(clone, monkeypatch):
    def interrupted(*arguments):
        raise SystemExit(3)

    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(environment, "pip", interrupted)
        environment.ensure()
    assert calls_of(clone) == ["make", "requirements.lock", "."]


def test_an_environment_without_its_python_is_made_again(clone):
    calls_of(clone)
    environment.PYTHON.unlink()
    assert calls_of(clone) == ["make", "requirements.lock", "."]


def test_an_environment_whose_python_is_broken_is_made_again(clone):
    calls_of(clone)
    environment.PYTHON.unlink()
    environment.PYTHON.symlink_to("/bin/false")
    assert calls_of(clone) == ["make", "requirements.lock", "."]


@pytest.mark.slow
def test_a_half_made_folder_becomes_an_environment(tmp_path, monkeypatch):
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    monkeypatch.setattr(environment, "VENV", venv)
    monkeypatch.setattr(environment, "PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(environment, "STAMP", venv / "weimin.stamp")
    assert not environment.usable()
    environment.make()
    assert not environment.usable()
    environment.STAMP.unlink()
    assert environment.usable()


def ended(capsys, call):
    """The exit code of a call that must exit, and the lines that it printed."""
    with pytest.raises(SystemExit) as end:
        call()
    return end.value.code, capsys.readouterr().err.splitlines()


def test_no_git_is_said_in_one_line(tmp_path):
    ran = subprocess.run(
        [sys.executable, SCRIPTS / "bootstrap"], env={"PATH": str(tmp_path)}, cwd=tmp_path, capture_output=True
    )
    assert ran.returncode == 3
    assert ran.stderr.decode("utf-8").splitlines() == ["停下：" + environment.MISSING_GIT]


def test_an_old_python_is_said_in_one_line(monkeypatch, capsys):
    monkeypatch.setattr(environment.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(environment.shutil, "which", lambda name: "git" if name == "git" else None)
    assert ended(capsys, environment.require_tools) == (3, ["停下：" + environment.TOO_OLD.format("3.9")])


def test_a_newer_python_on_the_path_takes_over(monkeypatch):
    monkeypatch.setattr(environment.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(environment.sys, "argv", ["scripts/check", "--base", "main"])
    monkeypatch.setattr(environment.shutil, "which", lambda name: name if name in ("git", "python3.12") else None)
    taken = []
    monkeypatch.setattr(environment, "hand_over", taken.append)
    environment.require_tools()
    assert taken == [["python3.12", "scripts/check", "--base", "main"]]


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_missing_venv_module_is_said_in_one_line(monkeypatch, capsys, module):
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None if name == module else name)
    assert ended(capsys, environment.require_tools) == (3, ["停下：" + environment.MISSING_VENV])


@pytest.mark.skipif(os.name == "nt", reason="a program of three lines of shell stands in for pip")
def test_pip_gives_its_reason_and_no_address(tmp_path, monkeypatch, capsys):
    said = "Looking in indexes: https://user:word@packages.invalid/x\\nERROR: none at https://packages.invalid/x (of 3)"
    pip = tmp_path / "pip"
    pip.write_text(f"#!/bin/sh\nprintf '{said}'\nexit 1\n", encoding="utf-8")
    pip.chmod(0o755)
    monkeypatch.setattr(environment, "PYTHON", pip)
    code, lines = ended(capsys, lambda: environment.pip("-r", "requirements.lock"))
    assert code == 3
    assert lines[0] == "  ERROR: none at （软件源） (of 3)"
    assert len(lines) == 2


@pytest.mark.parametrize("name", ["environment.py", "bootstrap", "serve", "test"])
def test_an_old_python_can_read_what_tells_it_so(name):
    ast.parse((SCRIPTS / name).read_text(encoding="utf-8"), feature_version=(3, 7))
