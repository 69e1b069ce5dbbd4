"""What is vendored for tests is what its README says, to the byte, with its licence beside it."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

VENDOR = Path(__file__).parent / "vendor"
ROW = re.compile(r"^\| `([\w.-]+)` \| `sha512-([\w+/=]+)` \|$", re.M)


def test_each_vendored_file_has_its_integrity_and_its_licence() -> None:
    told = dict(ROW.findall((VENDOR / "README.md").read_text(encoding="utf-8")))
    files = {p.name: p for p in VENDOR.iterdir() if p.suffix == ".js"}
    assert files
    assert {
        name: base64.b64encode(hashlib.sha512(p.read_bytes()).digest()).decode() for name, p in files.items()
    } == told
    assert "Mozilla Public License" in (VENDOR / "axe-core-LICENSE.txt").read_text(encoding="utf-8")
