"""EXIF, XMP and IPTC metadata: where a picture was taken, with which device, by whom, and other texts."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator

from weimin.rules.privacy.masking import mask_account, mask_name
from weimin.rules.privacy.names import is_office
from weimin.rules.privacy.part_problem import PartProblem, check_text, unreadable_problem

_FIX = "去掉照片的属性再换上：用看图软件“另存为”并选不保留属性，或截图后保存"
_TIFF_HEAD = re.compile(rb"II\*\0|MM\0\*")
# thumbnails have EXIF blocks of their own; no camera writes more blocks than this
_EXIF_START = b"Exif\0\0"
_MOST_EXIFS = 64
_LONGEST_EXIF = 1_000_000

_GPS_DIRECTORY, _EXIF_DIRECTORY, _GPS_VERSION = 0x8825, 0x8769, 0
_SERIALS = {0xA431: "机身序号", 0xA435: "镜头序号", 0xC62F: "机身序号", 0x927C: "厂商备注"}
_OWNERS = {0x013B: "作者", 0xA430: "机主", 0x9C9D: "作者"}

_XMP_PLACE = re.compile(
    r"(?<![A-Za-z])(?:exif:|drone-dji:|Camera:)?GPS(?:Latitude|Longitude|Position|Coordinates)", re.I
)
_XMP_SERIAL = re.compile(r"(?:SerialNumber)\s*(?:=\s*[\"']|>)\s*([^\"'<\s][^\"'<]{0,60})")
_XMP_OWNER = re.compile(
    r"(?:OwnerName|CreatorContactInfo|PersonDisplayName|mwg-rs:Name|PersonInImage)\s*(?:=\s*[\"']|>)\s*(?:<[^>]+>\s*){0,4}([^\"'<\s][^\"'<]{0,60})"
)
_XMP_CREATOR = re.compile(r"<dc:creator>\s*(?:<[^>]+>\s*){0,4}([^<\s][^<]{0,60})")
_IPTC_BLOCK = b"8BIM\x04\x04"
_IPTC_LINE = re.compile(rb"\x1c([\x01\x02])(.)(.{2})", re.DOTALL)
_IPTC_PEOPLE = {80: "作者", 85: "作者职务", 118: "联系方式"}
_IPTC_PLACE = 92


def check_exif(data: bytes) -> list[PartProblem]:
    """P104 and P108 of every EXIF block anywhere in the bytes."""
    problems: list[PartProblem] = []
    for count, head in enumerate(_TIFF_HEAD.finditer(data)):
        if count >= _MOST_EXIFS:
            break
        announced = data.startswith(_EXIF_START, max(0, head.start() - len(_EXIF_START)))
        problems += _of_one_exif(data[head.start() : head.start() + _LONGEST_EXIF], announced)
    return problems


def _of_one_exif(block: bytes, announced: bool) -> Iterator[PartProblem]:
    # imported here: it takes 0.1 s, which a check of records without pictures need not spend
    from PIL import Image

    exif = Image.Exif()
    try:
        # Pillow only warns of a corrupt directory and reads half of it
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            exif.load(_EXIF_START + block)
            tags = dict(exif)
            inner, place = dict(exif.get_ifd(_EXIF_DIRECTORY)), dict(exif.get_ifd(_GPS_DIRECTORY))
    # Pillow raises many kinds of exceptions, most often because four bytes of other data look like a TIFF header
    except Exception:
        if announced:
            yield unreadable_problem("照片的属性（EXIF）残缺")
        return
    if set(place) - {_GPS_VERSION}:
        yield _located("EXIF")
    for number, value in (tags | inner).items():
        text = _readable(value)
        if number in _SERIALS and text:
            yield _serial(_SERIALS[number], text)
        elif number in _OWNERS and text and not is_office(text):
            yield _owned("EXIF", _OWNERS[number], text)
        elif text:
            yield from check_text("图片属性", text)


def _readable(value: object) -> str:
    if isinstance(value, bytes):
        plain = value.removeprefix(b"ASCII\0\0\0").removeprefix(b"UNICODE\0")
        encoding = "utf-16-le" if b"\0" in plain.rstrip(b"\0") else "utf-8"
        return plain.decode(encoding, "replace").strip("\0 ")
    return _as_written(value).strip("\0 ") if isinstance(value, str) else ""


def _as_written(text: str) -> str:
    """The text that a device wrote: Pillow decodes EXIF as Latin-1, but Chinese devices write UTF-8 or GB 18030."""
    try:
        raw = text.encode("latin-1")
    except UnicodeEncodeError:
        return text
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return text


def check_xmp(text: str) -> list[PartProblem]:
    """P104 of an XMP packet; the caller checks its text for personal data."""
    problems = [_located("XMP")] if _XMP_PLACE.search(text) else []
    problems += [_serial("设备序号", value) for value in _XMP_SERIAL.findall(text)]
    people = [*_XMP_OWNER.findall(text), *_XMP_CREATOR.findall(text)]
    return problems + [_owned("XMP", "作者或人物", name.strip()) for name in people if not is_office(name)]


def check_iptc(block: bytes) -> list[PartProblem]:
    """P104 and P108 of a Photoshop block with IPTC entries."""
    at = block.find(_IPTC_BLOCK)
    return list(_iptc(block[at:])) if at >= 0 else []


def _iptc(block: bytes) -> Iterator[PartProblem]:
    for found in _IPTC_LINE.finditer(block):
        length, number = int.from_bytes(found[3], "big"), found[2][0]
        text = block[found.end() : found.end() + length].decode("utf-8", "replace").strip("\0 ")
        if number in _IPTC_PEOPLE and text and not is_office(text):
            yield _owned("IPTC", _IPTC_PEOPLE[number], text)
        elif number == _IPTC_PLACE and text:
            yield _located("IPTC")
        else:
            yield from check_text("图片属性", text)


def _located(where: str) -> PartProblem:
    return PartProblem("P104", f"照片的属性（{where}）里有拍摄位置，公开的照片不带位置", _FIX)


def _serial(what: str, value: str) -> PartProblem:
    shown = "" if what == "厂商备注" else f"“{mask_account(value)}”"
    return PartProblem("P104", f"照片的属性里有{what}{shown}，能认出是哪一台设备", _FIX)


def _owned(where: str, what: str, name: str) -> PartProblem:
    return PartProblem("P104", f"照片的属性（{where}）里有{what}“{mask_name(name)}”，公开的照片不带姓名", _FIX)


def texts_of(parts: Iterable[bytes]) -> Iterator[str]:
    """The parts as text, in the encodings that occur in metadata."""
    for part in parts:
        if part[:2] in (b"\xfe\xff", b"\xff\xfe"):
            yield part.decode("utf-16", "replace")
        else:
            yield part.decode("utf-8", "replace")
