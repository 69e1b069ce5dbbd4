"""Turns drafts into the bytes of their files and validates each file alone; every fault is reported at its cell."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from weimin.app.entry.importing.baseline import unwrapped
from weimin.app.entry.importing.draft import Draft
from weimin.app.entry.importing.locations import PathAllocator
from weimin.app.entry.importing.row_changes import RowChanges
from weimin.engine.register import Register
from weimin.intake.headings import TableRow
from weimin.intake.sheet import Fault, fault_at, quoted_cell
from weimin.model.finding import Problem
from weimin.model.place import Place
from weimin.records.amend import NotAmended, amend
from weimin.records.kinds import KINDS
from weimin.records.parse import position_finder
from weimin.records.place import place_of
from weimin.records.write import write
from weimin.rules.privacy import scan_text, scan_values

_PUT = re.compile(r"改成 (?:[a-z_]+: )?(\S+)")
_ADD = re.compile(r"加一行 [a-z_]+: (.+?)，换成实际内容")
_DELETE = re.compile(r"删掉 [a-z_]+ 这一行")
_KEY = re.compile(r"写 [a-z_]+: ")
_CODE = re.compile(
    r"“[^”]*”|（[a-z_.]+）|[a-z_]+（(?P<label>[^（）]*)）"
)  # names of fields in messages, and choices with their labels
_MISSING = re.compile(r"缺少[^（]*（([a-z_]+)）")


class RecordFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file to write. `data`: its complete content. `replaces`: the file exists. `event`: it belongs to a dossier."""

    path: str
    data: bytes
    replaces: bool
    event: bool


def validate(register: Register, changes: RowChanges, allocator: PathAllocator) -> tuple[list[RecordFile], list[Fault]]:
    """The files to write, and all faults of the import; where there are faults, nothing may be written."""
    files: list[RecordFile] = []
    faults = list(changes.faults)
    for draft in changes.changed:
        file = _amended_file(register, draft, faults)
        files += [file] if file is not None else []
    for draft in changes.added:
        if draft.path:
            file = _new_file(register, draft, allocator, faults)
            files += [file] if file is not None else []
        else:  # a path was refused, which is reported already; report all other faults together with it
            faults += _accept(register, draft)[1]
    return files, faults


def _accept(register: Register, draft: Draft) -> tuple[Any, list[Fault]]:
    """The data as the schema accepts it, and the violations as faults of cells."""
    raw, violations = register.schemas.accept(KINDS[draft.kind].schema, unwrapped(draft.kind, draft.raw))
    problems = (
        Problem(code=v.code, path=draft.path, message=v.message, hint=v.hint, pointer=v.pointer) for v in violations
    )
    return raw, [_fault_at_cell(draft, p, p.pointer) for p in problems]


def _amended_file(register: Register, draft: Draft, faults: list[Fault]) -> RecordFile | None:
    place = register.by_path[draft.path]
    old = register.tree.read(draft.path)
    raw, wrong = _accept(register, draft)
    if wrong:
        faults += wrong
        return None
    try:
        text = amend(draft.kind, draft.path, old.decode("utf-8"), raw, draft.body if KINDS[draft.kind].prose else None)
    except NotAmended:
        entry, column = next(iter(draft.origins.values()))
        message = f"{draft.path} 的写法特殊，没有把握只改这一项"
        faults.append(entry.fault(column, message, "直接改这个文件，再把这一行改回导出时的样子"))
        return None
    data = text.encode()
    if data == old:
        return None
    faults += _file_faults(register, draft, place, data, old)
    return RecordFile(path=draft.path, data=data, replaces=True, event=place.dossier is not None)


