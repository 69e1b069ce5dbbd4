"""Many signatures in one process: at the rate that an audit of years needs, and with Git's own answer on a sample."""

from __future__ import annotations

import base64
import hashlib
import subprocess
import time
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_ssh_private_key

from builders.repository import Repository, make_repo
from shares import Share
from signing import SIGNERS, Person, made_person
from weimin.adapters.signatures import raw_commits
from weimin.history.signing.allowed_signers import AllowedSigners, advance, verify_signature
from weimin.history.signing.signed_commits import read_commit
from weimin.model.signature import SignatureState

pytestmark = pytest.mark.ssh

RATE = 782
"""Commits a second that the prototype reached on this kind of machine, under load (safety.md 3.3)."""


def string(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


class Signer:
    """Signs as ssh-keygen does, without a process for each signature."""

    def __init__(self, person: Person) -> None:
        private = load_ssh_private_key(person.key.read_bytes(), None)
        assert isinstance(private, Ed25519PrivateKey)
        self._sign = private.sign
        self._public = base64.b64decode(person.public.split()[1])

    def signed(self, payload: bytes, what: bytes | None = None) -> bytes:
        """A commit object with a signature over `payload`, or over something else."""
        digest = hashlib.sha512(what or payload).digest()
        signature = self._sign(b"SSHSIG" + string(b"git") + string(b"") + string(b"sha512") + string(digest))
        blob = string(b"ssh-ed25519") + string(signature)
        raw = b"SSHSIG\0\0\0\1" + b"".join(string(p) for p in (self._public, b"git", b"", b"sha512", blob))
        text = base64.b64encode(raw)
        lines = b"\n ".join(text[n : n + 70] for n in range(0, len(text), 70))
        head, _, message = payload.partition(b"\n\n")
        armour = b"\ngpgsig -----BEGIN SSH SIGNATURE-----\n " + lines + b"\n -----END SSH SIGNATURE-----\n\n"
        return head + armour + message


def payload(number: int) -> bytes:
    who = b"zhang <zhang@example.cn> %d +0800" % (1_767_225_600 + number)
    empty_tree = b"4b825dc642cb6eb9a060e54bf8d69288fbee4904"
    return b"tree %s\nauthor %s\ncommitter %s\n\n%d" % (empty_tree, who, who, number)


def written(repository: Repository, objects: list[bytes]) -> list[str]:
    """Ids of commit objects, written in bulk."""
    commits = []
    for n, raw in enumerate(objects):
        (repository.root / f"o{n}").write_bytes(raw)
    names = "\n".join(f"o{n}" for n in range(len(objects))) + "\n"
    command = ["git", "hash-object", "-t", "commit", "-w", "--stdin-paths", "--no-filters"]
    out = subprocess.run(command, cwd=repository.root, input=names.encode(), stdout=subprocess.PIPE, check=True)
    commits = out.stdout.decode().split()
    assert len(commits) == len(objects)
    return commits


@pytest.fixture(scope="module")
def zhang(tmp_path_factory: pytest.TempPathFactory) -> Person:
    return made_person(tmp_path_factory.mktemp("keys"), "zhang")


def test_a_sample_of_many_gets_the_same_answer_from_git(
    zhang: Person, tmp_path: Path, long: bool, share: Share
) -> None:
    """Every third is signed over something else, every seventh by somebody who is not on the list."""
    stranger = made_person(tmp_path / "keys", "zhang")
    good, other = Signer(zhang), Signer(stranger)
    objects = [
        (other if n % 7 == 0 else good).signed(payload(n), b"else" if n % 3 == 0 else None)
        for n in range(share(300, 2000, "signatures"))
    ]
    repository = make_repo(tmp_path / "repo", [{SIGNERS: zhang.line("site") + "\n"}])
    roll, _ = advance(AllowedSigners(), zhang.line("site") + "\n", True, 0)
    commits = written(repository, objects)
    ours = {
        commit: verify_signature(read_commit(commit, raw), roll, 0).signature.state
        for commit, raw in raw_commits(repository.root, commits)
    }
    expected = [
        SignatureState.UNKNOWN if n % 7 == 0 else SignatureState.BROKEN if n % 3 == 0 else SignatureState.VALID
        for n in range(len(objects))
    ]
    assert list(ours.values()) == expected
    sample = commits if long else commits[::12]
    options = ["-c", "gpg.format=ssh", "-c", f"gpg.ssh.allowedSignersFile={repository.root / SIGNERS}"]
    for commit in sample:
        said = subprocess.run(
            ["git", *options, "verify-commit", commit], cwd=repository.root, capture_output=True
        ).returncode
        assert (said == 0) == (ours[commit] is SignatureState.VALID), commit


def test_an_audit_of_years_does_not_wait_for_signatures(zhang: Person) -> None:
    """Half of the prototype's rate is asked for: other tests run on the same two cores."""
    signer = Signer(zhang)
    objects = [signer.signed(payload(n)) for n in range(2000)]
    roll, _ = advance(AllowedSigners(), zhang.line("site") + "\n", True, 0)
    started = time.process_time()
    states = {verify_signature(read_commit("0" * 40, raw), roll, 0).signature.state for raw in objects}
    spent = time.process_time() - started
    assert states == {SignatureState.VALID}
    assert len(objects) / spent > RATE / 2
