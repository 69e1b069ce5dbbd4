"""Reading of the history from Git in bulk: one `git log` for steps, one `git cat-file` for contents (safety.md 3.2)."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType

from weimin.adapters.git import GitError, environment, is_shallow, run
from weimin.model.history import FILE_MODES, FileChange, Step

LARGEST = 1024 * 1024  # bytes that are read of a content; no record is so large
_CHUNK = 1 << 20
_FIELDS = ("%H", "%T", "%P", "%an", "%ae", "%at", "%ct", "%s")
# settings with which a repository could make `git log` leave out, add or change something
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
    """Why this history cannot be audited: `shallow`, `grafts`, `partial` (contents are missing); empty if it can."""
    if is_shallow(root):
        return "shallow"
    # `git rev-parse --git-path` would return the empty file that `environment` sets
    common = run(root, "rev-parse", "--path-format=absolute", "--git-common-dir").decode("utf-8", "surrogateescape")
    grafts = Path(common.rstrip("\n")) / "info" / "grafts"
    if grafts.exists() and grafts.read_bytes().strip():
        return "grafts"
    return "partial" if _lacks_objects(root) else ""


def _lacks_objects(root: Path) -> bool:
    """Whether objects are missing. They are searched for only if a remote is configured to deliver them on demand."""
    try:
        run(root, "config", "--get-regexp", r"^(remote\..*\.(promisor|partialclonefilter)|extensions\.partialclone)$")
    except GitError:
        return False
    return any(
        line.startswith(b"?") for line in run(root, "rev-list", "--objects", "--missing=print", "HEAD").split(b"\n")
    )


def replaced(root: Path) -> int:
    """The number of objects that `refs/replace` would replace; replacements are ignored."""
    return len(run(root, "for-each-ref", "--format=%(refname)", "refs/replace/").split())


def chain(root: Path, head: str) -> list[str]:
    """The first-parent chain of a commit, from the root commit to itself."""
    return run(root, "rev-list", "--first-parent", "--reverse", head, "--").decode().split()


def after(root: Path, head: str, since: str) -> list[str] | None:
    """The commits of the first-parent chain after `since`, in order; None if the chain does not contain `since`.

    The chain is read backwards and only as far as needed, so that a recent commit is found fast in a long history.
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
    """The steps of the first-parent chain up to `head`, in order; of these the `last` ones, and those that change `paths`.

    Fields are separated by NUL, which neither a commit's header nor a path can contain. Raises GitError.
    """
    limit = [] if last is None else [f"--max-count={last}"]
    yield from _steps(_tokens(root, _log("--first-parent", "-m", "--root", *_DIFF, *limit, head, "--", *paths)))


def commits(root: Path, base: str, head: str) -> Iterator[Step]:
    """Every commit that is reachable from `head` and not from `base`, parents first, without changes. Raises GitError."""
    yield from _steps(_tokens(root, _log("--topo-order", "-z", "--no-patch", head, f"^{base}", "--")))


def _log(*arguments: str) -> list[str]:
    settings = [part for key, value in _SETTINGS.items() for part in ("-c", f"{key}={value}")]
    form = "%x00".join(_FIELDS)
    options = ("--reverse", "--no-color", "--no-notes", "--no-mailmap", "--encoding=UTF-8", f"--format={form}")
    return ["git", *settings, "log", *options, *arguments]


def _steps(tokens: Iterator[bytes]) -> Iterator[Step]:
    """Parse a log: for each commit eight fields, then pairs of a raw diff line, which starts with a colon, and a path."""
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
    deleted, added = not old.strip("0"), not new.strip("0")
    return FileChange(
        path.decode("utf-8", "surrogateescape"),
        "" if deleted else old_mode,
        "" if added else new_mode,
        "" if deleted else old,
        "" if added else new,
    )


def _seconds(text: bytes) -> int:
    """A time in seconds since 1970; 0 if it is no number, or outside the calendar."""
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
                *complete, rest = (rest + block).split(b"\0")
                yield from complete
            if rest.strip(b"\n"):
                yield rest
            message = process.stderr.read().decode("utf-8", "replace").strip()
            if process.wait() != 0:
                raise GitError(message.splitlines()[0] if message else f"git log: {process.returncode}")
        finally:
            process.kill()


