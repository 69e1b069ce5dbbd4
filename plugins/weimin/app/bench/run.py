"""The measurements, in turn."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from weimin.adapters.git import head
from weimin.adapters.git import run as git
from weimin.app.bench.corpus import corpus
from weimin.app.bench.history import make_history, one_more
from weimin.app.bench.measure import Measured, measure
from weimin.app.bench.rules import rule_table
from weimin.app.bench.table import table

AS_OF = "2026-11-22"
_HEAD = ("工作", "记录", "用时（秒）", "CPU（秒）", "最大进程（MiB）", "写出（MB）")


def bench(records: int, say: Callable[[str], None], *, rules: bool = False) -> str:
    """Check and build of a made register of about so many records, as a table; with `rules` the cost of each rule."""
    with tempfile.TemporaryDirectory(prefix="weimin-bench-") as folder:
        root = Path(folder) / "register"
        say(f"正在生成约 {records} 份记录的测量用仓库……")
        made = make(root, records)
        if rules:
            say("正在测量每条规则……")
            return rule_table(root, date.fromisoformat(AS_OF))
        rows = []
        for work, measured in _works(root, Path(folder) / "site", say):
            rows.append(_row(work, made, measured))
        return table(_HEAD, rows)


def bench_history(commits: int, say: Callable[[str], None]) -> str:
    """The audit of a made history of about so many commits, and of one commit more, as a table."""
    with tempfile.TemporaryDirectory(prefix="weimin-bench-") as folder:
        root = Path(folder) / "history"
        say(f"正在生成约 {commits} 次提交的测量用仓库……")
        made = make_history(root, commits)
        say("正在测量 audit……")
        cold = measure(("audit", "--as-of", AS_OF), root)
        before = head(root)
        one_more(root)
        say("正在测量再提交一次以后的 audit……")
        after = measure(("audit", "--as-of", AS_OF, "--since", before), root)
        return table(
            ("工作", "提交", *_HEAD[2:]), [_row("audit", made, cold), _row("audit 再多一次提交", made + 1, after)]
        )


def make(root: Path, records: int) -> int:
    """Write the made register as a Git repository with one commit; the number of its records."""
    count = 0
    for path, text in corpus(records):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        count += 1
    git(root, "init", "-q")
    git(root, "add", "-A")
    who = ("-c", "user.name=测量", "-c", "user.email=bench@demo.invalid", "-c", "commit.gpgSign=false")
    git(root, *who, "commit", "-q", "-m", "测量用数据")
    return count


def _works(root: Path, output: Path, say: Callable[[str], None]) -> Iterator[tuple[str, Measured]]:
    for work, arguments, writes in (
        ("check", ("check", "--as-of", AS_OF), None),
        ("build", ("build", "--as-of", AS_OF, "--output", str(output)), output),
    ):
        say(f"正在测量 {work}……")
        yield work, measure(arguments, root, writes)


def _row(work: str, records: int, m: Measured) -> tuple[str, ...]:
    written = f"{m.written / 1e6:.1f}" if m.written else "–"
    return (work, str(records), f"{m.wall:.2f}", f"{m.cpu:.2f}", f"{m.memory:.0f}", written)
