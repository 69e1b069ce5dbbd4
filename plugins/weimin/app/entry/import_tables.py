"""`weimin import`: writes records from tables that people filled in or changed. Everything is written, or nothing.

An exported file states what the repository has, so importing it unchanged writes nothing. A cell that differs changes that
field of that record; a row for a record that does not exist becomes one. `importing/__init__.py` lists the steps.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import msgspec

from weimin.adapters.clock import today as today_in
from weimin.adapters.installation import schema_files
from weimin.adapters.new_file import create_file
from weimin.app.entry.importing.baseline import Baseline, all_tables
from weimin.app.entry.importing.locations import PathAllocator
from weimin.app.entry.importing.row_changes import RowMatcher, all_faults
from weimin.app.entry.importing.validate import RecordFile, validate
from weimin.app.entry.record_target import kind_of
from weimin.app.entry.refused import EntryRefused
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
_SAVE_AS_HINTS = {
    ".xls": "用表格软件另存为“Excel 工作簿（.xlsx）”",
    ".et": "用 WPS 另存为“Excel 工作簿（.xlsx）”",
    ".ods": "用表格软件另存为“Excel 工作簿（.xlsx）”",
    ".xlsm": "另存为不带宏的“Excel 工作簿（.xlsx）”",
    ".parquet": "改用 weimin export --format csv 导出的文件",
    ".sqlite": "改用 weimin export --format csv 导出的文件",
}


class ImportResult(msgspec.Struct, frozen=True, kw_only=True):
    """The result of an import.

    `files`: written, or with `--dry-run` to be written; empty where there are faults. `rows`: how many were read.
    `skipped`: notes about tables that are computed and therefore not read, in Chinese.
    """

    files: tuple[RecordFile, ...] = ()
    faults: tuple[Fault, ...] = ()
    rows: int = 0
    skipped: tuple[str, ...] = ()


def import_files(
    register: Register, files: Sequence[str], *, dry: bool = False, today: date | None = None
) -> ImportResult:
    """Read tables (of a folder: all in it), and write the records that they change. Raises FileNotFoundError, OSError."""
    tables = all_tables(register.schemas)
    known = {**tables.by_name, **input_tables(tables.by_name, tables.shapes)}
    lists = list_tables(tables.shapes)

    def belongs(table: str, ref: str, pointer: str) -> bool:
        place = register.by_ref.get(ref)
        fits = place is None or place.kind == table.partition("-")[0]
        return fits and (table not in lists or accepts_pointer(lists[table], pointer))

    entries: list[TableRow] = []
    faults: list[Fault] = []
    skipped: dict[str, list[str]] = {}
    state = {table.name for table in STATE}
    for path in _files(files):
        for sheet in _sheets(path, faults):
            rows, row_faults = rows_of(sheet, known, belongs)
            if rows and rows[0].table.name in state:
                skipped.setdefault(rows[0].table.title, []).append(path)
                continue
            faults += row_faults
            entries += rows
    baseline = Baseline(register, tables)
    allocator = PathAllocator(register, today or today_in(register.site.timezone))
    changes = RowMatcher(baseline, allocator).match(entries)
    changes.faults += faults
    record_files, faults = validate(register, changes, allocator)
    if not faults and not dry:
        _write(register, record_files)
    return ImportResult(
        files=() if faults else tuple(record_files),
        faults=tuple(all_faults(faults)),
        rows=changes.rows,
        skipped=tuple(f"“{title}”是程序算出来的，没有读：{'、'.join(paths)}" for title, paths in skipped.items()),
    )


def annotate(faults: Iterable[Fault]) -> tuple[list[str], list[str]]:
    """Write the faults into their workbooks as comments on cells; return the paths that were annotated, and those that were not."""
    by_path: dict[str, list[Fault]] = {}
    for fault in faults:
        if fault.address:
            by_path.setdefault(fault.path, []).append(fault)
    annotated: list[str] = []
    not_annotated: list[str] = []
    for path, of_file in by_path.items():
        file = Path(path)
        data = file.read_bytes()
        if has_unsupported_parts(data):
            not_annotated.append(path)
            continue
        try:
            _replace(file.parent, file, with_comments(data, of_file))
        except OSError:
            not_annotated.append(path)
        else:
            annotated.append(path)
    return annotated, not_annotated


def new_template(kind: str, folder: Path) -> Path:
    """Write the blank workbook of a kind into a folder. Raises EntryRefused for an unknown kind or an existing file."""
    row = kind_of(kind)
    schemas = Schemas(schema_files())
    tables = all_tables(schemas)
    target = folder / f"{row.title}.xlsx"
    data = template(row.kind, input_tables(tables.by_name, tables.shapes), list_tables(tables.shapes))
    try:
        with target.open("xb") as file:
            file.write(data)
    except FileExistsError:
        raise EntryRefused(f"“{target.name}”已经有了，没有写入。改法：先把它改名或者移走。") from None
    return target


def _files(named: Iterable[str]) -> list[str]:
    paths: list[str] = []
    for name in named:
        path = Path(name)
        if path.is_dir():
            paths += sorted(p.as_posix() for p in path.rglob("*") if p.suffix.lower() in ENDINGS and p.is_file())
        else:
            paths.append(name)
    return list(dict.fromkeys(paths))


def _sheets(path: str, faults: list[Fault]) -> Iterable[Sheet]:
    ending = Path(path).suffix.lower()
    if ending not in ENDINGS:
        hint = _SAVE_AS_HINTS.get(ending, "能读的是 .xlsx、.csv、.jsonl")
        faults.append(Fault(path=path, message=f"“{ending or path}”这种文件读不了", hint=hint))
        return
    data = Path(path).read_bytes()
    if ending == ".xlsx":
        sheets, file_faults = read_workbook(path, data)
        faults += file_faults
        yield from sheets
        return
    sheet, file_faults = read_csv(path, data) if ending == ".csv" else read_json_lines(path, data)
    faults += file_faults
    if sheet is not None:
        yield sheet


def _write(register: Register, files: Sequence[RecordFile]) -> None:
    """Write all files or none: on an error the written ones are restored or removed. Raises OSError, FileExistsError."""
    root = register.tree.root
    undo: list[tuple[Path, bytes | None]] = []
    try:
        for record_file in files:
            target = root / record_file.path
            if record_file.replaces:
                undo.append((target, target.read_bytes()))
                _replace(root, target, record_file.data)
            else:
                create_file(root, record_file.path, record_file.data.decode("utf-8"))
                undo.append((target, None))
    except OSError:
        for target, data in reversed(undo):
            if data is None:
                target.unlink(missing_ok=True)
            else:
                _replace(root, target, data)
        raise


def _replace(root: Path, target: Path, data: bytes) -> None:
    """Replace the content of a file in one step, with its permissions; the temporary file is where no check looks."""
    temporary = root / f".weimin-import-{os.getpid()}"
    try:
        temporary.write_bytes(data)
        temporary.chmod(target.stat().st_mode)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
