"""A published site to verify: a folder of this machine, or an address. Nothing that is read from it is trusted."""

from __future__ import annotations

import os
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urlsplit

TIMEOUT = 30.0  # seconds for one request
PARALLEL_REQUESTS = 8
_BATCH = 64  # files that are requested before the first of them is yielded


class Unreachable(Exception):
    """The site could not be asked for a file, so it is unknown whether it exists; the message says which and why, in Chinese."""


class Published(Protocol):
    """A published site. `name`: its folder or address, for messages."""

    name: str

    def read(self, path: str, limit: int) -> bytes | None:
        """The first `limit` bytes of a file; None if there is no such file. Raises Unreachable."""

    def read_all(self, requests: Iterable[tuple[str, int]]) -> Iterator[bytes | None]:
        """As `read`, for many (path, limit), in their order."""

    def names(self) -> list[str] | None:
        """The paths of all files; None if they cannot be listed."""


class SiteFolder:
    """A folder. Links in it, and everything else that is no regular file, count as missing."""

    def __init__(self, folder: Path) -> None:
        self.name = str(folder)
        self._folder = folder.resolve()

    def read(self, path: str, limit: int) -> bytes | None:
        file = self._folder / path
        try:
            if file.is_symlink() or not file.resolve().is_relative_to(self._folder):
                return None
            with file.open("rb") as opened:
                return opened.read(limit)
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return None
        except (OSError, ValueError) as error:
            raise Unreachable(f"读不了“{path}”：{error}") from error

    def read_all(self, requests: Iterable[tuple[str, int]]) -> Iterator[bytes | None]:
        for path, limit in requests:
            yield self.read(path, limit)

    def names(self) -> list[str] | None:
        found: list[str] = []
        for folder, folders, names in os.walk(self._folder):
            here = Path(folder).relative_to(self._folder).as_posix()
            links = [d for d in folders if (Path(folder) / d).is_symlink()]
            found += [name if here == "." else f"{here}/{name}" for name in (*names, *links)]
        return sorted(found)


class SiteAddress:
    """An http or https address. Redirections to another host are not followed."""

    def __init__(self, address: str) -> None:
        self.name = address
        self._base = address if address.endswith("/") else address + "/"
        self._opener = urllib.request.build_opener(_SameHost())

    def read(self, path: str, limit: int) -> bytes | None:
        request = urllib.request.Request(self._base + quote(path), headers={"User-Agent": "weimin-verify"})
        try:
            with self._opener.open(request, timeout=TIMEOUT) as response:
                data: bytes = response.read(limit)
                return data
        except urllib.error.HTTPError as error:
            with error:
                if error.code in (404, 410):
                    return None
            raise Unreachable(f"“{path}”没有读到：网站回答 {error.code}。") from error
        except (OSError, ValueError) as error:
            reason = getattr(error, "reason", error)
            raise Unreachable(f"“{path}”没有读到：{reason}。") from error

    def read_all(self, requests: Iterable[tuple[str, int]]) -> Iterator[bytes | None]:
        """Several requests at once, because most of the time of a request is spent waiting."""
        rest = iter(requests)
        with ThreadPoolExecutor(PARALLEL_REQUESTS) as pool:
            while batch := list(islice(rest, _BATCH)):
                yield from pool.map(lambda request: self.read(*request), batch)

    def names(self) -> list[str] | None:
        return None


class _SameHost(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: urllib.request.Request, fp: object, code: int, msg: str, headers: object, newurl: str
    ) -> urllib.request.Request | None:
        """None for another host, so that the redirection itself is reported as an error."""
        if urlsplit(newurl).netloc != urlsplit(req.full_url).netloc:
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]  # typeshed names private types


def published(source: str) -> Published | None:
    """The site of a folder or address; None if `source` is neither."""
    if source.startswith(("http://", "https://")):
        return SiteAddress(source)
    folder = Path(source)
    return SiteFolder(folder) if folder.is_dir() else None


def batches(items: Iterable[tuple[str, bytes]], size: int = _BATCH) -> Iterator[Sequence[tuple[str, bytes]]]:
    """The items in lists of `size`."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
