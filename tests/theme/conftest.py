"""The scripts of the theme in a browser, each module by itself: no site is built."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from floor import STATIC
from module_page import Modules, open_page
from playwright.sync_api import Browser

from demo_site import served

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "site"))


@pytest.fixture(scope="session")
def static() -> Iterator[str]:
    with served(STATIC) as address:
        yield address


@pytest.fixture(scope="module")
def modules(browser: Browser, static: str) -> Iterator[Modules]:
    """For functions that keep nothing and change nothing of the page."""
    context, found = open_page(browser, static)
    yield found
    context.close()


@pytest.fixture
def fresh(browser: Browser, static: str) -> Iterator[Modules]:
    """For modules that keep something."""
    context, found = open_page(browser, static)
    yield found
    context.close()


@pytest.fixture(scope="session")
def index() -> Mapping[str, bytes]:
    """The files of a search index of made dossiers."""
    from made_search import index_of, made_docs

    return index_of(made_docs(600))
