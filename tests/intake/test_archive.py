"""Workbooks from outside that are harmful or not workbooks are refused before they are opened."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from weimin.intake.archive import LARGEST_INSIDE, archive_refusal, without_timestamps
from weimin.intake.delimited import read_csv
from weimin.intake.json_lines import read_json_lines
from weimin.intake.workbook import read_workbook


def good() -> bytes:
    book = Workbook()
    book.active.append(["record", "consensus"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def altered(name: str, content: bytes, size: int = 0) -> bytes:
    """A sound workbook with one part more, or another one in its place."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content or b"\0" * size)
    return out.getvalue()


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "不是完整的"),
        (b"PK\x03\x04 torn", "不是完整的"),
        (b"\xd0\xcf\x11\xe0 an old .xls", "不是完整的"),
        (good()[:-40], "不是完整的"),
        (altered("../../etc/cron.d/x", b"x"), "指向别处"),
        (altered("/etc/passwd", b"x"), "指向别处"),
        (altered("..\\x.xml", b"x"), "指向别处"),
        (altered("xl/vbaProject.bin", b"x"), "宏"),
        (altered("xl/externalLinks/externalLink1.xml", b"<x/>"), "外部链接"),
        (altered("xl/embeddings/oleObject1.bin", b"x"), "嵌入"),
        (altered("xl/worksheets/sheet1.xml", BOMB), "DOCTYPE"),
        (altered("xl/media/zeros.bin", b"", LARGEST_INSIDE + 1), "太大"),
    ],
)
def test_refused_archives_are_not_opened(data, word):
    message, hint = archive_refusal(data) or ("", "")
    assert word in message
    assert hint
    sheets, faults = read_workbook("x.xlsx", data)
    assert (sheets, [f.message for f in faults]) == ([], [message])


def test_the_bomb_and_the_slip_of_the_collection_are_refused():
    folder = Path(__file__).resolve().parents[1] / "bad_inputs"
    found = [p for p in folder.rglob("*") if p.suffix in (".xlsx", ".zip")]
    assert found
    for path in found:
        assert archive_refusal(path.read_bytes()) is not None, path.name
    assert archive_refusal(good()) is None


def test_a_broken_part_is_a_fault_and_no_crash():
    for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"):
        for content in (b"<", b"<x/>", b"\xff\xfe"):
            sheets, faults = read_workbook("x.xlsx", altered(name, content))
            assert sheets or faults


def test_a_sheet_that_claims_a_million_rows_is_refused_at_once():
    book = Workbook()
    book.active["A1"] = "record"
    book.active["XFD1048576"] = "x"
    out = io.BytesIO()
    book.save(out)
    sheets, (fault,) = read_workbook("x.xlsx", out.getvalue())
    assert sheets == []
    assert "XFD1048576" in fault.message


def test_the_time_of_making_is_not_in_it():
    assert without_timestamps(good()) == without_timestamps(without_timestamps(good()))
    assert archive_refusal(without_timestamps(good())) is None


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"\xff\xff\xff", "编码"),
        (b'record,x\n"open', "引号"),
        (b"record\0,x\n1,2\n", "不是文本"),
        (b"", "空的"),
        (b"\n\n", "空的"),
    ],
)
def test_text_that_is_not_a_table_is_refused(data, word):
    sheet, (fault,) = read_csv("x.csv", data)
    assert sheet is None
    assert word in fault.message


def test_a_value_behind_the_last_column_is_a_fault():
    _, (fault,) = read_csv("x.csv", b"record,of\na,b\nc,d,e\n")
    assert (fault.line, fault.column) == (3, 3)


@pytest.mark.parametrize("line", [b"[1]", b"{", b'{"a": NaN}', b"\xff", b"[" * 100_000, b'{"a":' * 100_000])
def test_a_line_that_is_no_mapping_is_a_fault_at_its_line(line):
    sheet, (fault,) = read_json_lines("x.jsonl", b'{"record":"a"}\n' + line + b"\n")
    assert (sheet is not None, fault.line) == (True, 2)
