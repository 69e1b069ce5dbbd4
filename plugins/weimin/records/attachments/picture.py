"""The header of a picture: width, height, whether the file is complete, and bytes after its end."""

from __future__ import annotations

import zlib

import msgspec

_STAND_ALONE = frozenset([0x01, *range(0xD0, 0xD9)])  # JPEG markers without a length
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


class Header(msgspec.Struct, frozen=True):
    """`trailing`: number of bytes after the end of the picture."""

    width: int
    height: int
    trailing: int


def picture_header(ending: str, data: bytes) -> Header | None:
    """The header; None for a truncated or broken picture. No pixel is decoded."""
    try:
        return {".jpg": _jpeg, ".png": _png, ".webp": _webp}[ending](data)
    except (IndexError, ValueError):
        return None


def _jpeg(data: bytes) -> Header | None:
    at, size = 2, (0, 0)
    while True:
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
        elif marker == 0xD9:
            return Header(*size, len(data) - at - 2) if size[0] and size[1] else None
        elif marker in _STAND_ALONE:
            at += 2
        else:
            length = _big(data, at + 2, 2)
            if length < 2:
                return None
            if marker in _FRAMES:
                size = (_big(data, at + 7, 2), _big(data, at + 5, 2))
            at += 2 + length
            if marker == 0xDA:
                at = _after_scan(data, at)


def _after_scan(data: bytes, at: int) -> int:
    """The next marker after coded pixels: FF that is neither escaped (FF 00) nor a restart (FF D0 to D7)."""
    while True:
        at = data.index(b"\xff", at)
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2


def _png(data: bytes) -> Header | None:
    at, size, pixels = 8, (0, 0), False
    while True:
        length, name = _big(data, at, 4), data[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(data) or zlib.crc32(data[at + 4 : end - 4]) != _big(data, end - 4, 4):
            return None
        if at == 8:
            if name != b"IHDR" or length != 13:
                return None
            size = (_big(data, 16, 4), _big(data, 20, 4))
        pixels = pixels or name == b"IDAT"
        if name == b"IEND":
            return Header(*size, len(data) - end) if pixels and size[0] and size[1] else None
        at = end


def _webp(data: bytes) -> Header | None:
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data) or len(data) < 30:
        return None
    name = data[12:16]
    if name == b"VP8X":
        size = (1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little"))
    elif name == b"VP8L" and data[20] == 0x2F:
        bits = int.from_bytes(data[21:25], "little")
        size = (1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
    elif name == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        size = (int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF)
    else:
        return None
    return Header(*size, len(data) - end) if size[0] and size[1] and _chunks_fill(data, end) else None


def _chunks_fill(data: bytes, end: int) -> bool:
    """The RIFF chunks end exactly where the header says."""
    at = 12
    while at + 8 <= end:
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8 + length + (length & 1)
    return at in (end, end + 1)


def _big(data: bytes, at: int, size: int) -> int:
    if at + size > len(data):
        raise ValueError(at)
    return int.from_bytes(data[at : at + size], "big")
