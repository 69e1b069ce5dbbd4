"""The shipped nginx configuration, run by nginx in front of a site that was built as `weimin build` builds it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from shipped_nginx import Served, running

from artefacts import copy
from builders.demo import demo_files, demo_folder


@pytest.fixture(scope="session")
def demo() -> dict[str, bytes]:
    """Every file of the demo's site, its addresses without a host of their own."""
    return demo_files(base_url="")


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("nginx")
    releases = folder / "srv"
    copy(demo_folder(base_url=""), releases / "one")
    (releases / "current").symlink_to("one")
    with running(releases / "current", folder, "/html/2021/lamps.html /990000/;\n") as address:
        yield Served(port=int(address.rpartition(":")[2]), site=releases / "one", releases=releases)
