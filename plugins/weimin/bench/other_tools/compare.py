"""Runs another tool and ours on the same records in turn: from nothing, then after one changed record."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Protocol

import msgspec

from weimin.adapters.installation import theme_dir
from weimin.bench.change import change_one_record
from weimin.bench.other_tools import eleventy, hugo, pelican
from weimin.bench.other_tools.executables import INSTALL_HINTS, find_program
from weimin.bench.other_tools.source import SourceDossier, SourceRegister, read
from weimin.bench.process import CommandFailed, ProcessUsage, run_with_usage
from weimin.bench.table import row, table
from weimin.bench.tasks import Workspace, build, build_cold, build_second

HEAD = ("工具和工作", "用时（秒）", "CPU（秒）", "最大进程（MiB）", "写盘（MB）", "改动文件", "其中（MB）")
RATIOS = ("我们 ÷ 对方", "用时", "CPU", "最大进程")
NOT_DONE = (
    "对方不做的：不核对规则，不读 Git 历史（没有修订记录、留痕），不算待办和逾期，"
    "不写开放数据表、日历、微信版式和查找索引；字段和选项的中文名由转换时给好。转换不计时。"
)
_DATE = {"cold": "从头生成", "change": "改了一份记录"}


class OtherTool(Protocol):
    """How the input of a tool is made, how it is started, and where it writes."""

    OUTPUT: str

    def command(self, tool: Path) -> list[str]: ...

    def prepare(self, site: Path, register: SourceRegister, templates: Path) -> None: ...

    def change(self, site: Path, dossier: SourceDossier) -> None: ...


OTHER_TOOLS: Mapping[str, OtherTool] = {"hugo": hugo, "eleventy": eleventy, "pelican": pelican}


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """The same task done by both tools, one after the other."""

    tool: str
    work: str
    theirs: ProcessUsage
    ours: ProcessUsage


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """`pairs` in the order in which they were run; `missing`: tool → why it was not run."""

    pairs: tuple[Pair, ...]
    missing: Mapping[str, str]
    versions: Mapping[str, str]

    def find(self, tool: str, work: str) -> Pair | None:
        return next((pair for pair in self.pairs if (pair.tool, pair.work) == (tool, work)), None)


def compare(
    workspace: Workspace,
    tools: Iterable[str],
    folder: Path,
    log: Callable[[str], None],
    tools_at: Path | None = None,
    known: Mapping[str, ProcessUsage] | None = None,
) -> Comparison:
    """Runs each tool that is installed; a missing or failing tool is reported. Raises GitError, CommandFailed (ours).

    `known`: our usage by task, if it was measured before and is not to be repeated.
    """
    pairs: list[Pair] = []
    missing: dict[str, str] = {}
    versions: dict[str, str] = {}
    for tool in tools:
        program = find_program(tool, tools_at)
        if program is None:
            missing[tool] = f"本机没有。要装：{INSTALL_HINTS[tool]}"
            continue
        versions[tool] = _version(tool, program)
        try:
            pairs += _pairs(tool, program, workspace, folder / tool, log, known or {})
        except OtherToolFailed as fault:
            missing[tool] = f"没有跑完：{str(fault).splitlines()[-1][:200]}"
    return Comparison(pairs=tuple(pairs), missing=missing, versions=versions)


class OtherToolFailed(Exception):
    """The other tool ended with an error."""


def _pairs(
    tool: str,
    program: Path,
    workspace: Workspace,
    site: Path,
    log: Callable[[str], None],
    known: Mapping[str, ProcessUsage],
) -> list[Pair]:
    rival = OTHER_TOOLS[tool]
    register = read(workspace.root)
    log(f"正在转换成 {tool} 的输入……")
    rival.prepare(site, register, theme_dir().parent / "tests" / "bench" / tool)

    def pair(work: str, ours: Callable[[Workspace], ProcessUsage]) -> Pair:
        log(f"正在测量：{tool}，{_DATE[work]}……")
        theirs = _theirs(rival.command(program), site, rival.OUTPUT, workspace.limit)
        if work not in known:
            log(f"正在测量：为民，{_DATE[work]}……")
        return Pair(tool=tool, work=work, theirs=theirs, ours=known.get(work) or ours(workspace))

    pairs = [pair("cold", build_cold)]
    if not pairs[0].theirs.stopped:
        if "change" not in known:
            build_second(workspace)
        changed = workspace.root / change_one_record(
            workspace.root, len(site.parent.name) + sorted(OTHER_TOOLS).index(tool)
        )
        rival.change(site, register.dossier(changed.parent))
        pairs.append(pair("change", build))
    shutil.rmtree(site)
    return pairs


def _theirs(command: list[str], site: Path, output: str, limit: float) -> ProcessUsage:
    try:
        return run_with_usage(
            command, site, writes=site / output, limit=limit, environment={"HUGO_CACHEDIR": str(site / ".cache")}
        )
    except CommandFailed as failed:
        raise OtherToolFailed(failed) from failed


def _version(tool: str, program: Path) -> str:
    finished = subprocess.run([program, "version" if tool == "hugo" else "--version"], capture_output=True, text=True)
    words = finished.stdout.strip().splitlines() or [""]
    return words[-1].removeprefix("hugo ").split("-")[0]


def comparison_table(compared: Comparison) -> str:
    """The table of all pairs, then the ratios, then the tools that were not run and what they do not do."""
    rows, ratios = [], []
    for pair in compared.pairs:
        name = f"{pair.tool} {compared.versions[pair.tool]}，{_DATE[pair.work]}"
        rows += [row(name, pair.theirs), row("　为民，同一份记录", pair.ours)]
        ratios.append((name, *ratio(pair)))
    lines = [table(HEAD, rows), "\n", table(RATIOS, ratios), "\n"] if rows else []
    lines += [f"{tool}：{why}\n" for tool, why in compared.missing.items()]
    return "".join([*lines, NOT_DONE, "\n"])


def ratio(pair: Pair) -> tuple[str, str, str]:
    """Ours divided by theirs: wall time, CPU, memory; `<` if theirs was stopped before its end."""
    sign = "<" if pair.theirs.stopped else ""
    ours, theirs = pair.ours, pair.theirs
    return (
        f"{sign}{ours.wall / theirs.wall:.3f}",
        f"{sign}{ours.cpu / theirs.cpu:.3f}",
        f"{sign}{ours.memory / theirs.memory:.3f}",
    )
