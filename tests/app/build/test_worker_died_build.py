"""If a worker dies during a build, its dossier is named, the site is unchanged, and the next build equals a clean one."""

from __future__ import annotations

import os
import resource
import signal
from pathlib import Path

import pytest

from artefacts import copy
from builders.town import town_repository
from weimin.app.build.render import Renderer
from weimin.cli.exit_codes import FAULT, OK
from weimin.cli.main import main

pytestmark = pytest.mark.slow


@pytest.fixture
def made(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr("weimin.adapters.workers.MIN_PARALLEL", 1)
    monkeypatch.setattr("weimin.engine.state.MIN_PARALLEL", 1)
    return copy(town_repository(), tmp_path / "made")


def built(root: Path, *more: str) -> int:
    return main(["build", "--root", str(root), "--as-of", "2026-11-22", "--jobs", "2", "--no-pictures", *more])


def site(root: Path) -> dict[str, bytes]:
    live = (root / "output" / "current").resolve()
    return {p.relative_to(live).as_posix(): p.read_bytes() for p in sorted(live.rglob("*")) if p.is_file()}


def by_signal() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def by_limit() -> None:
    """The kernel ends a process that has used up its second of CPU time."""
    resource.setrlimit(resource.RLIMIT_CPU, (1, 1))
    while True:
        pass


@pytest.mark.parametrize("die", [by_signal, by_limit])
def test_nothing_half_built_is_published(made, monkeypatch, capsys, die):
    assert built(made) == OK
    before, link = site(made), (made / "output" / "current").readlink()
    last = sorted(p for p in (made / "content" / "network").rglob("topic.md"))[-1]
    dossier = "/".join((last.parent.parent.name, last.parent.name))
    usual = Renderer.__call__

    def dying(self, task):
        if task.unit == dossier:
            die()
        return usual(self, task)

    with monkeypatch.context() as patched:
        patched.setattr(Renderer, "__call__", dying)
        capsys.readouterr()
        assert built(made, "--base-url", "https://other.example.org") == FAULT
    said = capsys.readouterr().err
    assert f"处理“{dossier}”时" in said
    assert "没有发布" in said
    assert site(made) == before
    assert (made / "output" / "current").readlink() == link
    assert built(made) == OK
    assert site(made) == before
    assert built(made, "--base-url", "https://other.example.org") == OK
    after = site(made)
    assert built(made, "--base-url", "https://other.example.org", "--clean") == OK
    assert site(made) == after != before
