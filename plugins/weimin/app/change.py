"""`weimin check --base`: what a change is answerable for, and nothing else (docs/adr/0020)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from weimin.adapters.clock import today
from weimin.adapters.git import Entry, commit_of, is_shallow, merge_base, repository
from weimin.adapters.objects import Snapshot, Tree, blob_id
from weimin.app.check import NothingToCheck, Options, Tick, check, hold
from weimin.app.held import Held
from weimin.app.register import Register
from weimin.model.change import Change, ChangedFile
from weimin.model.checked import Checked
from weimin.model.finding import Finding, Problem, Severity
from weimin.model.place import Place
from weimin.records.place import place_of

Trail = Callable[[Change, Register, Register], Iterable[Problem]]
"""(change, register before, register now) → what is wrong with the change itself, beyond the state that it leaves."""


class UnknownRevision(Exception):
    """A revision that the repository does not have; the message is the revision."""


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """A change and the registers on both sides of it. `before`, `now` None: it changes no record, nothing was checked."""

    change: Change
    checked: Checked
    register: Register
    before: Held | None = None
    now: Held | None = None


def open_change(root: Path, base: str, head: str = "") -> tuple[Register, Register, Change]:
    """The register at the merge base, the one to check, and what differs.

    `head`: the revision to check; empty: the files as they are on the disk. Raises NothingToCheck, UnknownRevision.
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
    before = Snapshot(root, git, parted)
    now = Register(Snapshot(root, git, commits[1]) if head else root)
    return Register(before), now, Change(base=parted, head=commits[1] if head else "", files=_differ(before, now.tree))


def _differ(before: Tree, now: Tree) -> tuple[ChangedFile, ...]:
    """Every file below content/ that is not the same in both, by content and mode, in order of paths."""
    old = {e.path: e for e in before.entries()}
    new = {e.path: e for e in now.entries()}
    like = next((e.blob for e in old.values()), "")
    changed = []
    for path in sorted(old.keys() | new.keys()):
        one, other = old.get(path), new.get(path)
        if one == other:
            continue
        after = _blob(other, now, like) if other else ""
        if one and other and (one.blob, one.mode) == (after, other.mode):
            continue
        changed.append(ChangedFile(path=path, before=one.blob if one else "", after=after))
    return tuple(changed)


def _blob(entry: Entry, tree: Tree, like: str) -> str:
    """The id of a file's content; `link` for what is on the disk and no file (F107 says so)."""
    if entry.blob:
        return entry.blob
    return blob_id(tree.read(entry.path), like) if entry.mode.startswith("100") else "link"


def check_change(
    before: Register,
    now: Register,
    change: Change,
    options: Options,
    *,
    trail: Trail | None = None,
    tick: Tick = lambda what, n, total: None,
) -> Compared:
    """Hold both sides to the rules on the same day, and keep what the change answers for."""
    options = msgspec.structs.replace(options, as_of=options.as_of or today(now.site.timezone))
    if not change.files:
        assert options.as_of is not None
        return Compared(
            change=change,
            checked=Checked(as_of=options.as_of, commit=now.tree.commit(), base=change.base),
            register=now,
        )
    whole, held = check(now, options, tick)
    stood = hold(before, options, tick)
    own = [held.judge.finding(p) for p in (trail(change, before, now) if trail else ()) if options.wants(p.code)]
    units = touched(change.paths)
    mine, earlier, others = answerable(whole.findings, stood.findings, change.paths, units, now)
    checked = msgspec.structs.replace(
        whole,
        base=change.base,
        rules=options.rules_of_change if trail else options.rules,
        records=sum(bool(f.after) for f in change.files),
        dossiers=sum("/" in unit for unit in units),
        platforms=sum(unit.isdigit() for unit in units),
        findings=tuple(sorted((*mine, *own), key=lambda f: f.order)),
        earlier=tuple(earlier),
        others=others,
        changed=len(change.files),
    )
    return Compared(change=change, checked=checked, register=now, before=stood, now=held)


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
