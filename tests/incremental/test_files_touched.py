"""What a build writes on the disk, by file times: only what differs, and nothing where nothing does."""

from __future__ import annotations

from pathlib import Path

from kept_register import Kept

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
