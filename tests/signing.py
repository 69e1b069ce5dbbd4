"""People with real SSH keys, and repositories in which they sign."""

from __future__ import annotations

import os
import subprocess
from datetime import datetime
from pathlib import Path

import msgspec

from builders.repository import FIRST_DAY, Files, Repository
from weimin.engine.history.attestation import SignatureVerifier, VerifiedStep
from weimin.engine.history.reader import History
from weimin.history.signing.jurisdiction import SignatureProblem
from weimin.model.network import folder_of

SIGNERS = "content/network/signers"
SETTINGS = "content/site.yml"
ON = "title: 演示\nsignatures: true\n"
NOW = 4_000_000_000  # later than any test


class Person(msgspec.Struct, frozen=True):
    """`key` is the path of the private key; the public one lies beside it."""

    email: str
    key: Path

    @property
    def public(self) -> str:
        """Kind and key, as a list of signers has them."""
        return " ".join(self.key.with_suffix(".pub").read_text().split()[:2])

    def line(self, scope: str, options: str = "") -> str:
        return f"{scope}/{self.email} {options + ' ' if options else ''}{self.public}"


def made_person(folder: Path, name: str, *kind: str) -> Person:
    """Someone with a new key (`-t ed25519` unless said otherwise)."""
    folder.mkdir(parents=True, exist_ok=True)
    key = folder / f"id_{name}"
    options = kind or ("-t", "ed25519")
    subprocess.run(["ssh-keygen", "-q", *options, "-N", "", "-C", name, "-f", str(key)], check=True)
    return Person(f"{name}@example.cn", key)


class Signing:
    """A repository whose commits are signed; `repository.now` is the day on which the next one says it was made."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository

    def _as(self, author: Person, signer: Person | None) -> list[str]:
        named = [f"user.name={author.email.partition('@')[0]}", f"user.email={author.email}", "gpg.format=ssh"]
        named += [f"user.signingKey={signer.key}"] if signer else []
        return [part for option in named for part in ("-c", option)]

    def commit(self, files: Files, author: Person, signer: Person | None = None, *, unsigned: bool = False) -> str:
        """A commit of the author, signed with the key of the author, of somebody else, or of nobody."""
        repository = self.repository
        repository.write(files)
        repository.git("add", "--all")
        sign = "--no-gpg-sign" if unsigned else "-S"
        told = self._as(author, signer or author)
        repository.git(*told, "commit", "--quiet", "--allow-empty", sign, "--message=改动")
        return self._made()

    def merge(self, branch: str, author: Person, signer: Person | None = None, files: Files | None = None) -> str:
        """A merge commit, with changes of its own if there are `files`."""
        repository = self.repository
        told = self._as(author, signer or author)
        repository.git(*told, "merge", "--quiet", "--no-ff", "--no-commit", branch)
        repository.write(files or {})
        repository.git("add", "--all")
        repository.git(*told, "commit", "--quiet", "-S", "--message=合并")
        return self._made()

    def _made(self) -> str:
        from builders.repository import DAY

        self.repository.now += DAY
        return self.repository.git("rev-parse", "HEAD")

    def branch(self, name: str) -> None:
        self.repository.git("checkout", "--quiet", "-b", name)

    def main(self) -> None:
        self.repository.git("checkout", "--quiet", "main")

    def proposal(self, files: Files, author: Person, signer: Person | None = None, name: str = "x") -> str:
        """One signed commit on a branch of its own; main is checked out again."""
        self.branch(name)
        made = self.commit(files, author, signer)
        self.main()
        return made

    def through(self, files: Files, author: Person, approver: Person, name: str = "x") -> str:
        """A change as it should be: signed on a branch, merged by somebody else. Returns the merge."""
        self.proposal(files, author, name=name)
        made = self.merge(name, approver)
        self.repository.git("branch", "-D", name)
        return made

    def attested(self, now: int = NOW) -> list[VerifiedStep]:
        with History(self.repository.root) as history:
            return list(SignatureVerifier(history).verify(history.steps(), now))

    def faults(self, now: int = NOW) -> list[SignatureProblem]:
        return [fault for step in self.attested(now) for fault in step.faults]

    def codes(self, now: int = NOW) -> list[str]:
        return [fault.problem.code for fault in self.faults(now)]

    def git_accepts(self, commit: str) -> bool:
        """What `git verify-commit` says with the list as it is checked out."""
        signers = self.repository.root / SIGNERS
        run = subprocess.run(
            ["git", "-c", "gpg.format=ssh", "-c", f"gpg.ssh.allowedSignersFile={signers}", "verify-commit", commit],
            cwd=self.repository.root,
            env={**os.environ, "TZ": "UTC"},
            capture_output=True,
        )
        return run.returncode == 0


def file_of(code: str, number: int = 1) -> str:
    """An opinion of a platform: a record that needs no other."""
    return f"{folder_of(code)}/opinions/2026-01-{number:02}.yml"


def day(number: int) -> datetime:
    """The n-th day after the first of made repositories."""
    from builders.repository import DAY

    return FIRST_DAY + number * DAY
