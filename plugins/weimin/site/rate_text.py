"""The result of an evaluation in the words of a list."""

from __future__ import annotations

from weimin.model.summary import EvaluationRow
from weimin.site.claims import event_claim
from weimin.wording.counts import format_percent, format_reported


def rate_text(e: EvaluationRow, dossier: str) -> tuple[str, str]:
    """The rate in words, and its claim; one that was published without ballots is told as reported."""
    if e.rate is not None:
        return f"满意率 {format_percent(e.rate)}", event_claim(dossier, e.stem, "/ballots")
    if e.reported is not None:
        return format_reported(e.reported), event_claim(dossier, e.stem, "/published_rate")
    return "未能复算", ""


def ballots_text(e: EvaluationRow) -> str:
    """The parts of the valid ballots, all of them, and the sum."""
    parts = (("满意", e.satisfied or 0), ("基本满意", e.basically or 0), ("不满意", e.dissatisfied or 0))
    valid = e.valid or 0
    rest = valid - sum(n for _, n in parts)
    words = [f"{name}{n}" for name, n in parts] + ([f"不了解或弃权{rest}"] if rest > 0 else [])
    return f"{'、'.join(words)}，有效票{valid}"
