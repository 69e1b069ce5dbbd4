"""How a matter ended before its five steps: 已撤回，2026年6月1日，样例村，理由：…。"""

from __future__ import annotations

from weimin.model.kinds import Topic
from weimin.model.states import ended_state
from weimin.site.site_context import SiteContext
from weimin.wording.dates import format_date


def ending_words(context: SiteContext, topic: Topic) -> str:
    """A sentence; empty for a matter that goes on or is closed."""
    ended = topic.ended
    if ended is None:
        return ""
    unknown = "（怎么终止的未公布）" if ended.how == "unpublished" else ""
    on = format_date(ended.date) if ended.date and ended.date != "unpublished" else ""
    by = context.who(ended.by) if ended.by and ended.by != "unpublished" else ""
    why = f"理由：{ended.reason.rstrip('。')}" if ended.reason and ended.reason != "unpublished" else ""
    return "，".join(w for w in (ended_state(ended.how).label + unknown, on, by, why) if w) + "。"
