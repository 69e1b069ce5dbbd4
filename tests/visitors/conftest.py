"""The demo, its records and a browser in which a visitor comes to its home page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from records_read import Records
from visitor import Visitor

import demo_site
from builders.demo import demo_folder, demo_repository
from page_views import context


@pytest.fixture(scope="session")
def records() -> Records:
    return Records(demo_repository())


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    with demo_site.served(demo_folder()) as address:
        yield address


@pytest.fixture
def visitor(site: str, browser: Browser) -> Iterator[Visitor]:
    with context(browser, "phone") as device:
        yield Visitor(device.new_page(), site)
