"""Pages of the made register as a build writes them: each claim with its line, the list of records at the end."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from jinja2 import Environment
from made_records import compiled_dossier, full_dossier, standing_records, withheld_dossier
from made_register import register_view

from weimin.adapters.templates import render
from weimin.app.build.source_links import SourceLines, with_source_links
from weimin.model.page import Page
from weimin.model.record import Record
from weimin.records.write import write


def made_records() -> list[Record]:
    view = register_view(())
    own = [r for records in standing_records().values() for r in records]
    return [*full_dossier(), *withheld_dossier(), *compiled_dossier(), *own, *view.pages, *view.news]


@cache
def lines() -> SourceLines:
    """The made records have no files: these are what `weimin` would write for them."""
    found = {r.place.path: r for r in made_records()}
    return SourceLines(
        {path: r.place for path, r in found.items()},
        lambda path: write(found[path].place.kind, found[path].raw, found[path].body).encode(),
    )


def written(env: Environment, page: Page) -> bytes:
    return with_source_links(env, page, render(env, page), lines())


def site_of(env: Environment, pages: Iterable[Page]) -> dict[str, bytes]:
    return {page.path: written(env, page) for page in pages}
