"""更正: the value before the correction, struck through, and the reason."""

from __future__ import annotations

from typing import Any

from weimin.dossiers.disclosure import change_hidden
from weimin.model.dossier import AppliedChange, Dossier
from weimin.site.display_text import DisplayText
from weimin.site.site_context import SiteContext
from weimin.site.view_models import ChangeView
from weimin.wording.counts import format_number
from weimin.wording.dates import format_date, html_datetime

_WHOLE = {"/body": "正文", "/date": "日期"}


def changes_of(context: SiteContext, dossier: Dossier, applied: tuple[AppliedChange, ...]) -> tuple[ChangeView, ...]:
    return tuple(_change(context, dossier, a) for a in applied)


def _change(context: SiteContext, dossier: Dossier, a: AppliedChange) -> ChangeView:
    target = dossier.event(a.target)
    kind, path = (target.kind, target.path) if target else ("", "")
    return change_view(context, a, kind=kind, path=path, hidden=change_hidden(dossier, a))


def change_view(context: SiteContext, a: AppliedChange, *, kind: str, path: str, hidden: bool) -> ChangeView:
    """`kind` and `path` are those of the corrected record, empty where it is not there."""
    return ChangeView(
        on=DisplayText(text=format_date(a.on.text), stamp=html_datetime(a.on.text), claim=_beside(path, a.correction)),
        what=context.kind_names.get(kind, "") if hidden else field_words(context, kind, a.field),
        old="" if hidden else _value(context, kind, a.field, a.old),
        new="" if hidden else _value(context, kind, a.field, a.new),
        reason="" if hidden else a.reason,
        approved_by=context.who(a.approved_by),
        anchor=f"#{a.correction}",
        claim=f"{path}#{'' if a.field in _WHOLE else a.field}" if path and not hidden else "",
        hidden=hidden,
    )


def _beside(path: str, correction: str) -> str:
    """The claim of a correction, which is in the folder of the record that it corrects."""
    folder, _, name = path.rpartition("/")
    return f"{folder}/{correction}.yml#" if name else ""


def field_words(context: SiteContext, kind: str, pointer: str) -> str:
    """A JSON pointer in words: 落实事项第1条的完成期限."""
    name = context.kind_names.get(kind, "")
    if pointer in _WHOLE:
        return f"{name}的{_WHOLE[pointer]}"
    words: list[str] = []
    field = kind
    for part in pointer.split("/")[1:]:
        if part.isdigit() and words:
            words[-1] += f"第{int(part) + 1}条"
            continue
        field = f"{field}.{part}"
        words.append(context.labels.get(field, part))
    return f"{name}的{'的'.join(words)}"


def _value(context: SiteContext, kind: str, pointer: str, value: Any) -> str:
    if value is None:
        return "（原来没有）"
    if value == "unpublished":
        return "未公布"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return format_number(value)
    if isinstance(value, str):
        return _text(context, kind, pointer, value)
    if isinstance(value, list):
        return "、".join(_value(context, kind, pointer, v) for v in value) or "无"
    return "，".join(_value(context, kind, f"{pointer}/{k}", v) for k, v in value.items())


def _text(context: SiteContext, kind: str, pointer: str, value: str) -> str:
    field = ".".join(part for part in (kind, *pointer.split("/")[1:]) if not part.isdigit())
    if (choice := context.labels.get(f"{field}.{value}")) is not None:
        return choice
    if pointer == "/date" or field.rpartition(".")[2] in ("date", "due", "until", "when"):
        return format_date(value)
    return value
