"""`weimin new correction`: writes a correction; old values are read from the record as corrected so far, new ones are given."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from itertools import count
from pathlib import Path
from typing import Any

import msgspec

from weimin.adapters.clock import today as today_in
from weimin.adapters.new_file import create_file
from weimin.app.entry.new import NewRecord
from weimin.app.entry.record_target import period_of
from weimin.app.entry.refused import EntryRefused
from weimin.dossiers.corrections import BODY, DATE, CorrectionResult, apply_corrections, get_value, set_value
from weimin.engine.register import Folder, Register
from weimin.model.finding import Problem
from weimin.model.place import Place
from weimin.model.quote import quoted
from weimin.model.record import Record
from weimin.records.fields import Fields, pointer
from weimin.records.kinds import KINDS
from weimin.records.place import path_of, place_of, stem_of
from weimin.records.text import read_text
from weimin.records.write import write
from weimin.records.yaml.read import resolve

_ABSENT = get_value({}, "/absent")  # what `get` returns for a pointer that leads nowhere
_REMOVE = "-"
_BALLOTS = "/ballots"


class CorrectionRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A correction as typed. `of`: a reference or a path. `sets`: POINTER=VALUE each; the VALUE `-` removes the field."""

    of: str
    sets: Sequence[str]
    reason: str
    approved_by: str
    on: str = ""
    dossier: str = ""


def new_correction(register: Register, request: CorrectionRequest, today: date | None = None) -> NewRecord:
    """Write a correction. Raises EntryRefused, with nothing written, for one that does not fit the record."""
    place = _target(register, request)
    folder = register.read(register.units[place.unit])
    corrected = apply_corrections(folder.records, register.revive)
    target = next((r for r in corrected.records if r.place == place), None)
    if target is None:
        raise EntryRefused(f"{place.path} 有错误，读不出来。先核对：weimin check {place.path}。")
    raw = {
        "of": place.stem if place.dossier else place.ref,
        "changes": _changes(register, target, _day_of(corrected, place), request.sets),
        "reason": request.reason,
        "approved_by": request.approved_by,
    }
    text = write("correction", raw)
    path = _write(register, folder, place, request, text, today or today_in(register.site.timezone))
    steps = (
        f"原记录 {place.path} 不要改动：网站上显示改正后的内容，原来的划去，并写明理由",
        f"核对：weimin check {path}",
    )
    return NewRecord(path=path, title="更正", steps=steps)


def _target(register: Register, request: CorrectionRequest) -> Place:
    text, _, line = request.of.partition("#")
    text = f"{request.dossier}/{text}" if request.dossier and "/" not in text else text
    if line:
        raise EntryRefused(
            f"--of 写到哪一份记录为止：{text}；要改哪一条，写在 --set 里，例如 --set /measures/0/due=2026-06-30。"
        )
    place = register.by_ref.get(text) or register.by_path.get(text)
    if place is None:
        similar = get_close_matches(text, register.by_ref, n=3)
        suggestion = f"相近的有：{'、'.join(similar)}。" if similar else ""
        raise EntryRefused(
            f"记录{quoted(text)}找不到。{suggestion}写成“代码/年份-编号/文件名”，例如 321302001004/2026-001/2026-03-02-consultation。"
        )
    if place.kind == "correction":
        raise EntryRefused("更正不能再更正。对原来那份记录再写一份更正。")
    if not place.dossier and place.kind != "opinion":
        raise EntryRefused(f"{place.path} 写的是现状，不用更正。直接改这个文件，改动会记在留痕里。")
    return place


def _day_of(corrected: CorrectionResult, place: Place) -> str | None:
    on = corrected.days.get(place.ref) or place.on
    return on.text if on else None


def _changes(register: Register, target: Record, day: str | None, sets: Sequence[str]) -> list[dict[str, Any]]:
    """The changes in the order in which they are applied; each is read against the record as the earlier ones leave it."""
    raw, kind = copy.deepcopy(target.raw), target.place.kind
    changes: list[dict[str, Any]] = []
    for text in sets:
        field, equals, value = text.partition("=")
        if not equals or not field.startswith("/") or len(field) == 1:
            raise EntryRefused(f"{quoted(text)}（--set）要写成 /字段=新值，例如 --set /participants/members=4。")
        if not value:
            raise EntryRefused(f"{field} 后面没有写新值（--set）。要删去这一项，写 {field}=-。")
        if field in {c["field"] for c in changes}:
            raise EntryRefused(f"{field} 写了两次（--set）。留下一个。")
        if field == BODY and KINDS[kind].prose:
            changes.append(_change(field, target.body or None, _prose(value)))
        elif field == DATE and day is not None:
            changes.append(_change(field, day, period_of(value).text))
        else:
            changes.append(_set(register, kind, raw, field, value))
    _, violations = register.schemas.accept(kind, raw)
    if violations:
        raise EntryRefused(f"这样改了以后，记录不合要求：{violations[0].message}{violations[0].hint}。")
    return changes