def parents(root: Path, head: str, since: str = "") -> dict[str, tuple[str, ...]]:
    """Commit → parents, of every commit that is reachable from `head` and not from `since`."""
    limits = [head, f"^{since}"] if since else [head]
    rows = (line.split() for line in run(root, "rev-list", "--parents", *limits, "--").decode().splitlines())
    return {row[0]: tuple(row[1:]) for row in rows}


def merge_bases(root: Path, one: str, other: str) -> str:
    """The merge base of two commits as Git chooses it; empty if there is none."""
    try:
        return run(root, "merge-base", one, other).decode().strip()
    except GitError:
        return ""


def differences(root: Path, pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[FileChange, ...]]:
    """The files that differ for each (before, after), in one process; with an empty `before`, all files of `after`."""
    requested = list(pairs)
    existing = [(before, after) for before, after in requested if before]
    lines = "".join(f"{after} {before}\n" for before, after in existing).encode()
    compared = iter(
        _differences(run(root, "diff-tree", "--stdin", "--always", "-r", *_DIFF, stdin=lines)) if existing else ()
    )
    for before, after in requested:
        yield next(compared) if before else tuple(_all_of(root, after))


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
    """Path → (mode, blob) of every file of a commit."""
    found = {}
    for line in run(root, "ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0")[:-1]:
        meta, _, path = line.partition(b"\t")
        mode, _kind, blob = meta.decode().split(" ")
        found[path.decode("utf-8", "surrogateescape")] = (mode, blob)
    return found


def blob_at(root: Path, commit: str, path: str) -> str:
    """The blob of a regular file in a commit; empty if there is none."""
    out = run(root, "ls-tree", "-z", "--full-tree", commit, "--", path).decode("utf-8", "surrogateescape")
    mode, kind, blob = out.partition("\t")[0].split(" ") if out else ("", "", "")
    return blob if kind == "blob" and mode in FILE_MODES else ""


def time_of(root: Path, commit: str) -> int:
    """The committer time of a commit, in seconds since 1970."""
    return _seconds(run(root, "log", "-1", "--no-show-signature", "--format=%ct", commit, "--").strip())


def uncommitted_changes(root: Path, commit: str, except_folder: str) -> Iterator[tuple[str, str]]:
    """(status, path) of the files in which the work tree differs from a commit; untracked but not ignored files have `A`.

    The folder `except_folder` is left out, because finding untracked files takes as long as there are files in it.
    """
    siblings = sorted(_siblings(root, commit, except_folder))
    if not siblings:
        return
    compared = ("--name-status", "-z", "--no-renames", "--ignore-submodules=none", "--no-ext-diff")
    parts = run(root, "diff", *compared, commit, "--", *siblings).split(b"\0")[:-1]
    for status, path in zip(parts[::2], parts[1::2], strict=True):
        yield status.decode(), path.decode("utf-8", "surrogateescape")
    for path in run(root, "ls-files", "-o", "--exclude-standard", "-z", "--", *siblings).split(b"\0")[:-1]:
        yield "A", path.decode("utf-8", "surrogateescape")


def _siblings(root: Path, commit: str, folder: str) -> Iterator[str]:
    """The paths next to a folder and next to its parent folders, on the disk or in a commit."""
    above = ""
    for name in folder.strip("/").split("/"):
        listed = run(root, "ls-tree", "--name-only", "-z", "--full-tree", commit, *((above,) if above else ()))
        names = {path.decode("utf-8", "surrogateescape") for path in listed.split(b"\0")[:-1]}
        if (root / above).is_dir():
            names |= {above + other.name for other in (root / above).iterdir() if other.name != ".git"}
        yield from names - {above + name}
        above = f"{above}{name}/"


class Contents:
    """Reads blobs by their ids, through one process. Use as a context."""

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
        """The first LARGEST bytes of a blob. Raises GitError if the repository does not contain it."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None and stdout is not None
        stdin.write(blob.encode() + b"\n")
        stdin.flush()
        head = stdout.readline().decode().split()
        if len(head) != 3 or head[1] != "blob":
            raise GitError(f"object {blob} is missing or cannot be read")
        size = int(head[2])
        data = stdout.read(min(size, LARGEST))
        remaining = size - len(data)
        while remaining > 0 and (more := stdout.read(min(remaining, _CHUNK))):
            remaining -= len(more)
        stdout.read(1)
        return data
