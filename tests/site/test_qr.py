"""The QR code of an address, read back by another program."""

from __future__ import annotations

import re

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from weimin.share_images.qr import QUIET, Qr, qr_of

ADDRESSES = [
    "https://example.org/321300/2026-001/",
    "https://www.example.gov.cn/weimin/321302001004/2026-001/2026-03-02-consultation.html",
    "https://example.org/" + "a" * 300,
]


def picture(code: Qr, module: int = 4) -> Image.Image:
    """What a browser shows of the path: each stretch one module high."""
    image = Image.new("L", (code.size * module, code.size * module), 255)
    canvas = ImageDraw.Draw(image)
    assert re.fullmatch(r"M[0-9]+ [0-9]+\.5h[0-9]+(?:m-?[0-9]+ [0-9]+h[0-9]+)*", code.path)
    at = [0, 0]
    for right, down, length in re.findall(r"[Mm](-?[0-9]+) ([0-9]+)(?:\.5)?h([0-9]+)", code.path):
        left, top = (at[0] + int(right)) * module, (at[1] + int(down)) * module
        canvas.rectangle((left, top, left + int(length) * module - 1, top + module - 1), fill=0)
        at = [at[0] + int(right) + int(length), at[1] + int(down)]
    return image


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_reads_as_its_address(address):
    code = qr_of(address)
    assert [found.text for found in zxingcpp.read_barcodes(picture(code))] == [address]
    assert code.address == address


@pytest.mark.parametrize("address", ADDRESSES)
def test_there_is_white_around_it(address):
    code = qr_of(address)
    places = [n for x, y, length in code.runs for n in (x, y, x + length - 1)]
    assert (min(places), max(places)) == (QUIET, code.size - QUIET - 1)


def test_what_no_code_can_hold_is_refused():
    with pytest.raises(ValueError, match="too large"):
        qr_of("https://example.org/" + "a" * 3000)
