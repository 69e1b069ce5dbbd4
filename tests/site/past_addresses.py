"""The addresses that a release answered: a line for each folder with the names in it. Run to list those of today."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

ADDRESSES = Path(__file__).parent / "addresses"


def listed(files: Iterable[str]) -> set[str]:
    """The paths that are addresses for ever: all but the theme's own."""
    return {path for path in files if not path.startswith("theme/")}


def packed(paths: Iterable[str]) -> str:
    """`321300/2026-001/ index.html index.json`, a folder on each line."""
    folders: dict[str, list[str]] = defaultdict(list)
    for path in sorted(paths):
        folder, slash, name = path.rpartition("/")
        folders[folder + slash].append(name)
    return "".join(f"{folder or './'} {' '.join(names)}\n" for folder, names in sorted(folders.items()))


def unpacked(text: str) -> set[str]:
    lines = [line.split(" ") for line in text.splitlines()]
    return {folder.removeprefix("./") + name for folder, *names in lines for name in names}


if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[n] / part) for n, part in ((2, "scripts"), (1, ""))]
    from builders.demo import content_files, demo_files

    sites = {"demo": demo_files(), "content": content_files()}
    ADDRESSES.mkdir(exist_ok=True)
    for name, files in sites.items():
        (ADDRESSES / f"{name}.txt").write_text(packed(listed(files)), encoding="utf-8")
