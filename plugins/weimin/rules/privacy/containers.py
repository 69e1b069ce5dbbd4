"""The named parts of a picture file, and the data after its end. No pixel is decoded."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

import msgspec

_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
_MOST_TEXT = 1_000_000
_MOST_PARTS = 5_000
_TEXT_CHUNKS = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"iCCP"})


class Broken(ValueError):
    """The file is truncated, or states something impossible about its own parts."""


class Part(msgspec.Struct, frozen=True):
    """A part. `name`: as in the format, "" for data after the end; `data`: decompressed where the format compresses it."""

    name: str
    data: bytes


def picture_kind(data: bytes) -> str | None:
    """jpeg, png or webp, by the first bytes; None for anything else."""
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    return "webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else None


def parts(data: bytes) -> Iterator[Part]:
    """Every part that is not picture data. Raises Broken."""
    read_parts = {"jpeg": _jpeg, "png": _png, "webp": _webp}[picture_kind(data) or _refuse()]
    for count, part in enumerate(read_parts(data)):
        if count > _MOST_PARTS:
            raise Broken("too many parts")
        yield part


def _refuse() -> str:
    raise Broken("not a picture of a known kind")


def _rest(data: bytes, end: int) -> Iterator[Part]:
    if data[end:].strip(b"\0\r\n "):
        yield Part("", data[end:])


def _jpeg(data: bytes) -> Iterator[Part]:
    place = 2
    while True:
        # between segments there are fill bytes, after the start of a scan its compressed pixels
        match = _MARKER.search(data, place)
        if not match:
            raise Broken("no end")
        marker, place = data[match.end() - 1], match.end()
        if marker == 0xD9:
            yield from _rest(data, place)
            return
        if marker in range(0xD0, 0xD9) or marker == 0x01:
            continue
        length = int.from_bytes(data[place : place + 2], "big")
        if length < 2 or place + length > len(data):
            raise Broken("truncated segment")
        if marker >= 0xE0:
            yield Part(f"{marker:02X}", data[place + 2 : place + length])
        place += length


def _png(data: bytes) -> Iterator[Part]:
    place = 8
    while place + 12 <= len(data):
        length, name = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8]
        body = data[place + 8 : place + 8 + length]
        if len(body) < length:
            raise Broken("cut chunk")
        place += length + 12
        if name == b"IEND":
            yield from _rest(data, place)
            return
        if name in _TEXT_CHUNKS:
            yield Part(name.decode("ascii"), _decompressed(name, body))
    raise Broken("no end")


def _decompressed(name: bytes, body: bytes) -> bytes:
    keyword, _, rest = body.partition(b"\0")
    if name in (b"zTXt", b"iCCP"):
        return keyword + b"\n" + _inflate(rest[1:])
    if name == b"iTXt":
        tags, compressed = rest[2:].split(b"\0", 2), rest[:1] == b"\x01"
        text = tags[-1]
        return keyword + b"\n" + (_inflate(text) if compressed else text)
    return keyword + b"\n" + rest if name == b"tEXt" else body


def _inflate(compressed: bytes) -> bytes:
    decompressor = zlib.decompressobj()
    try:
        plain = decompressor.decompress(compressed, _MOST_TEXT)
    except zlib.error as error:
        raise Broken("compressed text cannot be read") from error
    if decompressor.unconsumed_tail:
        raise Broken("compressed text is too long")
    return plain


def _webp(data: bytes) -> Iterator[Part]:
    place, end = 12, 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise Broken("truncated file")
    while place + 8 <= end:
        name, length = data[place : place + 4], int.from_bytes(data[place + 4 : place + 8], "little")
        if place + 8 + length > end:
            raise Broken("cut chunk")
        if name in (b"EXIF", b"XMP ", b"ICCP") or not name.strip().isalnum():
            yield Part(name.decode("latin-1").strip(), data[place + 8 : place + 8 + length])
        place += 8 + length + length % 2
    yield from _rest(data, end)
