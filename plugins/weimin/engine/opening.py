"""Opening a register: finding the records of a repository, with or without the store of the last run."""

from __future__ import annotations

from pathlib import Path

from weimin.adapters.files import find_root
from weimin.engine.register import Register
from weimin.engine.tables import store_of


class NothingToCheck(Exception):
    """The records or their history are missing or incomplete (exit code 3); the message says what is, in Chinese."""


def find_records(root: Path | None, start: Path) -> Path:
    """`root`, or the nearest folder from `start` upwards that contains records. Raises NothingToCheck."""
    found = root if root is not None else find_root(start)
    if found is None or not (found / "content").is_dir():
        raise NothingToCheck(
            "没有找到任何记录：这里没有 content 文件夹。请在仓库的根目录运行，或者用 --root 指明仓库的位置。"
        )
    return found.resolve()


def open_register(root: Path | None, start: Path, *, stored: bool = False) -> Register:
    """The register of `root`, or of the nearest folder from `start` upwards. Raises NothingToCheck.

    `stored`: continue from the stored results of the last run, and store those of this one.
    """
    found = find_records(root, start)
    register = Register(found, store_of(found) if stored else None)
    if register.inventory.empty:
        raise NothingToCheck(
            "没有找到任何记录：content 文件夹是空的。先用 weimin new 建一份记录，或者用 weimin new network 建起平台。"
        )
    return register