def _new_file(register: Register, draft: Draft, allocator: PathAllocator, faults: list[Fault]) -> RecordFile | None:
    place = place_of(draft.path)
    assert isinstance(place, Place)
    raw, _ = register.schemas.accept(KINDS[draft.kind].schema, unwrapped(draft.kind, draft.raw))
    if allocator.existing_duplicate(draft, raw) is not None:
        return None
    try:
        data = write(draft.kind, raw, draft.body).encode()
    except ValueError as error:
        entry = draft.entries[0]
        faults.append(entry.fault("record", f"数字 {error} 写不进记录", "少写几位"))
        return None
    faults += _file_faults(register, draft, place, data, b"")
    return RecordFile(path=draft.path, data=data, replaces=False, event=place.dossier is not None)


def _file_faults(register: Register, draft: Draft, place: Place, data: bytes, old: bytes) -> Iterator[Fault]:
    """The problems that a check finds in this file alone, and personal data that it did not have before."""
    position_of = position_finder(place, data)
    for problem in register.reader.parse(place, data)[1]:
        yield _fault_at_cell(draft, problem, problem.pointer or _pointer_at(draft, position_of, problem))
    before = {p.message for p in _private(place.path, old)}
    for problem in _private(place.path, data):
        if problem.message not in before:
            yield _fault_at_cell(draft, problem, _pointer_at(draft, position_of, problem))


def _private(path: str, data: bytes) -> list[Problem]:
    text = data.decode("utf-8", "replace")
    return [*scan_text(path, text), *scan_values(path, text)]


def _pointer_at(draft: Draft, position_of: Callable[[str], tuple[int, int]], problem: Problem) -> str:
    """The pointer whose value begins last before the position of a problem in the file."""
    origins = sorted((position_of(_in_file(draft, pointer)), pointer) for pointer in draft.origins)
    n = bisect_right(origins, ((problem.line, problem.column), "\uffff"))
    return _in_file(draft, origins[max(n - 1, 0)][1]) if origins else ""


def _in_file(draft: Draft, pointer: str) -> str:
    return pointer.removeprefix("/items") if KINDS[draft.kind].listed else pointer


def _fault_at_cell(draft: Draft, problem: Problem, pointer: str) -> Fault:
    """The problem as a fault of the cell that set the value, or of the row where none did."""
    at = f"/items{pointer}" if KINDS[draft.kind].listed else pointer
    if missing := _MISSING.search(problem.message):
        at = f"{at}/{missing[1]}"
    entry, column = _cell_of(draft, at)
    cell = entry.cells.get(column, entry.first)
    message = _CODE.sub(lambda m: m[0] if m[0][0] == "“" else m["label"] or "", problem.message.rstrip("。"))
    return fault_at(entry.sheet, cell, message, _hint_for_cell(problem.hint.rstrip("。"), entry, column))


def _hint_for_cell(hint: str, entry: TableRow, name: str) -> str:
    """A hint about a line of a file, rephrased for a cell."""
    choices = next((c.choices for c in entry.table.columns if c.name == name), {})
    if (replacement := _PUT.fullmatch(hint)) is not None:
        return f"改成{quoted_cell(choices.get(replacement[1], replacement[1]))}"
    hint = _ADD.sub(r"在这一格写上实际的内容，例如 \1", hint)
    hint = _DELETE.sub("清空这一格", hint)
    return _KEY.sub("写 ", hint) or "改成合要求的值"


def _cell_of(draft: Draft, at: str) -> tuple[TableRow, str]:
    """The cell that set a pointer; where none did, that of the nearest pointer below or above it."""
    if at in draft.origins:
        return draft.origins[at]
    below = [p for p in draft.origins if p.startswith(f"{at}/")] if at else []
    if below:
        return draft.origins[below[0]]
    above = at
    while above:
        above = above.rpartition("/")[0]
        if above in draft.origins:
            return draft.origins[above]
        beside = [p for p in draft.origins if above and p.startswith(f"{above}/")]
        if beside:
            return draft.origins[beside[0]]
    if draft.entries:
        return draft.entries[0], "record"
    return next(iter(draft.origins.values()))
