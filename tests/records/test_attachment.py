"""Attachments by content: which pass, which are truncated, altered, or contain more than they claim."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import NameObject, TextStringObject

from cpu_work import work
from weimin.records.attachments.problems import LARGEST, attachment_problems, content_ending

FOLDER = "content/network/321300/2026-001/attachments/"


def picture(kind: str, size: tuple[int, int] = (60, 40), **options: object) -> bytes:
    out = io.BytesIO()
    Image.effect_mandelbrot(size, (-2, -1, 1, 1), 20).convert("RGB").save(out, kind, **options)
    return out.getvalue()


def pdf(writer: PdfWriter | None = None) -> bytes:
    writer = writer or PdfWriter()
    if not writer.pages:
        writer.add_blank_page(100, 100)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


GOOD = {
    "a.jpg": picture("JPEG"),
    "progressive.jpg": picture("JPEG", progressive=True, quality=95),
    "b.png": picture("PNG"),
    "lossy.webp": picture("WEBP"),
    "lossless.webp": picture("WEBP", lossless=True),
    "d.pdf": pdf(),
}


def codes(name: str, data: bytes) -> list[str]:
    return [p.code for p in attachment_problems(FOLDER + name, data)]


@pytest.mark.parametrize("name", GOOD)
def test_the_four_kinds_pass(name: str) -> None:
    assert codes(name, GOOD[name]) == []
    assert content_ending(GOOD[name]) == name[name.index(".") :]


@pytest.mark.parametrize("name", GOOD)
def test_cut_off(name: str) -> None:
    data = GOOD[name]
    for size in (0, 1, 8, 20, len(data) // 2, len(data) - 3):
        assert codes(name, data[:size]) == ["F113"], size


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("tail", [b"<script>", b"PK\x03\x04" + b"x" * 30, b"0"])
def test_something_behind_the_end(name: str, tail: bytes) -> None:
    assert codes(name, GOOD[name] + tail) == ["F113"]


def test_another_kind_than_the_ending_says() -> None:
    problem = attachment_problems(FOLDER + "photo.jpg", GOOD["b.png"])[0]
    assert problem.code == "F113"
    assert problem.hint == "改名为 photo.png"


def test_too_large() -> None:
    assert codes("a.jpg", GOOD["a.jpg"] + b"\0" * LARGEST) == ["F106"]


@pytest.mark.parametrize("name", ["a.jpg", "b.png", "lossy.webp"])
def test_too_many_pixels_by_the_header(name: str) -> None:
    kind = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}[name.split(".")[1]]
    out = io.BytesIO()
    Image.new("L" if kind != "WEBP" else "RGB", (5_001, 5_001)).save(out, kind)
    assert codes(name, out.getvalue()) == ["F106"]


@pytest.mark.parametrize("data", [b"GIF89a", b"<svg/>", b"<html>", b"PK\x03\x04", b"MZ", b"", b"text", b"II*\0"])
def test_other_kinds(data: bytes) -> None:
    assert codes("a.png", data) == ["F113"]


def test_markup_inside_a_picture() -> None:
    assert codes("a.jpg", picture("JPEG", comment=b"<script>alert(1)</script>")) == ["F113"]


def with_file() -> PdfWriter:
    writer = PdfWriter()
    writer.add_attachment("a.txt", b"hello")
    return writer


def with_password() -> PdfWriter:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("x", algorithm="RC4-128")
    return writer


@pytest.mark.parametrize("made", [with_file, with_password])
def test_a_pdf_that_does_more_than_be_read(made: object) -> None:
    assert callable(made)
    assert codes("a.pdf", pdf(made())) == ["F113"]


@pytest.mark.parametrize("name", [b"/JavaScript", b"/J#61v#61Script", b"/JavaScr#69pt"])
def test_a_script_however_its_name_is_spelt(name: bytes) -> None:
    action = b"2 0 obj << /S " + name + b" /J#53 (app.alert(1)) >> endobj\n"
    assert codes("a.pdf", b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\n" + action + b"startxref\n9\n%%EOF\n") == [
        "F113"
    ]


def objects_packed(extra: bytes) -> bytes:
    """A PDF one of whose objects lies in a compressed object stream."""
    import zlib

    packed = zlib.compress(b"9 0 " + extra)
    stream = b"8 0 obj << /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >> stream\n" % len(packed)
    return b"%PDF-1.7\n" + stream + packed + b"\nendstream endobj\nstartxref\n9\n%%EOF\n"


def test_object_streams_are_looked_into() -> None:
    assert codes("a.pdf", objects_packed(b"<< /Type /Catalog >>")) == []
    assert codes("a.pdf", objects_packed(b"<< /S /JavaScript /JS (x) >>")) == ["F113"]
    assert codes("a.pdf", objects_packed(b"<< /S /Launch >>")) == ["F113"]
    assert codes("a.pdf", objects_packed(b"<< >>").replace(b"/FlateDecode", b"/LZWDecode")) == ["F113"]
    assert codes("a.pdf", objects_packed(b"<< >>").replace(b"stream\nx", b"stream\ny")) == ["F113"]


@pytest.mark.parametrize(
    ("action", "found"),
    [
        (b"/OpenAction [3 0 R /Fit]", []),
        (b"/OpenAction << /S /GoTo /D [3 0 R /Fit] >>", []),
        (b"/OpenAction 7 0 R", []),
        (b"/OpenAction 6 0 R", ["F113"]),
        (b"/OpenAction 5 0 R", ["F113"]),
        (b"/OpenAction << /S /URI /URI (https://example.cn) >>", ["F113"]),
        (b"/AA << /O 6 0 R >>", ["F113"]),
    ],
)
def test_actions_on_opening(action: bytes, found: list[str]) -> None:
    rest = b"6 0 obj << /S /URI /URI (https://example.cn) >> endobj\n7 0 obj << /S /GoTo /D [3 0 R /Fit] >> endobj\n"
    data = b"%PDF-1.4\n1 0 obj << /Type /Catalog " + action + b" >> endobj\n" + rest + b"startxref\n9\n%%EOF\n"
    assert codes("a.pdf", data) == found


def test_an_ordinary_link_is_fine() -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url="https://www.suqian.gov.cn/"))
    writer.add_metadata({NameObject("/Title"): TextStringObject("会议纪要")})
    data = pdf(writer)
    assert len(PdfReader(io.BytesIO(data)).pages) == 1
    assert codes("a.pdf", data) == []


@pytest.mark.parametrize(
    "unit",
    [
        b"stream\n",
        b"/ObjStm ",
        b"<<",
        b"<</ObjStm>>stream\n",
        b"/OpenAction 1 0 R ",
        b"1 0 obj ",
        b"%%EOF\n",
        b"#4a",
        b"/OpenAction << ",
    ],
)
def test_no_pdf_can_hang_the_reader(unit: bytes) -> None:
    data = b"%PDF-1.4\n" + unit * (3_000_000 // len(unit)) + b"startxref\n%%EOF\n"
    with work() as took:
        attachment_problems(FOLDER + "a.pdf", data)
    assert took.seconds < 3


@pytest.mark.parametrize("unit", [b"\xff\xd0", b"\xff\x00", b"\xff\xff", b"\xff\xda\0\2", b"\xff\xe0\0\2"])
def test_no_picture_can_hang_the_reader(unit: bytes) -> None:
    with work() as took:
        assert codes("a.jpg", b"\xff\xd8" + unit * (2_000_000 // len(unit))) == ["F113"]
    assert took.seconds < 3
