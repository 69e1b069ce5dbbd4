"""`weimin build`: check the records, render what changed, write it beside the live site, and switch to it by one rename.

A build in steps:

1. *Compute.* The engine brings all results up to date. If there is an error, nothing is written (`Refused`).
2. *Compare with the published tree.* Two trees lie beside the output, one of which readers see (adapters/staging.py). Each
   has a mark that identifies the build it contains. The store knows the marks of the last builds; if it does not know the
   published one, it cannot know what is published, and everything is rendered.
3. *Render* (site_build.py). Only units and pages that are stale are rendered. Files go by and are compared with the digests
   in the store (artifacts.py); those that differ go on.
4. *Write.* The tree that nobody sees is brought up to the published build, then receives the files that differ and loses
   those that are pruned. Files are written while others are still rendered: a site is never in memory as a whole.
5. *Commit* the store, then *switch*. If the process is killed before the commit, the next build renders the same again; if
   between the two, the next build finds the finished tree and only switches.

The tree is prepared when the first changed file arrives, so a build that changes nothing writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path

import msgspec

from weimin.adapters.staging import Staging
from weimin.app.build.artifacts import OutputFile
from weimin.app.build.refused import Refused
from weimin.app.build.site_build import LogWriter, SiteBuild, no_log
from weimin.engine.compute import checked_of, compute
from weimin.engine.computed_register import ComputedRegister
from weimin.engine.options import Options, Tick
from weimin.engine.queries.artifact import ArtifactTable
from weimin.engine.queries.pruned import PrunedTable
from weimin.engine.register import Register
from weimin.engine.state import EngineState
from weimin.model.check_result import CheckResult

_REMEMBERED_BUILDS = 8
"""How many builds the store knows by their marks, besides the current one."""

Publish = Callable[[Iterable[OutputFile], Path, Path], int]
"""(files, folder to write into, root of the records) → number of files written; passed in by the command line."""


class Built(msgspec.Struct, frozen=True, kw_only=True):
    """`files`: the number of files of the site. `changed`: how many of them this build wrote or removed."""

    files: int
    changed: int
    checked: CheckResult
    output: Path

    @property
    def message(self) -> str:
        c = self.checked
        done = f"这次改动 {self.changed} 个" if self.changed else "这次没有改动"
        return (
            f"网站已生成：{self.files} 个文件（{done}），{c.platforms} 个平台，{c.dossiers} 个卷宗，"
            f"{c.records} 份记录（截至 {c.as_of.isoformat()}）→ {self.output}"
        )


def no_release(_computed: ComputedRegister) -> LogWriter:
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
    """Bring the site at `output` up to date with the records.

    `base_url`: the address of the site, if its settings do not give one. `share_images`: whether share images are drawn.
    `log`: called when the records are computed; returns what writes the transparency log.

    Raises Refused, NotPublished, NotALink.
    """
    computed = compute(register, options, tick)
    if computed.errors:
        found = tuple(f for f in computed.findings if options.selects(f.code))
        raise Refused(checked_of(computed, options, found), computed)
    state = register.state
    with Staging(output) as staging:
        known = _known_builds(state)
        newest = next(reversed(known), "")
        if not newest or newest not in (staging.mark, staging.idle_mark):
            state.clear_pages()
            known = {}
        write_log = log(computed)
        site = SiteBuild(
            computed,
            base_url,
            tick,
            released=write_log is not no_log,
            share_images=share_images,
            cluster=options.cluster,
        )
        files = site.changed(options.jobs, tick, write_log)
        first = next(iter(files), None)
        if first is not None or site.artifacts.changed:
            _prepare(staging, state, known)
            publish(chain([first] if first else [], files), staging.folder, register.tree.root)
            staging.remove(site.artifacts.pruned)
            mark = f"{site.artifacts.version} {site.artifacts.site_digest}"
            staging.mark_complete(mark)
            state.meta.set_text("builds", "\n".join([*list(known)[-_REMEMBERED_BUILDS:], mark]))
        state.store.commit()
        if site.artifacts.changed or staging.mark != newest:  # an earlier build may have been killed before this line
            staging.switch()
    total = site.artifacts.files + len(site.artifacts.manifest_digests) + 1
    return Built(files=total, changed=site.artifacts.changed, checked=checked_of(computed, options, ()), output=output)


def _known_builds(state: EngineState) -> dict[str, int]:
    """The builds that the store knows, oldest first: mark of the tree → version."""
    return {mark: int(mark.partition(" ")[0]) for mark in state.meta.text("builds").splitlines()}


def _prepare(staging: Staging, state: EngineState, known: dict[str, int]) -> None:
    """Bring the idle tree up to the newest build: by the files that changed since the build that it contains, or by a copy
    of the whole published tree if the store does not know that build.
    """
    if not known:
        staging.empty()
        return
    newest = next(reversed(known))
    if staging.idle_mark == newest:  # a build was killed between its commit and its switch
        staging.prepare((), ())
        return
    idle, live = known.get(staging.idle_mark), known[newest]
    if idle is None:
        staging.prepare(None, ())
        return
    changed = ArtifactTable(state.store).changed_between(idle, live)
    staging.prepare(changed, PrunedTable(state.store).between(idle, live))
