"""Provenance of a site, from which it can be reproduced: the commit of the records, and digests of what was installed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from weimin.adapters.installation import published_schemas, theme_files
from weimin.engine.register import Register
from weimin.model.view import Example


def origin_of(register: Register) -> tuple[str, bool]:
    """(commit that contains just these records, whether there are changes that no commit contains).

    The commit is empty if there is none: outside Git, before the first commit, or with uncommitted changes.
    """
    commit = register.tree.commit()
    if register.tree.git is None or not commit:
        return "", False
    return ("", True) if register.state.has_uncommitted_changes else (commit, False)


def installed(examples: Mapping[str, tuple[Example, ...]]) -> dict[str, str]:
    """SHA-256 digests of what pages are rendered with besides the program: schemas, theme, examples on the rules' pages."""
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
