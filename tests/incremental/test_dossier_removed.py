"""What a dossier handed on to others ends when the dossier is removed."""

from __future__ import annotations

import shutil
from pathlib import Path

from scripted_register import at, dossier
from stored_register import StoredRegister

SOURCE, INTO = "990101002001/2026-007", "990101001001/2026-001"
MERGED = f"ended: {{how: merged, into: {INTO}, date: 2026-06-20, by: 样例镇党委, reason: 并到一处办}}\n"


def test_duties_of_a_merged_dossier_end_when_it_is_removed(tmp_path: Path) -> None:
    """Its duties continue in the dossier that it was merged into, which is computed again when it is removed."""
    stored = StoredRegister(tmp_path)
    files = dossier(SOURCE, "路灯要不要修", 2, "交通出行")
    topic = f"{at(SOURCE)}topic.md"
    stored.repository.commit({**files, topic: files[topic].replace("title:", f"{MERGED}title:", 1)})
    stored.built()
    page = f"{INTO}/index.html"
    assert f"由“{SOURCE}”并入".encode() in stored.site[f"{INTO}/index.json"]
    shutil.rmtree(stored.root / at(SOURCE))
    stored.repository.commit({})
    stored.built()
    assert stored.site == stored.clean
    assert SOURCE.encode() not in stored.site[page]
