"""`weimin new correction`: what stands is read from the record as corrected so far, what it should be is given."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from itertools import count
from pathlib import Path
from typing import Any
import msgspec
from weimin.adapters.clock import today as today_in
from weimin.app.entry.new import Made
from weimin.app.entry.new_place import period_of
from weimin.app.entry.write import Refused
from weimin.app.entry.write import create
from weimin.dossiers.corrections import BODY
from weimin.dossiers.corrections import DATE
from weimin.dossiers.corrections import CorrectionResult
from weimin.dossiers.corrections import apply_corrections
from weimin.dossiers.corrections import get_value
from weimin.dossiers.corrections import set_value
from weimin.engine.register import Folder
from weimin.engine.register import Register
from weimin.model.finding import Problem
from weimin.model.place import Place
from weimin.model.record import Record
from weimin.records.fields import Fields
from weimin.records.fields import pointer
from weimin.records.kinds import KINDS
from weimin.records.place import path_of
from weimin.records.place import place_of
from weimin.records.place import stem_of
from weimin.records.text import read_text
from weimin.records.write import write
from weimin.records.yaml.read import resolve
from weimin.model.quote import quoted

_ABSENT = get_value({}, "/absent")  # what get says of a pointer that leads nowhere
_REMOVE = "-"
_BALLOTS = "/ballots"


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """`of` as it was typed: a reference or a path. `sets` are POINTER=VALUE; VALUE `-` takes the field away."""

    of: str
    sets: Sequence[str]
    reason: str
    approved_by: str
    on: str = ""
    dossier: str = ""


def new_correction(register: Register, asked: Asked, today: date | None = None) -> Made:
    """Write the correction. Raises Refused, with nothing written, for one that would not fit the record."""
    place = _target(register, asked)
    folder = register.read(register.units[place.unit])
    fixed = apply_corrections(folder.records, register.revive)
    target = next((r for r in fixed.records if r.place == place), None)
    if target is None:
        raise Refused(f"{place.path} 有错误，读不出来。先核对：weimin check {place.path}。")
    raw = {
        "of": place.stem if place.dossier else place.ref,
        "changes": _changes(register, target, _day_of(fixed, place), asked.sets),
        "reason": asked.reason,
        "approved_by": asked.approved_by,
    }
    text = write("correction", raw)
    path = _written(register, folder, place, asked, text, today or today_in(register.site.timezone))
    steps = (
        f"原记录 {place.path} 不要改动：网站上显示改正后的内容，原来的划去，并写明理由",
        f"核对：weimin check {path}",
    )
    return Made(path=path, title="更正", steps=steps)


def _target(register: Register, asked: Asked) -> Place:
    text, _, line = asked.of.partition("#")
    text = f"{asked.dossier}/{text}" if asked.dossier and "/" not in text else text
    if line:
        raise Refused(
            f"--of 写到哪一份记录为止：{text}；要改哪一条，写在 --set 里，例如 --set /measures/0/due=2026-06-30。"
        )
    place = register.by_ref.get(text) or register.by_path.get(text)
    if place is None:
        near = get_close_matches(text, register.by_ref, n=3)
        asked_for = f"相近的有：{'、'.join(near)}。" if near else ""
        raise Refused(
            f"记录{quoted(text)}找不到。{asked_for}写成“代码/年份-编号/文件名”，例如 321302001004/2026-001/2026-03-02-consultation。"
        )
    if place.kind == "correction":
        raise Refused("更正不能再更正。对原来那份记录再写一份更正。")
    if not place.dossier and place.kind != "opinion":
        raise Refused(f"{place.path} 写的是现状，不用更正。直接改这个文件，改动会记在留痕里。")
    return place


def _day_of(fixed: CorrectionResult, place: Place) -> str | None:
    on = fixed.days.get(place.ref) or place.on
    return on.text if on else None


def _changes(register: Register, target: Record, day: str | None, sets: Sequence[str]) -> list[dict[str, Any]]:
    """The changes in the order in which they are applied; each meets the record as the ones before it leave it."""
    raw, kind = copy.deepcopy(target.raw), target.place.kind
    changes: list[dict[str, Any]] = []
    for text in sets:
        field, equals, value = text.partition("=")
        if not equals or not field.startswith("/") or len(field) == 1:
            raise Refused(f"{quoted(text)}（--set）要写成 /字段=新值，例如 --set /participants/members=4。")
        if not value:
            raise Refused(f"{field} 后面没有写新值（--set）。要删去这一项，写 {field}=-。")
        if field in {c["field"] for c in changes}:
            raise Refused(f"{field} 写了两次（--set）。留下一个。")
        if field == BODY and KINDS[kind].prose:
            changes.append(_change(field, target.body or None, _prose(value)))
        elif field == DATE and day is not None:
            changes.append(_change(field, day, period_of(value).text))
        else:
            changes.append(_set(register, kind, raw, field, value))
    _, violations = register.schemas.accept(kind, raw)
    if violations:
        raise Refused(f"这样改了以后，记录不合要求：{violations[0].message}{violations[0].hint}。")
    return changes


def _set(register: Register, kind: str, raw: Any, field: str, text: str) -> dict[str, Any]:
    if field == _BALLOTS or field.startswith(_BALLOTS + "/"):
        raise Refused("票数不能更正，只能重新评议。重新评议后新建一份：weimin new evaluation。")
    fields = register.schemas.fields(kind)
    standing, value = get_value(raw, field), _value(text)
    if field == DATE and kind == "topic":
        raise Refused("议题的文件名里没有日期。议题的日子是审定的那一天，例如 --set /approval/date=2026-03-02。")
    if standing is _ABSENT and (value is None or not _may_be_added(fields, raw, field)):
        raise Refused(f"记录里没有{quoted(field)}。{_there(fields, raw, field)}")
    old = None if standing is _ABSENT else copy.deepcopy(standing)
    set_value(raw, field, value)
    accepted, violations = register.schemas.accept(kind, raw)
    return _change(field, old, value if value is None or violations else get_value(accepted, field))


def _change(field: str, old: Any, new: Any) -> dict[str, Any]:
    if old == new and type(old) is type(new):
        raise Refused(f"{field} 现在就是{quoted(old)}，不用更正。")
    return {"field": field, "from": old, "to": new}


def _value(text: str) -> Any:
    """A YAML core scalar; in double quotes it is text in any case, and `-` is nothing."""
    if text == _REMOVE:
        return None
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1]
    return resolve(text)


def _may_be_added(fields: Fields, raw: Any, field: str) -> bool:
    """The kind has such a field, and what holds it stands in the record."""
    above = field.rpartition("/")[0]
    holder = get_value(raw, above) if above else raw
    at = [int(step) if step.isdecimal() else step for step in field.split("/")[1:]]
    return isinstance(holder, dict) and bool(fields.at(at)) and "properties" in fields.at(at[:-1])


def _there(fields: Fields, raw: Any, field: str) -> str:
    """What stands where the pointer leaves the record."""
    steps = field.split("/")[1:]
    while steps and get_value(raw, "/" + "/".join(steps)) is _ABSENT:
        steps.pop()
    above = get_value(raw, "/" + "/".join(steps)) if steps else raw
    at = [int(step) if step.isdecimal() else step for step in steps]
    if isinstance(above, dict):
        here = [f"{pointer([*at, key])} {fields.at([*at, key]).get('title', '')}".strip() for key in above]
    elif isinstance(above, list):
        here = [f"{pointer([*at, n])} 第 {n + 1} 条" for n in range(len(above))]
    else:
        here = [pointer(at)]
    return f"有的是：{'、'.join(here)}。"


def _prose(text: str) -> str:
    """The new prose, from the text of an argument or, as `@FILE`, from a file."""
    if not text.startswith("@"):
        raise Refused("正文从文件里读：--set /body=@文件名。")
    try:
        data = Path(text[1:]).read_bytes()
    except OSError:
        raise Refused(f"文件{quoted(text[1:])}读不到。核对路径。") from None
    read, problems = read_text(text[1:], data)
    others = [p for p in problems if p.code != "F102"]
    if read is None or others:
        raise Refused(f"文件{quoted(text[1:])}不能用：{others[0].message}。{others[0].hint}。")
    return read.strip("\n")


def _written(register: Register, folder: Folder, of: Place, asked: Asked, text: str, today: date) -> str:
    """The path under which it was written: the first free number of its day, once it is sure to fit."""
    on = period_of(asked.on or today.isoformat())
    taken = [p.number for p in folder.unit.places if p.kind == "correction" and p.on and p.on.text == on.text]
    for n in count(max(taken, default=0) + 1):
        path = _path(of, on.text, n)
        _held(register, folder, path, text)
        try:
            create(register.tree.root, path, text)
        except FileExistsError:
            continue
        return path
    raise AssertionError("numbers do not end")


def _path(of: Place, on: str, n: int) -> str:
    if of.dossier:
        return path_of("correction", dossier=of.dossier, stem=stem_of("correction", on, n))
    return path_of("correction", platform=of.platform, stem=f"{stem_of('opinion', on, n)}-correction")


def _held(register: Register, folder: Folder, path: str, text: str) -> None:
    """Raises Refused for a correction that would have a problem of its own: read and applied as a check would."""
    place = place_of(path)
    assert isinstance(place, Place)
    record, problems = register.reader.parse(place, text.encode())
    _refuse(problems)
    assert record is not None
    _refuse(p for p in apply_corrections([*folder.records, record], register.revive).problems if p.path == path)


def _refuse(problems: Iterable[Problem]) -> None:
    for problem in problems:
        raise Refused(f"这份更正写不成：{problem.message}。{problem.hint}。".replace("。。", "。"))
