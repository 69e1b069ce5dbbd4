"""`weimin build`: check → compile → write, beside the live site, which is switched by one rename."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

import msgspec

from weimin.adapters.staging import Staging
from weimin.app.build.artifacts import OutputFile
from weimin.app.build.site_build import LogWriter, SiteBuild
from weimin.engine.compute import checked_of, compute
from weimin.engine.computed_register import ComputedRegister
from weimin.engine.options import Options, Tick
from weimin.engine.register import Register
from weimin.engine.state import EngineState
from weimin.model.checked import Checked

_KEPT = 8  # builds by which a tree is known again

Publish = Callable[[Iterable[OutputFile], Path, Path], int]
"""(files, folder to write into, root of the records) → number of files written; handed in by the command line."""


class Refused(Exception):
    """Errors stand against publishing; nothing was written."""

    def __init__(self, checked: Checked, computed: ComputedRegister) -> None:
        super().__init__(f"{checked.errors} 个错误")
        self.checked, self.computed = checked, computed


class NotPublished(Exception):
    """Something went wrong while writing; the live site is as it was. The message says what, in Chinese."""


class Built(msgspec.Struct, frozen=True, kw_only=True):
    """`files` stand in the site; `changed` of them were written or taken away by this build."""

    files: int
    changed: int
    checked: Checked
    output: Path

    @property
    def message(self) -> str:
        c = self.checked
        done = f"这次改动 {self.changed} 个" if self.changed else "这次没有改动"
        return (
            f"网站已生成：{self.files} 个文件（{done}），{c.platforms} 个平台，{c.dossiers} 个卷宗，"
            f"{c.records} 份记录（截至 {c.as_of.isoformat()}）→ {self.output}"
        )


def no_log(_pages: str) -> Iterable[OutputFile]:
    """Nothing of a log: this build is not a release."""
    return ()


def no_release(_held: ComputedRegister) -> LogWriter:
    return no_log


def build(
    register: Register,
    options: Options,
    output: Path,
    publish: Publish,
    *,
    base_url: str = "",
    share_images: bool = True,
    tick: Tick = lambda what, n, total: None,
    log: Callable[[ComputedRegister], LogWriter] = no_release,
) -> Built:
    """Bring the site to what the records say now. `log` is asked, once the records compute, what is to be published of the log.

    Raises Refused where the check finds errors.
    """
    held = compute(register, options, tick)
    if held.errors:
        found = tuple(f for f in held.findings if options.selects(f.code))
        raise Refused(checked_of(held, options, found), held)
    state = register.state
    with Staging(output) as staging:
        known = _marks(state)
        newest = next(reversed(known), "")
        if not newest or newest not in (staging.mark, staging.idle_mark):
            state.clear_pages()
            known = {}
        released = log(held) is not no_log
        site = SiteBuild(held, base_url, tick, released=released, share_images=share_images, cluster=options.cluster)
        files = site.changed(options.jobs, tick, log(held))
        first = next(iter(files), None)
        if first is not None or site.artifacts.changed:
            _begin(staging, state, known)
            publish(chain([first] if first else [], files), staging.folder, register.tree.root)
            staging.remove(site.gone)
            mark = f"{site.artifacts.version} {site.artifacts.digests_digest}"
            staging.mark_complete(mark)
            state.set_text("marks", "\n".join([*list(known)[-_KEPT:], mark]))
        state.store.commit()
        if site.artifacts.changed or staging.mark != newest:  # a build that was killed here has left it to the next one
            staging.switch()
    total = site.artifacts.files + len(site.artifacts.digests) + 1
    return Built(files=total, changed=site.artifacts.changed, checked=checked_of(held, options, ()), output=output)


def _marks(state: EngineState) -> dict[str, int]:
    """The builds that the store knows, by what a tree that holds one says of itself."""
    return {mark: int(mark.partition(" ")[0]) for mark in state.text("marks").splitlines()}


def _begin(staging: Staging, state: EngineState, known: dict[str, int]) -> None:
    """Bring the tree that nobody sees to the last build: it holds an earlier one, or must be copied whole."""
    if not known:
        staging.empty()
        return
    newest = next(reversed(known))
    if staging.idle_mark == newest:  # killed before the switch
        staging.prepare((), ())
        return
    held = known.get(staging.idle_mark)
    live = known[newest]
    if held is None:
        staging.prepare(None, ())
        return
    asked = "SELECT path FROM {} WHERE version > ? AND version <= ? ORDER BY path"
    changed, gone = (
        [path for (path,) in state.store.all_rows(asked.format(table), held, live)] for table in ("output", "gone")
    )
    staging.prepare(changed, gone)


def site_files(
    held: ComputedRegister,
    jobs: int,
    base_url: str,
    tick: Tick,
    log: LogWriter = no_log,
    *,
    history: bool | None = None,
    share_images: bool = False,
) -> Iterator[OutputFile]:
    """Every file of the site, whatever was built before: pages, theme, a manifest for each folder, the log; build.json last.

    `history`: whether pages show what was done when; None: where the history is whole. Raises NothingToCheck where it is
    asked for and is not to be had.
    """
    held.state.clear_pages()
    site = SiteBuild(held, base_url, tick, released=log is not no_log, history=history, share_images=share_images)
    yield from site.changed(jobs, tick, log)
