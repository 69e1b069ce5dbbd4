"""A new file, whole or not at all, and never in the place of another one."""

from __future__ import annotations

import os
from pathlib import Path


class Refused(Exception):
    """Nothing was written; the message says what is the matter and the fix, in Chinese.

    `option`: what of that which was asked for is at fault (on, platform, dossier, slug); empty where none of it is.
    """

    def __init__(self, message: str, option: str = "") -> None:
        super().__init__(message)
        self.option = option


def create(root: Path, path: str, text: str) -> None:
    """Write `text` to `root`/`path` with LF as its line ends. Raises FileExistsError where something stands there.

    The text is written beside content/, where no check and no preview looks, and gets its name in one step.
    """
    target = root / path
    made = [folder for folder in (target.parent, *target.parent.parents) if not folder.exists()]
    draft = root / f".weimin-new-{os.getpid()}"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(text, encoding="utf-8", newline="\n")
        _name(draft, target)
    except OSError:
        for folder in made:
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
        raise
    finally:
        draft.unlink(missing_ok=True)


def _name(draft: Path, target: Path) -> None:
    try:
        target.hardlink_to(draft)
    except FileExistsError:
        raise
    except OSError:  # no hard links on this disk (exFAT, some network drives): the next best that never overwrites
        with target.open("xb") as file:
            file.write(draft.read_bytes())
