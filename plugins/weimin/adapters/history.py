"""History out of Git, in bulk: one `git log` for the steps, one `git cat-file` for the contents (safety.md 3.2)."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType

from weimin.adapters.git import GitError, environment, is_shallow, run
from weimin.model.history import FILE_MODES, FileChange, Step

LARGEST = 1024 * 1024  # bytes; no record is so large, and what is larger is not read into memory
_CHUNK = 1 << 20
_FIELDS = ("%H", "%T", "%P", "%an", "%ae", "%at", "%ct", "%s")
# what a repository's own configuration could make `git log` leave out, add or re-word
_SETTINGS = {
    "log.showSignature": "false",
    "log.showRoot": "true",
    "log.follow": "false",
    "log.mailmap": "false",
    "log.diffMerges": "separate",
    "diff.orderFile": os.devnull,
    "diff.ignoreSubmodules": "none",
    "color.ui": "never",
    "core.commentChar": "#",
}
_DIFF = ("--raw", "-z", "--no-renames", "--no-abbrev", "--ignore-submodules=none", "--no-ext-diff", "--no-textconv")


def refusal(root: Path) -> str:
    """Why this history proves nothing: `shallow`, `grafts`, `partial` (contents are missing); empty where it does."""
    if is_shallow(root):
        return "shallow"
    # asked for its path, Git would name the empty file that `environment` gives it
    common = run(root, "rev-parse", "--path-format=absolute", "--git-common-dir").decode("utf-8", "surrogateescape")
    grafts = Path(common.rstrip("\n")) / "info" / "grafts"
    if grafts.exists() and grafts.read_bytes().strip():
        return "grafts"
    return "partial" if _lacks_objects(root) else ""


def _lacks_objects(root: Path) -> bool:
    """Asked only where a remote promises to deliver what is not here."""
    try:
        run(root, "config", "--get-regexp", r"^(remote\..*\.(promisor|partialclonefilter)|extensions\.partialclone)$")
    except GitError:
        return False
    return any(
        line.startswith(b"?") for line in run(root, "rev-list", "--objects", "--missing=print", "HEAD").split(b"\n")
    )


def replaced(root: Path) -> int:
    """How many objects `refs/replace` would show as something else; they are read as they are."""
    return len(run(root, "for-each-ref", "--format=%(refname)", "refs/replace/").split())


def chain(root: Path, head: str) -> list[str]:
    """The first-parent chain of a commit, from the first one to itself."""
    return run(root, "rev-list", "--first-parent", "--reverse", head, "--").decode().split()


def after(root: Path, head: str, since: str) -> list[str] | None:
    """The commits of the first-parent chain behind `since`, in order; None where the chain does not hold it.

    Read backwards and only as far as needed: what came last is found in a moment, however long the history is.
    """
    command = ["git", "rev-list", "--first-parent", head, "--"]
    found: list[str] = []
    with subprocess.Popen(
        command, cwd=root, env=environment(root), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                if (commit := line.decode().strip()) == since:
                    return found[::-1]
                found.append(commit)
        finally:
            process.kill()
    return None


def steps(root: Path, head: str, last: int | None = None, paths: Sequence[str] = ()) -> Iterator[Step]:
    """The steps of the first-parent chain up to `head`, in order; only the `last` so many, only those that touch `paths`.

    Everything is cut at NUL, which neither a commit nor a path can hold. Raises GitError.
    """
    limit = [] if last is None else [f"--max-count={last}"]
    yield from _steps(_tokens(root, _log("--first-parent", "-m", "--root", *_DIFF, *limit, head, "--", *paths)))


def commits(root: Path, base: str, head: str) -> Iterator[Step]:
    """Every commit that `head` has and `base` has not, parents first, without what they change. Raises GitError."""
    yield from _steps(_tokens(root, _log("--topo-order", "-z", "--no-patch", head, f"^{base}", "--")))


def _log(*arguments: str) -> list[str]:
    settings = [part for key, value in _SETTINGS.items() for part in ("-c", f"{key}={value}")]
    form = "%x00".join(_FIELDS)
    wanted = ("--reverse", "--no-color", "--no-notes", "--no-mailmap", "--encoding=UTF-8", f"--format={form}")
    return ["git", *settings, "log", *wanted, *arguments]


def _steps(tokens: Iterator[bytes]) -> Iterator[Step]:
    """Eight fields, then pairs of a raw line and a path; a header never begins with a colon."""
    token = next(tokens, None)
    while token is not None:
        head = [token, *islice(tokens, len(_FIELDS) - 1)]
        if len(head) < len(_FIELDS) or len(head[0]) < 40:
            raise GitError("git log gave an answer that cannot be read")
        changes: list[FileChange] = []
        while (token := next(tokens, None)) is not None and token.lstrip(b"\n").startswith(b":"):
            changes.append(_change(token.lstrip(b"\n"), next(tokens)))
        name, mail, subject = (part.decode("utf-8", "replace") for part in (head[3], head[4], head[7]))
        yield Step(
            commit=head[0].decode(),
            tree=head[1].decode(),
            parents=tuple(head[2].decode().split()),
            author=name,
            email=mail,
            at=_seconds(head[5]),
            committed=_seconds(head[6]),
            subject=subject,
            changes=tuple(changes),
        )


def _change(raw: bytes, path: bytes) -> FileChange:
    old_mode, new_mode, old, new, _status = raw[1:].decode().split(" ")
    gone, made = not old.strip("0"), not new.strip("0")
    return FileChange(
        path.decode("utf-8", "surrogateescape"),
        "" if gone else old_mode,
        "" if made else new_mode,
        "" if gone else old,
        "" if made else new,
    )


def _seconds(text: bytes) -> int:
    """0 where a commit's time is no number, or none that a calendar has."""
    number = int(text) if text.lstrip(b"-").isdigit() else 0
    return number if 0 <= number < 253_402_300_800 - 86_400 else 0


