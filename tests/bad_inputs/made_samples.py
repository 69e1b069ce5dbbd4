"""The samples that are too large to store, generated as they were."""

from __future__ import annotations

import struct
import zlib

_HEAD = (
    "---\nid: sq-321322-2024-0001\nkind: consultation\ntitle: 某村道路硬化协商\nstage: 协商\ndate: 2024-05-01\n"
    "platform: 某村为民协商联系点\n"
)
_COUNTS = "evaluation:\n  satisfied: 80\n  basically: 15\n  dissatisfied: 5\n  total: 100\n"
_BODY = "---\n\n参会各方就道路硬化方案达成一致。\n"


def sample(name: str) -> bytes:
    """The bytes of one sample. Raises KeyError for one that is not made here."""
    texts = {
        "034-huge-5mb.md": lambda: _HEAD + _COUNTS + _BODY + "长" * 1_700_000 + "\n",
        "059-deep-flow.md": lambda: _HEAD + _COUNTS + f"x: {'[' * 50_000}{']' * 50_000}\n" + _BODY,
        "060-deep-flow-small.md": lambda: _HEAD + _COUNTS + f"x: {'[' * 20_000}{']' * 20_000}\n" + _BODY,
        "062-many-keys.md": lambda: _HEAD + _COUNTS + "".join(f"k{n}: 1\n" for n in range(4_000)) + _BODY,
        "064-long-scalar.md": lambda: _HEAD + f"summary: {'长' * 20_001}\n" + _COUNTS + _BODY,
        "068-sexagesimal.md": lambda: _HEAD + f"summary: 1{':59' * 9_000}\n" + _COUNTS + _BODY,
    }
    return _bomb() if name == "007-bomb.png" else texts[name]().encode()


def _bomb() -> bytes:
    """A whole PNG of 30,000 × 30,000 pixels by its header."""
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + _chunk(b"IEND", b"")
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
