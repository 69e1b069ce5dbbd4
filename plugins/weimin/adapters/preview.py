"""A web server for previewing a site: files of a folder, the site's own 404 page, reload of open pages after a build."""

from __future__ import annotations

import threading
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

RELOAD = "/__reload"
_SCRIPT = b"new EventSource('/__reload').onmessage=()=>location.reload();\n"
_TAG = b'<script src="/__reload.js" defer></script>'
KEEP_ALIVE = 15.0  # seconds between two comments on an open reload stream


class Preview(ThreadingHTTPServer):
    """Serves `folder`, which is resolved on each request, because a build switches the link."""

    daemon_threads = True

    def __init__(self, folder: Path, host: str, port: int) -> None:
        self.rebuilt = threading.Condition()
        super().__init__((host, port), partial(_Handler, directory=str(folder)))

    def reload(self) -> None:
        """Make every open page reload."""
        with self.rebuilt:
            self.rebuilt.notify_all()


class _Handler(SimpleHTTPRequestHandler):
    server: Preview
    protocol_version = "HTTP/1.1"
    # browsers run modules of this type only; the registry of Windows may name another one
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}  # noqa: RUF012

    def do_GET(self) -> None:
        if self.path == RELOAD:
            self._stream_reloads()
        elif self.path == "/__reload.js":
            self._send(_SCRIPT, "text/javascript; charset=utf-8")
        else:
            self._send_file()

    def _send_file(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            if not self.path.split("?")[0].endswith("/"):
                self.send_response(HTTPStatus.MOVED_PERMANENTLY)
                self.send_header("Location", self.path + "/")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            path /= "index.html"
        status = HTTPStatus.OK
        if not path.is_file():
            path, status = Path(self.directory) / "404.html", HTTPStatus.NOT_FOUND
        try:
            body = path.read_bytes()
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        kind = self.guess_type(str(path))
        if kind == "text/html":
            body = body.replace(b"</body>", _TAG + b"</body>", 1)
        if kind.startswith("text/") or kind.endswith(("json", "xml")):
            kind += "; charset=utf-8"
        self._send(body, kind, status)

    def _send(self, body: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def _stream_reloads(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            while True:
                with self.server.rebuilt:
                    rebuilt = self.server.rebuilt.wait(timeout=KEEP_ALIVE)
                self.wfile.write(b"data: rebuilt\n\n" if rebuilt else b": still here\n\n")
                self.wfile.flush()
        except OSError:
            return

    def log_message(self, format: str, *args: object) -> None:
        """No log: a line for each request would hide the messages of a build."""
