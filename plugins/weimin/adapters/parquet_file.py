"""A table as the bytes of a Parquet file: the same rows give the same bytes."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from arro3.core import Array, DataType, Field, Schema, Table
from arro3.io import write_parquet

_TYPES = {
    "integer": DataType.int64(),
    "number": DataType.float64(),
    "boolean": DataType.bool(),
    "date": DataType.date32(),
}
_EPOCH = date(1970, 1, 1).toordinal()


def parquet_bytes(columns: Sequence[tuple[str, str]], rows: Sequence[Mapping[str, Any]]) -> bytes:
    """`columns`: (name, type of Table Schema). Types other than numbers, booleans and dates become text."""
    fields = [Field(name, _TYPES.get(kind, DataType.string()), nullable=True) for name, kind in columns]
    arrays = [
        _array([row[name] for row in rows], kind, field.type)
        for (name, kind), field in zip(columns, fields, strict=True)
    ]
    out = io.BytesIO()
    write_parquet(Table.from_arrays(arrays, schema=Schema(fields)), out)
    return out.getvalue()


def _array(values: list[Any], kind: str, data_type: DataType) -> Array:
    if kind == "date":
        days = [None if v is None else date.fromisoformat(v).toordinal() - _EPOCH for v in values]
        return Array(days, DataType.int32()).cast(data_type)
    return Array(values, data_type)
