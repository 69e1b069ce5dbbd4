"""逐项表决: one question, what each option got, and who could vote, in one line as it was printed."""

from __future__ import annotations

from weimin.model.kinds import Vote, VoteOption, known, listed
from weimin.site.display_text import DisplayText
from weimin.site.presenters.presenter import Presenter
from weimin.wording.counts import format_count

_CLASSIFIERS = {"people": "人", "households": "户", "units": "个单位"}
"""What stands behind a number of voters; the schema names the voters themselves (户, 单位)."""
_BESIDE = ("eligible", "absent", "invalid", "choices")


def vote(present: Presenter, field: str, v: Vote, pointer: str) -> DisplayText:
    return present.value(pointer, v, lambda one: _words(present, field, one))


def _words(present: Presenter, field: str, v: Vote) -> str:
    unit = _CLASSIFIERS.get(v.voters or "people", "")
    got = "、".join(_option(o, unit) for o in listed(v.options)) or "得票" + ("未公布" if v.options else "未记录")
    beside = [
        f"{present.title(f'{field}.{name}')}{format_count(value, present.context.unit('consultation', f'{field}.{name}') or unit)}"
        for name in _BESIDE
        if (value := getattr(v, name)) is not None
    ]
    if v.voters and known(v.voters):
        beside.append(f"按{present.context.label('consultation', f'{field}.voters', v.voters)}计票")
    parts = [f"{v.question}：{got}"]
    parts += [f"（{'，'.join(beside)}）"] if beside else []
    parts += [f"。{present.title(f'{field}.result')}：{v.result.rstrip('。')}"] if v.result and known(v.result) else []
    parts += [f"。{v.note}"] if v.note and known(v.note) else []
    return "".join(parts)


def _option(o: VoteOption, unit: str) -> str:
    parts = [format_count(o.count, unit)] if o.count is not None else []
    parts += [format_count(o.percent, "%")] if o.percent is not None else []
    return o.option + ("（".join(parts) + "）" if len(parts) == 2 else "".join(parts))
