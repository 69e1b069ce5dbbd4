"""Looks up the value that a JSON pointer (RFC 6901) names in a record."""

from __future__ import annotations

from typing import Any


def value_at(raw: Any, pointer: str) -> Any:
    """The value of a JSON pointer (RFC 6901); an empty tuple, which no record contains, if there is none."""
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(raw, dict) and key in raw:
            raw = raw[key]
        elif isinstance(raw, list) and key.isascii() and key.isdigit() and int(key) < len(raw):
            raw = raw[int(key)]
        else:
            return ()
    return raw
