"""`weimin build`: check → compile → write, beside the live site, which is switched by one rename."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from weimin.adapters.installation import theme_dir
from weimin.adapters.staging import Staging
from weimin.adapters.templates import static_files
from weimin.app.check import Held, Options, Tick, check
from weimin.app.manifest import Manifests, pages_digest
from weimin.app.pages import Site, Written
from weimin.app.register import Register
from weimin.model.checked import Checked

Publish = Callable[[Iterable[Written], Path, Path], int]
"""(files, folder to write into, root of the records) → number of files written; handed in by the command line."""

Log = Callable[[str], Iterable[Written]]
"""The digest of all pages → the files of the transparency log that stand beside them."""


class Refused(Exception):
    """Errors stand against publishing; nothing was written."""

    def __init__(self, checked: Checked, held: Held) -> None:
        super().__init__(f"{checked.errors} 个错误")
        self.checked, self.held = checked, held


class NotPublished(Exception):
    """Something went wrong while writing; the live site is as it was. The message says what, in Chinese."""


class Built(msgspec.Struct, frozen=True, kw_only=True):
    files: int
    checked: Checked
    output: Path

    @property
    def words(self) -> str:
        c = self.checked
        return (
            f"网站已生成：{self.files} 个文件，{c.platforms} 个平台，{c.dossiers} 个卷宗，"
            f"{c.records} 份记录（截至 {c.as_of.isoformat()}）→ {self.output}"
        )


def no_log(_pages: str) -> Iterable[Written]:
    """Nothing of a log: this build is not a release."""
    return ()


def unreleased(_held: Held) -> Log:
    return no_log


def build(
    register: Register,
    options: Options,
    output: Path,
    publish: Publish,
    *,
    base_url: str = "",
    tick: Tick = lambda what, n, total: None,
    log: Callable[[Held], Log] = unreleased,
) -> Built:
    """Build the whole site. `log` is asked, once the records hold, what is to be published of the log.

    Raises Refused where the check finds errors.
    """
    checked, held = check(register, options, tick)
    if checked.errors:
        raise Refused(checked, held)
    with Staging(output) as staging:
        files = publish(outputs(held, options.jobs, base_url, tick, log(held)), staging.folder, register.tree.root)
        staging.publish()
    return Built(files=files, checked=checked, output=output)


def outputs(
    held: Held, jobs: int, base_url: str, tick: Tick, log: Log = no_log, *, history: bool | None = None
) -> Iterator[Written]:
    """Every file of the site: pages, theme, a manifest for each folder, the log; build.json last.

    `history`: whether pages show what was done when; None: where the history is whole. Raises NothingToCheck where it is
    asked for and is not to be had.
    """
    site = Site(held, base_url, tick, released=log is not no_log, history=history)
    manifests = Manifests()
    yield from manifests.gather(site.outputs(jobs, tick))
    yield from manifests.gather(static_files(theme_dir()).items())
    yield from manifests.close()
    yield from manifests.gather(log(pages_digest(manifests.digests)))
    yield from manifests.close()
    yield site.build_json(manifests.digests, manifests.files)
