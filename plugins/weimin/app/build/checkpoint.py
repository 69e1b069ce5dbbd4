"""The transparency log of a release: new leaves, one more checkpoint, and salts that stay with the operator."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from weimin.adapters.release_secrets import new_salt, sign
from weimin.app.build.log_folder import LogFolder, Salt
from weimin.app.build.manifest import LOG
from weimin.app.build.site_build import LogWriter
from weimin.engine.computed_register import ComputedRegister
from weimin.engine.opening import NothingToCheck
from weimin.engine.provenance import origin_of
from weimin.engine.register import Register
from weimin.history.log.checkpoint import FIRST, Checkpoint, join, leaf_hash, log_errors, write_leaves
from weimin.history.log.checkpoint import root as tree_root
from weimin.history.log.file_names import CHECKPOINT, CHECKPOINTS, LEAVES, SIGNATURE
from weimin.model.place import Place


class Release(msgspec.Struct, frozen=True, kw_only=True):
    """`folder`: the log folder. `base_url`: names the log, used for the first checkpoint only. `key`: signs, if there is one."""

    folder: Path
    base_url: str = ""
    key: Path | None = None


def checkpoint_writer(release: Release, computed: ComputedRegister) -> LogWriter:
    """The writer of the log for a build: it adds a checkpoint if commit, day or pages differ from the last one, and returns
    the files to publish.

    Raises NothingToCheck if no commit contains the records, if the log is inconsistent, or if it has no name yet.
    """
    commit, _dirty = origin_of(computed.register)
    if not commit:
        raise NothingToCheck("记录还有没提交的改动（或者不在 Git 里），不能写检查点。改法：先 git commit，再发布。")
    folder = LogFolder(release.folder)
    if wrong := next(log_errors(folder.checkpoints, folder.leaves), None):
        raise NothingToCheck(f"日志“{release.folder}”不能接着写：{wrong}。改法：找回上一次发布时的日志文件夹。")
    if folder.checkpoints and computed.as_of < folder.checkpoints[-1].as_of:
        raise NothingToCheck(
            f"上一个检查点截至 {folder.checkpoints[-1].as_of}，不能再写截至 {computed.as_of} 的。"
            "改法：用 --as-of 写不早于它的日期。"
        )
    origin = folder.checkpoints[-1].origin if folder.checkpoints else _origin(computed, release)

    def files(pages: str) -> Iterator[tuple[str, bytes]]:
        last = folder.checkpoints[-1] if folder.checkpoints else None
        if last is None or (last.commit, last.as_of, last.pages) != (commit, computed.as_of, pages):
            _append(folder, computed.register, origin, commit, computed, pages)
            folder.save(sign(release.key, folder.checkpoints[-1].text) if release.key else None)
        yield from published_log(folder)

    return files


def published_log(folder: LogFolder) -> Iterator[tuple[str, bytes]]:
    """The published files of the log, never the salts."""
    yield f"{LOG}/{CHECKPOINT}", folder.checkpoints[-1].text.encode()
    yield f"{LOG}/{CHECKPOINTS}", join(folder.checkpoints).encode()
    yield f"{LOG}/{LEAVES}", write_leaves(folder.leaves).encode()
    if folder.signature is not None:
        yield f"{LOG}/{SIGNATURE}", folder.signature


def _append(
    folder: LogFolder, register: Register, origin: str, commit: str, computed: ComputedRegister, pages: str
) -> None:
    for path, blob, version in new_versions(folder.latest(), register):
        salt = new_salt()
        folder.add(Salt(salt=salt.hex(), blob=blob, path=path), leaf(salt, version))
    last = folder.checkpoints[-1] if folder.checkpoints else None
    folder.checkpoints.append(
        Checkpoint(
            origin=origin,
            size=len(folder.leaves),
            root=tree_root(folder.leaves),
            commit=commit,
            as_of=computed.as_of,
            pages=pages,
            previous=last.digest if last else FIRST,
            redacted=folder.pending_redaction(),
        )
    )


def new_versions(logged: dict[str, str], register: Register) -> Iterator[tuple[str, str, bytes]]:
    """(path, blob, canonical JSON) of every version that the log does not contain, in order of paths.

    `logged`: path → the blob that was logged last, empty for a deleted file.
    """
    for path in sorted({*logged, *register.by_path}):
        place = register.by_path.get(path)
        blob = register.blobs[path] if place is not None else ""
        if logged.get(path) != blob:
            yield path, blob, canonical(register, place, path)


def leaf(salt: bytes, version: bytes) -> bytes:
    """The hash of a version's leaf; without the salt nobody can confirm a guess of a version that was redacted."""
    return leaf_hash(salt + version)


def canonical(register: Register, place: Place | None, path: str) -> bytes:
    """One version of a record as JSON: keys sorted, no spaces, UTF-8. A file that is no record is represented by its digest."""
    version: dict[str, Any] = {"path": path}
    if place is None:
        version["gone"] = True
    else:
        record = register.parse(place)[0] if place.kind not in ("attachment", "signers") else None
        if record is None:
            version["sha256"] = hashlib.sha256(register.tree.read(path)).hexdigest()
        else:
            version |= {"data": record.raw, "body": record.body}
    return json.dumps(version, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def _origin(computed: ComputedRegister, release: Release) -> str:
    """The name of a log: the site's address without its scheme (C2SP requires a unique one)."""
    address = computed.register.site.base_url or release.base_url
    if not address:
        raise NothingToCheck(
            "日志还没有名称：它取自网站的网址，而网址没有写。改法：在 content/site.yml 写 base_url，或者加 --base-url。"
        )
    return address.partition("://")[2].rstrip("/") + "/log"
