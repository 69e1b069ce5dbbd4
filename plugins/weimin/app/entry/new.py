"""`weimin new KIND`: writes a blank record in the right folder, with the next number.

The next number is the one after the highest in this work tree. Two branches that open a dossier at the same time both take it;
Git reports a conflict at that path when the second is merged, and the second dossier is created again with the next number.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from weimin.adapters.clock import today as today_in
from weimin.adapters.files import find_root
from weimin.adapters.new_file import create_file
from weimin.app.entry.prefill import Prefill, next_ids, prefill_for
from weimin.app.entry.record_target import RecordTarget, TargetRequest, candidate_paths, resolve_target
from weimin.app.entry.refused import EntryRefused
from weimin.engine.register import Folder, Register
from weimin.records.blank import blank_record, empty_places
from weimin.records.front_matter import Parts, split
from weimin.records.kinds import DOSSIER
from weimin.records.place import place_of
from weimin.records.yaml import read as yaml


class NoContent(Exception):
    """There is no content folder to put a record into; the message gives the fix, in Chinese."""


class NewRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A new file: its path, the title of its kind, and what to do next, step by step, in Chinese."""

    path: str
    title: str
    steps: tuple[str, ...]


def open_for_entry(root: Path | None, start: Path) -> Register:
    """The register of `root`, or of the nearest folder upwards; it may be empty. Raises NoContent."""
    records_root = root if root is not None else find_root(start)
    if records_root is None or not (records_root / "content").is_dir():
        raise NoContent(
            "这里没有 content 文件夹，不知道记录放在哪里。请在仓库里运行，或者用 --root 指明仓库的位置；"
            "新仓库先建起平台：weimin new network --from 名录.csv。"
        )
    return Register(records_root.resolve())


def new_record(register: Register, request: TargetRequest, today: date | None = None) -> NewRecord:
    """Write a blank record. Raises EntryRefused, with nothing written."""
    today = today or today_in(register.site.timezone)
    target = resolve_target(register, request, today)
    text, message = _text(register, target)
    path = _write(register, target, text)
    row = target.kind
    body = f"正文（{register.schemas.fields(row.kind).schema['x-body']}）写在第二个 --- 的下面" if row.prose else ""
    dated = _assumed_date(path) if not request.on else ""
    steps = (dated, message, _fields_to_fill(register, row.kind, path, text), body, f"填好后核对：weimin check {path}")
    return NewRecord(path=path, title=row.title, steps=tuple(step for step in steps if step))


def _assumed_date(path: str) -> str:
    """A step that names the date taken from today where none was given: a file name is hard to change after publication."""
    on = getattr(place_of(path), "on", None)
    if on is None:
        return ""
    title = "日期" if on.is_day else "年份"
    return f"{title}按今天算：{on.text}；不对的，删掉这个文件，加上 --on 重新建"


def _text(register: Register, target: RecordTarget) -> tuple[str, str]:
    """The text of the blank, and the message about what was filled in."""
    kind = target.kind.kind
    prefill, ids, message = Prefill(), dict[str, str](), ""
    if target.dossier is not None and target.kind.where == DOSSIER:
        folder = register.read(register.units[target.dossier])
        dossier, unread = register.dossier(folder), _unread(folder)
        if kind in ("consultation", "outcome"):
            ids = next_ids(dossier, unread.values())
        prefill = prefill_for(kind, dossier)
        message = "；".join(filter(None, (prefill.message, _unread_notice(unread))))
    values: dict[str, Any] = dict(prefill.values)
    if kind == "news":
        if not target.on.is_day:
            raise EntryRefused(f"动态的日期要写到哪一天，“{target.on.text}”不是。例如 --on 2026-03-01。")
        values = {"date": target.on.text}
    return blank_record(kind, register.schemas.fields(kind), values, ids=ids, notes=prefill.notes), message


def _unread(folder: Folder) -> dict[str, str]:
    """The texts of the records that could not be read, by path."""
    read = {r.place.path for r in folder.records} | set(folder.attachments)
    return {path: data.decode("utf-8", "replace") for path, data in folder.files.items() if path not in read}


def _unread_notice(unread: Iterable[str]) -> str:
    names = "、".join(path.rpartition("/")[2] for path in unread)
    return f"卷宗里的 {names} 还没有填好或有错误，里面的内容没有算进来" if names else ""


def _write(register: Register, target: RecordTarget, text: str) -> str:
    """Write the text to the first free path; return the path."""
    existing = ""
    for path in candidate_paths(register, target):
        try:
            create_file(register.tree.root, path, text)
        except FileExistsError:
            existing = path
        else:
            return path
    raise EntryRefused(f"{target.kind.title}已经有了：{existing}。直接改这个文件，没有写入任何内容。")


def _fields_to_fill(register: Register, kind: str, path: str, text: str) -> str:
    """填好空着的 3 处：标题（title）…"""
    parts = split(text, path) if text.startswith("---\n") else Parts(text, 1, "", 0)
    assert isinstance(parts, Parts)
    raw, _ = yaml.read(parts.fields, path, listed=kind == "exemptions")
    fields = register.schemas.fields(kind)
    names = [fields.describe(at) for at in empty_places(raw)]
    ellipsis = "等" if len(names) > 12 else ""
    return f"填好空着的 {len(names)} 处：{'、'.join(names[:12])}{ellipsis}"
