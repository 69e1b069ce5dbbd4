"""`weimin build`: check → compile → write, beside the live site, which is switched by one rename."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from weimin.adapters.staging import Staging
from weimin.app.check import Held, Options, Tick, check
from weimin.app.pages import Site, Written
from weimin.app.register import Register
from weimin.model.checked import Checked

Publish = Callable[[Iterable[Written], Path, Path], int]
"""(files, folder to write into, root of the records) → number of files written; handed in by the command line."""


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


def build(
    register: Register,
    options: Options,
    output: Path,
    publish: Publish,
    *,
    base_url: str = "",
    tick: Tick = lambda what, n, total: None,
) -> Built:
    """Build the whole site. Raises Refused where the check finds errors."""
    checked, held = check(register, options, tick)
    if checked.errors:
        raise Refused(checked, held)
    with Staging(output) as staging:
        files = publish(outputs(held, options.jobs, base_url, tick), staging.folder, register.tree.root)
        staging.publish()
    return Built(files=files, checked=checked, output=output)


def outputs(held: Held, jobs: int, base_url: str, tick: Tick) -> Iterator[Written]:
    """Every file of the site but the theme's own; build.json last, with a digest per folder."""
    site = Site(held, base_url)
    folders: dict[str, hashlib._Hash] = {}
    for path, data in site.outputs(jobs, tick):
        folder = path.split("/")[0] if "/" in path else ""
        digest = folders.setdefault(folder, hashlib.sha256())
        digest.update(f"{path}\0{len(data)}\0".encode())
        digest.update(data)
        yield path, data
    yield site.build_json([(folder, d.hexdigest()) for folder, d in sorted(folders.items())])
