"""What a build writes on the disk, by file times: only what differs, and nothing where nothing does."""

from __future__ import annotations

from pathlib import Path

import pytest
from kept_register import Kept
from scripted_register import dossier

from weimin.app.render import Rendered, Renderer, Task

Times = dict[str, tuple[int, int]]


def times(folder: Path) -> Times:
    """Modification time and inode of every file and folder, links included."""
    found = sorted(folder.rglob("*"))
    return {p.relative_to(folder).as_posix(): ((s := p.lstat()).st_mtime_ns, s.st_ino) for p in found}


def test_only_what_differs_is_written_and_nothing_where_nothing_does(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.built()
    kept.retitled("第一次改")
    kept.built()  # both trees hold a build now
    kept.retitled("第二次改")
    kept.built()

    before, live, site = times(kept.output.parent), kept.output.readlink(), kept.site
    kept.retitled("第三次改")
    kept.built()
    assert kept.output.readlink() != live
    new = kept.site
    differ = {p for p in new.keys() | site.keys() if new.get(p) != site.get(p)}
    now = times(kept.output.parent)
    written = {p.removeprefix(f"{kept.output.readlink()}/") for p in now if now[p] != before.get(p)}
    files = {p for p in written if p in new}
    assert 0 < len(differ) < len(new) / 4
    # the tree that nobody saw was one build behind: what that one changed is brought up to date with what this one did
    assert differ <= files
    assert len(files) < len(new) / 3
    assert not {p for p in now if p.startswith(f"{live}/") and now[p] != before[p]}, "readers' tree is not touched"

    stored = times(kept.store.parent)
    before = times(kept.output.parent)
    assert kept.built().changed == 0
    assert times(kept.output.parent) == before
    assert {p: t for p, t in times(kept.store.parent).items() if t != stored.get(p)} == {}


def test_a_new_dossier_makes_no_folder_again_but_those_that_tell_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The work is held, not what of it differs: pages that come out the same are not made to find that out."""
    made: list[str] = []
    plain = Renderer.__call__

    def counted(renderer: Renderer, task: Task) -> Rendered:
        made.append(task.unit)
        return plain(renderer, task)

    monkeypatch.setattr(Renderer, "__call__", counted)
    kept = Kept(tmp_path)
    kept.built()
    made.clear()
    kept.repository.commit(dossier("990101002001/2026-003", "路灯要不要修", 2, "交通出行"))
    kept.built()
    own, above = {"990101002001/2026-003"}, {"990101002001", "990101002", "990101", "990100"}
    assert own <= set(made) <= own | above
