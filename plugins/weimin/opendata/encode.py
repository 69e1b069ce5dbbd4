"""Rows as bytes: CSV that a spreadsheet program opens without computing anything, and JSON lines."""

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
    """A cell of CSV. Text that a spreadsheet program would read as a formula gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.lstrip(_SPACES).startswith(_FORMULA):
        return "'" + value
    return value


def csv_lines(rows: Iterable[Sequence[Value]]) -> bytes:
    """Rows as CSV without the heading line."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([cell(v) for v in row] for row in rows)
    return out.getvalue().encode()


def csv_head(table: Table) -> bytes:
    """The beginning of a CSV file: the BOM, by which spreadsheet programs recognise UTF-8, and the column names."""
    return BOM + csv_lines([[c.name for c in table.columns]])


def json_lines(table: Table, rows: Iterable[Sequence[Value]]) -> bytes:
    """One mapping per line; what a CSV cell contains as JSON text is a list or mapping here."""
    columns = [(c.name, c.type in ("array", "any")) for c in table.columns]
    return b"".join(
        _ENCODER.encode({name: _nested(v) if nested else v for (name, nested), v in zip(columns, row, strict=True)})
        + b"\n"
        for row in rows
    )


def _nested(value: Value) -> msgspec.Raw | None:
    return msgspec.Raw(value.encode()) if isinstance(value, str) else None


def formats_of(table: Table) -> tuple[str, ...]:
    """The formats of a table; a table with whole records in its cells has JSON lines only."""
    return ("jsonl",) if any(c.type == "any" for c in table.columns) else ("csv", "jsonl")


class EncodedRows(msgspec.Struct, frozen=True):
    """Rows of one table and part as in the files: their number, and their bytes by format."""

    table: str
    part: str
    rows: int
    data: Mapping[str, bytes]

    @property
    def size(self) -> int:
        """Bytes of the largest format."""
        return max(map(len, self.data.values()))


def encode_rows(rows: Iterable[DataRow], tables: Mapping[str, Table]) -> tuple[EncodedRows, ...]:
    """The rows of one unit, grouped by table and part in the order of first occurrence."""
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
