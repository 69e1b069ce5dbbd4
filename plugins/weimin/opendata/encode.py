"""Rows as bytes: CSV that a spreadsheet program opens without running anything, and JSON lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from weimin.model.table import Table, Value
from weimin.opendata.rows import DataRow

BOM = b"\xef\xbb\xbf"
_FORMULA = tuple("=+-@\t\r＝＋－＠")
_SPACES = " \u00a0\u3000"
_ENCODER = msgspec.json.Encoder()


def cell(value: Value) -> str | int | float:
    """A cell of CSV. Text that a spreadsheet program would take for a formula gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.lstrip(_SPACES).startswith(_FORMULA):
        return "'" + value
    return value


def csv_lines(rows: Iterable[Sequence[Value]]) -> bytes:
    """Rows without their head."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([cell(v) for v in row] for row in rows)
    return out.getvalue().encode()


def csv_head(table: Table) -> bytes:
    """What a CSV file begins with: the mark by which spreadsheet programs know UTF-8, and the names of the columns."""
    return BOM + csv_lines([[c.name for c in table.columns]])


def json_lines(table: Table, rows: Iterable[Sequence[Value]]) -> bytes:
    """A mapping on each line; what a cell of CSV holds as JSON is a list or a mapping here."""
    columns = [(c.name, c.type in ("array", "any")) for c in table.columns]
    return b"".join(
        _ENCODER.encode({name: _nested(v) if nested else v for (name, nested), v in zip(columns, row, strict=True)})
        + b"\n"
        for row in rows
    )


def _nested(value: Value) -> msgspec.Raw | None:
    return msgspec.Raw(value.encode()) if isinstance(value, str) else None


def formats_of(table: Table) -> tuple[str, ...]:
    """A table with whole records in its cells is for programs alone."""
    return ("jsonl",) if any(c.type == "any" for c in table.columns) else ("csv", "jsonl")


class EncodedRows(msgspec.Struct, frozen=True):
    """Rows of one table and part as they stand in the files: how many, and their bytes by format."""

    table: str
    part: str
    rows: int
    data: Mapping[str, bytes]

    @property
    def size(self) -> int:
        """Bytes of the largest format."""
        return max(map(len, self.data.values()))


def encode_rows(rows: Iterable[DataRow], tables: Mapping[str, Table]) -> tuple[EncodedRows, ...]:
    """Rows of one folder, by table and part in the order in which these come first."""
    found: dict[tuple[str, str], list[tuple[Value, ...]]] = {}
    for row in rows:
        found.setdefault((row.table, row.part), []).append(row.values)
    return tuple(
        EncodedRows(name, part, len(values), {f: _lines(f, tables[name], values) for f in formats_of(tables[name])})
        for (name, part), values in found.items()
    )


def _lines(form: str, table: Table, rows: list[tuple[Value, ...]]) -> bytes:
    return csv_lines(rows) if form == "csv" else json_lines(table, rows)


def head_of(form: str, table: Table) -> bytes:
    return csv_head(table) if form == "csv" else b""
