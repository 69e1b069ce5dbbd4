"""`weimin check --staged`: judges what is about to be committed, read from the index, with the units of the staged files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from weimin.adapters.clock import today
from weimin.adapters.git import head, mentioning, prefix_of, repository, staged
from weimin.adapters.objects import Index, Snapshot
from weimin.app.check.change import attribute_findings, units_of
from weimin.engine.judge import Judge, inbound_of
from weimin.engine.network_context import NetworkContext
from weimin.engine.opening import NothingToCheck
from weimin.engine.options import Options
from weimin.engine.register import Register
from weimin.model.check_result import CheckResult
from weimin.model.codes import CODES
from weimin.model.dossier import Inbound
from weimin.model.finding import Finding, Problem, Severity
from weimin.model.network import Network
from weimin.records.place import place_of
from weimin.rules.links import numbers_in_sequence, parent_missing

_NEEDS_DOSSIERS = tuple(sorted({code for code in CODES if code[0] == "W"} - {"W120", "W121", "W122", "W131", "W707"}))
"""The rules of family W for a platform: all but those about dates and about numbers of rules ask for its dossiers, which are not judged here."""


def check_staged(root: Path, options: Options) -> tuple[CheckResult, Register, Judge]:
    """Families F, S, L and P of every staged file, and W of the dossiers to which they belong. Raises NothingToCheck.

    Errors that HEAD already has in files that are not staged refuse no commit, and the duties of those files are not listed.
    Contents come from the index: the file in the work tree may differ from what is about to be committed.
    """
    git = repository(root)
    if git is None:
        raise NothingToCheck("这里不是 Git 仓库，没有待提交的内容。改法：在仓库里运行；只核对文件，不加 --staged。")
    prefix = prefix_of(root, git)
    paths = frozenset(p.removeprefix(prefix) for p in staged(git, prefix + "content"))
    register = Register(Index(root, git))
    options = msgspec.structs.replace(options, as_of=options.as_of or today(register.site.timezone))
    units = units_of(paths)
    judge = judge_of(register, options)
    now = _findings(judge, units, paths)
    before: tuple[Finding, ...] = ()
    if any(f.path not in paths and f.severity is Severity.ERROR for f in now):
        before = _findings(judge_of(Register(Snapshot(root, git, head(git))), options), units, paths)
    attributed, earlier, _ = attribute_findings(now, before, paths, units, register)
    attributed = [f for f in attributed if f.path in paths or f.severity is Severity.ERROR]
    assert options.as_of is not None
    checked = CheckResult(
        as_of=options.as_of,
        commit=register.tree.commit(),
        records=sum(p in register.blobs for p in paths),
        dossiers=sum("/" in unit for unit in units),
        platforms=sum(unit.isdigit() for unit in units),
        rules=options.rules,
        findings=tuple(sorted((f for f in attributed if options.selects(f.code)), key=lambda f: f.order)),
        earlier=tuple(f for f in earlier if options.selects(f.code)),
        staged=True,
        changed=len(paths),
    )
    return checked, register, judge


def _findings(judge: Judge, units: Iterable[str], paths: frozenset[str]) -> tuple[Finding, ...]:
    """The findings of the units of staged files, and of staged files that have no place or collide with others."""
    register = judge.register
    loose = (*register.problems, *network_problems(register, judge.network))
    findings = [judge.finding(p) for p in loose if p.path in paths]
    staged_units = [register.units[unit] for unit in sorted(units) if unit in register.units]
    inbound = _inbound(judge, [unit.id for unit in staged_units if unit.is_dossier])
    for unit in staged_units:
        if unit.is_dossier:
            findings += judge.dossier(unit, inbound.get(unit.id, ())).findings
        elif unit.platform is None:
            findings += judge.prose_records(unit).findings
        else:
            findings += (f for f in judge.platform(unit, (), (), ()).findings if not f.code.startswith(_NEEDS_DOSSIERS))
    return tuple(sorted(findings, key=lambda f: f.order))


def _inbound(judge: Judge, dossiers: list[str]) -> dict[str, tuple[Inbound, ...]]:
    """References of other dossiers to these, found by searching for their numbers, so that not every dossier has to be read."""
    register = judge.register
    if not dossiers or register.tree.git is None:
        return {}
    prefix = prefix_of(register.tree.root, register.tree.git)
    named = mentioning(register.tree.git, dossiers, prefix + "content/network")
    places = (place_of(path.removeprefix(prefix)) for path in named)
    referring = sorted({p.dossier for p in places if not isinstance(p, Problem) and p.dossier} - set(dossiers))
    results = [judge.dossier(register.units[d]) for d in (*referring, *dossiers) if d in register.units]
    return {target: refs for target, refs in inbound_of(results).items() if target in dossiers}


def judge_of(register: Register, options: Options) -> Judge:
    """A judge with the network context, read once: rows of platforms, rule books, exemptions."""
    as_of = options.as_of or today(register.site.timezone)
    return NetworkContext(register, as_of, options.disabled, register.inventory.unit_ids(dossiers=False)).judge("row")


def network_problems(register: Register, network: Network) -> Iterator[Problem]:
    """Problems between units: a platform without the one above it, a skipped number of a dossier."""
    yield from parents_missing(network)
    for code in sorted({unit.partition("/")[0] for unit in register.inventory.unit_ids(dossiers=True)}):
        yield from numbers_in_sequence(code, register.inventory.heads(code))


def parents_missing(network: Network) -> Iterator[Problem]:
    for row in network.rows.values():
        yield from parent_missing(row, network)
