"""What a build writes on the disk, by file times: only what differs, and nothing where nothing does."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from kept_register import Kept
from scripted_register import PLATFORMS, dossier

from weimin.app.build import summary_pages as families
from weimin.app.build.render import Rendered, Renderer, Task
from weimin.engine.history import stored_replay as past
from weimin.engine.history.replay import audited
from weimin.engine.inventory import Unit
from weimin.engine.judge import Judge, PlatformResult
from weimin.engine.opening import NothingToCheck
from weimin.engine.state import State
from weimin.model.page import Page
from weimin.site.pages import lists

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


def test_what_a_dossier_says_to_nobody_else_makes_its_own_folder_again_and_no_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Minutes are told on the dossier's pages alone: its platform is not judged again, no list is touched."""
    judged: list[str] = []
    touched: list[str] = []
    plain, touch = Judge.platform, State.touch

    def platform(judge: Judge, unit: Unit, *told: Any) -> PlatformResult:
        judged.append(unit.id)
        return plain(judge, unit, *told)

    def noted(state: State, keys: Iterable[str]) -> None:
        found = list(keys)
        touched.extend(found)
        touch(state, found)

    monkeypatch.setattr(Judge, "platform", platform)
    monkeypatch.setattr(State, "touch", noted)
    kept = Kept(tmp_path)
    kept.built()
    assert {*judged} >= {*PLATFORMS}
    judged.clear()
    touched.clear()
    path = next(p for p in sorted(kept.root.rglob("*-consultation.md")))
    text = path.read_text(encoding="utf-8")
    kept.repository.commit({path.relative_to(kept.root).as_posix(): f"{text}\n又记下一句。\n"})
    assert kept.built().changed
    assert judged == []
    assert [key for key in touched if key.startswith("list:page:")] == []
    assert kept.site == kept.clean


def test_of_the_pages_of_a_sum_those_are_rendered_that_show_anything_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PER_PAGE", 1)
    rendered: list[str] = []
    plain = Renderer.written

    def written(renderer: Renderer, page: Page) -> tuple[str, bytes]:
        if page.data is None:
            rendered.append(page.path)
        return plain(renderer, page)

    monkeypatch.setattr(Renderer, "written", written)
    kept = Kept(tmp_path)
    kept.built()
    before = kept.site
    rendered.clear()
    kept.retitled("换一个题目")
    kept.built()
    now = kept.site
    pages = [p for p in rendered if p.startswith("results/") and p.count("/") > 1]
    assert any("/p" in p for p in pages), "a later page of a sum"
    assert {p for p in pages if before.get(p) == now[p]} == set(), "pages that come out the same"
    assert {p for p in now if p.startswith("results/") and p.endswith(".html") and before.get(p) != now[p]} >= {*pages}
    assert kept.site == kept.clean


def test_a_page_with_doors_is_no_page_of_a_sum() -> None:
    """Its lines are not in its context, so it would be taken for the same when they move."""
    page = Page(path="reports/2026/index.html", template="report.html", context={"source_links": object()})
    with pytest.raises(TypeError, match="source links"):
        families.shown_by("frame", page)


def test_of_the_rules_pages_those_are_rendered_that_show_anything_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[str] = []
    plain = Renderer.written

    def written(renderer: Renderer, page: Page) -> tuple[str, bytes]:
        rendered.extend([page.path] if page.data is None else [])
        return plain(renderer, page)

    monkeypatch.setattr(Renderer, "written", written)
    kept = Kept(tmp_path)
    kept.built()
    before = kept.site
    assert sum(p.startswith("rules/") for p in rendered) > 80
    rendered.clear()
    kept.repository.commit(dossier("990101002001/2026-007", "路灯要不要修", 2, "交通出行"))
    kept.built()
    now = kept.site
    pages = {p for p in rendered if p.startswith("rules/")}
    assert pages, "what is owed is counted on the pages of rules"
    assert {p for p in pages if before[p] == now[p]} == set()
    assert kept.site == kept.clean


def test_a_history_that_breaks_off_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Kept(tmp_path)
    kept.built()
    kept.retitled("历史还在")
    with monkeypatch.context() as broken:

        def breaks_off(*given: object) -> object:
            audited(*given)  # type: ignore[arg-type]
            raise NothingToCheck("历史没有读完整")

        broken.setattr(past, "_WAITING", 1)
        broken.setattr(past, "audited", breaks_off)
        kept.built()
        assert not [p for p, data in kept.site.items() if p.endswith("index.html") and "修订记录（".encode() in data]
    kept.built()
    assert kept.site == kept.clean
    assert [p for p, data in kept.site.items() if p.endswith("index.html") and "修订记录（".encode() in data]
