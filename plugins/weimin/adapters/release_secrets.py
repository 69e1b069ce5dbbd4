"""Salts and signatures of a release, and atomic writing of the files that keep them."""

from __future__ import annotations

import os
import secrets
import subprocess
import tempfile
from pathlib import Path

SALT = 16  # bytes
NAMESPACE = "weimin-checkpoint"
"""The namespace of signatures (ssh-keygen -Y sign -n): one that was made for something else does not verify."""


class ReleaseFault(Exception):
    """The log folder cannot be read, or signing failed; the message says what and how to fix it, in Chinese."""


def write_atomically(file: Path, text: str, *, secret: bool = False) -> None:
    """Write a file under another name, flush it to the disk, then rename it. `secret`: only the owner may read it.

    Raises OSError.
    """
    draft = file.parent / f".{file.name}-new"
    opened = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600 if secret else 0o644)
    with os.fdopen(opened, "w", encoding="utf-8", newline="\n") as target:
        target.write(text)
        target.flush()
        os.fsync(target.fileno())
    draft.replace(file)


def new_salt() -> bytes:
    """A random salt; nothing else of a release is random."""
    return secrets.token_bytes(SALT)


def sign(key: Path, text: str) -> bytes:
    """The SSH signature of a checkpoint, for `ssh-keygen -Y verify -n weimin-checkpoint`. Raises ReleaseFault."""
    with tempfile.TemporaryDirectory(prefix="weimin-sign-") as folder:
        file = Path(folder) / "checkpoint"
        file.write_text(text, encoding="utf-8", newline="\n")
        command = ["ssh-keygen", "-q", "-Y", "sign", "-f", str(key), "-n", NAMESPACE, str(file)]
        try:
            done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False)
        except FileNotFoundError as error:
            raise ReleaseFault("没有 ssh-keygen，不能签名。改法：装上 OpenSSH，或者不用 --sign。") from error
        if done.returncode != 0:
            lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise ReleaseFault(
                f"签名没有成功：{lines[0] if lines else done.returncode}。改法：核对 --sign 写的密钥文件。"
            )
        return file.with_suffix(".sig").read_bytes()
