"""The digest of an audit: what two people compare who audited the same history on two machines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256

from weimin.model.history import TrailFinding


def digest(since: str, head: str, findings: Iterable[TrailFinding]) -> str:
    """SHA-256, in hex, over what was replayed (`since` empty: all) and every finding in the order of commits.

    The day of the audit is not in it, nor what the reader chose to see.
    """
    rows = [
        [f.commit, f.at, f.author, f.code, f.severity.value, f.path, f.line, f.column, f.message, f.hint]
        for f in findings
    ]
    text = json.dumps([since, head, rows], ensure_ascii=True, separators=(",", ":"))
    return sha256(text.encode("ascii")).hexdigest()
