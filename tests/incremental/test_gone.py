"""A dossier that is gone takes with it what it had handed to others."""

from __future__ import annotations

import shutil
from pathlib import Path

from kept_register import Kept
from scripted_register import at, dossier

SOURCE, INTO = "990101002001/2026-007", "990101001001/2026-001"
MERGED = f"ended: {{how: merged, into: {INTO}, date: 2026-06-20, by: 样例镇党委, reason: 并到一处办}}\n"


def test_duties_of_a_merged_dossier_end_with_it(tmp_path: Path) -> None:
    """What it owed is owed by the dossier that it was merged into, which is judged again when it is deleted."""
    kept = Kept(tmp_path)
    files = dossier(SOURCE, "路灯要不要修", 2, "交通出行")
    topic = f"{at(SOURCE)}topic.md"
    kept.repository.commit({**files, topic: files[topic].replace("title:", f"{MERGED}title:", 1)})
    kept.built()
    page = f"{INTO}/index.html"
    assert f"由“{SOURCE}”并入".encode() in kept.site[f"{INTO}/index.json"]
    shutil.rmtree(kept.root / at(SOURCE))
    kept.repository.commit({})
    kept.built()
    assert kept.site == kept.clean
    assert SOURCE.encode() not in kept.site[page]
