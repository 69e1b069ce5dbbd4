"""Drafts → the bytes of their files, held to all that one file can be held to; every fault at the cell that it is of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from weimin.app.entry.importing.baseline import unwrapped
from weimin.app.entry.importing.changes import Plan
from weimin.app.entry.importing.draft import Draft
from weimin.app.entry.importing.locations import Places
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
)  # names of fields, and of choices with their labels
_MISSING = re.compile(r"缺少[^（]*（([a-z_]+)）")


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """`data` is the whole file. `standing`: it takes the place of one."""

    path: str
    data: bytes
    standing: bool
    event: bool


def ready(register: Register, plan: Plan, places: Places) -> tuple[list[Made], list[Fault]]:
    """The files to be written, and what is wrong; files only where nothing is."""
    made: list[Made] = []
    faults = list(plan.faults)
    for draft in plan.changed:
        one = _amended(register, draft, faults)
        made += [one] if one is not None else []
    for draft in plan.added:
        if draft.path:
            one = _new(register, draft, places, faults)
            made += [one] if one is not None else []
        else:  # it has no place, which was told; all else is told with it
            faults += _accepted(register, draft)[1]
    return made, faults


def _accepted(register: Register, draft: Draft) -> tuple[Any, list[Fault]]:
    """The data as the schema takes it, and what it does not take, at its cells."""
    raw, violations = register.schemas.accept(KINDS[draft.kind].schema, unwrapped(draft.kind, draft.raw))
    problems = (
        Problem(code=v.code, path=draft.path, message=v.message, hint=v.hint, pointer=v.pointer) for v in violations
    )
    return raw, [_at_cell(draft, p, p.pointer) for p in problems]


def _amended(register: Register, draft: Draft, faults: list[Fault]) -> Made | None:
    place = register.by_path[draft.path]
    old = register.tree.read(draft.path)
    raw, wrong = _accepted(register, draft)
    if wrong:
        faults += wrong
        return None
    try:
        text = amend(draft.kind, draft.path, old.decode("utf-8"), raw, draft.body if KINDS[draft.kind].prose else None)
    except NotAmended:
        entry, column = next(iter(draft.spots.values()))
        said = f"{draft.path} 的写法特殊，没有把握只改这一项"
        faults.append(entry.fault(column, said, "直接改这个文件，再把这一行改回导出时的样子"))
        return None
    data = text.encode()
    if data == old:
        return None
    faults += _held(register, draft, place, data, old)
    return Made(path=draft.path, data=data, standing=True, event=place.dossier is not None)


def _new(register: Register, draft: Draft, places: Places, faults: list[Fault]) -> Made | None:
    place = place_of(draft.path)
    assert isinstance(place, Place)
    raw, _ = register.schemas.accept(KINDS[draft.kind].schema, unwrapped(draft.kind, draft.raw))
    if places.standing_twin(draft, raw) is not None:
        return None
    try:
        data = write(draft.kind, raw, draft.body).encode()
    except ValueError as error:
        entry = draft.entries[0]
        faults.append(entry.fault("record", f"数字 {error} 写不进记录", "少写几位"))
        return None
    faults += _held(register, draft, place, data, b"")
    return Made(path=draft.path, data=data, standing=False, event=place.dossier is not None)


def _held(register: Register, draft: Draft, place: Place, data: bytes, old: bytes) -> Iterator[Fault]:
    """What a check would say of this file by itself, and personal data that it did not hold before."""
    spot = position_finder(place, data)
    for problem in register.reader.parse(place, data)[1]:
        yield _at_cell(draft, problem, problem.pointer or _pointer_at(draft, spot, problem))
    before = {p.message for p in _private(place.path, old)}
    for problem in _private(place.path, data):
        if problem.message not in before:
            yield _at_cell(draft, problem, _pointer_at(draft, spot, problem))


def _private(path: str, data: bytes) -> list[Problem]:
    text = data.decode("utf-8", "replace")
    return [*scan_text(path, text), *scan_values(path, text)]


def _pointer_at(draft: Draft, spot: Callable[[str], tuple[int, int]], problem: Problem) -> str:
    """The field whose value begins last before a place in the file."""
    spots = sorted((spot(_in_file(draft, pointer)), pointer) for pointer in draft.spots)
    n = bisect_right(spots, ((problem.line, problem.column), "\uffff"))
    return _in_file(draft, spots[max(n - 1, 0)][1]) if spots else ""


def _in_file(draft: Draft, pointer: str) -> str:
    return pointer.removeprefix("/items") if KINDS[draft.kind].listed else pointer


def _at_cell(draft: Draft, problem: Problem, pointer: str) -> Fault:
    """The problem at the cell that says the value, or at the row where nothing says it."""
    at = f"/items{pointer}" if KINDS[draft.kind].listed else pointer
    if found := _MISSING.search(problem.message):
        at = f"{at}/{found[1]}"
    entry, column = _spot(draft, at)
    cell = entry.cells.get(column, entry.first)
    said = _CODE.sub(lambda m: m[0] if m[0][0] == "“" else m["label"] or "", problem.message.rstrip("。"))
    return fault_at(entry.sheet, cell, said, _in_a_table(problem.hint.rstrip("。"), entry, column))


def _in_a_table(hint: str, entry: TableRow, name: str) -> str:
    """What is to be done to a line of a file, said of a cell."""
    choices = next((c.choices for c in entry.table.columns if c.name == name), {})
    if (found := _PUT.fullmatch(hint)) is not None:
        return f"改成{quoted_cell(choices.get(found[1], found[1]))}"
    hint = _ADD.sub(r"在这一格写上实际的内容，例如 \1", hint)
    hint = _DELETE.sub("清空这一格", hint)
    return _KEY.sub("写 ", hint) or "改成合要求的值"


def _spot(draft: Draft, at: str) -> tuple[TableRow, str]:
    """The cell of a pointer; of the nearest above it or below it where it has none."""
    if at in draft.spots:
        return draft.spots[at]
    below = [p for p in draft.spots if p.startswith(f"{at}/")] if at else []
    if below:
        return draft.spots[below[0]]
    above = at
    while above:
        above = above.rpartition("/")[0]
        if above in draft.spots:
            return draft.spots[above]
        beside = [p for p in draft.spots if above and p.startswith(f"{above}/")]
        if beside:
            return draft.spots[beside[0]]
    if draft.entries:
        return draft.entries[0], "record"
    return next(iter(draft.spots.values()))
