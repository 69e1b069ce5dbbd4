"""Heavy artefacts, made once and shared by all processes and runs: the first that asks makes it, the others wait.

They lie in pytest's cache below a key of everything that they are made from, and are read-only by agreement: a test that has to
change one takes a `copy`. `changed` says at the end of a process whether the agreement was kept.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from weimin.adapters.lock import Lock

ROOT = Path(__file__).resolve().parents[1]
STORE = ROOT / ".pytest_cache" / "weimin"
PROGRAM = (
    "plugins/weimin",
    "theme",
    "schemas",
    "divisions",
    "scripts/demo_site.py",
    "tests/builders",
    "tests/cases",  # the pages of the rules show them
    "requirements-dev.lock",
)
"""What every artefact is made from."""
KEYS, HOUR = 2, 3600
"""So many sets are left when a new one is begun, and those that were asked for within an hour."""

_asked: set[Path] = set()


def artefact(name: str, make: Callable[[Path], None], *also: str) -> Path:
    """The folder that `make` fills. `also`: what it is made from besides the program, as paths of this repository."""
    folder = STORE / key_of((*PROGRAM, *also)) / name
    _asked.add(folder)
    if folder.is_dir():
        os.utime(folder.parent)
        return folder
    lock = Lock(folder.with_name(f"{name}.lock"))
    lock.acquire(wait=True)
    try:
        if not folder.is_dir():
            _prune(folder.parent)
            begun = folder.with_name(f"{name}.begun")
            shutil.rmtree(begun, ignore_errors=True)
            begun.mkdir()
            make(begun)
            folder.with_name(f"{name}.print").write_text(printed(begun), encoding="utf-8")
            begun.rename(folder)
    finally:
        lock.release()
    return folder


def copy(folder: Path, to: Path) -> Path:
    """A copy that may be changed; blocks are shared where the file system can."""
    to.parent.mkdir(parents=True, exist_ok=True)
    if sys.platform.startswith("linux"):
        subprocess.run(["cp", "-a", "--reflink=auto", str(folder), str(to)], check=True)
    else:
        shutil.copytree(folder, to, symlinks=True)
    return to


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file by its path below the folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in _files(folder)}


def changed() -> list[str]:
    """The artefacts that this process asked for and that are not as they were made; they are thrown away."""
    found = [
        f for f in sorted(_asked) if f.is_dir() and printed(f) != f.with_name(f"{f.name}.print").read_text("utf-8")
    ]
    for folder in found:
        shutil.rmtree(folder)
    return [folder.name for folder in found]


def printed(folder: Path) -> str:
    """A digest of names, sizes and times, without what Git and SQLite rewrite when they only read: the index, and the files
    beside a database, which go when its last connection is closed."""
    taken = sha256()
    for path in _files(folder):
        if (path.name == "index" and path.parent.name == ".git") or path.name.endswith((".sqlite-shm", ".sqlite-wal")):
            continue
        found = path.lstat()
        taken.update(f"{path.relative_to(folder)} {found.st_size} {found.st_mtime_ns}\n".encode())
    return taken.hexdigest()


@cache
def key_of(made_from: tuple[str, ...]) -> str:
    taken = sha256(sys.version.encode())
    for name in made_from:
        for path in _files(ROOT / name):
            if "__pycache__" not in path.parts:
                taken.update(f"{path.relative_to(ROOT)}\0".encode() + sha256(path.read_bytes()).digest())
    return taken.hexdigest()[:16]


def _files(folder: Path) -> Iterable[Path]:
    return [folder] if folder.is_file() else sorted(_below(folder))


def _below(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            yield from _below(path)
        else:
            yield path


def _prune(kept: Path) -> None:
    """Sets of an earlier program go; what another run may be using stays."""
    sets = sorted((p for p in STORE.iterdir() if p != kept), key=lambda p: p.stat().st_mtime, reverse=True)
    for old in sets[KEYS - 1 :]:
        if time.time() - old.stat().st_mtime > HOUR:
            shutil.rmtree(old, ignore_errors=True)
