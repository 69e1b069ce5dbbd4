"""The golden site: what the made register looks like, byte for byte. `python tests/site/golden.py` writes it anew.

One page of each type, its fullest, with the data beside it; one file of each sort that is no page; and the paths of all.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

from made_register import pages_of, write
from made_source_links import written

from page_samples import pages_by_type
from weimin.adapters.installation import theme_dir
from weimin.adapters.templates import environment
from weimin.site.urls import file_of

FOLDER = Path(__file__).resolve().parents[1] / "golden_site"
PATHS = "paths.txt"
VARIES = re.compile(r"[0-9]{4}(-[0-9X]+)*|[0-9]+|[A-Z][0-9]{3}|(?<=-)[a-z]+(?=\.)")
"""What differs between files of one sort: codes, days, numbers, kinds of events."""


def all_pages() -> dict[str, bytes]:
    env = environment(theme_dir())
    return {page.path: written(env, page) for page in pages_of(base_url="https://example.org")}


def golden_pages() -> dict[str, bytes]:
    made = all_pages()
    paths = "".join(f"{path}\n" for path in sorted(made))
    return {**{path: made[path] for path in sorted(_kept(made))}, PATHS: paths.encode()}


def _kept(made: Mapping[str, bytes]) -> set[str]:
    pages = set(_fullest(made))
    beside = {path.removesuffix("html") + "json" for path in pages if path.endswith("index.html")} & made.keys()
    sorts: dict[str, str] = {}
    for path in sorted((p for p in made if not p.endswith((".html", "index.json"))), key=lambda p: (-len(made[p]), p)):
        sorts.setdefault(sort_of(path), path)
    return pages | beside | set(sorts.values())


def _fullest(made: Mapping[str, bytes]) -> Iterator[str]:
    """The page of each type that has most in it; all of what is of no type."""
    for kind, addresses in pages_by_type(made).items():
        yield from map(file_of, addresses[:1] if kind else addresses)


def sort_of(path: str) -> str:
    """`data/KIND/2026.csv` and another kind's are one sort, as are two feeds; the schemas are one of their own."""
    folder, _, name = path.rpartition("/")
    if folder == "data/schemas":
        return f"{folder}/*"
    if f"{folder}/".startswith(("data/", "feeds/")):
        return f"{folder.partition('/')[0]}/*.{name.rpartition('.')[2]}"
    return VARIES.sub("*", path)


def refresh() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    write(golden_pages().items(), FOLDER)


if __name__ == "__main__":
    refresh()