def _set(register: Register, kind: str, raw: Any, field: str, text: str) -> dict[str, Any]:
    if field == _BALLOTS or field.startswith(_BALLOTS + "/"):
        raise EntryRefused("票数不能更正，只能重新评议。重新评议后新建一份：weimin new evaluation。")
    fields = register.schemas.fields(kind)
    current, value = get_value(raw, field), _value(text)
    if field == DATE and kind == "topic":
        raise EntryRefused("议题的文件名里没有日期。议题的日子是审定的那一天，例如 --set /approval/date=2026-03-02。")
    if current is _ABSENT and (value is None or not _can_add(fields, raw, field)):
        raise EntryRefused(f"记录里没有{quoted(field)}。{_available_fields(fields, raw, field)}")
    old = None if current is _ABSENT else copy.deepcopy(current)
    set_value(raw, field, value)
    accepted, violations = register.schemas.accept(kind, raw)
    return _change(field, old, value if value is None or violations else get_value(accepted, field))


def _change(field: str, old: Any, new: Any) -> dict[str, Any]:
    if old == new and type(old) is type(new):
        raise EntryRefused(f"{field} 现在就是{quoted(old)}，不用更正。")
    return {"field": field, "from": old, "to": new}


def _value(text: str) -> Any:
    """The value of a YAML core scalar; in double quotes always a text, and None for `-`."""
    if text == _REMOVE:
        return None
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1]
    return resolve(text)


def _can_add(fields: Fields, raw: Any, field: str) -> bool:
    """Whether the kind has such a field and the record has its parent."""
    parent_pointer = field.rpartition("/")[0]
    parent = get_value(raw, parent_pointer) if parent_pointer else raw
    at = [int(step) if step.isdecimal() else step for step in field.split("/")[1:]]
    return isinstance(parent, dict) and bool(fields.at(at)) and "properties" in fields.at(at[:-1])


def _available_fields(fields: Fields, raw: Any, field: str) -> str:
    """The fields that exist at the deepest existing part of a pointer, in Chinese."""
    steps = field.split("/")[1:]
    while steps and get_value(raw, "/" + "/".join(steps)) is _ABSENT:
        steps.pop()
    parent = get_value(raw, "/" + "/".join(steps)) if steps else raw
    at = [int(step) if step.isdecimal() else step for step in steps]
    if isinstance(parent, dict):
        available = [f"{pointer([*at, key])} {fields.at([*at, key]).get('title', '')}".strip() for key in parent]
    elif isinstance(parent, list):
        available = [f"{pointer([*at, n])} 第 {n + 1} 条" for n in range(len(parent))]
    else:
        available = [pointer(at)]
    return f"有的是：{'、'.join(available)}。"


def _prose(text: str) -> str:
    """The new prose, read from a file that is given as `@FILE`. Raises EntryRefused."""
    if not text.startswith("@"):
        raise EntryRefused("正文从文件里读：--set /body=@文件名。")
    try:
        data = Path(text[1:]).read_bytes()
    except OSError:
        raise EntryRefused(f"文件{quoted(text[1:])}读不到。核对路径。") from None
    read, problems = read_text(text[1:], data)
    serious = [p for p in problems if p.code != "F102"]
    if read is None or serious:
        raise EntryRefused(f"文件{quoted(text[1:])}不能用：{serious[0].message}。{serious[0].hint}。")
    return read.strip("\n")


def _write(register: Register, folder: Folder, of: Place, request: CorrectionRequest, text: str, today: date) -> str:
    """Write the correction under the first free number of its day, after it was validated; return the path."""
    on = period_of(request.on or today.isoformat())
    numbers = [p.number for p in folder.unit.places if p.kind == "correction" and p.on and p.on.text == on.text]
    for n in count(max(numbers, default=0) + 1):
        path = _path(of, on.text, n)
        _require_valid(register, folder, path, text)
        try:
            create_file(register.tree.root, path, text)
        except FileExistsError:
            continue
        return path
    raise AssertionError("numbers do not end")


def _path(of: Place, on: str, n: int) -> str:
    if of.dossier:
        return path_of("correction", dossier=of.dossier, stem=stem_of("correction", on, n))
    return path_of("correction", platform=of.platform, stem=f"{stem_of('opinion', on, n)}-correction")


def _require_valid(register: Register, folder: Folder, path: str, text: str) -> None:
    """Raises EntryRefused for a correction with a problem of its own, read and applied as `weimin check` does it."""
    place = place_of(path)
    assert isinstance(place, Place)
    record, problems = register.reader.parse(place, text.encode())
    _refuse(problems)
    assert record is not None
    _refuse(p for p in apply_corrections([*folder.records, record], register.revive).problems if p.path == path)


def _refuse(problems: Iterable[Problem]) -> None:
    for problem in problems:
        raise EntryRefused(f"这份更正写不成：{problem.message}。{problem.hint}。".replace("。。", "。"))
