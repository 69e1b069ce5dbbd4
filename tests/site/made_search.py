"""Made dossiers as the lines of a search index, and an index of some lines in memory."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import islice
from types import SimpleNamespace
from typing import Any

from weimin.bench.made_network import made_network
from weimin.bench.search_texts import summaries
from weimin.model.codes import CODES
from weimin.model.network import Network, PlatformRow
from weimin.site.search.documents import Doc, dossier_doc, platform_doc, rule_doc
from weimin.site.search.index import META, all_files, meta_file
from weimin.site.search.layout import layouts, tile_of


def context() -> Any:
    return SimpleNamespace(network=_network(), who=str)


@cache
def _network() -> Network:
    return Network(PlatformRow(code=s.code, area=s.name, name=s.level.platform) for s in made_network(2000))


@cache
def dossier_docs(count: int) -> tuple[Doc, ...]:
    return tuple(dossier_doc(s, context()) for s in summaries(made_network(2000), count))


def made_docs(count: int) -> list[Doc]:
    """Dossiers, the platforms that they are of, and some rules."""
    platforms = [platform_doc(row, context()) for row in _network().rows.values()]
    return [*dossier_docs(count), *platforms, *(rule_doc(code) for code in islice(CODES.values(), 30))]


def counted(docs: Iterable[Doc]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for doc in docs:
        counts[doc.group] = counts.get(doc.group, 0) + 1
    return counts


def index_of(docs: Iterable[Doc]) -> dict[str, bytes]:
    """Every file of a clean build."""
    found = list(docs)
    counts = counted(found)
    files = {META: meta_file(counts)}
    for tile, layout in layouts(counts).items():
        files |= dict(all_files(layout, (d for d in found if tile_of(d.group) == tile)))
    return files
