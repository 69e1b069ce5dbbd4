"""What every test gets: no network, no Git configuration of this machine, the same random examples each time."""

from __future__ import annotations

import gc
import math
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, settings

from artefacts import changed
from builders.repository import Files, Repository, git_environment, make_repo
from shares import LONG, lines, number, share
from weimin.cli import progress

COMMAND = Path(sys.executable).parent / ("weimin.exe" if os.name == "nt" else "weimin")

HANGS = 1800
"""Seconds after which a command is taken to hang; many times what any takes on the busiest machine."""

__all__ = ["share"]

ALL_EXAMPLES = 2000
EXAMPLES = number(100, ALL_EXAMPLES)

settings.register_profile(
    "weimin",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=EXAMPLES,
    # how slow a shared machine is says nothing about the code
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("weimin")


gc.disable()  # collecting tests makes a million objects that stay until the end


def pytest_collection_finish() -> None:
    """From here on the garbage collector runs, and leaves out what collecting the tests has made."""
    gc.enable()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Which tests ran a share of what `--long` runs."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, ())]
    if noted := list(lines(reports)):
        noted.append(f"properties: {EXAMPLES:,} of {ALL_EXAMPLES:,} examples, unless a test says otherwise")
        terminalreporter.section("all" if LONG else "a seeded share; --long runs all")
        terminalreporter.write("".join(f"{line}\n" for line in noted))


class Ran(NamedTuple):
    """How a command ended; the texts are decoded as UTF-8."""

    code: int
    stdout: str
    stderr: str


@pytest.fixture(scope="session")
def long() -> bool:
    """True under `./scripts/test --long`: run the stated numbers instead of the seeded sample."""
    return LONG


def refuse_far_away(address: Any) -> None:
    """Unix sockets (a path) and loopback pass."""
    if isinstance(address, tuple) and address and str(address[0]) not in ("127.0.0.1", "::1", "localhost"):
        raise AssertionError(f"a test went to the network: {address[0]}:{address[1]}")


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """A connection, a datagram or a name look-up that leaves this machine fails the test."""
    looked_up = socket.getaddrinfo

    def lookup(host: Any, port: Any, *rest: Any, **options: Any) -> Any:
        refuse_far_away((host.decode() if isinstance(host, bytes) else host or "localhost", port))
        return looked_up(host, port, *rest, **options)

    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, guarded(getattr(socket.socket, name)))
        patch.setattr(socket, "getaddrinfo", lookup)
        yield


def guarded(method: Callable[..., Any]) -> Callable[..., Any]:
    """`method` of a socket; the address is its last argument."""

    def call(self: socket.socket, *arguments: Any) -> Any:
        refuse_far_away(arguments[-1])
        return method(self, *arguments)

    return call


@pytest.fixture(scope="session", autouse=True)
def isolated_git() -> Iterator[None]:
    """Code under test that runs git meets no configuration, and no repository that a hook has set (GIT_DIR)."""
    with pytest.MonkeyPatch.context() as patch:
        wanted = git_environment()
        for key in [key for key in os.environ if key not in wanted]:
            patch.delenv(key)
        for key, value in wanted.items():
            patch.setenv(key, value)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_line_of_progress() -> Iterator[None]:
    """What a command says does not depend on how long it took: none of the lines that come every ten seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(progress, "INTERVAL", math.inf)
        yield


@pytest.fixture
def repo(tmp_path: Path) -> Callable[..., Repository]:
    """`repo(steps)`: a Git repository in `tmp_path / "repo"`, one commit for each mapping of path to content."""

    def make(steps: Iterable[Files] = (), name: str = "repo") -> Repository:
        return make_repo(tmp_path / name, steps)

    return make


@pytest.fixture
def weimin(tmp_path: Path) -> Callable[..., Ran]:
    """`weimin("check", "--format", "json", cwd=…)`: the installed command, as a process of its own."""

    def run(*arguments: str | Path, cwd: Path = tmp_path, timeout: float = HANGS) -> Ran:
        environment = {**os.environ, "NO_COLOR": "1"}
        ran = subprocess.run([COMMAND, *arguments], cwd=cwd, env=environment, capture_output=True, timeout=timeout)
        return Ran(ran.returncode, ran.stdout.decode("utf-8"), ran.stderr.decode("utf-8"))

    return run


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all tests of a process: a second driver beside the first is refused."""
    from playwright.sync_api import sync_playwright

    import provision
    from page_views import ARGUMENTS

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=provision.executable(provision.CHROMIUM), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session", autouse=True)
def artefacts_stay_as_they_are() -> Iterator[None]:
    """A test that changes what all processes share fails the last test of its process, by name of what was changed."""
    yield
    assert not (others := changed()), f"a test changed shared artefacts and has to take a copy: {others}"
