"""What a site was made from, said so that it can be made again: the commit, and what was installed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from weimin.adapters.installation import published_schemas, theme_files
from weimin.engine.register import Register
from weimin.model.view import Example


def origin_of(register: Register) -> tuple[str, bool]:
    """The commit that holds just these records, and whether there are changes that no commit holds.

    The commit is empty where none does: outside Git, before the first commit, or with changes.
    """
    commit = register.tree.commit()
    if register.tree.git is None or not commit:
        return "", False
    return ("", True) if register.state.has_uncommitted_changes else (commit, False)


def installed(examples: Mapping[str, tuple[Example, ...]]) -> dict[str, str]:
    """Digests of what pages are made with besides the program: schemas, theme, and the examples on the rules' pages."""
    shown = ((f"{code}/{n}/{e.name}", e.text.encode()) for code, of in examples.items() for n, e in enumerate(of))
    return {
        "schemas": _digest(published_schemas().items()),
        "theme": _digest(theme_files().items()),
        "examples": _digest(shown),
    }


def _digest(files: Iterable[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256()
    for name, data in sorted(files):
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()
