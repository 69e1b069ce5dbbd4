"""The plugin: our generator hands finished pages to Pelican, our writer writes each path once.

Pelican logs what goes wrong and goes on; here every fault ends the build (`SystemExit`), so that a site is whole or
not published at all.
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
"""The setting that hands over the outputs; without it they are made from the records beside PATH."""

_PATH = re.compile(r"(?!.*(?:^|/)\.)[\w.-]+(?:/[\w.-]+)*")


class PageWriter(Writer):  # type: ignore[misc]  # Pelican has no types
    """Writes bytes. A path that was written before is a fault, never an overwrite. `planned`: the size of each file."""

    def __init__(self, output_path: str, settings: dict[str, Any] | None = None) -> None:
        super().__init__(output_path, settings)
        self.planned: dict[str, int] = {}

    def write_bytes(self, path: str, content: bytes, context: dict[str, Any]) -> None:
        """Raises ValueError for a path that leaves the output folder or was written before."""
        if _PATH.fullmatch(path) is None:
            raise ValueError(f"“{path}”不是可以写的位置")
        if path in self.planned:
            raise ValueError(f"“{path}”要写两次")
        self.planned[path] = len(content)
        file = f"{self.output_path}/{path}"
        try:
            _write(file, content)
        except FileNotFoundError:  # the first file of its folder
            Path(file).parent.mkdir(parents=True)
            _write(file, content)
        if signals.content_written.receivers:
            signals.content_written.send(file, context={**context, "output_file": path})


def _write(file: str, content: bytes) -> None:
    with FileIO(file, "wb") as opened:  # to make a Path of each page would cost a tenth of writing it
        left = memoryview(content)
        while left:
            left = left[opened.write(left) :]


class RegisterGenerator(Generator):  # type: ignore[misc]  # Pelican has no types
    """All pages of the register, made by the app with the theme's templates."""

    def generate_context(self) -> None:
        """The dossiers' rows come into Pelican's context as `dossiers`."""
        with fatal():
            make: Callable[[], Outputs] | None = self.settings.get(OUTPUTS)
            self.outputs = make() if make else from_records(Path(self.path).resolve().parent)
            self.context["dossiers"] = self.outputs.summaries()

    def generate_output(self, writer: Writer) -> None:
        """Raises SystemExit unless just what was planned stands in the output folder."""
        with fatal():
            if not isinstance(writer, PageWriter):
                raise TypeError("另有插件换掉了写文件的部分")
            whole = bool(self.settings["DELETE_OUTPUT_DIRECTORY"])
            pages = 0
            for path, content in self.outputs.files:
                writer.write_bytes(path, content, self.context)
                pages += path.endswith(".html")
            if not writer.planned or (whole and not pages):
                raise ValueError("没有任何页面")
            compare(writer.planned, Path(self.output_path), whole=whole)


def from_records(root: Path) -> Outputs:
    """What the records of `root` make; raises ValueError where the check finds errors: none of them is left out."""
    register = open_register(root, root)
    checked, held = check(register, Options(jobs=available_cores()))
    if checked.errors:
        first = next(f for f in checked.findings if f.severity == Severity.ERROR and not f.exempt)
        where = f"{first.path}:{first.line}:{first.column}"
        raise ValueError(f"记录里有{checked.errors}个错误，第一个是 {where} {first.code} {first.message}")
    files = site_files(held, available_cores(), "", lambda what, n, total: None, share_images=True)
    return Outputs(files=files, summaries=held.iterate_summaries)


def compare(planned: dict[str, int], output: Path, *, whole: bool) -> None:
    """Every planned file stands with its size; with `whole`, nothing else does. Raises ValueError."""
    missing = sorted(path for path, size in planned.items() if _size(output / path) != size)
    extra = sorted(path for path in _files(output) if path not in planned) if whole else []
    if missing or extra:
        raise ValueError(f"写出的文件与计划不一致：少{len(missing)}个，多{len(extra)}个，如“{(missing or extra)[0]}”")


def _size(file: Path) -> int | None:
    """Of a regular file; None where none stands."""
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) else None


def _files(folder: Path) -> Iterator[str]:
    """The paths of all files below a folder, from it on."""
    for above, _, names in os.walk(folder):
        inner = above[len(str(folder)) :].replace(os.sep, "/").strip("/")
        yield from (f"{inner}/{name}" if inner else name for name in names)


@contextmanager
def fatal() -> Iterator[None]:
    """Any fault ends the run: Pelican swallows exceptions in several places, but never SystemExit."""
    try:
        yield
    except Exception as fault:
        print(f"网站没有建成：{fault or type(fault).__name__}", file=sys.stderr)
        raise SystemExit(1) from fault


def _generators(_pelican: object) -> type[Generator]:
    return RegisterGenerator


def _writer(_pelican: object) -> type[Writer]:
    return PageWriter


def register() -> None:
    """Called by Pelican once per run; connecting twice is connecting once."""
    signals.get_generators.connect(_generators)
    signals.get_writer.connect(_writer)
