"""The digest of an audit: two people who audit the same history on two machines compare it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256

from weimin.model.history import TrailFinding


def digest(since: str, head: str, findings: Iterable[TrailFinding]) -> str:
    """SHA-256 in hexadecimal over the range replayed (`since` empty: from the first commit) and all findings, in order.

    The day of the audit and the selection of codes to show are not part of it.
    """
    rows = [
        [f.commit, f.at, f.author, f.code, f.severity.value, f.path, f.line, f.column, f.message, f.hint]
        for f in findings
    ]
    text = json.dumps([since, head, rows], ensure_ascii=True, separators=(",", ":"))
    return sha256(text.encode("ascii")).hexdigest()
