"""A published site, read and never trusted: a folder of this machine, or an address of the web."""

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

TIMEOUT = 30.0  # seconds for one file of the web
AT_ONCE = 8  # files of the web that are asked for at the same time
_ASKED = 64  # files asked for before the first of them is looked at


class Unreachable(Exception):
    """The site gave no answer about a file, neither yes nor no; the message says which and why, in Chinese."""


class Published(Protocol):
    """Where a published site is read from. `name` is what it is called in messages."""

    name: str

    def read(self, path: str, most: int) -> bytes | None:
        """The first `most` bytes of a file; None where there is none. Raises Unreachable."""

    def read_all(self, wanted: Iterable[tuple[str, int]]) -> Iterator[bytes | None]:
        """The same for many (path, most), in their order."""

    def names(self) -> list[str] | None:
        """Every file; None where that cannot be asked."""


class SiteFolder:
    """A folder; what is a link inside of it, or no plain file, is not there."""

    def __init__(self, folder: Path) -> None:
        self.name = str(folder)
        self._folder = folder.resolve()

    def read(self, path: str, most: int) -> bytes | None:
        file = self._folder / path
        try:
            if file.is_symlink() or not file.resolve().is_relative_to(self._folder):
                return None
            with file.open("rb") as opened:
                return opened.read(most)
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return None
        except (OSError, ValueError) as error:
            raise Unreachable(f"读不了“{path}”：{error}") from error

    def read_all(self, wanted: Iterable[tuple[str, int]]) -> Iterator[bytes | None]:
        for path, most in wanted:
            yield self.read(path, most)

    def names(self) -> list[str] | None:
        found: list[str] = []
        for folder, folders, names in os.walk(self._folder):
            here = Path(folder).relative_to(self._folder).as_posix()
            links = [d for d in folders if (Path(folder) / d).is_symlink()]
            found += [name if here == "." else f"{here}/{name}" for name in (*names, *links)]
        return sorted(found)


class SiteAddress:
    """An http or https address. A redirection to another host is not followed."""

    def __init__(self, address: str) -> None:
        self.name = address
        self._base = address if address.endswith("/") else address + "/"
        self._opener = urllib.request.build_opener(_SameHost())

    def read(self, path: str, most: int) -> bytes | None:
        request = urllib.request.Request(self._base + quote(path), headers={"User-Agent": "weimin-verify"})
        try:
            with self._opener.open(request, timeout=TIMEOUT) as answer:
                data: bytes = answer.read(most)
                return data
        except urllib.error.HTTPError as error:
            with error:
                if error.code in (404, 410):
                    return None
            raise Unreachable(f"“{path}”没有读到：网站回答 {error.code}。") from error
        except (OSError, ValueError) as error:
            reason = getattr(error, "reason", error)
            raise Unreachable(f"“{path}”没有读到：{reason}。") from error

    def read_all(self, wanted: Iterable[tuple[str, int]]) -> Iterator[bytes | None]:
        """Several at once: most of the time of a request is spent waiting."""
        rest = iter(wanted)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while batch := list(islice(rest, _ASKED)):
                yield from pool.map(lambda asked: self.read(*asked), batch)

    def names(self) -> list[str] | None:
        return None


class _SameHost(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: urllib.request.Request, fp: object, code: int, msg: str, headers: object, newurl: str
    ) -> urllib.request.Request | None:
        """None, so that the answer itself is the error, where another host is named."""
        if urlsplit(newurl).netloc != urlsplit(req.full_url).netloc:
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]  # typeshed names private types


def published(source: str) -> Published | None:
    """A site by its folder or address; None where it is neither."""
    if source.startswith(("http://", "https://")):
        return SiteAddress(source)
    folder = Path(source)
    return SiteFolder(folder) if folder.is_dir() else None


def batches(items: Iterable[tuple[str, bytes]], size: int = _ASKED) -> Iterator[Sequence[tuple[str, bytes]]]:
    """Files in groups that are compared together."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
