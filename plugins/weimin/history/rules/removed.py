"""A record that stands is neither deleted nor moved (A101, A102)."""

from __future__ import annotations

from collections.abc import Iterator

from weimin.history.compare import likeness
from weimin.history.protection import KEPT_OUT_OF_USE
from weimin.history.rules.registry import step_rule
from weimin.history.seen import Seen
from weimin.history.wording import by, quoted, record
from weimin.model.finding import Problem
from weimin.model.history import FileChange
from weimin.model.place import Place

ALIKE = 0.6  # of its values found in another new file: the same record under another name
_MOST = 40  # new files of one step that a deleted one is compared with


@step_rule("A101")
def record_deleted(seen: Seen) -> Iterator[Problem]:
    for change, place in _gone(seen):
        if new_place(seen, change, place) is None:
            said = f"{by(seen)}删除了{record(seen.asked, place)}；公布过的记录不删除"
            yield _problem(
                "A101", change, place, said, f"恢复它：git checkout {_parent(seen)} -- {change.path}\n{_INSTEAD}"
            )


@step_rule("A102")
def record_moved(seen: Seen) -> Iterator[Problem]:
    for change, place in _gone(seen):
        to = new_place(seen, change, place)
        if to is not None:
            said = f"{by(seen)}把{record(seen.asked, place)}移到了{quoted(to)}；公布过的记录不改名、不移动"
            hint = f"移回原处：git mv -- {to} {change.path}\n日期写错的，用更正：field 写 /date"
            yield _problem("A102", change, place, said, hint)


_INSTEAD = "不再继续的，在议题里写 ended；写错的，用 weimin new correction 更正"


def _gone(seen: Seen) -> Iterator[tuple[FileChange, Place]]:
    for change, place in seen.records:
        if change.old and not change.new and place.kind not in KEPT_OUT_OF_USE:
            yield change, place


def new_place(seen: Seen, change: FileChange, place: Place) -> str | None:
    """Where a deleted record went in the same step: the same bytes anywhere, or most of its data in a record of its kind."""
    same = [c.path for c in seen.step.changes if not c.old and c.new == change.old]
    if same:
        return min(same)
    rest = [c for c, p in seen.added if p.kind == place.kind != "attachment"][:_MOST]
    old = seen.asked.parsed(change.path, change.old) if rest else None
    if old is None:
        return None
    rated = [(likeness(old, new), c.path) for c in rest if (new := seen.asked.parsed(c.path, c.new)) is not None]
    best = max(rated, default=(0.0, ""))
    return best[1] if best[0] >= ALIKE else None


def _parent(seen: Seen) -> str:
    return seen.step.parents[0][:10] if seen.step.parents else ""


def _problem(code: str, change: FileChange, place: Place, message: str, hint: str) -> Problem:
    return Problem(code=code, path=change.path, line=1, column=1, message=message, hint=hint, dossier=place.dossier)
