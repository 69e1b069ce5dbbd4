"""The generated parts of interface.md about addresses: page types, parts of lists, feeds, tables of open data."""

from __future__ import annotations

from collections import defaultdict

import msgspec

from reference_pages.markdown import code, table
from reference_pages.meanings import meanings
from weimin.adapters.installation import schema_files
from weimin.opendata.tables import tables_of
from weimin.site.feeds import FEEDS
from weimin.site.page_types import TYPES
from weimin.totals.facets import STATES, THEMES, WITH_YEARS


def page_types() -> str:
    """One row per page type."""
    said = meanings("page_types", TYPES)
    rows = [(code(row.address), code(name), code(row.template), said[name]) for name, row in TYPES.items()]
    return table(("address", "page type", "template", "what the page answers"), rows)


def list_states() -> str:
    """The states by which each list is narrowed."""
    rows = [
        (code(f"/{section}/"), code(f"state-{state}"), label, "yes" if section in WITH_YEARS else "no")
        for section, states in STATES.items()
        for state, label in states.items()
    ]
    return table(("list", "part of the address", "label", "place and year together"), rows)


def list_themes() -> str:
    return table(("part of the address", "theme"), [(code(f"theme-{slug}"), theme) for theme, slug in THEMES.items()])


def feeds() -> str:
    said = meanings("feeds", FEEDS)
    return table(
        ("address", "title", "entries"), [(code(feed.address), feed.title, said[name]) for name, feed in FEEDS.items()]
    )


def tables() -> str:
    """Every table of open data; its columns are in its Table Schema."""
    schemas = {name.partition(".")[0]: msgspec.json.decode(data) for name, data in schema_files().items()}
    found = tables_of(schemas, schemas.pop("common")).by_name
    groups = defaultdict(list)
    for name in found:
        groups[name.partition("-")[0]].append(name)
    rows = [(code(f"/data/{name}/"), found[name].title) for names in groups.values() for name in names]
    return table(("address", "table"), rows)
