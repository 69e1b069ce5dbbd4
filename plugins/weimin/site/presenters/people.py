"""参加人员 of a consultation, a followup or an evaluation, each category with its number as printed."""

from __future__ import annotations

from weimin.model.kinds import Participants
from weimin.site.display_text import UNRECORDED, DisplayText
from weimin.site.presenters.presenter import Presenter
from weimin.wording.counts import format_count


def participants(present: Presenter, p: Participants | str | None) -> tuple[DisplayText, ...]:
    if not isinstance(p, Participants):
        return (present.text("participants", p),)
    return tuple(
        _party(present, f"participants.{name}", getattr(p, name))
        for name in Participants.__struct_fields__
        if getattr(p, name) is not None
    ) or (UNRECORDED,)


def _party(present: Presenter, field: str, value: object) -> DisplayText:
    name, pointer = present.title(field), "/" + field.replace(".", "/")
    unit = present.context.unit(present.kind, field)
    if value == "included":
        return present.value(pointer, value, lambda _: f"{name}（{unit}数已合计在内）")
    if value == "unpublished":
        return present.value(pointer, f"{name}（{unit}数未公布）")
    return present.value(pointer, value, lambda v: f"{name}{format_count(v, unit)}")
