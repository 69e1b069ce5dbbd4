"""A release writes what it published: leaves, one checkpoint more, and salts that stay with the operator."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from weimin.adapters.secret import new_salt, sign
from weimin.app.build.log_folder import LogFolder, Salt
from weimin.app.build.manifest import LOG
from weimin.app.build.site import Log
from weimin.engine.computed_register import ComputedRegister
from weimin.engine.opening import NothingToCheck
from weimin.engine.provenance import origin_of
from weimin.engine.register import Register
from weimin.history.log.checkpoint import FIRST, Checkpoint, faults, join, leaf_hash, write_leaves
from weimin.history.log.checkpoint import root as tree_root
from weimin.history.log.file_names import CHECKPOINT, CHECKPOINTS, LEAVES, SIGNATURE
from weimin.model.place import Place


class Release(msgspec.Struct, frozen=True, kw_only=True):
    """Where the log lies, what it is called (only asked for the first checkpoint), and the key that signs, if any."""

    folder: Path
    base_url: str = ""
    key: Path | None = None


def releasing(release: Release, held: ComputedRegister) -> Log:
    """What a build publishes of the log: as it stands, with one checkpoint more where something new is published.

    Building the same again writes nothing new. Raises NothingToCheck where the records are in no commit, where the log was
    tampered with, or where it has no name yet.
    """
    commit, _dirty = origin_of(held.register)
    if not commit:
        raise NothingToCheck("记录还有没提交的改动（或者不在 Git 里），不能写检查点。改法：先 git commit，再发布。")
    folder = LogFolder(release.folder)
    if wrong := next(faults(folder.checkpoints, folder.leaves), None):
        raise NothingToCheck(f"日志“{release.folder}”不能接着写：{wrong}。改法：找回上一次发布时的日志文件夹。")
    if folder.checkpoints and held.as_of < folder.checkpoints[-1].as_of:
        raise NothingToCheck(
            f"上一个检查点截至 {folder.checkpoints[-1].as_of}，不能再写截至 {held.as_of} 的。"
            "改法：用 --as-of 写不早于它的日期。"
        )
    origin = folder.checkpoints[-1].origin if folder.checkpoints else _origin(held, release)

    def files(pages: str) -> Iterator[tuple[str, bytes]]:
        last = folder.checkpoints[-1] if folder.checkpoints else None
        if last is None or (last.commit, last.as_of, last.pages) != (commit, held.as_of, pages):
            _append(folder, held.register, origin, commit, held, pages)
            folder.save(sign(release.key, folder.checkpoints[-1].text) if release.key else None)
        yield from published_log(folder)

    return files


def published_log(folder: LogFolder) -> Iterator[tuple[str, bytes]]:
    """The files of /log/: never the salts."""
    yield f"{LOG}/{CHECKPOINT}", folder.checkpoints[-1].text.encode()
    yield f"{LOG}/{CHECKPOINTS}", join(folder.checkpoints).encode()
    yield f"{LOG}/{LEAVES}", write_leaves(folder.leaves).encode()
    if folder.signature is not None:
        yield f"{LOG}/{SIGNATURE}", folder.signature


def _append(
    folder: LogFolder, register: Register, origin: str, commit: str, held: ComputedRegister, pages: str
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
            as_of=held.as_of,
            pages=pages,
            previous=last.digest if last else FIRST,
            redacted=folder.take_redacted(),
        )
    )


def new_versions(logged: dict[str, str], register: Register) -> Iterator[tuple[str, str, bytes]]:
    """(path, blob, canonical JSON) of every version that the log does not have, in order of paths.

    `logged`: the blob that was logged last for each path; an empty one for what is gone.
    """
    for path in sorted({*logged, *register.by_path}):
        place = register.by_path.get(path)
        blob = register.blobs[path] if place is not None else ""
        if logged.get(path) != blob:
            yield path, blob, canonical(register, place, path)


def leaf(salt: bytes, version: bytes) -> bytes:
    return leaf_hash(salt + version)


def canonical(register: Register, place: Place | None, path: str) -> bytes:
    """One version of a record as one JSON text: keys in order, no spaces, UTF-8; a file without fields by its digest."""
    said: dict[str, Any] = {"path": path}
    if place is None:
        said["gone"] = True
    else:
        record = register.parse(place)[0] if place.kind not in ("attachment", "signers") else None
        if record is None:
            said["sha256"] = hashlib.sha256(register.tree.read(path)).hexdigest()
        else:
            said |= {"data": record.raw, "body": record.body}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def _origin(held: ComputedRegister, release: Release) -> str:
    """The name of a log: the site's address without its scheme (C2SP asks for one that nobody else has)."""
    address = held.register.site.base_url or release.base_url
    if not address:
        raise NothingToCheck(
            "日志还没有名称：它取自网站的网址，而网址没有写。改法：在 content/site.yml 写 base_url，或者加 --base-url。"
        )
    return address.partition("://")[2].rstrip("/") + "/log"
