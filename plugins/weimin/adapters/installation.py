"""What is installed with the program: the schemas and the theme, which never come from the repository of records."""

from __future__ import annotations

import hashlib
import platform
import sysconfig
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import yaml

_ROOT = Path(__file__).resolve().parents[3]
_TOLD = "case.yml"


def schema_files() -> dict[str, bytes]:
    """Every schema by its file name (`topic.schema.json`). Raises FileNotFoundError where none is installed."""
    found = {path.name: path.read_bytes() for path in sorted(schema_dir().glob("*.schema.json"))}
    if not found:
        raise FileNotFoundError(schema_dir())
    return found


def program_files() -> dict[str, bytes]:
    """Every module of the program by its path."""
    root = Path(__file__).resolve().parents[1]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*.py"))}


def installed_packages() -> list[str]:
    """What else is installed, as `name-version`, in order."""
    return sorted(path.stem for path in Path(sysconfig.get_paths()["purelib"]).glob("*.dist-info"))


def program_digest() -> str:
    """Over what the same records come out the same with on any machine: Python, program, schemas, theme, required packages."""
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
    """Over the rules' examples by name, size and time: those of an installation do not change while it is used."""
    digest = hashlib.sha256()
    for path in sorted((_ROOT / "tests" / "cases").glob("*/**/*")):
        found = path.stat()
        digest.update(f"{path.relative_to(_ROOT)}\0{found.st_size}\0{found.st_mtime_ns}\0".encode())
    return digest.hexdigest()


def published_schemas() -> dict[str, bytes]:
    """The schemas of records and of the pages' data, by their path below /data/schemas/."""
    pages = {p.relative_to(schema_dir()).as_posix(): p.read_bytes() for p in sorted(schema_dir().glob("v*/*.json"))}
    return {**schema_files(), **pages}


def schema_dir() -> Path:
    """The folder with the schemas."""
    return _ROOT / "schemas"


def theme_dir() -> Path:
    """The folder with `templates/` and `static/`. Raises FileNotFoundError where it is not installed."""
    folder = _ROOT / "theme"
    if not folder.is_dir():
        raise FileNotFoundError(folder)
    return folder


def theme_files() -> dict[str, bytes]:
    """Every file of the theme, templates and what stands beside the pages, by its path below the theme."""
    root = theme_dir()
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def example_files(code: str, slug: str, name: str) -> Iterator[tuple[str, str]]:
    """A rule's example `name` (bad or good) by path, as it may be shown; none where no tests are installed.

    What cannot be shown as text, and what may not (a phone number, say), is told by its `case.yml`; so is a missing file.
    """
    folder = _ROOT / "tests" / "cases" / f"{code}-{slug}" / name
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in (".md", ".yml") and path.name != _TOLD:
            yield path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8", errors="replace")
    if (folder / _TOLD).is_file():
        told = yaml.safe_load((folder / _TOLD).read_text(encoding="utf-8"))
        yield from ((w["path"], w["shown"]) for w in told.get("write", ()))
        yield from told.get("shown", {}).items()
        yield from ((path, "（没有这份记录。）") for path in told.get("delete", ()))


def example_message(code: str, slug: str) -> str:
    """What the check says of a rule's bad example; empty where no tests are installed."""
    file = _ROOT / "tests" / "cases" / f"{code}-{slug}" / "bad" / "expected.txt"
    return file.read_text(encoding="utf-8").rstrip() if file.is_file() else ""
