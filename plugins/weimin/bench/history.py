"""A generated history of any length for the audit: one commit per version of a record, every fifth through a merged branch.

The number of a commit determines its content: two histories of one length are the same commits.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from weimin.adapters.git import run
from weimin.bench.corpus import corpus
from weimin.bench.repository import MAIN, Import, batches, filed_at

_EVERY_MERGE = 5
_PULL = b"refs/heads/pull"


def make_history(root: Path, commits: int) -> int:
    """Makes a repository with about `commits` commits on its first-parent chain; returns their number. Raises GitError, OSError."""
    with Import(root) as stream:
        filed = stream.store(corpus(commits + 300))
        tip, at = 0, 0
        for number, batch in enumerate(islice(batches(filed, 1), commits)):
            at = max(at + 60, filed_at(batch, 0))
            parents = [tip] if tip else []
            if number % _EVERY_MERGE or not tip:
                tip = stream.commit(MAIN, batch, at, parents)
            else:
                pulled = stream.commit(_PULL, batch, at - 30, parents)
                tip = stream.commit(MAIN, batch, at, [tip, pulled])
    (root / "content").mkdir()  # the audit reads only Git; the folder marks this as a repository of records
    return int(run(root, "rev-list", "--count", "--first-parent", "main"))


def add_commit(root: Path) -> None:
    """Adds a commit with an opinion to the main branch, one minute after the last."""
    tip = run(root, "rev-parse", "main").strip()
    at = int(run(root, "log", "-1", "--format=%ct", "main")) + 60
    who = b"made <made@demo.invalid> %d +0800" % at
    text = b"channel: visit\n"
    stream = b"commit %s\nauthor %s\ncommitter %s\ndata 1\nx\nfrom %s\nM 100644 inline %s\ndata %d\n%s\n" % (
        MAIN, who, who, tip, b"content/network/990000/opinions/2015-11-30.yml", len(text), text,
    )  # fmt: skip
    run(root, "fast-import", "--quiet", "--force", stdin=stream)
