"""The transparency log as a folder of the operator: checkpoints and leaves, which are published, and salts, which are not."""

from __future__ import annotations

from pathlib import Path

import msgspec

from weimin.adapters.release_secrets import ReleaseFault, write_atomically
from weimin.history.log.checkpoint import join, parse_all, read_leaves, write_leaves


class Salt(msgspec.Struct, frozen=True, kw_only=True):
    """What opens one leaf, in hex. After a redaction `salt` and `blob` are empty: the leaf stays, and nobody can open it."""

    salt: str
    blob: str
    path: str


_SALTS = msgspec.json.Decoder(Salt)


class LogFolder:
    """The files `checkpoints`, `leaves`, `salts` (one line of JSON for each leaf), `checkpoint.sig` and `redacted`.

    The last checkpoint says how many leaves there are: leaves beyond it, written before a crash, are ignored. Opening the
    folder raises ReleaseFault if a file is damaged.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            self.checkpoints = parse_all(self._read("checkpoints"))
            size = self.checkpoints[-1].size if self.checkpoints else 0
            self.leaves = read_leaves(self._read("leaves"))[:size]
            self.salts = [_SALTS.decode(line) for line in self._read("salts").splitlines()][:size]
        except (ValueError, msgspec.DecodeError) as error:
            raise ReleaseFault(f"日志文件夹“{folder}”里的文件读不懂，已被改动或损坏。改法：从备份找回。") from error
        if len(self.salts) != len(self.leaves):
            raise ReleaseFault(f"日志文件夹“{folder}”里 salts 与 leaves 的行数不同。改法：从备份找回。")
        signature = folder / "checkpoint.sig"
        self.signature = signature.read_bytes() if signature.is_file() else None

    def _read(self, name: str) -> str:
        file = self._folder / name
        return file.read_text(encoding="utf-8") if file.is_file() else ""

    def latest(self) -> dict[str, str]:
        """Path → the blob that was logged last."""
        return {salt.path: salt.blob for salt in self.salts}

    def add(self, salt: Salt, leaf: bytes) -> None:
        self.salts.append(salt)
        self.leaves.append(leaf)

    def pending_redaction(self) -> tuple[str, str] | None:
        """The commits before and after a redaction that no checkpoint records yet."""
        parts = self._read("redacted").split()
        recorded = {c.redacted for c in self.checkpoints}
        return (parts[0], parts[1]) if len(parts) == 2 and (parts[0], parts[1]) not in recorded else None

    def record_redaction(self, before: str, after: str) -> None:
        """Have the next checkpoint record a redaction. Together with one that is not released yet it is one redaction."""
        earlier = self.pending_redaction()
        self._write("redacted", f"{earlier[0] if earlier else before} {after}\n")

    def save(self, signature: bytes | None) -> None:
        """Replace each file atomically; the checkpoints, which say what counts, last. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self.save_salts()
        self._write("leaves", write_leaves(self.leaves))
        self.signature = signature
        if signature is None:
            (self._folder / "checkpoint.sig").unlink(missing_ok=True)
        else:
            self._write("checkpoint.sig", signature.decode())
        self._write("checkpoints", join(self.checkpoints))

    def save_salts(self) -> None:
        self._write("salts", "".join(msgspec.json.encode(s).decode() + "\n" for s in self.salts), secret=True)

    def _write(self, name: str, text: str, *, secret: bool = False) -> None:
        write_atomically(self._folder / name, text, secret=secret)
