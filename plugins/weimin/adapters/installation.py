"""Files that are installed with the program, such as schemas and theme; they never come from the repository of records."""

from __future__ import annotations

import hashlib
import platform
import sysconfig
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import yaml

_ROOT = Path(__file__).resolve().parents[3]
_DESCRIPTION = "case.yml"
"""The file of an example that describes what cannot be a file of the tests."""


def schema_files() -> dict[str, bytes]:
    """File name (`topic.schema.json`) → content of every schema. Raises FileNotFoundError if none is installed."""
    found = {path.name: path.read_bytes() for path in sorted(schema_dir().glob("*.schema.json"))}
    if not found:
        raise FileNotFoundError(schema_dir())
    return found


def program_files() -> dict[str, bytes]:
    """Path → content of every module of the program."""
    root = Path(__file__).resolve().parents[1]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*.py"))}


def installed_packages() -> list[str]:
    """Every package of the environment as `name-version`, in order."""
    return sorted(path.stem for path in Path(sysconfig.get_paths()["purelib"]).glob("*.dist-info"))


def program_digest() -> str:
    """A digest of everything that must be the same on two machines for the same records to give the same site: Python,
    program, schemas, theme, required packages.
    """
    digest = hashlib.sha256(platform.python_version().encode())
    for name, data in (*program_files().items(), *published_schemas().items(), *theme_files().items()):
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    for text in metadata.requires("weimin") or ():
        if "extra ==" not in text:
            name = text.partition(";")[0].strip()
            digest.update(f"{name} {metadata.version(name)}\n".encode())
    return digest.hexdigest()


def example_digest() -> str:
    """A digest of the rules' examples by name, size and time, since reading all of them takes too long for each run."""
    digest = hashlib.sha256()
    for path in sorted((_ROOT / "tests" / "cases").glob("*/**/*")):
        found = path.stat()
        digest.update(f"{path.relative_to(_ROOT)}\0{found.st_size}\0{found.st_mtime_ns}\0".encode())
    return digest.hexdigest()


def published_schemas() -> dict[str, bytes]:
    """Path below /data/schemas/ → content, of the schemas of records and of the pages' data."""
    pages = {p.relative_to(schema_dir()).as_posix(): p.read_bytes() for p in sorted(schema_dir().glob("v*/*.json"))}
    return {**schema_files(), **pages}


def schema_dir() -> Path:
    """The folder with the schemas."""
    return _ROOT / "schemas"


def theme_dir() -> Path:
    """The folder with `templates/` and `static/`. Raises FileNotFoundError if it is not installed."""
    folder = _ROOT / "theme"
    if not folder.is_dir():
        raise FileNotFoundError(folder)
    return folder


def theme_files() -> dict[str, bytes]:
    """Path below the theme → content, of all templates and static files."""
    root = theme_dir()
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def example_files(code: str, slug: str, name: str) -> Iterator[tuple[str, str]]:
    """(path, text) of the files of a rule's example `name` (bad or good); none if the tests are not installed.

    Files that are not text or must not be shown (with a phone number, say) are described in the example's `case.yml`, and
    so are missing files.
    """
    folder = _ROOT / "tests" / "cases" / f"{code}-{slug}" / name
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in (".md", ".yml") and path.name != _DESCRIPTION:
            yield path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8", errors="replace")
    if (folder / _DESCRIPTION).is_file():
        description = yaml.safe_load((folder / _DESCRIPTION).read_text(encoding="utf-8"))
        yield from ((w["path"], w["shown"]) for w in description.get("write", ()))
        yield from description.get("shown", {}).items()
        yield from ((path, "（没有这份记录。）") for path in description.get("delete", ()))


def example_message(code: str, slug: str) -> str:
    """What the check prints for a rule's bad example; empty if the tests are not installed."""
    file = _ROOT / "tests" / "cases" / f"{code}-{slug}" / "bad" / "expected.txt"
    return file.read_text(encoding="utf-8").rstrip() if file.is_file() else ""
