"""The demo, its records and a browser in which a visitor comes to its home page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from records_read import Records
from visitor import Visitor

import demo_site
from page_views import context
from weimin.engine.computed_register import ComputedRegister


@pytest.fixture(scope="session")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="session")
def held(repository: Path) -> ComputedRegister:
    return demo_site.compute_demo(repository)


@pytest.fixture(scope="session")
def records(held: ComputedRegister, repository: Path) -> Records:
    assert held.commit
    return Records(repository)


@pytest.fixture(scope="session")
def site(held: ComputedRegister, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = demo_site.write(demo_site.built(held), tmp_path_factory.mktemp("site"))
    with demo_site.served(folder) as address:
        yield address


@pytest.fixture
def visitor(site: str, browser: Browser) -> Iterator[Visitor]:
    with context(browser, "phone") as device:
        yield Visitor(device.new_page(), site)
