"""A site of made records, served on this machine, and a browser."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

import provision

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "site"))

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """The test says what it saw; the server need not."""


@pytest.fixture(scope="session")
def made_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from made_register import pages_of, write

    from weimin.adapters.installation import theme_dir
    from weimin.adapters.templates import environment, render, static_files

    folder = tmp_path_factory.mktemp("site")
    env = environment(theme_dir())
    write([(page.path, render(env, page)) for page in pages_of(demo=True)], folder)
    write(static_files(theme_dir()).items(), folder)
    return folder


@pytest.fixture(scope="session")
def address(made_site: Path) -> Iterator[str]:
    yield from served(made_site)


@pytest.fixture(scope="session")
def built_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The register that the examples of the rules stand on, built as `weimin build` does it."""
    from made_register import write

    from weimin.app.build import outputs
    from weimin.app.check import Options, check
    from weimin.app.register import Register

    base = Path(__file__).resolve().parents[1] / "cases" / "_base"
    _checked, held = check(Register(base), Options(as_of=date(2026, 11, 22)))
    folder = tmp_path_factory.mktemp("built")
    write(list(outputs(held, 1, "", lambda what, n, total: None)), folder)
    yield from served(folder)


def served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=provision.executable(provision.CHROMIUM), args=ARGUMENTS)
        yield chromium
        chromium.close()
