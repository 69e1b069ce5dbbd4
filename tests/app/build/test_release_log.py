"""A release adds one checkpoint to the log; a log that was tampered with is found, even where everything else fits."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from published_demo import ADDRESS, DAY, Demo, copied, release, restated, small
from small_register import AT, ONE, Ran

from weimin.app.build.checkpoint import canonical, leaf
from weimin.app.build.log_folder import LogFolder
from weimin.cli.main import main
from weimin.engine.register import Register
from weimin.history.log.checkpoint import (
    consistency_proof,
    join,
    log_errors,
    parse_all,
    verify_consistency,
    write_leaves,
)
from weimin.site.json_documents import json_bytes

pytestmark = pytest.mark.ssh


@pytest.fixture
def demo(tmp_path) -> Demo:
    return small(tmp_path)


@pytest.fixture
def verify(demo, capsys) -> Callable[..., Ran]:
    def run(source: object) -> Ran:
        capsys.readouterr()
        code = main(["verify", str(source), "--root", str(demo.root), "--jobs", "1"])
        return Ran(code, *capsys.readouterr())

    return run


def files(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir()}


def test_the_log_beside_the_site_is_the_published_one_with_its_salts(demo):
    kept, published = files(demo.log), files(demo.site / "log")
    assert kept.keys() == {"checkpoints", "leaves", "salts"}
    assert published.keys() == {"checkpoint", "checkpoints", "leaves", "manifest.json"}
    assert all(published[name] == kept[name] for name in ("checkpoints", "leaves"))
    assert (demo.log / "salts").stat().st_mode & 0o777 == 0o600
    checkpoint = parse_all(kept["checkpoints"].decode())[-1]
    assert (checkpoint.commit, checkpoint.as_of.isoformat()) == (demo.commit, DAY)
    assert checkpoint.origin == "demo.example.org/log"


def test_each_leaf_opens_with_its_salt_to_one_version_of_one_record(demo):
    log, register = LogFolder(demo.log), Register(demo.root)
    assert len(log.leaves) == len(tuple(register.places)) == len({s.salt for s in log.salts})
    for salt, hashed in zip(log.salts, log.leaves, strict=True):
        version = canonical(register, register.by_path[salt.path], salt.path)
        assert leaf(bytes.fromhex(salt.salt), version) == hashed
        assert json.loads(version)["path"] == salt.path


def test_a_salt_is_on_no_page(demo):
    salts = [s.salt.encode() for s in LogFolder(demo.log).salts]
    published = b"".join(p.read_bytes() for p in demo.site.resolve().rglob("*") if p.is_file())
    assert salts and not any(salt in published for salt in salts)


def test_the_same_release_again_is_the_same_to_the_byte(demo):
    before, site = files(demo.log), {p: p.read_bytes() for p in (demo.site / "log").iterdir()}
    assert release(demo) == 0
    assert files(demo.log) == before
    assert {p: p.read_bytes() for p in (demo.site / "log").iterdir()} == site


def test_what_is_new_is_added_and_nothing_else_moves(demo, verify):
    old = LogFolder(demo.log)
    demo.repository.commit({f"{AT}/platform.yml": "area: 样例村\nbrand: 新名\n"})
    assert release(demo, "2026-11-23") == 0
    assert release(demo, "2026-11-24") == 0
    new = LogFolder(demo.log)
    assert [len(old.leaves), len(old.leaves) + 1, len(old.leaves) + 1] == [c.size for c in new.checkpoints]
    assert new.leaves[: len(old.leaves)] == old.leaves
    first, last = new.checkpoints[0], new.checkpoints[-1]
    assert verify_consistency(first.size, first.root, last.size, last.root, consistency_proof(new.leaves, first.size))
    assert list(log_errors(new.checkpoints, new.leaves)) == []
    assert verify(demo.site).code == 0


def test_a_record_that_is_gone_leaves_a_leaf(demo):
    size = len(LogFolder(demo.log).leaves)
    demo.repository.commit({f"{ONE}/2026-03-25-response.md": None})
    assert release(demo, "2026-11-23") == 0
    log = LogFolder(demo.log)
    assert len(log.leaves) == size + 1
    gone = log.salts[-1]
    assert gone.blob == ""
    assert leaf(bytes.fromhex(gone.salt), b'{"gone":true,"path":"' + gone.path.encode() + b'"}') == log.leaves[-1]


def test_what_was_written_before_a_crash_is_forgotten(demo):
    good = files(demo.log)
    for name, more in (("leaves", b"0" * 64 + b"\n"), ("salts", b'{"salt":"00","blob":"00","path":"x"}\n')):
        (demo.log / name).write_bytes(good[name] + more)
    assert release(demo) == 0
    assert {"checkpoints": good["checkpoints"]} == {"checkpoints": (demo.log / "checkpoints").read_bytes()}
    assert (demo.site / "log" / "leaves").read_bytes() == good["leaves"]


def test_a_release_that_proves_nothing_is_refused(demo, capsys, tmp_path):
    before = files(demo.log)
    assert release(demo, "2026-11-21") == 3  # the day of a checkpoint never goes back
    (demo.root / "content" / "site.yml").write_text("title: 别的\n", encoding="utf-8")
    assert release(demo, "2026-11-23") == 3
    assert "还有没提交的改动" in capsys.readouterr().err
    demo.repository.git("checkout", "--quiet", "--", "content")
    assert files(demo.log) == before
    nameless = ["build", "--root", str(demo.root), "--output", str(tmp_path / "x"), "--log", str(tmp_path / "new")]
    assert main([*nameless, "--as-of", DAY]) == 3
    assert "base_url" in capsys.readouterr().err
    assert main(["build", "--root", str(demo.root), "--sign", "key"]) == 2


@pytest.mark.parametrize("name", ["checkpoints", "leaves", "salts"])
def test_a_log_that_was_tampered_with_is_not_continued(demo, name, capsys):
    good = (demo.log / name).read_bytes()
    (demo.log / name).write_bytes(good.replace(b"1", b"2", 1) if name != "salts" else good[: len(good) // 2])
    assert release(demo, "2026-11-23") == 3
    assert "日志" in capsys.readouterr().err


def forged(site: Path, name: str, data: bytes) -> None:
    """A file of the log exchanged, with every digest that follows from it: the work of whoever runs the site."""
    (site / "log" / name).write_bytes(data)
    names = [p.name for p in (site / "log").iterdir() if p.name != "manifest.json"]
    digests = {n: hashlib.sha256((site / "log" / n).read_bytes()).hexdigest() for n in names}
    manifest = json_bytes({"format": 1, "files": digests})
    (site / "log" / "manifest.json").write_bytes(manifest)
    folders = json.loads((site / "build.json").read_bytes())["folders"]
    restated(site, folders={**folders, "log": hashlib.sha256(manifest).hexdigest()})


def test_a_forged_log_is_found_where_every_digest_was_made_to_fit(demo, verify, tmp_path):
    demo.repository.commit({f"{AT}/platform.yml": "area: 样例村\nbrand: 新名\n"})
    assert release(demo, "2026-11-23") == 0
    log = LogFolder(demo.log)
    first, last = log.checkpoints
    other = msgspec.structs.replace
    cases = {
        "leaves": write_leaves([*log.leaves[:-1], bytes(32)]),
        "checkpoints": join(
            [other(first, commit="0" * 40), other(last, previous=other(first, commit="0" * 40).digest)]
        ),
        "checkpoint": other(last, pages="0" * 64).text,
    }
    for name, text in cases.items():
        site = copied(demo.site, tmp_path / f"forged-{name}")
        forged(site, name, text.encode())
        said = verify(site)
        assert said.code == 1
        assert any(line.startswith("log/") for line in said.out.splitlines()), name
        shutil.rmtree(site)


def test_a_site_of_a_rewritten_history_is_found(demo, verify):
    """Amended after it was released, then released again: the log holds a commit that the main branch has not."""
    released = demo.commit
    demo.repository.git("commit", "--quiet", "--amend", "--message=改写")
    assert release(demo, "2026-11-23") == 0
    said = verify(demo.site)
    assert said.code == 1
    assert f"第1个检查点的提交 {released} 不在主分支的历史里" in said.out


def test_a_signature_fits_and_only_for_what_it_was_made(demo, verify, tmp_path):
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    assert release(demo, "2026-11-23", "--sign", str(key)) == 0
    assert verify(demo.site).code == 0
    signers = tmp_path / "signers"
    signers.write_text(f"log {(tmp_path / 'key.pub').read_text()}", encoding="utf-8")
    log = demo.site / "log"

    def fits(text: bytes, namespace: str) -> bool:
        command = ["ssh-keygen", "-Y", "verify", "-f", str(signers), "-I", "log", "-n", namespace]
        ran = subprocess.run([*command, "-s", str(log / "checkpoint.sig")], input=text, capture_output=True)
        return ran.returncode == 0

    text = (log / "checkpoint").read_bytes()
    assert fits(text, "weimin-checkpoint")
    assert not fits(text.replace(b"2026", b"2027"), "weimin-checkpoint")
    assert not fits(text, "git")
    assert release(demo, "2026-11-24") == 0
    assert not (demo.site / "log" / "checkpoint.sig").exists()


def test_a_key_that_cannot_sign_publishes_nothing(demo, tmp_path):
    before = files(demo.log)
    assert release(demo, "2026-11-23", "--sign", str(tmp_path / "nothing")) != 0
    assert files(demo.log) == before


def test_a_build_without_a_log_publishes_none(demo, tmp_path):
    assert main(["build", "--root", str(demo.root), "--output", str(tmp_path / "x"), "--base-url", ADDRESS]) == 0
    assert not (tmp_path / "x" / "log").exists()
