"""Real Git repositories for tests: fixed people, fixed days, nothing of this machine's configuration."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

NAME = "测试录入员"
EMAIL = "clerk@example.invalid"
FIRST_DAY = datetime(2026, 1, 1, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)

# text or bytes to write, None to delete
Files = Mapping[str, str | bytes | None]

# -c beats every configuration file: no signing, no hook, no quoting or line endings that a machine may have set
ISOLATION = {
    "user.name": NAME,
    "user.email": EMAIL,
    "init.defaultBranch": "main",
    "commit.gpgSign": "false",
    "tag.gpgSign": "false",
    "core.hooksPath": os.devnull,
    "core.autocrlf": "false",
    "core.quotePath": "true",
    "gc.auto": "0",
    "maintenance.auto": "false",
    "protocol.file.allow": "always",
}


def git_environment() -> dict[str, str]:
    """This process's variables without any that point Git at a repository or a configuration of this machine."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return {**kept, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0"}


class Repository:
    """A working tree in `root`; each commit is made one day after the one before it."""

    def __init__(self, root: Path, now: datetime = FIRST_DAY) -> None:
        self.root = root
        self.now = now

    def git(self, *arguments: str, stdin: bytes | None = None) -> str:
        """Standard output of a git command, run with the fixed person and day; a failure raises CalledProcessError."""
        options = [part for key, value in ISOLATION.items() for part in ("-c", f"{key}={value}")]
        dates = {"GIT_AUTHOR_DATE": self.now.isoformat(), "GIT_COMMITTER_DATE": self.now.isoformat()}
        run = subprocess.run(
            ["git", *options, *arguments],
            cwd=self.root,
            env={**git_environment(), **dates},
            input=stdin,
            stdout=subprocess.PIPE,
            check=True,
        )
        return run.stdout.decode("utf-8").strip()

    def write(self, files: Files) -> None:
        """Change the working tree and commit nothing."""
        for name, content in files.items():
            path = self.root / name
            if content is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)

    def commit(self, files: Files, message: str = "改动", author: str = f"{NAME} <{EMAIL}>") -> str:
        """Write and commit everything; returns the commit's id. An empty `files` makes an empty commit."""
        self.write(files)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", f"--author={author}", f"--message={message}")
        made = self.git("rev-parse", "HEAD")
        self.now += DAY
        return made

    def told(self, steps: Sequence[Files], message: str = "改动", branch: str = "main") -> None:
        """The first commits of a branch, one for each step, by one `git fast-import`: the commits that `commit` would make."""
        stream = bytearray()
        for files in steps:
            who = f"{NAME} <{EMAIL}> {int(self.now.timestamp())} +0000"
            stream += f"commit refs/heads/{branch}\nauthor {who}\ncommitter {who}\n".encode()
            stream += _data(f"{message}\n".encode())
            for name, content in files.items():
                quoted = name.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
                if content is None:
                    stream += f'D "{quoted}"\n'.encode()
                else:
                    data = content.encode("utf-8") if isinstance(content, str) else content
                    stream += f'M 100644 inline "{quoted}"\n'.encode() + _data(data)
            self.now += DAY
        self.git("fast-import", "--quiet", "--done", stdin=bytes(stream) + b"done\n")
        self.git("reset", "--quiet", "--hard", branch)

    def merge(self, branch: str, message: str = "合并") -> str:
        """Merge with a merge commit, also where fast-forward would do; returns its id."""
        self.git("merge", "--quiet", "--no-ff", f"--message={message}", branch)
        made = self.git("rev-parse", "HEAD")
        self.now += DAY
        return made

    def clone(self, to: Path, *options: str) -> Repository:
        """A clone over the file protocol, so that `--depth 1` is really shallow."""
        self.git("clone", "--quiet", *options, self.root.resolve().as_uri(), str(to))
        return Repository(to, self.now)


def _data(content: bytes) -> bytes:
    """As `git fast-import` reads it: its length, then itself."""
    return b"data %d\n%s\n" % (len(content), content)


def make_repo(root: Path, steps: Iterable[Files] = ()) -> Repository:
    """A repository in `root` with one commit for each step; what lay in `root` before is part of the first."""
    root.mkdir(parents=True, exist_ok=True)
    repository = Repository(root)
    stood = any(root.iterdir())
    repository.git("init", "--quiet")
    told = list(steps)
    if len(told) > 1 and not stood:
        repository.told(told)
        return repository
    for files in told:
        repository.commit(files)
    return repository
