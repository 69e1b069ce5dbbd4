"""What the code does not know: English meanings, written by hand in `meanings.toml` and used in the generated tables.

A generated table asks for the meaning of each of its rows. One that is missing, and one that nobody asks for, is an error,
so that the file stays complete.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from reference_pages.markdown import Fault

FILE = Path(__file__).with_name("meanings.toml")


@cache
def _read() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def meanings(section: str, names: Iterable[str]) -> Mapping[str, str]:
    """The meanings of a section, one for each name. Raises Fault where names and section differ."""
    written: Any = _read()
    for part in section.split("."):
        written = written.get(part, {})
    names = list(names)
    missing = [name for name in names if name not in written]
    unused = [name for name in written if name not in names]
    if missing or unused:
        raise Fault(f"scripts/reference_pages/meanings.toml [{section}]: missing {missing}, without use {unused}")
    return {name: str(written[name]) for name in names}


def document_meanings(name: str, pointers: Iterable[str]) -> Mapping[str, str]:
    """The meanings of the keys of a document: its own entry, else the shared one of the key's last part."""
    pointers = list(pointers)
    shared, own = _read()["documents"]["shared"], _read()["documents"].get(name, {})
    own_names = [pointer for pointer in pointers if pointer in own or pointer.rpartition("/")[2] not in shared]
    found = meanings(f"documents.{name}", own_names)
    return {pointer: found.get(pointer) or str(shared[pointer.rpartition("/")[2]]) for pointer in pointers}
