"""Checks the published log of checkpoints, which a build alone cannot reproduce: against itself, the pages and Git."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from weimin.adapters.history import chain
from weimin.adapters.published import Published
from weimin.app.build.manifest import LOG, MANIFEST
from weimin.app.verify.compare import Difference
from weimin.history.log.checkpoint import Checkpoint, log_errors, parse, parse_all, read_leaves
from weimin.history.log.file_names import CHECKPOINT, CHECKPOINTS, LEAVES, SIGNATURE

LARGEST = 512 * 1024 * 1024  # bytes of one file of the log


class PublishedLog:
    """Pass `files` to the build that is compared; afterwards `differences` has the faults of the log, and `notes` what is open."""

    def __init__(self, site: Published, present: bool, git: Path | None, commit: str, as_of: date) -> None:
        self._site, self._git, self._commit, self._as_of = site, git, commit, as_of
        self._present = present
        self.differences: tuple[Difference, ...] = ()
        self.notes: tuple[str, ...] = ()

    def files(self, pages: str) -> Iterator[tuple[str, bytes]]:
        """The files of the log as published. `pages`: the digest of all rebuilt pages, which the last checkpoint must state."""
        if not self._present:
            return
        files = {
            name: self._site.read(f"{LOG}/{name}", LARGEST) for name in (CHECKPOINT, CHECKPOINTS, LEAVES, SIGNATURE)
        }
        self.differences = tuple(
            self._differences({name: data for name, data in files.items() if data is not None}, pages)
        )
        yield from ((f"{LOG}/{name}", data) for name, data in files.items() if data is not None)

    def _differences(self, files: dict[str, bytes], pages: str) -> Iterator[Difference]:
        damaged = [
            _difference(name, "与 log/manifest.json 里的校验值不符，已被改动")
            for name in self._not_as_in_manifest(files)
        ]
        yield from damaged
        try:
            last = parse(files[CHECKPOINT].decode())
            all_of = parse_all(files[CHECKPOINTS].decode())
            leaves = read_leaves(files[LEAVES].decode())
        except (KeyError, ValueError):
            if not damaged:
                yield _difference(CHECKPOINTS, "与 checkpoint、leaves 不成一份日志，已被改动或缺少文件")
            return
        yield from (_difference(CHECKPOINTS, text) for text in log_errors(all_of, leaves))
        if not all_of or all_of[-1] != last:
            yield _difference(CHECKPOINT, "与 checkpoints 里的最后一个不同")
        if last.commit != self._commit or last.as_of != self._as_of:
            yield _difference(CHECKPOINT, "写的提交或日期不是这个网站的")
        if last.pages != pages:
            yield _difference(CHECKPOINT, "写的网页校验值与按提交重新生成的网页不一致")
        yield from self._ancestry_differences(all_of)

    def _not_as_in_manifest(self, files: dict[str, bytes]) -> Iterator[str]:
        """Files whose digest differs from the one in the published manifest; the manifest itself is compared elsewhere."""
        try:
            digests = json.loads(self._site.read(f"{LOG}/{MANIFEST}", LARGEST) or b"{}")["files"]
            for name, data in files.items():
                if digests.get(name) != hashlib.sha256(data).hexdigest():
                    yield name
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return

    def _ancestry_differences(self, all_of: list[Checkpoint]) -> Iterator[Difference]:
        """Commits of checkpoints that are not on the chain of the last one; of those before a redaction only a note."""
        assert self._git is not None
        on_chain = set(chain(self._git, self._commit))
        since = max((n for n, c in enumerate(all_of) if c.redacted), default=0)
        for n, c in enumerate(all_of[since:], since + 1):
            if c.commit not in on_chain:
                yield _difference(CHECKPOINTS, f"第{n}个检查点的提交 {c.commit} 不在主分支的历史里，历史被改写过")
        if since:
            self.notes = (
                f"有{since}个检查点在一次脱敏之前，它们的提交已经换过编号；"
                "要逐步比较，请在留有旧历史的仓库里运行 weimin audit --checkpoint。",
            )


def _difference(name: str, text: str) -> Difference:
    return Difference(path=f"{LOG}/{name}", how="described", text=text)
