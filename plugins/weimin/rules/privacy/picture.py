"""P104 and P108 of a picture: place, device and people in its metadata, personal data in its texts."""

from __future__ import annotations

from collections.abc import Iterator

from weimin.model.finding import Problem
from weimin.rules.privacy.containers import Broken, Part, parts
from weimin.rules.privacy.metadata import check_exif, check_iptc, check_xmp, texts_of
from weimin.rules.privacy.part_problem import PartProblem, as_problems, check_text, unreadable_problem

LARGEST = 5_000_000
_RAW_PROFILE = b"Raw profile type "
# colour profiles contain no text of the photographer; EXIF and Photoshop blocks have readers of their own
_WITHOUT_TEXT = frozenset({"iCCP", "ICCP", "E2", "EE", "eXIf", "EXIF", ""})
_EXIF_START = b"Exif\0\0"


def scan_picture(path: str, data: bytes) -> list[Problem]:
    """P104 for a place, serial number or name in EXIF, XMP or IPTC; P108 for personal data in the texts of a picture.

    Thumbnails and embedded pictures are examined too. A picture that cannot be read is refused (P108).
    """
    return as_problems(path, check_picture(data))


def check_picture(data: bytes) -> list[PartProblem]:
    """The problems of `scan_picture`, without a path."""
    if len(data) > LARGEST:
        return [unreadable_problem(f"图片超过 {LARGEST // 1_000_000} MB")]
    try:
        found = list(parts(data))
    except Broken:
        return [unreadable_problem("不是完整的 jpg、png 或 webp 图片")]
    problems = check_exif(data)
    for part in found:
        problems += _of_part(part)
    return problems


def _of_part(part: Part) -> Iterator[PartProblem]:
    if part.name == "":
        yield unreadable_problem(f"图片结尾之后还有 {len(part.data)} 字节别的内容")
    elif part.name == "ED":
        yield from check_iptc(part.data)
    elif part.data.startswith(_RAW_PROFILE):
        raw = _from_hex(part.data)
        yield from check_exif(raw)
        yield from check_iptc(raw)
        yield from _of_text(raw)
    elif part.name not in _WITHOUT_TEXT and not part.data.startswith(_EXIF_START):
        yield from _of_text(part.data)


def _of_text(data: bytes) -> Iterator[PartProblem]:
    for text in texts_of([data]):
        yield from check_xmp(text)
        yield from check_text("图片属性", text)


def _from_hex(text: bytes) -> bytes:
    """The block that ImageMagick stored in a PNG text: a name, a length, then lines of hexadecimal digits."""
    lines = text.split(b"\n")
    digits = b"".join(line.strip() for line in lines if len(line.strip()) > 1 and not line.startswith(_RAW_PROFILE))
    try:
        return bytes.fromhex(digits.decode("ascii").removeprefix(lines[2].strip().decode("ascii")))
    except (ValueError, IndexError):
        return text
