"""Creates, builds and serves the demo on this machine, for browser tests, screenshots and measurements."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from weimin.app.build.site_build import site_files
from weimin.demo import AS_OF, make_demo
from weimin.engine.compute import compute
from weimin.engine.computed_register import ComputedRegister
from weimin.engine.opening import open_register
from weimin.engine.options import Options, Tick

ADDRESS = "https://demo.example.org"
"""The base URL in the pages of the demo; nothing is requested from it."""


class Quiet(SimpleHTTPRequestHandler):
    """A request handler without a log."""

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}  # noqa: RUF012

    def log_message(self, *arguments: object) -> None:
        """Print nothing."""


def no_tick(what: str, more: int, total: int) -> None:
    """Ignore progress."""


def compute_demo(folder: Path, tick: Tick = no_tick) -> ComputedRegister:
    """Create the repository of the demo in an empty folder and compute it on the day for which it is written."""
    make_demo(folder, tick)
    return compute(open_register(folder, folder), Options(as_of=AS_OF), tick)


def built(computed: ComputedRegister, base_url: str = ADDRESS, tick: Tick = no_tick) -> dict[str, bytes]:
    """The files of the site by path."""
    return dict(site_files(computed, 1, base_url, tick, share_images=True))


def write(site: Mapping[str, bytes], folder: Path) -> Path:
    """Write the site as files below `folder`."""
    for path, content in site.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which the files of a folder are served while this runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
