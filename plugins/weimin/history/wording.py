"""Chinese names of steps, records and fields in the messages of family A."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from weimin.history.compare import BODY, Edit
from weimin.history.step_context import HistoryLookups, StepContext
from weimin.model.place import Place

LONGEST = 40
_NAMED = 3  # fields that a message names; it counts the others


def quoted(text: str) -> str:
    """A text in Chinese quotation marks, cut at `LONGEST` characters."""
    return f"“{text if len(text) <= LONGEST else text[: LONGEST - 1] + '…'}”"


def describe_step(context: StepContext) -> str:
    """提交 1a2b3c4d5e（2026-03-01）; 这次改动 for a change that is not committed."""
    return f"提交 {context.step.short}（{context.day.isoformat()}）" if context.step.commit else "这次改动"


_ONE_OF_ITS_KIND = frozenset({"topic", "platform", "exemptions", "signers", "site"})


def describe_record(lookups: HistoryLookups, place: Place) -> str:
    """协商成果“2026-03-10-outcome”; 议题, for a kind of which a folder has only one."""
    title = lookups.title(place.kind)
    return title if place.kind in _ONE_OF_ITS_KIND else f"{title}{quoted(place.stem)}"


def describe_fields(lookups: HistoryLookups, kind: str, edits: Iterable[Edit]) -> str:
    """The first fields that edits change, and how many there are: 标题（title）、正文等 5 处."""
    names = list(dict.fromkeys("正文" if e.pointer == BODY else lookups.field(kind, e.pointer) for e in edits))
    named = "、".join(names[:_NAMED])
    return named if len(names) <= _NAMED else f"{named}等 {len(names)} 处"


def describe_count(value: Any) -> str:
    """A count as recorded. Other values are not repeated: a value that was removed may be somebody's personal number."""
    if value is None:
        return "（没有）"
    return str(value) if isinstance(value, int | float) else "别的内容"
