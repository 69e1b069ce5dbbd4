"""What a build writes to the disk, by file times: only what differs, and nothing if nothing does."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from scripted_register import PLATFORMS, dossier
from stored_register import StoredRegister

from weimin.app.build import updated_pages
from weimin.app.build.render import Renderer, RenderInput, RenderResult
from weimin.engine.history import stored_replay as past
from weimin.engine.history.replay import replay_history
from weimin.engine.inventory import Unit
from weimin.engine.judge import Judge, PlatformResult
from weimin.engine.opening import NothingToCheck
from weimin.engine.state import EngineState
from weimin.model.page import Page
from weimin.site.pages import lists

Times = dict[str, tuple[int, int]]


def times(folder: Path) -> Times:
    """Modification time and inode of every file and folder, links included."""
    found = sorted(folder.rglob("*"))
    return {p.relative_to(folder).as_posix(): ((s := p.lstat()).st_mtime_ns, s.st_ino) for p in found}


def test_only_what_differs_is_written_and_nothing_if_nothing_does(tmp_path: Path) -> None:
    stored = StoredRegister(tmp_path)
    stored.built()
    stored.retitled("第一次改")
    stored.built()  # both trees hold a build now
    stored.retitled("第二次改")
    stored.built()

    before, live, site = times(stored.output.parent), stored.output.readlink(), stored.site
    stored.retitled("第三次改")
    stored.built()
    assert stored.output.readlink() != live
    new = stored.site
    differ = {p for p in new.keys() | site.keys() if new.get(p) != site.get(p)}
    now = times(stored.output.parent)
    written = {p.removeprefix(f"{stored.output.readlink()}/") for p in now if now[p] != before.get(p)}
    files = {p for p in written if p in new}
    assert 0 < len(differ) < len(new) / 4
    # the idle tree was one build behind: it received what that build changed, and what this one did
    assert differ <= files
    assert len(files) < len(new) / 3
    assert not {p for p in now if p.startswith(f"{live}/") and now[p] != before[p]}, "the live tree is not changed"

    store_times = times(stored.store.parent)
    before = times(stored.output.parent)
    assert stored.built().changed == 0
    assert times(stored.output.parent) == before
    assert {p: t for p, t in times(stored.store.parent).items() if t != store_times.get(p)} == {}


def test_a_new_dossier_renders_only_units_that_show_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts what is rendered, not what differs: a page that would come out the same must not be rendered at all."""
    made: list[str] = []
    plain = Renderer.__call__

    def counted(renderer: Renderer, task: RenderInput) -> RenderResult:
        made.append(task.unit)
        return plain(renderer, task)

    monkeypatch.setattr(Renderer, "__call__", counted)
    stored = StoredRegister(tmp_path)
    stored.built()
    made.clear()
    stored.repository.commit(dossier("990101002001/2026-003", "路灯要不要修", 2, "交通出行"))
    stored.built()
    own, above = {"990101002001/2026-003"}, {"990101002001", "990101002", "990101", "990100"}
    assert own <= set(made) <= own | above


def test_a_change_that_no_other_unit_shows_renders_the_dossier_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Minutes are shown on the dossier's pages alone: its platform is not computed again, no list is invalidated."""
    judged: list[str] = []
    invalidated: list[str] = []
    plain, invalidate = Judge.platform, EngineState.invalidate_dependents

    def platform(judge: Judge, unit: Unit, *more: Any) -> PlatformResult:
        judged.append(unit.id)
        return plain(judge, unit, *more)

    def recorded(state: EngineState, keys: Iterable[str]) -> None:
        found = list(keys)
        invalidated.extend(found)
        invalidate(state, found)

    monkeypatch.setattr(Judge, "platform", platform)
    monkeypatch.setattr(EngineState, "invalidate_dependents", recorded)
    stored = StoredRegister(tmp_path)
    stored.built()
    assert {*judged} >= {*PLATFORMS}
    judged.clear()
    invalidated.clear()
    path = next(p for p in sorted(stored.root.rglob("*-consultation.md")))
    text = path.read_text(encoding="utf-8")
    stored.repository.commit({path.relative_to(stored.root).as_posix(): f"{text}\n又记下一句。\n"})
    assert stored.built().changed
    assert judged == []
    assert [key for key in invalidated if key.startswith("list:page:")] == []
    assert stored.site == stored.clean


def test_only_summary_pages_that_show_something_else_are_rendered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PER_PAGE", 1)
    rendered: list[str] = []
    plain = Renderer.rendered

    def written(renderer: Renderer, page: Page) -> tuple[str, bytes]:
        if page.data is None:
            rendered.append(page.path)
        return plain(renderer, page)

    monkeypatch.setattr(Renderer, "rendered", written)
    stored = StoredRegister(tmp_path)
    stored.built()
    before = stored.site
    rendered.clear()
    stored.retitled("换一个题目")
    stored.built()
    now = stored.site
    pages = [p for p in rendered if p.startswith("results/") and p.count("/") > 1]
    assert any("/p" in p for p in pages), "a later page of a total"
    assert {p for p in pages if before.get(p) == now[p]} == set(), "pages that come out the same"
    assert {p for p in now if p.startswith("results/") and p.endswith(".html") and before.get(p) != now[p]} >= {*pages}
    assert stored.site == stored.clean


def test_a_page_with_source_links_is_not_compared_by_its_context() -> None:
    """Line numbers are not in the context, so the page would seem unchanged if they changed."""
    page = Page(path="reports/2026/index.html", template="report.html", context={"source_links": object()})
    with pytest.raises(TypeError, match="source links"):
        updated_pages.shown_by("context", page)


def test_only_pages_of_rules_that_show_something_else_are_rendered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[str] = []
    plain = Renderer.rendered

    def written(renderer: Renderer, page: Page) -> tuple[str, bytes]:
        rendered.extend([page.path] if page.data is None else [])
        return plain(renderer, page)

    monkeypatch.setattr(Renderer, "rendered", written)
    stored = StoredRegister(tmp_path)
    stored.built()
    before = stored.site
    assert sum(p.startswith("rules/") for p in rendered) > 80
    rendered.clear()
    stored.repository.commit(dossier("990101002001/2026-007", "路灯要不要修", 2, "交通出行"))
    stored.built()
    now = stored.site
    pages = {p for p in rendered if p.startswith("rules/")}
    assert pages, "pages of rules count duties"
    assert {p for p in pages if before[p] == now[p]} == set()
    assert stored.site == stored.clean


def test_a_replay_that_is_interrupted_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = StoredRegister(tmp_path)
    stored.built()
    stored.retitled("历史还在")
    with monkeypatch.context() as broken:

        def interrupted(*given: object) -> object:
            replay_history(*given)  # type: ignore[arg-type]
            raise NothingToCheck("历史没有读完整")

        broken.setattr(past, "_WAITING", 1)
        broken.setattr(past, "audited", interrupted)
        stored.built()
        assert not [p for p, data in stored.site.items() if p.endswith("index.html") and "修订记录（".encode() in data]
    stored.built()
    assert stored.site == stored.clean
    assert [p for p, data in stored.site.items() if p.endswith("index.html") and "修订记录（".encode() in data]
