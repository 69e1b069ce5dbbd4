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
from weimin.demo import AS_OF
from weimin.engine.compute import compute
from weimin.engine.computed_register import ComputedRegister
from weimin.engine.opening import open_register
from weimin.engine.options import Options


@pytest.fixture(scope="session")
def records() -> Records:
    return Records(demo_repository())


@pytest.fixture(scope="session")
def computed() -> ComputedRegister:
    """The demo's register with what the rules say of it."""
    root = demo_repository()
    return compute(open_register(root, root), Options(as_of=AS_OF), demo_site.no_tick)


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    with demo_site.served(demo_folder()) as address:
        yield address


@pytest.fixture
def visitor(site: str, browser: Browser) -> Iterator[Visitor]:
    with context(browser, "phone") as device:
        yield Visitor(device.new_page(), site)
