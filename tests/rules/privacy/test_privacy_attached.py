"""Pictures and documents: what their properties and texts give away, and what cannot be looked into."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import privacy_numbers as made
import pytest
from PIL import Image, PngImagePlugin
from pypdf import PdfReader, PdfWriter

from weimin.rules.privacy import scan_document, scan_picture

SAMPLES = Path(__file__).parent / "samples"
MOBILE = "138" + "0" * 7 + "1"
Change = Callable[[Image.Exif], None]


def sample(name: str) -> bytes:
    (path,) = SAMPLES.glob(f"{name}-*")
    return path.read_bytes()


def said(data: bytes, scan: Callable[[str, bytes], list[object]] = scan_document) -> list[tuple[str, str]]:
    return [(problem.code, problem.message) for problem in scan("a", data)]


def jpeg(**options: object) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(stream, "JPEG", **options)
    return stream.getvalue()


def with_exif(change: Change, form: str = "JPEG") -> bytes:
    exif = Image.Exif()
    change(exif)
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(stream, form, exif=exif.tobytes())
    return stream.getvalue()


def _place(exif: Image.Exif) -> None:
    exif.get_ifd(0x8825).update({1: "N", 2: (33.0, 57.0, 0.0), 3: "E", 4: (118.0, 16.0, 0.0)})


def _lens(exif: Image.Exif) -> None:
    exif.get_ifd(0x8769)[0xA435] = "LX998877"


def _owner(exif: Image.Exif) -> None:
    exif.get_ifd(0x8769)[0xA430] = "张三".encode()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("change", "word"),
    [(_place, "拍摄位置"), (_lens, "镜头序号“LX***”"), (_owner, "机主“张*”")],
    ids=["gps", "lens", "owner"],
)
def test_exif(change: Change, word: str, form: str) -> None:
    ((code, message),) = said(with_exif(change, form), scan_picture)
    assert code == "P104"
    assert word in message


def test_clean_pictures_pass() -> None:
    def harmless(exif: Image.Exif) -> None:
        exif[0x0110] = "PHONE"
        exif[0x013B] = "某县政协办公室".encode()
        exif.get_ifd(0x8825)[0] = b"\2\3\0\0"

    for form in ("JPEG", "PNG", "WEBP"):
        assert said(with_exif(harmless, form), scan_picture) == []


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_chinese_owner_is_read_in_its_encoding(encoding: str) -> None:
    name = "张三".encode(encoding)
    data = with_exif(lambda exif: exif.get_ifd(0x8769).update({0xA430: "Z" * len(name)}))
    ((_, message),) = said(data.replace(b"Z" * len(name), name), scan_picture)
    assert "机主“张*”" in message


def test_samples_of_pictures() -> None:
    assert [code for code, _ in said(sample("001"), scan_picture)] == ["P104", "P104", "P104"]
    assert [code for code, _ in said(sample("002"), scan_picture)] == ["P104", "P108"]
    assert [code for code, _ in said(sample("003"), scan_picture)] == ["P108"]


def test_picture_within_the_picture_counts() -> None:
    hidden = with_exif(_place)
    start = hidden.index(b"Exif\0\0")
    assert [code for code, _ in said(jpeg(comment=hidden[start : start + 200]), scan_picture)][:1] == ["P104"]


@pytest.mark.parametrize("packed", [False, True])
def test_png_text_is_read(packed: bool) -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", f"联系 {MOBILE}", zip=packed)
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "PNG", pnginfo=texts)
    ((code, message),) = said(stream.getvalue(), scan_picture)
    assert code == "P108"
    assert "138****0001" in message
    assert MOBILE not in message


def test_png_text_that_unpacks_without_end_is_refused() -> None:
    body = b"Comment\0\0" + zlib.compress(b"1" * 50_000_000)
    chunk = len(body).to_bytes(4, "big") + b"zTXt" + body + zlib.crc32(b"zTXt" + body).to_bytes(4, "big")
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "PNG")
    whole = stream.getvalue()
    end = whole.index(b"IEND") - 4
    ((code, message),) = said(whole[:end] + chunk + whole[end:], scan_picture)
    assert code == "P108"
    assert "无法检查" in message


def test_jpeg_comment_is_read() -> None:
    ((_, message),) = said(jpeg(comment=("苏N·" + "A1234").encode()), scan_picture)
    assert "车牌号" in message


def test_xmp_names_people() -> None:
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description aux:SerialNumber="0123456"><dc:creator><rdf:Seq>'
        "<rdf:li>李四</rdf:li></rdf:Seq></dc:creator></rdf:Description></x:xmpmeta>"
    )
    messages = " ".join(message for _, message in said(jpeg(xmp=packet.encode()), scan_picture))
    assert "设备序号“01***”" in messages
    assert "李*" in messages


@pytest.mark.parametrize("cut", [10, 100, 300])
def test_cut_picture_is_refused(cut: int) -> None:
    assert [code for code, _ in said(jpeg()[:cut], scan_picture)] == ["P108"]


def test_every_prefix_and_flip_of_a_picture_is_survived() -> None:
    whole = sample("001")
    draw = random.Random(1)
    for _ in range(300):
        broken = bytearray(whole)
        broken[draw.randrange(len(whole))] = draw.randrange(256)
        scan_picture("a", bytes(broken[: draw.randrange(1, len(whole))]))


def pdf(*lines: str, **properties: str) -> bytes:
    """A PDF with a line of text on each page."""
    writer = PdfWriter()
    for line in lines:
        page = writer.add_page(PdfReader(io.BytesIO(sample("023"))).pages[0])
        stream = page.get_contents()
        assert stream is not None
        stream.set_data(f"BT /F 14 Tf 20 100 Td ({line}) Tj ET 0 0 300 200 re f".encode())
        page.replace_contents(stream)
    writer.add_metadata({f"/{name}": value for name, value in properties.items()})
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def test_text_under_a_black_box_is_text() -> None:
    ((code, message),) = said(pdf("hello", f"tel {MOBILE}"))
    assert code == "P108"
    assert "第 2 页" in message
    assert MOBILE not in message


def test_clean_pdf_passes() -> None:
    assert said(pdf("0527-84389000", Author="Administrator", Title="通知")) == []


def test_properties_of_a_pdf() -> None:
    messages = [message for _, message in said(pdf("hello", Author="张三", Title=f"致 {MOBILE}"))]
    assert any("姓名“张*”" in message for message in messages)
    assert any("138****0001" in message for message in messages)


def test_earlier_revision_is_read() -> None:
    """The usual mistake: the number is taken out, the editor appends, the old page stays in the file."""
    writer = PdfWriter(io.BytesIO(pdf(f"tel {MOBILE}")), incremental=True)
    page = writer.pages[0]
    stream = page.get_contents()
    assert stream is not None
    stream.set_data(b"BT /F 14 Tf 20 100 Td (none) Tj ET")
    page.replace_contents(stream)
    written = io.BytesIO()
    writer.write(written)
    now = PdfReader(io.BytesIO(written.getvalue())).pages[0].extract_text()
    assert MOBILE not in now
    messages = [message for _, message in said(written.getvalue())]
    assert any("早先版本" in message and "138****0001" in message for message in messages)


def test_annotation_is_read() -> None:
    from pypdf.annotations import FreeText

    writer = PdfWriter(io.BytesIO(pdf("hello")))
    writer.add_annotation(0, FreeText(text=f"打 {MOBILE}", rect=(1, 1, 99, 99)))
    written = io.BytesIO()
    writer.write(written)
    assert any("138****0001" in message for _, message in said(written.getvalue()))


def test_encrypted_pdf_is_refused() -> None:
    writer = PdfWriter(io.BytesIO(pdf("hello")))
    writer.encrypt("secret", algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    ((code, message),) = said(written.getvalue())
    assert (code, "密码" in message) == ("P108", True)


@pytest.mark.parametrize("name", ["020", "021", "022", "026"])
def test_pdf_that_acts_or_carries_files_is_refused(name: str) -> None:
    ((code, message),) = said(sample(name))
    assert (code, "无法检查" in message) == ("P108", True)


def test_sample_of_a_pdf_with_an_identity_number() -> None:
    ((code, message),) = said(sample("023"))
    assert code == "P108"
    assert "身份证号码“32*************009”" in message


@pytest.mark.parametrize("name", ["020", "023", "026"])
def test_broken_pdf_is_refused_not_passed(name: str) -> None:
    whole = sample(name)
    draw = random.Random(2)
    for _ in range(60):
        assert said(whole[: draw.randrange(10, len(whole) - 8)])


def docx(text: str, author: str = "", **more: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document><w:p>{text}</w:p></w:document>")
        archive.writestr("docProps/core.xml", f"<cp><dc:creator>{author}</dc:creator></cp>")
        for name, body in more.items():
            archive.writestr(name, body)
    return stream.getvalue()


def test_number_cut_into_runs_of_letters_is_one_number() -> None:
    runs = f"<w:r><w:t>{MOBILE[:5]}</w:t></w:r><w:r><w:t>{MOBILE[5:]}</w:t></w:r>"
    ((code, message),) = said(docx(runs))
    assert (code, "138****0001" in message) == ("P108", True)


def test_deleted_text_and_author_of_a_docx() -> None:
    messages = [message for _, message in said(docx(f"<w:del><w:delText>{MOBILE}</w:delText></w:del>", "王五"))]
    assert any("姓名“王*”" in message for message in messages)
    assert any("138****0001" in message for message in messages)


def test_picture_within_a_docx() -> None:
    assert said(docx("你好", **{"word/media/image1.jpeg": with_exif(_place)}))[0][0] == "P104"


def test_clean_docx_passes() -> None:
    assert said(docx("办公电话 0527-84389000", "某县政协", **{"word/media/image1.jpeg": jpeg()})) == []


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(docx("x", **{"word/vbaProject.bin": b"macro"}), id="macro"),
        pytest.param(docx("1" * 30_000_000), id="bomb"),
        pytest.param(docx("x")[:-30], id="cut"),
        pytest.param(b"\xd0\xcf\x11\xe0" + bytes(600), id="old-office"),
        pytest.param(b"MZ\x90\0" + bytes(range(256)), id="program"),
        pytest.param(b"%PDF-1.7\n" + bytes(6_000_000), id="too-large"),
    ],
)
def test_what_cannot_be_looked_into_is_refused(data: bytes) -> None:
    ((code, message),) = said(data)
    assert (code, "无法检查" in message) == ("P108", True)


def test_plain_text_is_read() -> None:
    assert said(f"姓名,证号\n甲,{made.identity(random.Random(5))}\n".encode())[0][0] == "P108"
