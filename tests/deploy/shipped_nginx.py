"""The shipped nginx configuration with a root and a port of the test's own, and what it answers."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import provision

SHIPPED = Path(__file__).resolve().parents[2] / "deploy" / "nginx"
PORT, SIX, ROOT = "listen 80 default_server;", "listen [::]:80 default_server;", "root /srv/weimin/current;"
TYPES = ("/etc/nginx/mime.types", "/opt/homebrew/etc/nginx/mime.types", "/usr/local/etc/nginx/mime.types")
MAIN = """{user}daemon off;
pid {folder}/nginx.pid;
error_log stderr warn;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include weimin/weimin.conf;
}}
"""


@dataclass(frozen=True)
class Served:
    """nginx as it runs: its port, its site, and the folder in which `current` is a link."""

    port: int
    site: Path
    releases: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
        """The path goes out as it is written."""
        with contextlib.closing(HTTPConnection("127.0.0.1", self.port, timeout=10)) as line:
            line.putrequest(method, path, skip_accept_encoding=True)
            for name, value in headers.items():
                line.putheader(name.replace("_", "-"), value)
            line.endheaders()
            answer = line.getresponse()
            return answer, answer.read()


def once(text: str, old: str, new: str) -> str:
    """What ships names one root and one port; the test puts its own in their place and changes nothing else."""
    assert text.count(old) == 1, old
    return text.replace(old, new)


def configured(folder: Path, root: Path, port: int, old_addresses: str = "") -> Path:
    """The shipped files as nginx.conf below `folder` finds them."""
    shutil.copytree(SHIPPED, folder / "weimin")
    main, site = folder / "weimin" / "weimin.conf", folder / "weimin" / "site.conf"
    text = once(main.read_text("utf-8"), PORT, f"listen 127.0.0.1:{port} default_server;")
    main.write_text(once(text, SIX, ""), "utf-8")
    site.write_text(once(site.read_text("utf-8"), ROOT, f"root {root};"), "utf-8")
    with (folder / "weimin" / "old-addresses.map").open("a", encoding="utf-8") as file:
        file.write(old_addresses)
    shutil.copy(next(path for path in TYPES if Path(path).is_file()), folder / "mime.types")
    user = "user root;\n" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user), "utf-8")
    return folder / "nginx.conf"


def nginx() -> str:
    found = provision.executable(provision.NGINX)
    assert found is not None
    return found


@contextlib.contextmanager
def running(site: Path, folder: Path, old_addresses: str = "") -> Iterator[str]:
    """The address at which nginx serves the site with the shipped configuration, its own files below `folder`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder.mkdir(parents=True, exist_ok=True)
    conf = configured(folder, site, port, old_addresses)
    process = subprocess.Popen([nginx(), "-c", str(conf), "-e", "stderr"], stderr=subprocess.PIPE, text=True)
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            assert process.poll() is None, process.stderr and process.stderr.read()
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.communicate(timeout=10)
