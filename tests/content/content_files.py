"""Records of a work tree (the real content or the fixture of a case), read as `check` reads them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from weimin.adapters.installation import schema_files
from weimin.model.place import Place
from weimin.model.record import Record
from weimin.records.parse import Reader
from weimin.records.place import place_of
from weimin.records.schema import Schemas

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "fixtures" / "cases"


@cache
def schemas() -> Schemas:
    return Schemas(schema_files())


def roots() -> list[Path]:
    """The repository itself, then each fixture."""
    return [ROOT, *sorted(path for path in CASES.iterdir() if path.is_dir())]


def files(root: Path) -> Iterator[Path]:
    return (path for path in sorted((root / "content").rglob("*")) if path.is_file())


def record_files(root: Path) -> Iterator[Path]:
    """Files that are read as records; the list of signers is Git's."""
    return (path for path in files(root) if path != root / "content/network/signers")


@cache
def read(root: Path, path: str) -> Record:
    """The record under a path relative to `root`; fails with every problem if it has one."""
    place = place_of(path)
    assert isinstance(place, Place), place
    record, problems = Reader(schemas()).parse(place, (root / path).read_bytes())
    assert not problems, "\n".join(f"{p.path}:{p.line}: {p.code} {p.message}" for p in problems)
    assert record is not None, path
    return record