def _tokens(root: Path, command: Sequence[str]) -> Iterator[bytes]:
    with subprocess.Popen(
        command, cwd=root, env=environment(root), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        try:
            rest = b""
            while block := process.stdout.read(_CHUNK):
                *whole, rest = (rest + block).split(b"\0")
                yield from whole
            if rest.strip(b"\n"):
                yield rest
            said = process.stderr.read().decode("utf-8", "replace").strip()
            if process.wait() != 0:
                raise GitError(said.splitlines()[0] if said else f"git log: {process.returncode}")
        finally:
            process.kill()


def parents(root: Path, head: str, since: str = "") -> dict[str, tuple[str, ...]]:
    """Every commit that `head` has and `since` has not, with its parents."""
    limits = [head, f"^{since}"] if since else [head]
    rows = (line.split() for line in run(root, "rev-list", "--parents", *limits, "--").decode().splitlines())
    return {row[0]: tuple(row[1:]) for row in rows}


def merge_bases(root: Path, one: str, other: str) -> str:
    """The best common ancestor of two commits by Git's own reckoning; empty where there is none."""
    try:
        return run(root, "merge-base", one, other).decode().strip()
    except GitError:
        return ""


def differences(root: Path, pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[FileChange, ...]]:
    """For each (before, after) what differs, in one process; `before` empty: everything that `after` holds."""
    wanted = list(pairs)
    known = [(before, after) for before, after in wanted if before]
    lines = "".join(f"{after} {before}\n" for before, after in known).encode()
    told = iter(_differences(run(root, "diff-tree", "--stdin", "--always", "-r", *_DIFF, stdin=lines)) if known else ())
    for before, after in wanted:
        yield next(told) if before else tuple(_all_of(root, after))


def _differences(out: bytes) -> Iterator[tuple[FileChange, ...]]:
    tokens = iter(out.split(b"\0")[:-1])
    found: list[FileChange] = []
    next(tokens, None)  # the first header
    for token in tokens:
        if token.startswith(b":"):
            found.append(_change(token, next(tokens)))
        else:
            yield tuple(found)
            found = []
    yield tuple(found)


def _all_of(root: Path, commit: str) -> Iterator[FileChange]:
    for path, (mode, blob) in files(root, commit).items():
        yield FileChange(path, "", mode, "", blob)


def files(root: Path, commit: str) -> Mapping[str, tuple[str, str]]:
    """Mode and blob of every file that a commit holds."""
    found = {}
    for line in run(root, "ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0")[:-1]:
        meta, _, path = line.partition(b"\t")
        mode, _kind, blob = meta.decode().split(" ")
        found[path.decode("utf-8", "surrogateescape")] = (mode, blob)
    return found


def blob_at(root: Path, commit: str, path: str) -> str:
    """The blob of a plain file in a commit; empty where there is none."""
    out = run(root, "ls-tree", "-z", "--full-tree", commit, "--", path).decode("utf-8", "surrogateescape")
    mode, kind, blob = out.partition("\t")[0].split(" ") if out else ("", "", "")
    return blob if kind == "blob" and mode in FILE_MODES else ""


def time_of(root: Path, commit: str) -> int:
    """The committer's time of a commit, in seconds since 1970."""
    return _seconds(run(root, "log", "-1", "--no-show-signature", "--format=%ct", commit, "--").strip())


def uncommitted_changes(root: Path, commit: str, except_folder: str) -> Iterator[tuple[str, str]]:
    """(status, path) of what the work tree has otherwise than a commit, untracked but not ignored files as `A`.

    `except_folder` is left out: looking for untracked files costs what stands in it.
    """
    beside = sorted(_beside(root, commit, except_folder))
    if not beside:
        return
    compared = ("--name-status", "-z", "--no-renames", "--ignore-submodules=none", "--no-ext-diff")
    parts = run(root, "diff", *compared, commit, "--", *beside).split(b"\0")[:-1]
    for status, path in zip(parts[::2], parts[1::2], strict=True):
        yield status.decode(), path.decode("utf-8", "surrogateescape")
    for path in run(root, "ls-files", "-o", "--exclude-standard", "-z", "--", *beside).split(b"\0")[:-1]:
        yield "A", path.decode("utf-8", "surrogateescape")


def _beside(root: Path, commit: str, folder: str) -> Iterator[str]:
    """What stands next to a folder, and next to those that it is in, on disk or in a commit; paths from the root."""
    above = ""
    for name in folder.strip("/").split("/"):
        listed = run(root, "ls-tree", "--name-only", "-z", "--full-tree", commit, *((above,) if above else ()))
        names = {path.decode("utf-8", "surrogateescape") for path in listed.split(b"\0")[:-1]}
        if (root / above).is_dir():
            names |= {above + other.name for other in (root / above).iterdir() if other.name != ".git"}
        yield from names - {above + name}
        above = f"{above}{name}/"


class Contents:
    """Blobs by their ids, from one process that stays. Use as a context."""

    def __init__(self, root: Path) -> None:
        self._process = subprocess.Popen(
            ["git", "cat-file", "--batch"],
            cwd=root,
            env=environment(root),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> Contents:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.kill()
        self._process.communicate()

    def __call__(self, blob: str) -> bytes:
        """The bytes of a blob, cut at `LARGEST`. Raises GitError where the repository does not hold it."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None and stdout is not None
        stdin.write(blob.encode() + b"\n")
        stdin.flush()
        head = stdout.readline().decode().split()
        if len(head) != 3 or head[1] != "blob":
            raise GitError(f"object {blob} is missing or cannot be read")
        size = int(head[2])
        data = stdout.read(min(size, LARGEST))
        left = size - len(data)
        while left > 0 and (more := stdout.read(min(left, _CHUNK))):
            left -= len(more)
        stdout.read(1)
        return data
