"""`weimin check --base`: what a change is answerable for, and nothing else (docs/adr/0020)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from weimin.adapters.clock import today
from weimin.adapters.files import WorkTree
from weimin.adapters.git import Entry, commit_of, is_shallow, merge_base, repository
from weimin.adapters.objects import Snapshot, Tree
from weimin.adapters.tree_changes import DELETED, UNCOMMITTED, TreeChanges, changes_since
from weimin.engine.compute import checked_of, compute
from weimin.engine.computed_register import ComputedRegister
from weimin.engine.opening import NothingToCheck
from weimin.engine.options import Options, Tick
from weimin.engine.register import Register
from weimin.engine.state import SITE
from weimin.engine.tables import store_of
from weimin.model.change import Change, ChangedFile
from weimin.model.check_result import CheckResult
from weimin.model.finding import Finding, Problem, Severity
from weimin.model.place import Place
from weimin.model.summary import Summary
from weimin.records.place import place_of

Trail = Callable[[Change, Register], Iterable[Problem]]
"""(change, register now) → what is wrong with the change itself, beyond the state that it leaves."""


class UnknownRevision(Exception):
    """A revision that the repository does not have; the message is the revision."""


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A change before anything is judged: the register where it parted, the records to check, and what differs."""

    before: Register
    tree: Tree
    change: Change
    changes: TreeChanges


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """A change and what was found. `now` None: it changes no record, nothing was checked.

    `stood`: the dossiers that were judged again as they were before.
    """

    change: Change
    checked: CheckResult
    register: Register
    stood: Mapping[str, Summary] = {}
    now: ComputedRegister | None = None


def open_change(root: Path, base: str, head: str = "", *, stored: bool = False) -> Opened:
    """`head`: the revision to check; empty: the files as they are on the disk. `stored`: use what was found out before.

    Raises NothingToCheck, UnknownRevision.
    """
    git = repository(root)
    if git is None:
        raise NothingToCheck("这里不是 Git 仓库，没有可以比较的历史。改法：在克隆下来的仓库里运行。")
    if is_shallow(git):
        raise NothingToCheck(
            "这个克隆只有一部分历史，比不出从哪里开始改的。改法：git fetch --unshallow（在自动检查里把克隆深度设为 0）"
        )
    commits = [commit_of(git, rev) for rev in (base, head or "HEAD")]
    for rev, found in zip((base, head), commits, strict=True):
        if rev and not found:
            raise UnknownRevision(rev)
    parted = merge_base(git, *commits) if all(commits) else ""
    if not parted:
        raise NothingToCheck(
            f"“{base}”与现在的记录没有共同的历史，无法比较。改法：git fetch 取回完整的历史，再试一次。"
        )
    before = Register(Snapshot(root, git, parted), store_of(root) if stored else None)
    tree: Tree = Snapshot(root, git, commits[1]) if head else WorkTree(root)
    changes = changes_since(tree, before.state.tree_mark)
    files = tuple(_differ(before, changes))
    change = Change(base=parted, head=commits[1] if head else "", files=files)
    return Opened(before=before, tree=tree, change=change, changes=changes)


def _differ(before: Register, changes: TreeChanges) -> Iterator[ChangedFile]:
    """Every file below content/ that is not the same, by content and mode, in order of paths."""
    now = {e.path: e for e in changes.entries}
    gone = (path for path in before.blobs if path not in now) if changes.complete else ()
    for path in sorted((*now, *gone)):
        old, new = before.inventory.entry(path), now.get(path)
        after = new if new is not None and new.mode != DELETED else None
        if _told(old) != _told(after):
            yield ChangedFile(path=path, before=_blob(old), after=_blob(after))


def _told(entry: Entry | None) -> tuple[str, str] | None:
    return (entry.mode, entry.blob.removeprefix(UNCOMMITTED)) if entry else None


def _blob(entry: Entry | None) -> str:
    """The id of a file's content; `link` for what is no file (F107 says so)."""
    if entry is None:
        return ""
    return entry.blob.removeprefix(UNCOMMITTED) if entry.mode.startswith("100") else "link"


