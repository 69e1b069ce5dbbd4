"""What is installed with the program: the schemas and the theme, which never come from the repository of records."""

from __future__ import annotations

from pathlib import Path

_ROOT = Path(__file__).resolve().parents[3]


def schema_files() -> dict[str, bytes]:
    """Every schema by its file name (`topic.schema.json`). Raises FileNotFoundError where none is installed."""
    found = {path.name: path.read_bytes() for path in sorted(schema_dir().glob("*.schema.json"))}
    if not found:
        raise FileNotFoundError(schema_dir())
    return found


def schema_dir() -> Path:
    """The folder with the schemas."""
    return _ROOT / "schemas"


def theme_dir() -> Path:
    """The folder with `templates/` and `static/`. Raises FileNotFoundError where it is not installed."""
    folder = _ROOT / "theme"
    if not folder.is_dir():
        raise FileNotFoundError(folder)
    return folder
