"""All tables of the store, the version that their rows depend on, and where the store is located."""

from __future__ import annotations

import hashlib
import os
import sys
from functools import cache
from pathlib import Path

from weimin.adapters.git import git_folder
from weimin.adapters.installation import example_digest, installed_packages, program_files, schema_files, theme_files
from weimin.engine.queries import (
    artifact,
    dependency,
    file,
    finding,
    inbound,
    list_entry,
    meta,
    page,
    path_problem,
    platform,
    pruned,
    revision,
    search_document,
    search_term,
    shard,
    share_image,
    sitemap_page,
    stale,
    total,
    trail_finding,
    unit_result,
)

INPUT_TABLES = (file.TABLE, path_problem.TABLE, meta.TABLE)
"""What the tree of records contains, and single values: these stay when all results are deleted."""
PAGE_TABLES = (
    page.TABLE,
    artifact.TABLE,
    pruned.TABLE,
    sitemap_page.TABLE,
    share_image.TABLE,
    shard.TABLE,
    search_document.TABLE,
    search_term.TABLE,
)
"""What a build published."""
RESULT_TABLES = (
    unit_result.TABLE,
    stale.TABLE,
    dependency.TABLE,
    dependency.SETS,
    platform.TABLE,
    finding.TABLE,
    inbound.TABLE,
    list_entry.TABLE,
    total.TABLE,
    *PAGE_TABLES,
    revision.TABLE,
    trail_finding.TABLE,
)
"""What was computed, rendered and replayed."""
TABLES = (*INPUT_TABLES, *RESULT_TABLES)


@cache
def version() -> str:
    """A digest of what stored results depend on besides the records: Python, program, packages, schemas, theme, examples.

    A store of another version is thrown away.
    """
    digest = hashlib.sha256(sys.version.encode())
    for name, data in (*program_files().items(), *schema_files().items(), *theme_files().items()):
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    digest.update("\n".join((*installed_packages(), example_digest())).encode())
    return digest.hexdigest()


def store_of(root: Path) -> Path:
    """The path of the store for the records in `root`: inside the repository's .git folder, never among the records; outside
    Git in the user's cache folder.
    """
    inside = git_folder(root)
    name = hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:16]
    if inside is not None:
        return inside / "weimin" / f"{name}.sqlite"
    cache_folder = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(cache_folder) / "weimin" / f"{name}.sqlite"