def check_change(
    opened: Opened,
    options: Options,
    *,
    trail: Trail | None = None,
    tick: Tick = lambda what, n, total: None,
) -> Compared:
    """Hold what a change leaves to the rules, on the day on which what it parted from was held to them.

    What it does not touch, and what reads nothing of it, is not judged again; nor is it kept.
    """
    before, change = opened.before, opened.change
    options = msgspec.structs.replace(options, as_of=options.as_of or today(before.site.timezone))
    assert options.as_of is not None
    if not change.files:
        checked = CheckResult(as_of=options.as_of, commit=opened.tree.commit(), base=change.base)
        return Compared(change=change, checked=checked, register=before)
    stood = compute(before, options, tick)
    if SITE in change.paths:  # everything depends on the settings
        now = Register(opened.tree)
        held = compute(now, options, tick)
        sides = Sides(now=held.findings, before=stood.findings, beside=0)
        summaries = {s.id: s for s in stood.iterate_summaries()}
    else:
        before.state.update(opened.changes)
        now = Register(opened.tree, state=before.state)
        held = compute(now, options, tick)
        sides = _sides(held, stood, change.paths, options)
        summaries = dict(held.replaced_summaries)
    checked = _answered(opened, held, sides, now, options, trail)
    return Compared(change=change, checked=checked, register=now, stood=summaries, now=held)


class Sides(msgspec.Struct, frozen=True, kw_only=True):
    """The findings that a change may have to do with, after and before. `beside`: how many others stand, exempt ones aside."""

    now: tuple[Finding, ...]
    before: tuple[Finding, ...]
    beside: int


def _sides(held: ComputedRegister, stood: ComputedRegister, paths: frozenset[str], options: Options) -> Sides:
    """Of folders that were judged again, and of the files and folders that the change touches."""
    again = {f for node in held.replaced_findings for f in held.findings_of_unit(node)}
    same = {f for path in paths for f in held.findings_in_file(path)}
    same |= {f for unit in touched(paths) for f in held.findings_about_unit(unit)}
    now = (*(again | same), *held.file_findings)
    told = {f for found in held.replaced_findings.values() for f in found}
    total = sum(n for code, of in held.counts.items() if options.selects(code) for s, n in of.items() if s != "exempt")
    return Sides(
        now=now,
        before=(*told, *(same - again), *stood.file_findings),
        beside=total - sum(options.selects(f.code) and not f.exempt for f in now),
    )


def _answered(
    opened: Opened, held: ComputedRegister, sides: Sides, now: Register, options: Options, trail: Trail | None
) -> CheckResult:
    change = opened.change
    own = [held.judge.finding(p) for p in (trail(change, now) if trail else ()) if options.selects(p.code)]
    units = touched(change.paths)
    found = tuple(f for f in sides.now if options.selects(f.code))
    mine, earlier, others = answerable(found, sides.before, change.paths, units, now)
    return msgspec.structs.replace(
        checked_of(held, options, tuple(sorted((*mine, *own), key=lambda f: f.order))),
        base=change.base,
        rules=options.rules_of_change if trail else options.rules,
        records=sum(bool(f.after) for f in change.files),
        dossiers=sum("/" in unit for unit in units),
        platforms=sum(unit.isdigit() for unit in units),
        earlier=tuple(sorted(earlier, key=lambda f: f.order)),
        others=others + sides.beside,
        changed=len(change.files),
    )


def touched(paths: Iterable[str]) -> frozenset[str]:
    """The folders (units) in which these files lie, also those that are gone."""
    places = (place_of(path) for path in paths)
    return frozenset(p.unit for p in places if isinstance(p, Place))


def answerable(
    now: Iterable[Finding],
    before: Iterable[Finding],
    paths: frozenset[str],
    units: frozenset[str],
    register: Register,
) -> tuple[list[Finding], list[Finding], int]:
    """What a change answers for; errors that stood before in other files of the folders it touched; how many others.

    It answers for every finding in a file that it changed, for every finding anywhere that did not stand before, and shows
    what is owed in the folders that it touched.
    """
    stood = {_identity(f) for f in before}
    mine: list[Finding] = []
    earlier: list[Finding] = []
    others = 0
    for f in now:
        if f.path in paths or _identity(f) not in stood:
            mine.append(f)
        elif unit_of(f, register) not in units:
            others += not f.exempt
        elif f.severity is Severity.ERROR and not f.exempt:
            earlier.append(f)
        else:
            mine.append(f)
    return mine, earlier, others


def _identity(f: Finding) -> tuple[str, str, int, int, str, str]:
    return (f.code, f.path, f.line, f.column, f.severity, f.message)


def unit_of(f: Finding, register: Register) -> str | None:
    """The folder to which a finding belongs; None for a file that has no place."""
    place = register.by_path.get(f.path)
    return place.unit if place else f.dossier
