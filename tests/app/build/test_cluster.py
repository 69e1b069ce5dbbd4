"""A build on a Dask cluster, with two workers that have a clone each, equals the build of one machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from artefacts import copy
from builders.town import town_repository
from weimin.adapters.cluster import CLONE, Cluster, ClusterFault
from weimin.app.build.build import build
from weimin.cli.exit_codes import NO_ANSWER
from weimin.cli.main import main
from weimin.demo import AS_OF
from weimin.engine.opening import open_register
from weimin.engine.options import Options
from weimin.publish.run import publish

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("default"),  # Dask's own
]


def quiet(what: str, more: int, total: int) -> None:
    """Progress that is not shown."""


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    return copy(town_repository(), tmp_path_factory.mktemp("cluster") / "made")


@pytest.fixture(scope="module")
def alone(made) -> dict[str, bytes]:
    """The site as this machine builds it without a cluster."""
    return site_of(made, made.parent / "alone", None)


def site_of(root: Path, output: Path, cluster: Cluster | None, tick=quiet) -> dict[str, bytes]:
    register = open_register(root, root)
    options = Options(as_of=AS_OF, cluster=cluster)
    build(register, options, output / "current", publish, base_url="https://demo.example.org", tick=tick)
    folder = (output / "current").resolve()
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


class Machines:
    """A scheduler and its workers, each of which may be ended at any time."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._running = folder, []
        self._told = folder / "scheduler.json"
        self.start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        until(self._told.exists)

    @property
    def address(self) -> str:
        import json

        return json.loads(self._told.read_text(encoding="utf-8"))["address"]

    def start(self, what: str, *arguments: str, clone: Path | None = None) -> subprocess.Popen[bytes]:
        command = [
            sys.executable,
            "-m",
            f"distributed.cli.dask_{what}",
            "--scheduler-file",
            str(self._told),
            *arguments,
        ]
        env = {k: v for k, v in os.environ.items() if k != CLONE} | ({CLONE: str(clone)} if clone else {})
        log = (self._folder / f"{what}-{len(self._running)}.log").open("wb")
        with log:
            process = subprocess.Popen(command, env=env, cwd=self._folder, stdout=log, stderr=log)
        self._running.append(process)
        return process

    def worker(self, clone: Path | None) -> subprocess.Popen[bytes]:
        return self.start(
            "worker", "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1", clone=clone
        )

    def close(self) -> None:
        for process in reversed(self._running):
            with suppress(ProcessLookupError):
                process.kill()
            process.wait()


def until(done, seconds: float = 600) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)


@contextmanager
def machines(folder: Path) -> Iterator[Machines]:
    folder.mkdir(parents=True, exist_ok=True)
    found = Machines(folder)
    try:
        yield found
    finally:
        found.close()


def cloned(made: Path, to: Path) -> Path:
    subprocess.run(["git", "clone", "-q", "--no-hardlinks", str(made), str(to)], check=True)
    return to


def test_two_workers_with_a_clone_each_write_what_one_machine_writes(made, alone, tmp_path):
    ticks: dict[str, int] = {}

    def tick(what: str, more: int, total: int) -> None:
        ticks[what] = ticks.get(what, 0) + more
        assert ticks[what] <= total

    with machines(tmp_path / "m") as several:
        for n in range(2):
            several.worker(cloned(made, tmp_path / f"clone{n}"))
        with Cluster(several.address, min_items=1) as cluster:
            until(lambda: len(cluster.workers) == 2)
            found = site_of(made, tmp_path / "out", cluster, tick)
            assert all(done > 0 for done in cluster.done.values())
            assert len(cluster.done) == 2
    assert found.keys() == alone.keys()
    assert [path for path in alone if found[path] != alone[path]] == []
    assert ticks["核对卷宗"] > 20
    assert ticks["生成页面"] > 60


