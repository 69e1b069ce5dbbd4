"""A page that is to be written: where, by which template, from what."""

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
    """All that a build writes. `files`: path and bytes, pages and what stands beside them, each path once.

    `summaries` gives the rows of the dossiers one by one, for whoever looks at the build through Pelican's context.
    """

    files: Iterable[tuple[str, bytes]]
    summaries: Callable[[], Iterable[Summary]] = tuple
