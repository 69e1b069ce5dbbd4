"""A file of the site before it is rendered: its path, and its template with values or its bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from weimin.model.summary import Summary


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """`path` is the file below the output folder, with `/`. Either `template` and `context`, or finished `data`."""

    path: str
    template: str = ""
    context: Mapping[str, Any] = {}
    data: bytes | None = None


class Outputs(msgspec.Struct, frozen=True, kw_only=True):
    """All that a build writes. `files`: (path, bytes) of pages and other files, each path once.

    `summaries` yields the summaries of the dossiers one by one, for plugins that read the build through Pelican's context.
    """

    files: Iterable[tuple[str, bytes]]
    summaries: Callable[[], Iterable[Summary]] = tuple
