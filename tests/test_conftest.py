"""The fixtures do what the tests rely on."""

from __future__ import annotations

import socket
import subprocess

import pytest
from hypothesis import settings

from builders.repository import EMAIL, NAME

PAPER = "content/321302001004/2026-001/协商.md"


def test_a_repository_is_the_same_in_every_run(repo):
    steps = [{PAPER: "一"}, {PAPER: "二"}, {PAPER: None, "b.yml": b"c: 1\n"}]
    first, second = repo(steps), repo(steps, name="second")
    assert first.git("rev-parse", "HEAD") == second.git("rev-parse", "HEAD")
    assert first.git("rev-list", "--count", "HEAD") == "3"
    assert first.git("ls-files") == "b.yml"
    assert first.git("log", "-1", "--format=%an|%ae|%aI") == f"{NAME}|{EMAIL}|2026-01-03T08:00:00+00:00"


def test_a_repository_can_branch_merge_and_be_cloned_shallow(repo, tmp_path):
    made = repo([{"a": "1"}])
    made.git("switch", "--quiet", "--create", "side")
    made.commit({"b": "2"})
    made.git("switch", "--quiet", "main")
    merged = made.merge("side")
    assert len(made.git("show", "-s", "--format=%P", merged).split()) == 2
    shallow = made.clone(tmp_path / "shallow", "--depth", "1")
    assert shallow.git("rev-parse", "--is-shallow-repository") == "true"


def test_git_meets_no_configuration_of_this_machine(repo):
    made = repo()
    shown = subprocess.run(["git", "config", "--list", "--show-scope"], cwd=made.root, capture_output=True, text=True)
    scopes = {line.split("\t")[0] for line in shown.stdout.splitlines()}
    assert scopes == {"local"}


# 192.0.2.1 is kept for documentation (RFC 5737), so nothing is reached even if the guard should fail
@pytest.mark.parametrize(
    "leave",
    [
        lambda s: s.connect(("192.0.2.1", 80)),
        lambda s: s.connect_ex(("192.0.2.1", 80)),
        lambda s: s.sendto(b"", ("192.0.2.1", 80)),
        lambda s: socket.getaddrinfo("example.invalid", 80),
    ],
    ids=["connect", "connect_ex", "sendto", "lookup"],
)
def test_the_network_is_shut(leave):
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as closed,
        pytest.raises(AssertionError, match="went to the network"),
    ):
        leave(closed)


def test_loopback_is_open():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


def test_random_examples_are_the_same_in_every_run(long):
    assert settings().derandomize
    assert settings().deadline is None
    assert settings().max_examples == (2000 if long else 100)


def test_the_installed_command_answers(weimin):
    ran = weimin("--help")
    assert ran.code == 0, ran.stderr
    assert "check" in ran.stdout
