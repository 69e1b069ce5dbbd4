"""`weimin verify`: compares a published site, byte by byte, with the site that its commit produces.

Anybody with a clone can run it, against a folder or an address. Nothing that the site says is trusted; what it says of itself
only selects what it is compared with:

1. Read `build.json`: commit, day, base URL, program version, digests of schemas, theme and examples. A seal (a digest over the
   other values) detects a file that was edited by hand; whoever forges it too names a commit that gives other bytes.
2. Require the same program, schemas, theme and examples here; otherwise the bytes differ for reasons that prove nothing.
3. Read the records of the commit from Git objects of the clone; nothing is checked out. The commit may be given instead.
4. Build the complete site from them in memory, without the stored results of any earlier build.
5. Compare file by file while they are produced: missing, extra and changed files, with the position of the first difference.
   A folder is listed for extra files; an address cannot be, so extra files are those that its own manifests list.
6. The log of checkpoints cannot be rebuilt, because it grew over many releases. It is checked against itself, against the rebuilt
   pages and against Git (`published_log.py`).
7. With `--claims`, each figure on a page is traced to its record and the commit that first stated it (`claims.py`), and each
   counted figure is counted again (`counts.py`).

Invariant: where the result is `identical`, every file of the site is the one that the commit produces, and the site has no other
(of an address: no other that its manifests list). What could not be decided is a note, never silence.
"""

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
from weimin.app.build.manifest import BUILD, LOG, MANIFEST, manifest_paths
from weimin.app.build.page_context import installed_now
from weimin.app.build.site_build import no_log, site_files
from weimin.app.verify.claims import ClaimChecker, ClaimFault, ClaimSummary
from weimin.app.verify.compare import Difference, compare
from weimin.app.verify.published_log import PublishedLog
from weimin.engine.compute import compute
from weimin.engine.opening import NothingToCheck, find_records
from weimin.engine.options import Options, Tick
from weimin.engine.register import Register
from weimin.site.json_documents import seal

LARGEST = 128 * 1024 * 1024  # bytes of build.json or of a manifest; enough for those of all platforms of China
NO_HISTORY = "这个网站生成时没有完整的历史（build.json 写明），页面上没有修订记录；留痕请用 weimin audit 核对。"
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?", re.ASCII)
_FOLDER = re.compile(r"(?:(?!\.)[\w.-]+(?:/(?!\.)[\w.-]+){0,2})?", re.ASCII)


class BuildInfo(msgspec.Struct, frozen=True, kw_only=True):
    """The contents of a site's build.json. `installed`: digests of schemas, theme and examples. `folders`: folder → digest of its manifest."""

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


class VerifyRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What to verify with. `root`: the repository; None: the one around `start`. `commit`: a revision instead of the one that the site names."""

    start: Path
    root: Path | None = None
    commit: str = ""
    claims: bool = False
    jobs: int = 1


class VerifyResult(msgspec.Struct, frozen=True, kw_only=True):
    """The result. `files`: how many were compared. `notes`: what could not be decided, in Chinese."""

    site: str
    commit: str
    as_of: date
    files: int
    differences: tuple[Difference, ...]
    claims: ClaimSummary | None = None
    notes: tuple[str, ...] = ()

    @property
    def claim_faults(self) -> tuple[ClaimFault, ...]:
        return self.claims.faults if self.claims is not None else ()

    @property
    def identical(self) -> bool:
        return not self.differences and not self.claim_faults


class DamagedBuildInfo(Exception):
    """build.json is not as a build wrote it; the message says why, in Chinese."""


def verify(site: Published, request: VerifyRequest, tick: Tick = lambda what, n, total: None) -> VerifyResult:
    """Rebuild the site from Git objects and compare. Raises NothingToCheck, Unreachable, GitError."""
    try:
        info = build_info_of(site)
    except DamagedBuildInfo as fault:
        damage = Difference(path=BUILD, how="described", text=str(fault))
        return VerifyResult(site=site.name, commit="", as_of=date.min, files=1, differences=(damage,))
    _require_same_program(info)
    register, commit = register_at(request, info)
    computed = compute(register, Options(as_of=info.as_of, jobs=request.jobs), tick)
    log = PublishedLog(site, LOG in info.folders, register.tree.git, commit, info.as_of)
    claims = ClaimChecker(register, commit, info.as_of) if request.claims else None
    files = log.files if LOG in info.folders else no_log
    paths, expected = _recording_paths(
        lambda: site_files(
            computed, request.jobs, info.base_url, tick, files, history=info.history, share_images=info.pictures
        )
    )
    differences = list(
        compare(
            expected, site, tick, info.files, claims.check_page if claims else lambda path, published, expected: None
        )
    )
    if site.names() is None:
        differences += _extra_files(site, info, paths)
    return VerifyResult(
        site=site.name,
        commit=commit,
        as_of=info.as_of,
        files=len(paths),
        differences=(*log.differences, *differences),
        claims=claims.summary() if claims else None,
        notes=(*log.notes, *([] if info.history else [NO_HISTORY])),
    )


def _recording_paths(make: Callable[[], Any]) -> tuple[set[str], Any]:
    """The files of a build, and the set of their paths, which is complete once all files were consumed."""
    paths: set[str] = set()

    def recorded() -> Any:
        for path, data in make():
            paths.add(path)
            yield path, data

    return paths, recorded()


def build_info_of(site: Published) -> BuildInfo:
    """The contents of build.json. Raises NothingToCheck where there is none, Damaged where it is not as it was written."""
    data = site.read(BUILD, LARGEST)
    if data is None:
        raise NothingToCheck(
            f"“{site.name}”没有 build.json，不知道它由哪个提交生成。改法：核对地址；或者用 weimin build 重新生成。"
        )
    try:
        content = json.loads(data)
        info = _parsed(content)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise DamagedBuildInfo("读不懂，已被改动或损坏。改法：用 weimin build 重新生成网站") from error
    if content.get("seal") != seal(content):
        raise DamagedBuildInfo("内容与它自己的校验值（seal）不符，已被改动。改法：用 weimin build 重新生成网站")
    if not info.commit:
        why = "生成时有没有提交的改动" if info.dirty else "生成时不在 Git 仓库里，或者还没有提交"
        raise NothingToCheck(
            f"build.json 没有写明提交：{why}，所以无法对照。改法：先提交（git commit），再用 weimin build 重新生成。"
        )
    return info


def _parsed(content: Any) -> BuildInfo:
    """build.json as data. Raises ValueError, TypeError, KeyError or AttributeError for anything that no build writes."""
    commit, folders = content["commit"], content["folders"]
    if commit and not _COMMIT.fullmatch(commit):
        raise ValueError(commit)
    if not all(_FOLDER.fullmatch(name) and isinstance(digest, str) for name, digest in folders.items()):
        raise ValueError("folders")
    return BuildInfo(
        commit=commit,
        dirty=bool(content["dirty"]),
        history=bool(content["history"]),
        pictures=bool(content["pictures"]),
        as_of=date.fromisoformat(content["as_of"]),
        base_url=str(content["base_url"]),
        version=str(content["version"]),
        installed={key: str(content[key]) for key in ("schemas", "theme", "examples")},
        files=int(content["files"]),
        folders=folders,
    )


def _require_same_program(info: BuildInfo) -> None:
    """Raises NothingToCheck where the site was built with another program, other schemas or another theme than here."""
    if info.version != __version__:
        raise NothingToCheck(
            f"build.json 写明网站由 weimin {info.version} 生成，这里装的是 {__version__}，对照没有意义。"
            f"改法：装上 {info.version} 版（git checkout v{info.version}，再运行 scripts/bootstrap），然后重新核对。"
        )
    names = {"schemas": "字段定义（schemas）", "theme": "模板（theme）", "examples": "规则示例（tests/cases）"}
    installed = installed_now()
    if different := [names[key] for key, digest in info.installed.items() if installed[key] != digest]:
        raise NothingToCheck(
            f"网站由 weimin {info.version} 的另一份{'、'.join(different)}生成，与这里装的不同，对照没有意义。"
            f"改法：装上生成网站时用的那一份（多半就是提交 {info.commit[:10]} 里的），然后重新核对。"
        )


def register_at(request: VerifyRequest, info: BuildInfo) -> tuple[Register, str]:
    """The records of the commit, read from Git objects, and its full id. Raises NothingToCheck."""
    root = find_records(request.root, request.start)
    git = repository(root)
    if git is None:
        raise NothingToCheck("这里不是 Git 仓库，没有提交可以对照。改法：git clone 记录的仓库，在里面运行。")
    if is_shallow(git):
        raise NothingToCheck("这个仓库只取了一部分历史，不能作证。改法：git fetch --unshallow，再核对。")
    commit = commit_of(git, request.commit or info.commit)
    if not commit:
        raise NothingToCheck(
            f"这个仓库里没有提交“{request.commit or info.commit}”。改法：git fetch 取来最新的历史；"
            "取来以后仍没有，说明网站不是由这个仓库生成的，或者历史被改写过。"
        )
    register = Register(Snapshot(root, git, commit))
    if register.inventory.empty:
        raise NothingToCheck(f"提交 {commit[:10]} 里没有任何记录。")
    return register, commit


def _extra_files(site: Published, info: BuildInfo, paths: set[str]) -> list[Difference]:
    """Files that the manifests of a site list and its commit does not produce: all that can be found out of an address."""
    differences: list[Difference] = []
    for folder in sorted(info.folders):
        path = f"{folder}/{MANIFEST}" if folder else MANIFEST
        try:
            listed = json.loads(site.read(path, LARGEST) or b"{}")["files"]
            extra = [p for p in manifest_paths(folder, listed) if p not in paths]
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            continue  # the comparison has reported this manifest
        differences += [Difference(path=p, how="extra") for p in extra]
    return differences
