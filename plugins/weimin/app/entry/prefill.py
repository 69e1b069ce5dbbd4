"""What a blank record of a dossier can contain from the start: references to existing lines. Nothing else is filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from weimin.model.dossier import Dossier, Line
from weimin.model.kinds import listed
from weimin.model.quote import quoted

_ID = re.compile(r"^(?!\s*#).*\bid: *[\"']?([smdu][1-9]\d{0,3})\b", re.MULTILINE | re.ASCII)
_PREFIXES = {"suggestion_id": "s", "measure_id": "m", "dissent_id": "d", "upward_id": "u"}
_TITLES = {"suggestion": "意见建议", "measure": "落实事项", "dissent": "不同意见", "upward": "上报事项"}


class Prefill(msgspec.Struct, frozen=True, kw_only=True):
    """`values`: in the shape of the record. `notes`: comments by the pointer of a line. `message`: printed for the author."""

    values: Mapping[str, Any] = {}
    notes: Mapping[str, str] = {}
    message: str = ""


def prefill_for(kind: str, dossier: Dossier) -> Prefill:
    """The references that a record of the kind makes in the present state of the dossier."""
    make = _PREFILLS.get(kind)
    return make(dossier) if make else Prefill()


def next_ids(dossier: Dossier, unread: Iterable[str]) -> dict[str, str]:
    """The next free id of each kind of line. `unread`: texts of records that could not be read but may contain ids."""
    taken = [*dossier.lines, *(found for text in unread for found in _ID.findall(text))]
    return {
        name: f"{prefix}{max((int(i[1:]) for i in taken if i[0] == prefix and i[1:].isdigit()), default=0) + 1}"
        for name, prefix in _PREFIXES.items()
    }


def _outcome(dossier: Dossier) -> Prefill:
    with_outcome = {_stem(ref) for _, outcome in dossier.outcomes for ref in outcome.of}
    waiting = [e.stem for e, _ in dossier.consultations if e.stem not in with_outcome]
    if not waiting:
        return Prefill(message="卷宗里没有等着出成果的协商活动，“依据的协商”（of）请自己填")
    others = f"还没有成果的协商活动另有：{'、'.join(waiting[:-1])}" if waiting[1:] else ""
    return Prefill(values={"of": waiting[-1:]}, notes={"/of/0": others} if others else {})


def _evaluation(dossier: Dossier) -> Prefill:
    if not dossier.outcomes:
        return Prefill(message="卷宗里还没有协商成果，“评议的对象”（of）请自己填")
    return Prefill(values={"of": [dossier.outcomes[-1][0].stem]})


def _response(dossier: Dossier) -> Prefill:
    answered = {a.to.rpartition("#")[2] for _, response in dossier.responses for a in response.answers}
    lines = [
        line
        for line in dossier.lines.values()
        if line.kind in ("suggestion", "dissent", "upward") and line.id not in answered
    ]
    if not lines:
        return Prefill(message="卷宗里没有等着答复的意见建议、不同意见和上报事项，“答复哪一条”（to）请自己填")
    answers = [{"to": line.id, "text": None} | ({} if line.kind == "dissent" else {"decision": None}) for line in lines]
    return Prefill(values={"answers": answers}, notes=_notes("answers", lines))


def _followup(dossier: Dossier) -> Prefill:
    state = {m.id: m.state for _, followup in dossier.followups for m in listed(followup.measures)}
    lines = [line for line in dossier.measures if state.get(line.id) != "done"]
    if not lines:
        return Prefill(message="卷宗里没有等着落实的事项，编号（id）请自己填")
    return Prefill(values={"measures": [{"id": line.id} for line in lines]}, notes=_notes("measures", lines))


_PREFILLS: dict[str, Callable[[Dossier], Prefill]] = {
    "outcome": _outcome,
    "evaluation": _evaluation,
    "response": _response,
    "followup": _followup,
}


def _notes(key: str, lines: list[Line]) -> dict[str, str]:
    """A comment with the text of each line, so that nobody has to look it up; without the text where it is not public."""
    return {f"/{key}/{n}": f"{line.id} {_TITLES[line.kind]}{_quoted_text(line)}" for n, line in enumerate(lines)}


def _quoted_text(line: Line) -> str:
    return quoted(line.value.text) if line.value.text else ""


def _stem(ref: str) -> str:
    return ref.partition("#")[0].rpartition("/")[2]
