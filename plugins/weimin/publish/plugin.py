"""The Pelican plugin: a generator that hands over finished pages, and a writer that writes each path once.

Pelican logs exceptions and continues; here every exception ends the build (`SystemExit`), so that a site is complete or not
published at all.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.generators import Generator
from pelican.writers import Writer

from weimin.adapters.workers import available_cores
from weimin.app.build.site_build import site_files
from weimin.app.check.check import check
from weimin.engine.opening import open_register
from weimin.engine.options import Options
from weimin.model.finding import Severity
from weimin.model.page import Outputs

OUTPUTS = "WEIMIN_OUTPUTS"
"""The Pelican setting with a function that returns the outputs; without it they are made from the records beside PATH."""

_PATH = re.compile(r"(?!.*(?:^|/)\.)[\w.-]+(?:/[\w.-]+)*")


class PageWriter(Writer):  # type: ignore[misc]  # Pelican has no types
    """Writes bytes, and raises an error for a path that was written before. `sizes`: path → size of each file."""

    def __init__(self, output_path: str, settings: dict[str, Any] | None = None) -> None:
        super().__init__(output_path, settings)
        self.sizes: dict[str, int] = {}

    def write_bytes(self, path: str, content: bytes, context: dict[str, Any]) -> None:
        """Write a file. `path`: below the output folder, or ValueError is raised; likewise if it was written before."""
        if _PATH.fullmatch(path) is None:
            raise ValueError(f"“{path}”不是可以写的位置")
        if path in self.sizes:
            raise ValueError(f"“{path}”要写两次")
        self.sizes[path] = len(content)
        file = f"{self.output_path}/{path}"
        try:
            _write(file, content)
        except FileNotFoundError:  # the first file of its folder
            Path(file).parent.mkdir(parents=True)
            _write(file, content)
        if signals.content_written.receivers:
            signals.content_written.send(file, context={**context, "output_file": path})


def _write(file: str, content: bytes) -> None:
    with FileIO(file, "wb") as opened:  # making a Path of each page would take a tenth of the time of writing it
        remaining = memoryview(content)
        while remaining:
            remaining = remaining[opened.write(remaining) :]


class RegisterGenerator(Generator):  # type: ignore[misc]  # Pelican has no types
    """Yields all files of the site, which the app has rendered with the theme's templates."""

    def generate_context(self) -> None:
        """Add the dossiers' summaries to Pelican's context as `dossiers`."""
        with fatal():
            make: Callable[[], Outputs] | None = self.settings.get(OUTPUTS)
            self.outputs = make() if make else from_records(Path(self.path).resolve().parent)
            self.context["dossiers"] = self.outputs.summaries()

    def generate_output(self, writer: Writer) -> None:
        """Write the files; then raise SystemExit unless the output folder contains just these."""
        with fatal():
            if not isinstance(writer, PageWriter):
                raise TypeError("另有插件换掉了写文件的部分")
            complete = bool(self.settings["DELETE_OUTPUT_DIRECTORY"])
            pages = 0
            for path, content in self.outputs.files:
                writer.write_bytes(path, content, self.context)
                pages += path.endswith(".html")
            if not writer.sizes or (complete and not pages):
                raise ValueError("没有任何页面")
            compare(writer.sizes, Path(self.output_path), complete=complete)


def from_records(root: Path) -> Outputs:
    """The site of the records in `root`. Raises ValueError if they contain an error: no record is left out."""
    register = open_register(root, root)
    checked, computed = check(register, Options(jobs=available_cores()))
    if checked.errors:
        first = next(f for f in checked.findings if f.severity == Severity.ERROR and not f.exempt)
        where = f"{first.path}:{first.line}:{first.column}"
        raise ValueError(f"记录里有{checked.errors}个错误，第一个是 {where} {first.code} {first.message}")
    files = site_files(computed, available_cores(), "", lambda what, n, total: None, share_images=True)
    return Outputs(files=files, summaries=computed.iterate_summaries)


def compare(sizes: dict[str, int], output: Path, *, complete: bool) -> None:
    """Compare the output folder with what was written: every file has its size; if `complete`, there is no other file.

    `sizes`: path → size. Raises ValueError.
    """
    missing = sorted(path for path, size in sizes.items() if _size(output / path) != size)
    extra = sorted(path for path in _files(output) if path not in sizes) if complete else []
    if missing or extra:
        raise ValueError(f"写出的文件与计划不一致：少{len(missing)}个，多{len(extra)}个，如“{(missing or extra)[0]}”")


def _size(file: Path) -> int | None:
    """The size of a regular file; None if there is none."""
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) else None


def _files(folder: Path) -> Iterator[str]:
    """The paths of all files below a folder, relative to it."""
    for parent, _, names in os.walk(folder):
        inner = parent[len(str(folder)) :].replace(os.sep, "/").strip("/")
        yield from (f"{inner}/{name}" if inner else name for name in names)


@contextmanager
def fatal() -> Iterator[None]:
    """End the run at any exception: Pelican swallows exceptions in several places, but never SystemExit."""
    try:
        yield
    except Exception as error:
        print(f"网站没有建成：{error or type(error).__name__}", file=sys.stderr)
        raise SystemExit(1) from error


def _generators(_pelican: object) -> type[Generator]:
    return RegisterGenerator


def _writer(_pelican: object) -> type[Writer]:
    return PageWriter


def register() -> None:
    """Connect the generator and the writer; Pelican calls this once per run, and calling it again changes nothing."""
    signals.get_generators.connect(_generators)
    signals.get_writer.connect(_writer)
