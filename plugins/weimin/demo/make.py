"""`weimin demo`: writes the demo repository with its deterministic history."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from weimin.demo.attachments import attachments
from weimin.demo.history import Change, write_history
from weimin.demo.platform_records import platform_records
from weimin.demo.platforms import platforms
from weimin.demo.rulebooks import rulebooks
from weimin.demo.scenarios import SCENARIOS
from weimin.demo.sitepages import site_files, sitepages
from weimin.demo.versions import Version, dossier_ids, versions_of
from weimin.model.place import Place
from weimin.records.place import place_of
from weimin.records.write import write

AS_OF = date(2026, 11, 22)
"""The day for which the scenarios are written: it decides what is overdue."""

Tick = Callable[[str, int, int], None]


class NotEmpty(FileExistsError):
    """The folder is not empty; nothing was written."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"“{folder}”里已经有文件，演示仓库要放在空文件夹里。换一个文件夹名，或者先把它移走。")


def make_demo(root: Path, tick: Tick) -> str:
    """Writes the demo repository into `root` and returns a sentence about it. Raises NotEmpty, GitError, OSError."""
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise NotEmpty(root)
    root.mkdir(parents=True, exist_ok=True)
    versions = list(all_versions())
    changes = [*site_files(), *_changes(versions, tick)]
    write_history(root.resolve(), changes)
    records = len({v.path for v in versions})
    return (
        f"演示数据已写入 {root}：{len(SCENARIOS)} 个卷宗，{records} 份记录，{len(changes)} 次改动，"
        f"记到 {AS_OF.isoformat()} 为止；地名和内容都是虚构的"
    )


def all_versions() -> Iterator[Version]:
    """Every version of every record of the demo."""
    ids = dossier_ids(SCENARIOS)
    yield from platforms(frozenset(s.at for s in SCENARIOS))
    yield from rulebooks()
    yield from sitepages(ids)
    yield from platform_records(ids)
    for scenario in SCENARIOS:
        yield from versions_of(scenario, ids)


def _changes(versions: list[Version], tick: Tick) -> Iterable[Change]:
    total = len(versions)
    for v in versions:
        yield Change(
            path=v.path,
            data=write(v.kind, v.raw, v.body).encode(),
            filed=v.filed,
            clerk=v.clerk,
            unit=_unit(v),
            subject=v.subject,
            pull=v.pull,
            batch=v.batch,
        )
        tick("写演示数据", 1, total)
    yield from attachments(dossier_ids(SCENARIOS))


def _unit(version: Version) -> str:
    """The unit of a commit: a dossier or a platform's own files; empty for the set-up of platforms, which is one commit per clerk."""
    place = place_of(version.path)
    return place.unit if isinstance(place, Place) and version.kind not in ("platform", "rule", "site", "page") else ""
