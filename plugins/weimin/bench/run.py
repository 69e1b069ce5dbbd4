"""The plain measurements: one register's works, one history's audit, one table of rules."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import msgspec

from weimin.adapters.git import head
from weimin.bench.history import make_history, one_more
from weimin.bench.measure import Measured, measure, weimin
from weimin.bench.national import bench_network
from weimin.bench.profile import profiles
from weimin.bench.repository import Made, make_register
from weimin.bench.rivals.compare import compare, written
from weimin.bench.rules import rule_table
from weimin.bench.table import row, table
from weimin.bench.works import AS_OF, WORKS, fresh, works

HEAD = ("工作", "用时（秒）", "CPU（秒）", "最大进程（MiB）", "写盘（MB）", "改动文件", "其中（MB）")
Say = Callable[[str], None]


def bench(records: int, say: Say, *, rules: bool = False, at: Path | None = None) -> str:
    """Every work on a made register of about so many records, as a table; with `rules` the cost of each rule.

    `at`: a folder where made registers are kept and found again.
    """
    with workplace() as folder:
        register, made = made_register(records, at or folder, say)
        if rules:
            say("正在测量每条规则……")
            return rule_table(register, date.fromisoformat(AS_OF))
        ground = fresh(register, folder)
        rows = [row(WORKS[key][0], measured) for key, measured in works(ground, say)]
        return f"{words_of(made)}\n{table(HEAD, rows)}"


def bench_against(
    records: int, tools: Sequence[str], say: Say, *, limit: float, tools_at: Path | None, at: Path | None = None
) -> str:
    """Other tools on the same records, each in turn with ours; `limit` in seconds for any one run."""
    with workplace() as folder:
        register, made = made_register(records, at or folder, say)
        compared = compare(fresh(register, folder, limit=limit), tools, folder, say, tools_at)
        return f"{words_of(made)}\n{written(compared)}"


def bench_national(given: str, say: Say, *, limit: float) -> str:
    """Check and build of a network alone: of a list of divisions, or of so many platforms made up."""
    with workplace() as folder:
        platforms, measured = bench_network(given, folder, say, limit=limit)
        rows = [row(f"{platforms} 个平台，{WORKS[key][0]}", m) for key, m in measured]
        return table(HEAD, rows)


def bench_profile(records: int, say: Say, *, at: Path | None = None) -> str:
    """Where the time of the main works goes."""
    with workplace() as folder:
        register, made = made_register(records, at or folder, say)
        return f"{words_of(made)}\n{profiles(fresh(register, folder), folder, say)}"


def bench_history(commits: int, say: Say) -> str:
    """The audit of a made history of about so many commits, and of one commit more, as a table."""
    with workplace() as folder:
        made, cold, after = audits(folder, commits, say)
        rows = [row(f"核对留痕，{made} 次提交", cold), row("核对留痕，再多一次提交", after)]
        return table(HEAD, rows)


def audits(folder: Path, commits: int, say: Say) -> tuple[int, Measured, Measured]:
    """How many commits were made; what their audit took, and that of one commit more."""
    root = folder / f"history-{commits}"
    say(f"正在生成约 {commits} 次提交的测量用仓库……")
    made = make_history(root, commits)
    say(f"正在测量：核对留痕，{made} 次提交……")
    cold = measure(weimin("audit", "--as-of", AS_OF), root)
    before = head(root)
    one_more(root)
    say("正在测量：核对留痕，再多一次提交……")
    return made, cold, measure(weimin("audit", "--as-of", AS_OF, "--since", before), root)


def made_register(records: int, at: Path, say: Say) -> tuple[Path, Made]:
    """A made register in a folder, made now if it is not there; and what is in it."""
    root, told = at / f"register-{records}", at / f"register-{records}.json"
    if not told.is_file():
        say(f"正在生成约 {records} 份记录的测量用仓库……")
        shutil.rmtree(root, ignore_errors=True)
        told.write_bytes(msgspec.json.encode(make_register(root, records)))
    return root, msgspec.json.decode(told.read_bytes(), type=Made)


def words_of(made: Made) -> str:
    return f"{made.records} 份记录，入档 {made.versions} 次，{made.commits} 次提交；{os.cpu_count()} 核"


@contextmanager
def workplace() -> Iterator[Path]:
    """A folder of its own, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="weimin-bench-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)
