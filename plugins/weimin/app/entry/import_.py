"""`weimin import`: tables that people filled in or changed → records. All of it is taken over, or nothing.

A file that was exported says what stands: importing it writes nothing. A cell that differs changes that field of that
record; a row for a record that is not there becomes one.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import msgspec

from weimin.adapters.clock import today as today_in
from weimin.adapters.installation import schema_files
from weimin.app.entry.importing.baseline import Standing, all_tables
from weimin.app.entry.importing.changes import Planner, all_faults
from weimin.app.entry.importing.locations import Places
from weimin.app.entry.importing.validate import Made, ready
from weimin.app.entry.new_place import kind_of
from weimin.app.entry.write import Refused, create
from weimin.engine.register import Register
from weimin.intake.archive import has_unsupported_parts
from weimin.intake.delimited import read_csv
from weimin.intake.headings import TableRow, rows_of
from weimin.intake.json_lines import read_json_lines
from weimin.intake.lists import accepts_pointer, list_tables
from weimin.intake.sheet import Fault, Sheet
from weimin.intake.template import input_tables, template
from weimin.intake.workbook import read_workbook, with_comments
from weimin.opendata.tables import STATE
from weimin.records.schema import Schemas

ENDINGS = (".csv", ".jsonl", ".xlsx")
_SAVED_OTHERWISE = {
    ".xls": "用表格软件另存为“Excel 工作簿（.xlsx）”",
    ".et": "用 WPS 另存为“Excel 工作簿（.xlsx）”",
    ".ods": "用表格软件另存为“Excel 工作簿（.xlsx）”",
    ".xlsm": "另存为不带宏的“Excel 工作簿（.xlsx）”",
    ".parquet": "改用 weimin export --format csv 导出的文件",
    ".sqlite": "改用 weimin export --format csv 导出的文件",
}


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """`made` was written, or with `--dry-run` would be. Where there are faults nothing was."""

    made: tuple[Made, ...] = ()
    faults: tuple[Fault, ...] = ()
    rows: int = 0
    passed_over: tuple[str, ...] = ()


def import_files(register: Register, files: Sequence[str], *, dry: bool = False, today: date | None = None) -> Imported:
    """Read the files (a folder: all tables in it), and write what they change. Raises FileNotFoundError."""
    tables = all_tables(register.schemas)
    known = {**tables.by_name, **input_tables(tables.by_name, tables.shapes)}
    lists = list_tables(tables.shapes)

    def belongs(table: str, ref: str, pointer: str) -> bool:
        place = register.by_ref.get(ref)
        right = place is None or place.kind == table.partition("-")[0]
        return right and (table not in lists or accepts_pointer(lists[table], pointer))

    entries: list[TableRow] = []
    faults: list[Fault] = []
    passed_over: dict[str, list[str]] = {}
    state = {table.name for table in STATE}
    for path in _files(files):
        for sheet in _sheets(path, faults):
            found, wrong = rows_of(sheet, known, belongs)
            if found and found[0].table.name in state:
                passed_over.setdefault(found[0].table.title, []).append(path)
                continue
            faults += wrong
            entries += found
    standing = Standing(register, tables)
    places = Places(register, today or today_in(register.site.timezone))
    plan = Planner(standing, places).plan(entries)
    plan.faults += faults
    made, wrong = ready(register, plan, places)
    if not wrong and not dry:
        _write(register, made)
    return Imported(
        made=() if wrong else tuple(made),
        faults=tuple(all_faults(wrong)),
        rows=plan.rows,
        passed_over=tuple(
            f"“{title}”是程序算出来的，没有读：{'、'.join(paths)}" for title, paths in passed_over.items()
        ),
    )


def remark(faults: Iterable[Fault]) -> tuple[list[str], list[str]]:
    """Write the faults into the workbooks that they are of, as remarks on the cells; which were written, which not."""
    by_path: dict[str, list[Fault]] = {}
    for fault in faults:
        if fault.address:
            by_path.setdefault(fault.path, []).append(fault)
    done: list[str] = []
    left: list[str] = []
    for path, own in by_path.items():
        file = Path(path)
        data = file.read_bytes()
        if has_unsupported_parts(data):
            left.append(path)
            continue
        try:
            _replace(file.parent, file, with_comments(data, own))
        except OSError:
            left.append(path)
        else:
            done.append(path)
    return done, left


def new_template(kind: str, folder: Path) -> Path:
    """Write the blank workbook of a kind into a folder. Raises Refused for what is no kind, or stands already."""
    row = kind_of(kind)
    schemas = Schemas(schema_files())
    tables = all_tables(schemas)
    target = folder / f"{row.title}.xlsx"
    data = template(row.kind, input_tables(tables.by_name, tables.shapes), list_tables(tables.shapes))
    try:
        with target.open("xb") as file:
            file.write(data)
    except FileExistsError:
        raise Refused(f"“{target.name}”已经有了，没有写入。改法：先把它改名或者移走。") from None
    return target


def _files(named: Iterable[str]) -> list[str]:
    found: list[str] = []
    for name in named:
        path = Path(name)
        if path.is_dir():
            found += sorted(p.as_posix() for p in path.rglob("*") if p.suffix.lower() in ENDINGS and p.is_file())
        else:
            found.append(name)
    return list(dict.fromkeys(found))


def _sheets(path: str, faults: list[Fault]) -> Iterable[Sheet]:
    ending = Path(path).suffix.lower()
    if ending not in ENDINGS:
        hint = _SAVED_OTHERWISE.get(ending, "能读的是 .xlsx、.csv、.jsonl")
        faults.append(Fault(path=path, message=f"“{ending or path}”这种文件读不了", hint=hint))
        return
    data = Path(path).read_bytes()
    if ending == ".xlsx":
        sheets, found = read_workbook(path, data)
        faults += found
        yield from sheets
        return
    sheet, found = read_csv(path, data) if ending == ".csv" else read_json_lines(path, data)
    faults += found
    if sheet is not None:
        yield sheet


def _write(register: Register, made: Sequence[Made]) -> None:
    """All files, or none: what was written is taken back where one cannot be. Raises OSError, FileExistsError."""
    root = register.tree.root
    back: list[tuple[Path, bytes | None]] = []
    try:
        for one in made:
            target = root / one.path
            if one.standing:
                back.append((target, target.read_bytes()))
                _replace(root, target, one.data)
            else:
                create(root, one.path, one.data.decode("utf-8"))
                back.append((target, None))
    except OSError:
        for target, data in reversed(back):
            if data is None:
                target.unlink(missing_ok=True)
            else:
                _replace(root, target, data)
        raise


def _replace(root: Path, target: Path, data: bytes) -> None:
    """New bytes in one step, with the rights that the file had; the draft lies where no check looks."""
    draft = root / f".weimin-import-{os.getpid()}"
    try:
        draft.write_bytes(data)
        draft.chmod(target.stat().st_mode)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