def test_a_build_survives_the_loss_of_a_worker(made, alone, tmp_path):
    """It is killed while it works; its batches are done by the other one."""
    with machines(tmp_path / "m") as several:
        lost = several.worker(cloned(made, tmp_path / "clone0"))
        several.worker(cloned(made, tmp_path / "clone1"))
        with Cluster(several.address, min_items=1) as cluster:
            until(lambda: len(cluster.workers) == 2)

            def tick(what: str, more: int, total: int) -> None:
                if what == "生成页面" and lost.poll() is None:
                    lost.kill()
                    lost.wait()

            found = site_of(made, tmp_path / "out", cluster, tick)
            assert lost.returncode == -9
            assert len(cluster.workers) == 1
    assert [path for path in alone if found.get(path) != alone[path]] == []
    assert found.keys() == alone.keys()


def test_the_loss_of_all_workers_is_reported(made, tmp_path):
    with machines(tmp_path / "m") as several:
        several.worker(cloned(made, tmp_path / "clone"))
        with Cluster(several.address, min_items=1) as cluster:
            until(lambda: len(cluster.workers) == 1)

            def tick(what: str, more: int, total: int) -> None:
                if what == "核对卷宗":
                    several.close()

            with pytest.raises(ClusterFault, match="集群中途散了"):
                site_of(made, tmp_path / "out", cluster, tick)
    assert not (tmp_path / "out" / "current").exists()


def refused(made: Path, several: Machines, output: Path) -> str:
    with Cluster(several.address, min_items=1) as cluster, pytest.raises(ClusterFault) as unfit:
        site_of(made, output, cluster)
    assert not (output / "current").exists()
    return str(unfit.value)


def test_a_worker_that_cannot_do_the_work_says_why(made, tmp_path):
    old = cloned(made, tmp_path / "old")
    ahead = cloned(made, tmp_path / "ahead")
    (ahead / "content" / "site.yml").write_text("title: 样例为民协商一张网\n样例：内容是编造的\n", encoding="utf-8")
    who = ("-c", "user.name=样例", "-c", "user.email=sample@example.org")
    subprocess.run(["git", *who, "commit", "-q", "-a", "-m", "样例"], cwd=ahead, check=True)
    with machines(tmp_path / "m") as several:
        worker = several.worker(None)
        assert CLONE in refused(made, several, tmp_path / "a")
        worker.kill()
        worker.wait()
        several.worker(old)
        (ahead / "content" / "site.yml").write_text("title: 样例为民协商一张网\n", encoding="utf-8")
        subprocess.run(["git", *who, "commit", "-q", "-a", "-m", "样例"], cwd=ahead, check=True)
        assert "git fetch" in refused(ahead, several, tmp_path / "b")


def test_another_version_of_the_program_is_refused(made, tmp_path, monkeypatch):
    with machines(tmp_path / "m") as several:
        several.worker(cloned(made, tmp_path / "clone"))
        monkeypatch.setattr("weimin.engine.remote_judging.program_digest", lambda: "0" * 64)
        assert "同一个版本" in refused(made, several, tmp_path / "out")


def test_uncommitted_changes_are_not_built_on_a_cluster(made, tmp_path, capsys):
    root = tmp_path / "changed"
    shutil.copytree(made, root)
    site = root / "content" / "site.yml"
    site.write_text(site.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert main(["build", "--root", str(root), "--scheduler", "tcp://127.0.0.1:9"]) == NO_ANSWER
    assert "git commit" in capsys.readouterr().err
    assert not (root / "output").exists()


def test_no_scheduler_at_the_address(made, monkeypatch, capsys):
    monkeypatch.setattr("weimin.adapters.cluster.PATIENCE", 1)
    assert main(["build", "--root", str(made), "--scheduler", "tcp://127.0.0.1:9"]) == NO_ANSWER
    assert "dask scheduler" in capsys.readouterr().err


def test_no_worker_at_all(made, tmp_path, monkeypatch):
    monkeypatch.setattr("weimin.adapters.cluster.PATIENCE", 1)
    with machines(tmp_path / "m") as several:
        assert "没有工作机" in refused(made, several, tmp_path / "out")
