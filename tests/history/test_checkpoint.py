"""The arithmetic of RFC 6962 against a second, plain reading of it and against known roots; the line that is kept."""

from __future__ import annotations

import hashlib
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weimin.history.log.checkpoint import (
    FIRST,
    Checkpoint,
    consistency_proof,
    inclusion_proof,
    join,
    leaf_hash,
    log_errors,
    parse,
    parse_all,
    read_leaves,
    root,
    verify_consistency,
    verify_inclusion,
    write_leaves,
)

LARGEST = 33
LEAVES = [leaf_hash(b"%d" % n) for n in range(LARGEST)]

# the eight entries that implementations of Certificate Transparency are tried with, and the roots of the first n
ENTRIES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def plain_root(leaves: list[bytes]) -> bytes:
    """The definition, word for word: split at the largest power of two below the size."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\1" + plain_root(leaves[:half]) + plain_root(leaves[half:])).digest()


@pytest.mark.parametrize("size", range(len(ROOTS)))
def test_the_known_roots(size):
    assert root([leaf_hash(entry) for entry in ENTRIES[:size]]).hex() == ROOTS[size]


@pytest.mark.parametrize("size", range(LARGEST + 1))
def test_a_root_is_that_of_the_definition(size):
    assert root(LEAVES[:size]) == plain_root(LEAVES[:size])


@pytest.mark.parametrize("size", range(1, LARGEST + 1))
def test_every_leaf_proves_its_place_and_no_other(size):
    head = root(LEAVES[:size])
    for index in range(size):
        proof = inclusion_proof(LEAVES[:size], index)
        assert verify_inclusion(LEAVES[index], index, size, proof, head)
        assert not verify_inclusion(leaf_hash(b"forged"), index, size, proof, head)
        assert not verify_inclusion(LEAVES[index], (index + 1) % size, size, proof, head) or size == 1
        assert not verify_inclusion(LEAVES[index], index, size, [*proof, head], head)
        assert not proof or not verify_inclusion(LEAVES[index], index, size, proof[:-1], head)
    with pytest.raises(IndexError):
        inclusion_proof(LEAVES[:size], size)


@pytest.mark.parametrize("size", range(1, LARGEST + 1))
def test_every_earlier_tree_proves_that_it_was_only_added_to(size):
    head = root(LEAVES[:size])
    for old in range(1, size + 1):
        proof = consistency_proof(LEAVES[:size], old)
        before = root(LEAVES[:old])
        assert verify_consistency(old, before, size, head, proof)
        assert not verify_consistency(old, leaf_hash(b"forged"), size, head, proof)
        assert old == size or not verify_consistency(old, before, size, leaf_hash(b"forged"), proof)
        assert not verify_consistency(old, before, size, head, [*proof, head])
    with pytest.raises(IndexError):
        consistency_proof(LEAVES[:size], size + 1)


@given(st.integers(2, LARGEST), st.data())
def test_a_changed_past_has_no_proof(size, data):
    old = data.draw(st.integers(1, size - 1))
    changed = data.draw(st.integers(0, old - 1))
    forged = [*LEAVES[:size]]
    forged[changed] = leaf_hash(b"forged")
    assert not verify_consistency(old, root(LEAVES[:old]), size, root(forged), consistency_proof(forged, old))


def a_log(sizes=(3, 3, 7)) -> list[Checkpoint]:
    found: list[Checkpoint] = []
    for n, size in enumerate(sizes):
        found.append(
            Checkpoint(
                origin="example.org/log",
                size=size,
                root=root(LEAVES[:size]),
                commit=f"{n:040x}",
                as_of=date(2026, 11, 20 + n),
                pages=hashlib.sha256(b"%d" % n).hexdigest(),
                previous=found[-1].digest if found else FIRST,
                redacted=("1" * 40, "2" * 40) if n == 2 else None,
            )
        )
    return found


def test_the_first_three_lines_are_those_of_c2sp():
    lines = a_log()[0].text.split("\n")
    assert lines[:2] == ["example.org/log", "3"]
    assert lines[2].endswith("=") and len(lines[2]) == 44
    assert "" not in lines[:-1]  # an empty line would begin the signatures


def test_a_checkpoint_reads_back():
    log = a_log()
    assert [parse(c.text) for c in log] == log
    assert parse_all(join(log)) == log
    assert parse_all("") == []


def test_one_changed_character_is_another_checkpoint_or_none():
    checkpoint = a_log()[2]
    for at, character in enumerate(checkpoint.text):
        other = "0" if character != "0" else "1"
        try:
            found = parse(checkpoint.text[:at] + other + checkpoint.text[at + 1 :])
        except ValueError:
            continue
        assert found != checkpoint
        assert found.digest != checkpoint.digest


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.org/log\n3\n",
        a_log()[0].text + "\n",
        a_log()[0].text.rstrip("\n"),
        a_log()[0].text.replace("\n3\n", "\n03\n"),
        a_log()[0].text.replace("as-of 2026", "as-of  2026"),
        a_log()[0].text.replace("previous", "Previous"),
        a_log()[0].text + "extra line\n",
    ],
)
def test_what_reads_otherwise_is_no_checkpoint(text):
    with pytest.raises(ValueError):
        parse(text)


def test_a_sound_log_has_no_faults():
    assert list(log_errors(a_log(), LEAVES[:7])) == []
    assert list(log_errors([], [])) == []


def broken_logs():
    log, leaves = a_log(), LEAVES[:7]
    yield log, [leaf_hash(b"x"), *leaves[1:]], "叶子被改动"
    yield log, [*leaves[:5], leaf_hash(b"x"), leaves[6]], "叶子被改动"
    yield log, leaves[:6], "对不上"
    yield log, [*leaves, leaf_hash(b"x")], "只写到 7 个"
    yield [log[0], log[2]], leaves, "上一个检查点不对"
    yield log[1:], leaves, "上一个检查点不对"
    yield [log[1], log[0], log[2]], leaves, "上一个检查点不对"


@pytest.mark.parametrize(("log", "leaves", "said"), list(broken_logs()))
def test_what_was_done_to_a_log_is_said(log, leaves, said):
    assert any(said in words for words in log_errors(log, leaves))


def test_a_log_that_changes_its_origin_is_named() -> None:
    """A checkpoint of another origin is sound by itself: the chain, the sizes and the roots all fit."""
    first = a_log()[0]
    for origin, others in ((first.origin, 0), ("elsewhere.example.org/log", 1)):
        second = msgspec.structs.replace(a_log()[1], origin=origin)
        found = list(log_errors([first, second], LEAVES[: second.size]))
        assert len(found) == others
        assert all(f"第2个检查点的日志名称“{origin}”与前一个不同" in words for words in found)


def test_leaves_read_back_and_nothing_else_does():
    assert read_leaves(write_leaves(LEAVES)) == LEAVES
    for text in ("00\n", write_leaves(LEAVES)[:-1], write_leaves(LEAVES).upper(), "\n"):
        with pytest.raises(ValueError):
            read_leaves(text)
