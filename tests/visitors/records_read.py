"""The demo's records, read as plain YAML: what is true, found without any of the code that makes pages."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

Raw = dict[str, Any]


class Records:
    """The files of a register's repository."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.network = folder / "content" / "network"

    def read(self, file: Path) -> Raw:
        """The head of a record in Markdown, or the whole of one in YAML."""
        text = file.read_text(encoding="utf-8")
        found = yaml.safe_load(text.split("---\n")[1] if file.suffix == ".md" else text)
        return found if isinstance(found, dict) else {}

    def all(self, kind: str) -> Iterator[tuple[Path, Raw]]:
        """Every event of a kind with its file, in order of path."""
        for file in sorted(self.network.rglob(f"*-{kind}*")):
            if file.suffix in (".md", ".yml"):
                yield file, self.read(file)

    def dossier(self, words: str) -> Path:
        """The folder of the one dossier whose topic has these words."""
        (found,) = (f.parent for f in self.network.rglob("topic.md") if words in self.read(f).get("title", ""))
        return found

    def of(self, dossier: Path, kind: str) -> list[Raw]:
        return [self.read(file) for file in sorted(dossier.glob(f"*-{kind}*")) if file.suffix in (".md", ".yml")]

    def platforms(self) -> list[Path]:
        return sorted(file.parent for file in self.network.rglob("platform.yml"))

    def mentioned(self, mark: str) -> set[str]:
        """Every reference with a mark in it that stands in any record: an answer may be a dossier of another platform."""
        files = [f for f in self.network.rglob("*") if f.suffix in (".md", ".yml")]
        words = (word.strip("\"'") for f in files for word in f.read_text(encoding="utf-8").split())
        return {word for word in words if mark in word}

    def own_files(self, platform: Path) -> Iterator[Path]:
        """The records below a platform's folder that are not those of a platform below it."""
        for entry in sorted(platform.iterdir()):
            if entry.is_dir() and not (entry / "platform.yml").exists():
                yield from (f for f in sorted(entry.rglob("*")) if f.suffix in (".md", ".yml"))
            elif entry.suffix in (".md", ".yml"):
                yield entry

    def git(self, *arguments: str) -> str:
        ran = subprocess.run(
            ["git", *arguments], cwd=self.folder, capture_output=True, text=True, check=True, encoding="utf-8"
        )
        return ran.stdout.strip()


def address(dossier: Path) -> str:
    """Where the page of a dossier is: the names of its two last folders."""
    return f"/{dossier.parent.name}/{dossier.name}/"


def day(iso: str) -> str:
    """As it is written on pages: 2026-05-09 → 2026年5月9日."""
    year, month, of_month = iso.split("-")
    return f"{year}年{int(month)}月{int(of_month)}日"
