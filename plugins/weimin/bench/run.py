"""The single measurements: tasks of one register, audit of one history, the cost of rules."""

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
from weimin.bench.history import add_commit, make_history
from weimin.bench.national import bench_network
from weimin.bench.other_tools.compare import compare, comparison_table
from weimin.bench.process import ProcessUsage, run_with_usage, weimin
from weimin.bench.profile import profiles
from weimin.bench.repository import RegisterCounts, make_register
from weimin.bench.rules import rule_table
from weimin.bench.table import row, table
from weimin.bench.tasks import AS_OF, TASKS, clone_workspace, run_tasks

HEAD = ("工作", "用时（秒）", "CPU（秒）", "最大进程（MiB）", "写盘（MB）", "改动文件", "其中（MB）")
Say = Callable[[str], None]


def bench(records: int, log: Say, *, rules: bool = False, at: Path | None = None) -> str:
    """All tasks on a generated register of about `records` records, as a table; with `rules` the cost of each rule.

    `at`: a folder where generated registers are stored and reused.
    """
    with workplace() as folder:
        register, made = cached_register(records, at or folder, log)
        if rules:
            log("正在测量每条规则……")
            return rule_table(register, date.fromisoformat(AS_OF))
        workspace = clone_workspace(register, folder)
        rows = [row(TASKS[key][0], usage) for key, usage in run_tasks(workspace, log)]
        return f"{describe_counts(made)}\n{table(HEAD, rows)}"


def bench_against(
    records: int, tools: Sequence[str], log: Say, *, limit: float, tools_at: Path | None, at: Path | None = None
) -> str:
    """Other tools on the same records, each in turn with ours; `limit` in seconds per run."""
    with workplace() as folder:
        register, made = cached_register(records, at or folder, log)
        compared = compare(clone_workspace(register, folder, limit=limit), tools, folder, log, tools_at)
        return f"{describe_counts(made)}\n{comparison_table(compared)}"


def bench_national(given: str, log: Say, *, limit: float) -> str:
    """Check and build of a network alone, from a list of divisions or with a number of generated platforms."""
    with workplace() as folder:
        platforms, usage = bench_network(given, folder, log, limit=limit)
        rows = [row(f"{platforms} 个平台，{TASKS[key][0]}", m) for key, m in usage]
        return table(HEAD, rows)


def bench_profile(records: int, log: Say, *, at: Path | None = None) -> str:
    """The profile of the main tasks."""
    with workplace() as folder:
        register, made = cached_register(records, at or folder, log)
        return f"{describe_counts(made)}\n{profiles(clone_workspace(register, folder), folder, log)}"


def bench_history(commits: int, log: Say) -> str:
    """The audit of a generated history of about `commits` commits, and of one commit more, as a table."""
    with workplace() as folder:
        made, cold, after = audit_usage(folder, commits, log)
        rows = [row(f"核对留痕，{made} 次提交", cold), row("核对留痕，再多一次提交", after)]
        return table(HEAD, rows)


def audit_usage(folder: Path, commits: int, log: Say) -> tuple[int, ProcessUsage, ProcessUsage]:
    """The number of commits, the usage of their audit, and of the audit of one commit more."""
    root = folder / f"history-{commits}"
    log(f"正在生成约 {commits} 次提交的测量用仓库……")
    made = make_history(root, commits)
    log(f"正在测量：核对留痕，{made} 次提交……")
    cold = run_with_usage(weimin("audit", "--as-of", AS_OF), root)
    before = head(root)
    add_commit(root)
    log("正在测量：核对留痕，再多一次提交……")
    return made, cold, run_with_usage(weimin("audit", "--as-of", AS_OF, "--since", before), root)


def cached_register(records: int, at: Path, log: Say) -> tuple[Path, RegisterCounts]:
    """A generated register in a folder, made if it is missing, and its counts."""
    root, counts_file = at / f"register-{records}", at / f"register-{records}.json"
    if not counts_file.is_file():
        log(f"正在生成约 {records} 份记录的测量用仓库……")
        shutil.rmtree(root, ignore_errors=True)
        counts_file.write_bytes(msgspec.json.encode(make_register(root, records)))
    return root, msgspec.json.decode(counts_file.read_bytes(), type=RegisterCounts)


def describe_counts(made: RegisterCounts) -> str:
    return f"{made.records} 份记录，入档 {made.versions} 次，{made.commits} 次提交；{os.cpu_count()} 核"


@contextmanager
def workplace() -> Iterator[Path]:
    """A temporary folder."""
    with tempfile.TemporaryDirectory(prefix="weimin-bench-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)
