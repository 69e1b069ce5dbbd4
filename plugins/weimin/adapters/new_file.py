"""Creates a file completely or not at all, and never in place of an existing one."""

from __future__ import annotations

import os
from pathlib import Path


def create_file(root: Path, path: str, text: str) -> None:
    """Write `text` to `root`/`path` with LF line endings. Raises FileExistsError where a file exists there, and OSError.

    The text is written to a temporary file beside content/, where neither check nor preview looks, and then gets its name
    in one step. Folders that were created for it are removed again where this fails.
    """
    target = root / path
    created = [folder for folder in (target.parent, *target.parent.parents) if not folder.exists()]
    temporary = root / f".weimin-new-{os.getpid()}"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(text, encoding="utf-8", newline="\n")
        _link(temporary, target)
    except OSError:
        for folder in created:
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
        raise
    finally:
        temporary.unlink(missing_ok=True)


def _link(temporary: Path, target: Path) -> None:
    try:
        target.hardlink_to(temporary)
    except FileExistsError:
        raise
    except (
        OSError
    ):  # no hard links on this disk (exFAT, some network drives): a slower way that never overwrites either
        with target.open("xb") as file:
            file.write(temporary.read_bytes())
