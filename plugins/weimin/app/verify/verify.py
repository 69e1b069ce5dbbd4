"""`weimin verify`: a published site against the site that its commit gives; nothing of the site is trusted."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from weimin import __version__
from weimin.adapters.git import commit_of, is_shallow, repository
from weimin.adapters.objects import Snapshot
from weimin.adapters.published import Published
from weimin.app.build.build import no_log, outputs
from weimin.app.build.manifest import BUILD, LOG, MANIFEST, manifest_paths
from weimin.app.build.page_context import installed_now
from weimin.app.verify.claims import BadClaim, Claims, Resolved
from weimin.app.verify.compare import Differs, compare
from weimin.app.verify.log import PublishedLog
from weimin.engine.compute import compute
from weimin.engine.opening import NothingToCheck, find_records
from weimin.engine.options import Options, Tick
from weimin.engine.register import Register
from weimin.site.machine import seal

LARGEST = 128 * 1024 * 1024  # bytes of build.json or of a manifest; those of all of China's platforms fit
NO_HISTORY = "这个网站生成时没有完整的历史（build.json 写明），页面上没有修订记录；留痕请用 weimin audit 核对。"
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?", re.ASCII)
_FOLDER = re.compile(r"(?:(?!\.)[\w.-]+(?:/(?!\.)[\w.-]+){0,2})?", re.ASCII)


class Stated(msgspec.Struct, frozen=True, kw_only=True):
    """What a site's build.json says of it."""

    commit: str
    dirty: bool
    history: bool
    pictures: bool
    as_of: date
    base_url: str
    version: str
    installed: dict[str, str]
    files: int
    folders: dict[str, str]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """`root`: the repository; None: the one around `start`. `commit`: another revision than the site names."""

    start: Path
    root: Path | None = None
    commit: str = ""
    claims: bool = False
    jobs: int = 1


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """`files`: how many were compared. `notes`: what could not be decided, in Chinese."""

    site: str
    commit: str
    as_of: date
    files: int
    differs: tuple[Differs, ...]
    claims: Resolved | None = None
    notes: tuple[str, ...] = ()

    @property
    def bad_claims(self) -> tuple[BadClaim, ...]:
        return self.claims.bad if self.claims is not None else ()

    @property
    def same(self) -> bool:
        return not self.differs and not self.bad_claims


class Damaged(Exception):
    """build.json cannot be what a build wrote; the message says why, in Chinese."""


def verify(site: Published, asked: Asked, tick: Tick = lambda what, n, total: None) -> Verified:
    """Make the site again from Git objects and compare. Raises NothingToCheck, Unreachable, GitError."""
    try:
        stated = stated_by(site)
    except Damaged as fault:
        said = Differs(path=BUILD, how="said", words=str(fault))
        return Verified(site=site.name, commit="", as_of=date.min, files=1, differs=(said,))
    _same_program(stated)
    register, commit = register_at(asked, stated)
    held = compute(register, Options(as_of=stated.as_of, jobs=asked.jobs), tick)
    log = PublishedLog(site, LOG in stated.folders, register.tree.git, commit, stated.as_of)
    claims = Claims(register, commit) if asked.claims else None
    files = log.files if LOG in stated.folders else no_log
    counted, expected = _counted(
        lambda: outputs(
            held, asked.jobs, stated.base_url, tick, files, history=stated.history, pictures=stated.pictures
        )
    )
    differs = list(
        compare(expected, site, tick, stated.files, claims.page if claims else lambda path, published, expected: None)
    )
    if site.names() is None:
        differs += _named_but_not_made(site, stated, counted)
    return Verified(
        site=site.name,
        commit=commit,
        as_of=stated.as_of,
        files=len(counted),
        differs=(*log.differs, *differs),
        claims=claims.resolved() if claims else None,
        notes=(*log.notes, *([] if stated.history else [NO_HISTORY])),
    )


def _counted(make: Callable[[], Any]) -> tuple[set[str], Any]:
    """The files of a build, and the set of their paths, which fills while they go by."""
    paths: set[str] = set()

    def gone_by() -> Any:
        for path, data in make():
            paths.add(path)
            yield path, data

    return paths, gone_by()


