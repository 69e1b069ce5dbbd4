"""A page that is to be written: where, by which template, from what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """`path` is the file below the output folder, with `/`. Either `template` and `context`, or finished `data`."""

    path: str
    template: str = ""
    context: Mapping[str, Any] = {}
    data: bytes | None = None
