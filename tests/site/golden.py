"""The golden site: what the made register looks like, byte for byte. `python tests/site/golden.py` writes it anew."""

from __future__ import annotations

import shutil
from pathlib import Path

from made_register import pages_of, write
from made_source_links import written

from weimin.adapters.installation import theme_dir
from weimin.adapters.templates import environment
from weimin.model.page import Page

FOLDER = Path(__file__).resolve().parents[1] / "golden_site"
DATA_KEPT = ("data/index.html", "data/datapackage.json", "data/outcome/", "data/state-dossier/")  # and so of the tables
RULES_KEPT = ("W602", "F101", "W706")  # one page per shape; a hundred of them say the same


def golden_pages() -> dict[str, bytes]:
    env = environment(theme_dir())
    return {page.path: written(env, page) for page in pages_of(base_url="https://example.org") if _kept(page)}


def _kept(page: Page) -> bool:
    if page.path.startswith("data/"):
        return page.path.startswith(DATA_KEPT)
    return page.template != "rule.html" or page.path.split("/")[1] in RULES_KEPT


def refresh() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    write(golden_pages().items(), FOLDER)


if __name__ == "__main__":
    refresh()