def stated_by(site: Published) -> Stated:
    """What build.json says. Raises NothingToCheck where there is none, Damaged where it is not as it was written."""
    data = site.read(BUILD, LARGEST)
    if data is None:
        raise NothingToCheck(
            f"“{site.name}”没有 build.json，不知道它由哪个提交生成。改法：核对地址；或者用 weimin build 重新生成。"
        )
    try:
        said = json.loads(data)
        stated = _stated(said)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Damaged("读不懂，已被改动或损坏。改法：用 weimin build 重新生成网站") from error
    if said.get("seal") != seal(said):
        raise Damaged("内容与它自己的校验值（seal）不符，已被改动。改法：用 weimin build 重新生成网站")
    if not stated.commit:
        why = "生成时有没有提交的改动" if stated.dirty else "生成时不在 Git 仓库里，或者还没有提交"
        raise NothingToCheck(
            f"build.json 没有写明提交：{why}，所以无法对照。改法：先提交（git commit），再用 weimin build 重新生成。"
        )
    return stated


def _stated(said: Any) -> Stated:
    """Raises ValueError, TypeError, KeyError or AttributeError for what no build writes."""
    commit, folders = said["commit"], said["folders"]
    if commit and not _COMMIT.fullmatch(commit):
        raise ValueError(commit)
    if not all(_FOLDER.fullmatch(name) and isinstance(digest, str) for name, digest in folders.items()):
        raise ValueError("folders")
    return Stated(
        commit=commit,
        dirty=bool(said["dirty"]),
        history=bool(said["history"]),
        pictures=bool(said["pictures"]),
        as_of=date.fromisoformat(said["as_of"]),
        base_url=str(said["base_url"]),
        version=str(said["version"]),
        installed={key: str(said[key]) for key in ("schemas", "theme", "examples")},
        files=int(said["files"]),
        folders=folders,
    )


def _same_program(stated: Stated) -> None:
    """Raises NothingToCheck where the site was made by another program, schemas or theme than are installed here."""
    if stated.version != __version__:
        raise NothingToCheck(
            f"build.json 写明网站由 weimin {stated.version} 生成，这里装的是 {__version__}，对照没有意义。"
            f"改法：装上 {stated.version} 版（git checkout v{stated.version}，再运行 scripts/bootstrap），然后重新核对。"
        )
    names = {"schemas": "字段定义（schemas）", "theme": "模板（theme）", "examples": "规则示例（tests/cases）"}
    here = installed_now()
    if other := [names[key] for key, digest in stated.installed.items() if here[key] != digest]:
        raise NothingToCheck(
            f"网站由 weimin {stated.version} 的另一份{'、'.join(other)}生成，与这里装的不同，对照没有意义。"
            f"改法：装上生成网站时用的那一份（多半就是提交 {stated.commit[:10]} 里的），然后重新核对。"
        )


def register_at(asked: Asked, stated: Stated) -> tuple[Register, str]:
    """The records of the commit, read from Git; nothing is checked out. Raises NothingToCheck."""
    root = find_records(asked.root, asked.start)
    git = repository(root)
    if git is None:
        raise NothingToCheck("这里不是 Git 仓库，没有提交可以对照。改法：git clone 记录的仓库，在里面运行。")
    if is_shallow(git):
        raise NothingToCheck("这个仓库只取了一部分历史，不能作证。改法：git fetch --unshallow，再核对。")
    commit = commit_of(git, asked.commit or stated.commit)
    if not commit:
        raise NothingToCheck(
            f"这个仓库里没有提交“{asked.commit or stated.commit}”。改法：git fetch 取来最新的历史；"
            "取来以后仍没有，说明网站不是由这个仓库生成的，或者历史被改写过。"
        )
    register = Register(Snapshot(root, git, commit))
    if register.inventory.empty:
        raise NothingToCheck(f"提交 {commit[:10]} 里没有任何记录。")
    return register, commit


def _named_but_not_made(site: Published, stated: Stated, made: set[str]) -> list[Differs]:
    """What the manifests of a site name that its commit does not give: all that can be asked of an address."""
    found: list[Differs] = []
    for folder in sorted(stated.folders):
        path = f"{folder}/{MANIFEST}" if folder else MANIFEST
        try:
            named = json.loads(site.read(path, LARGEST) or b"{}")["files"]
            extra = [p for p in manifest_paths(folder, named) if p not in made]
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            continue  # the comparison has named this manifest
        found += [Differs(path=p, how="extra") for p in extra]
    return found
