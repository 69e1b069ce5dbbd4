"""Signatures of OpenSSH checked in the process: the same answers as ssh-keygen, for every kind of key and every damage."""

from __future__ import annotations

import base64
import subprocess
from pathlib import Path

import pytest

from signing import Person, made_person
from weimin.history.signing.sshsig import BEGIN, END, Unreadable, fingerprint, kind_of, read_signature, verifies

pytestmark = pytest.mark.ssh

KINDS = {
    "ed25519": ("-t", "ed25519"),
    "p256": ("-t", "ecdsa", "-b", "256"),
    "p384": ("-t", "ecdsa", "-b", "384"),
    "p521": ("-t", "ecdsa", "-b", "521"),
    "rsa2048": ("-t", "rsa", "-b", "2048"),
    "rsa3072": ("-t", "rsa", "-b", "3072"),
}
MESSAGE = "提交的内容\n".encode() * 50


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Person]:
    folder = tmp_path_factory.mktemp("keys")
    return {name: made_person(folder, name, *kind) for name, kind in KINDS.items()}


def signed(person: Person, message: bytes = MESSAGE, namespace: str = "git", digest: str = "sha512") -> bytes:
    command = ["ssh-keygen", "-q", "-Y", "sign", "-f", str(person.key), "-n", namespace, "-O", f"hashalg={digest}"]
    return subprocess.run(command, input=message, capture_output=True, check=True).stdout


def ssh_accepts(person: Person, armoured: bytes, message: bytes, folder: Path) -> bool:
    allowed, signature = folder / "allowed", folder / "signature"
    allowed.write_text(person.line("site") + "\n")
    signature.write_bytes(armoured)
    who = f"site/{person.email}"
    command = ["ssh-keygen", "-Y", "verify", "-f", str(allowed), "-I", who, "-n", "git", "-s", str(signature)]
    return subprocess.run(command, input=message, capture_output=True).returncode == 0


def ours(armoured: bytes, message: bytes) -> bool:
    try:
        return verifies(read_signature(armoured), message)
    except Unreadable:
        return False


def armour(raw: bytes) -> bytes:
    text = base64.b64encode(raw)
    lines = [text[n : n + 70] for n in range(0, len(text), 70)]
    return b"\n".join([BEGIN, *lines, END]) + b"\n"


def raw_of(armoured: bytes) -> bytes:
    return base64.b64decode(b"".join(armoured.strip().split(b"\n")[1:-1]))


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("digest", ["sha256", "sha512"])
def test_a_signature_of_each_kind_is_good_for_its_message_alone(
    people: dict[str, Person], name: str, digest: str
) -> None:
    person = people[name]
    armoured = signed(person, digest=digest)
    assert ours(armoured, MESSAGE)
    assert not ours(armoured, MESSAGE + b" ")
    signature = read_signature(armoured)
    assert f"{kind_of(signature.key)} {base64.b64encode(signature.key).decode()}" == person.public
    assert signature.namespace == "git"


@pytest.mark.parametrize("name", KINDS)
def test_a_fingerprint_is_the_one_that_ssh_keygen_prints(people: dict[str, Person], name: str) -> None:
    printed = subprocess.run(
        ["ssh-keygen", "-l", "-f", f"{people[name].key}.pub"], stdout=subprocess.PIPE, check=True, text=True
    ).stdout
    assert fingerprint(read_signature(signed(people[name])).key) == printed.split()[1]


@pytest.mark.parametrize("name", ["ed25519", "p256", "rsa2048"])
def test_a_signature_with_any_byte_changed_is_refused(people: dict[str, Person], name: str) -> None:
    raw = raw_of(signed(people[name]))
    accepted = []
    for at in range(len(raw)):
        changed = bytearray(raw)
        changed[at] ^= 0x01
        found = armour(bytes(changed))
        # a byte of the key makes it another key, which may not be on the list: then it is not this person's
        try:
            if (
                verifies(read_signature(found), MESSAGE)
                and read_signature(found).key == read_signature(armour(raw)).key
            ):
                accepted.append(at)
        except Unreadable:
            continue
    assert accepted == []


@pytest.mark.parametrize("name", ["ed25519", "p384", "rsa3072"])
def test_a_damaged_signature_is_accepted_by_neither_of_the_two(
    people: dict[str, Person], name: str, tmp_path: Path
) -> None:
    armoured = signed(people[name])
    raw = raw_of(armoured)
    assert ours(armoured, MESSAGE) and ssh_accepts(people[name], armoured, MESSAGE, tmp_path)
    damaged = {
        "cut": armour(raw[:-1]),
        "longer": armour(raw + b"\0"),
        "another version": armour(raw[:9] + b"\2" + raw[10:]),
        "without its end": armoured.replace(END, b""),
        "nothing": b"",
        "only the frame": BEGIN + b"\n" + END + b"\n",
        "no base64": armoured.replace(b"A", b"*", 1),
        "another message's": signed(people[name], b"else"),
        "for files": signed(people[name], namespace="file"),
    }
    for what, found in damaged.items():
        named_git = ours(found, MESSAGE) and read_signature(found).namespace == "git"
        assert not named_git, what
        assert not ssh_accepts(people[name], found, MESSAGE, tmp_path), what


def test_short_rsa_keys_and_other_kinds_of_signatures_are_named(tmp_path: Path) -> None:
    short = made_person(tmp_path, "short", "-t", "rsa", "-b", "1024")
    with pytest.raises(Unreadable, match="2048"):
        verifies(read_signature(signed(short)), MESSAGE)
    with pytest.raises(Unreadable, match="不是 SSH 签名"):
        read_signature(b"-----BEGIN PGP SIGNATURE-----\n\niQ==\n-----END PGP SIGNATURE-----\n")
