"""What the pages of owed duties say of places whose time limits no document has set: nobody can be overdue there by a limit."""

from __future__ import annotations

from weimin.model.place import Level, level_of
from weimin.site.site_context import SiteContext

NOT_SET = "本地尚未公布办理期限"
_MEANING = "没有文件规定期限的事不算逾期，照样应当办理；记录自己写明了期限的，按写明的算。"
_FEW = 8  # counties that are named


def deadline_note(path: str, context: SiteContext) -> str:
    """For a page of the section `duties` (`duties/321302/2026`): which of its places have no time limits; empty if all have."""
    section, *names = path.split("/")
    if section != "duties":
        return ""
    place = names[0] if names and names[0].isdigit() and len(names[0]) > 4 else ""
    if place:
        return "" if context.parameters.sets_deadlines(place[:6]) else f"{NOT_SET}。{_MEANING}"
    counties = [row for row in context.network.rows.values() if level_of(row.code) is Level.COUNTY]
    without = [row.area for row in counties if not context.parameters.sets_deadlines(row.code)]
    if len(without) == len(counties):
        return f"{NOT_SET}。{_MEANING}"
    if not without:
        return ""
    several = f"等{len(without)}个县（区）" if len(without) > _FEW else ""
    return f"{'、'.join(without[:_FEW])}{several}尚未公布办理期限。{_MEANING}"
