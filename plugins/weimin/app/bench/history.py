"""A made history of any length: every record of the made register filed by a commit or a merge of its own, some gained later.

Written as one `git fast-import` stream. The number of a commit decides what is in it: two histories of one length are the
same commits.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

from weimin.adapters.git import run
from weimin.app.bench.corpus import PER_DOSSIER, corpus

BRANCH = b"refs/heads/main"
_EVERY_MERGE = 5  # every so many commits come by a branch and a merge
_EVERY_GAIN = 7  # and every so many records gain a field with a commit of its own
_FIRST = int(datetime(2015, 12, 1, tzinfo=UTC).timestamp())


def make_history(root: Path, commits: int) -> int:
    """A bare-bones repository with about so many commits on its first-parent chain; how many it has. Raises GitError."""
    root.mkdir(parents=True, exist_ok=True)
    run(root, "init", "--quiet", "--initial-branch=main")
    stream = b"".join(_stream(commits))
    run(root, "fast-import", "--quiet", "--done", stdin=stream)
    (root / "content").mkdir()  # the audit reads Git alone; the folder says that records are kept here
    return int(run(root, "rev-list", "--count", "--first-parent", "main"))


def one_more(root: Path) -> None:
    """One more commit on the main branch, with an opinion."""
    tip = run(root, "rev-parse", "main").strip()
    at = int(run(root, "log", "-1", "--format=%ct", "main")) + 60
    who = b"made <made@demo.invalid> %d +0800" % at
    text = b"channel: visit\n"
    stream = b"commit %s\nauthor %s\ncommitter %s\ndata 1\nx\nfrom %s\nM 100644 inline %s\ndata %d\n%s\n" % (
        BRANCH, who, who, tip, b"content/network/990000/opinions/2015-11-30.yml", len(text), text,
    )  # fmt: skip
    run(root, "fast-import", "--quiet", "--force", stdin=stream)


def _stream(commits: int) -> Iterator[bytes]:
    """Standing records with the first commit; then events in the order of their days, a commit each."""
    standing, events = _files(commits)
    mark = 1
    yield _commit(BRANCH, mark, _FIRST, ()) + b"".join(_file(path, text) for path, text in standing) + b"\n"
    tip = mark
    for n, (at, path, text) in enumerate(islice(_steps(events), commits - 1)):
        if n % _EVERY_MERGE:
            mark += 1
            yield _commit(BRANCH, mark, at, (tip,)) + _file(path, text) + b"\n"
        else:
            mark += 2
            yield _commit(b"refs/heads/pull", mark - 1, at, (tip,)) + _file(path, text) + b"\n"
            yield _commit(BRANCH, mark, at + 60, (tip, mark - 1)) + _file(path, text) + b"\n"
        tip = mark
    yield b"done\n"


def _files(commits: int) -> tuple[list[tuple[str, str]], list[tuple[date, str, str]]]:
    standing: list[tuple[str, str]] = []
    events: list[tuple[date, str, str]] = []
    wanted = round(commits / (1 + 1 / _EVERY_GAIN) / PER_DOSSIER * (PER_DOSSIER + 0.7)) + PER_DOSSIER
    for path, text in corpus(wanted):
        stem = path.rpartition("/")[2]
        if "/platform.yml" in path or path == "content/site.yml":
            standing.append((path, text))
        elif stem == "topic.md":
            events.append((date.fromisoformat(text.partition("date: '")[2][:10]), path, text))
        else:
            events.append((date.fromisoformat(stem[:10]), path, text))
    return standing, sorted(events)


def _steps(events: list[tuple[date, str, str]]) -> Iterator[tuple[int, str, str]]:
    """(time, path, text): each event two days after it happened, and for some a gain right behind."""
    at = _FIRST
    for n, (day, path, text) in enumerate(events):
        at = max(at + 120, int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) + 2 * 86_400)
        yield at, path, text
        if n % _EVERY_GAIN == 0 and not path.endswith("-correction.yml"):
            at += 120
            yield at, path, _gained(path, text)


def _gained(path: str, text: str) -> str:
    more = "related: []\n" if path.endswith("topic.md") else "time: morning\n"
    return text + more if path.endswith(".yml") else text.replace("---\n\n", f"{more}---\n\n", 1)


def _commit(ref: bytes, mark: int, at: int, parents: tuple[int, ...]) -> bytes:
    who = b"made <made@demo.invalid> %d +0800" % at
    froms = b"".join(b"%s :%d\n" % (word, p) for word, p in zip((b"from", b"merge"), parents, strict=False))
    return b"commit %s\nmark :%d\nauthor %s\ncommitter %s\ndata 1\nx\n%s" % (ref, mark, who, who, froms)


def _file(path: str, text: str) -> bytes:
    data = text.encode()
    return b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(data), data)
