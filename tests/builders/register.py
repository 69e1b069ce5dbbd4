"""A register in memory, or the same files on disk: what is where decides, and no test needs a folder to say it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from weimin.adapters.git import Entry
from weimin.adapters.objects import Objects, blob_id
from weimin.engine.register import Register

Content = str | bytes
FILE, PROGRAM, LINK = "100644", "100755", "120000"
_SHA1 = "0" * 40


class MemoryTree(Objects):
    """A tree of records that lies nowhere; `modes` are Git's, of the paths that are no plain files."""

    def __init__(self, files: Mapping[str, Content], modes: Mapping[str, str] | None = None) -> None:
        self.root, self.git = Path("/nowhere"), None
        self._files = {path: data_of(content) for path, content in files.items()}
        self._modes = dict(modes or {})

    def entries(self) -> list[Entry]:
        """All files below content/, in order of paths."""
        below = sorted(path for path in self._files if path.startswith("content/"))
        return [Entry(path, self._modes.get(path, FILE), blob_id(self._files[path], _SHA1)) for path in below]

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises OSError."""
        try:
            return self._files[path]
        except KeyError:
            raise FileNotFoundError(2, "没有这个文件", path) from None

    def commit(self) -> str:
        """None: nothing here was ever committed."""
        return ""


def register_of(files: Mapping[str, Content], modes: Mapping[str, str] | None = None) -> Register:
    """The register of files in memory."""
    return Register(MemoryTree(files, modes))


def on_disk(root: Path, files: Mapping[str, Content], modes: Mapping[str, str] | None = None) -> Path:
    """The same files below `root`."""
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        mode = (modes or {}).get(path, FILE)
        if mode == LINK:
            file.symlink_to(data_of(content).decode())
            continue
        file.write_bytes(data_of(content))
        if mode == PROGRAM:
            file.chmod(0o755)
    return root


def data_of(content: Content) -> bytes:
    return content.encode() if isinstance(content, str) else content
