"""The shipped nginx configuration, run by nginx in front of a site that was built as `weimin build` builds it."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import time
from collections.abc import Iterator

import pytest
from shipped_nginx import Served, configured, nginx

import demo_site


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every file of the demo's site, its addresses without a host of their own."""
    return demo_site.built(demo_site.hold_demo(tmp_path_factory.mktemp("demo")), base_url="")


@pytest.fixture(scope="session")
def served(demo: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("nginx")
    releases = folder / "srv"
    demo_site.write(demo, releases / "one")
    (releases / "current").symlink_to("one")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    conf = configured(folder, releases / "current", port, "/html/2021/lamps.html /990000/;\n")
    process = subprocess.Popen([nginx(), "-c", str(conf), "-e", "stderr"], stderr=subprocess.PIPE, text=True)
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            assert process.poll() is None, process.stderr and process.stderr.read()
            time.sleep(0.05)
        yield Served(port=port, site=releases / "one", releases=releases)
    finally:
        process.terminate()
        process.communicate(timeout=10)
