"""`weimin check --base`: the findings that a change is responsible for, and no others (docs/adr/0020).

A contributor must be able to merge a correct change while the register has errors that others left. So the change is judged
against the state from which it branched:

1. The fork point is the merge base of the branch and the base. The base's own later commits are no part of the change.
2. Changed files are those below content/ whose content or mode differs between the fork point and the checked files.
3. The register of the fork point is computed, usually from the store, on the day of the check. What only became overdue since
   the fork point is then found on both sides, and no change is blamed for the passing of time.
4. The changed files are put into that register and it is computed again: only stale units are judged, and the result is not
   written to the store. A change of the settings (`content/site.yml`) makes everything stale, so both sides are computed anew.
5. Findings after the change are divided by comparison with those before it (`attribute_findings`).

A change is responsible for

- every finding in a file that it changed, old or new: who edits a file puts it in order;
- every finding anywhere that did not exist before: for example a broken reference in another dossier;
- duties and notices of the units of changed files, which it shows but which block nothing.

It is not responsible for errors that existed before in other files of those units (reported as `earlier`), nor for findings of
other units, which are only counted (`others`). Two findings are the same if code, path, position, severity and message are equal.

Example: a branch adds a follow-up to a dossier. Its outcome, untouched, has lacked a date since before: `earlier`. The follow-up
names a measure that does not exist: the change is responsible. A neighbouring platform has no plan: counted in `others`.
"""

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

TrailCheck = Callable[[Change, Register], Iterable[Problem]]
"""(change, register after it) → problems of the change itself, which the state after it does not show (family A)."""


class UnknownRevision(Exception):
    """A revision that the repository does not have; the message is the revision."""


class OpenedChange(msgspec.Struct, frozen=True, kw_only=True):
    """A change before anything is judged: the register at the fork point, the files to check, and the differences."""

    before: Register
    tree: Tree
    change: Change
    changes: TreeChanges


class ChangeCheck(msgspec.Struct, frozen=True, kw_only=True):
    """A change and the findings that it is responsible for.

    `register`: after the change. `summaries_before`: the summaries, before the change, of dossiers that were judged again.
    `computed`: the register after the change with its results; None where no record changed and nothing was judged.
    """

    change: Change
    checked: CheckResult
    register: Register
    summaries_before: Mapping[str, Summary] = {}
    computed: ComputedRegister | None = None


def open_change(root: Path, base: str, head: str = "", *, use_store: bool = False) -> OpenedChange:
    """Find the fork point and the changed files.

    `head`: the revision to check; empty: the files in the work tree. `use_store`: reuse stored results.
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
    for rev, commit in zip((base, head), commits, strict=True):
        if rev and not commit:
            raise UnknownRevision(rev)
    fork_point = merge_base(git, *commits) if all(commits) else ""
    if not fork_point:
        raise NothingToCheck(
            f"“{base}”与现在的记录没有共同的历史，无法比较。改法：git fetch 取回完整的历史，再试一次。"
        )
    before = Register(Snapshot(root, git, fork_point), store_of(root) if use_store else None)
    tree: Tree = Snapshot(root, git, commits[1]) if head else WorkTree(root)
    changes = changes_since(tree, before.state.tree_mark)
    files = tuple(_changed_files(before, changes))
    change = Change(base=fork_point, head=commits[1] if head else "", files=files)
    return OpenedChange(before=before, tree=tree, change=change, changes=changes)


def _changed_files(before: Register, changes: TreeChanges) -> Iterator[ChangedFile]:
    """Every file below content/ whose content or mode differs, in the order of paths."""
    now = {e.path: e for e in changes.entries}
    removed = (path for path in before.blobs if path not in now) if changes.complete else ()
    for path in sorted((*now, *removed)):
        old, new = before.inventory.entry(path), now.get(path)
        after = new if new is not None and new.mode != DELETED else None
        if _mode_and_blob(old) != _mode_and_blob(after):
            yield ChangedFile(path=path, before=_blob(old), after=_blob(after))


def _mode_and_blob(entry: Entry | None) -> tuple[str, str] | None:
    return (entry.mode, entry.blob.removeprefix(UNCOMMITTED)) if entry else None


def _blob(entry: Entry | None) -> str:
    """The blob id of a file; `link` for a symbolic link or a submodule (F107 reports it)."""
    if entry is None:
        return ""
    return entry.blob.removeprefix(UNCOMMITTED) if entry.mode.startswith("100") else "link"


def check_change(
    opened: OpenedChange,
    options: Options,
    *,
    trail_check: TrailCheck | None = None,
    tick: Tick = lambda what, n, total: None,
) -> ChangeCheck:
    """Judge the state after a change, on the same day as the state before it.

    Units that neither hold nor depend on a changed file are not judged again. Results of the change are not stored.
    """
    before, change = opened.before, opened.change
    options = msgspec.structs.replace(options, as_of=options.as_of or today(before.site.timezone))
    assert options.as_of is not None
    if not change.files:
        checked = CheckResult(as_of=options.as_of, commit=opened.tree.commit(), base=change.base)
        return ChangeCheck(change=change, checked=checked, register=before)
    computed_before = compute(before, options, tick)
    if SITE in change.paths:  # every unit depends on the settings
        now = Register(opened.tree)
        computed = compute(now, options, tick)
        relevant = RelevantFindings(now=computed.findings, before=computed_before.findings, elsewhere=0)
        summaries = {s.id: s for s in computed_before.iterate_summaries()}
    else:
        before.state.update(opened.changes)
        now = Register(opened.tree, state=before.state)
        computed = compute(now, options, tick)
        relevant = _relevant_findings(computed, computed_before, change.paths, options)
        summaries = dict(computed.replaced_summaries)
    checked = _checked(opened, computed, relevant, now, options, trail_check)
    return ChangeCheck(change=change, checked=checked, register=now, summaries_before=summaries, computed=computed)


class RelevantFindings(msgspec.Struct, frozen=True, kw_only=True):
    """The findings that a change may have caused, after it (`now`) and before it.

    `elsewhere`: the number of all other findings after the change, exempt ones excluded.
    """

    now: tuple[Finding, ...]
    before: tuple[Finding, ...]
    elsewhere: int


def _relevant_findings(
    computed: ComputedRegister, computed_before: ComputedRegister, paths: frozenset[str], options: Options
) -> RelevantFindings:
    """The findings of units that were judged again, and of the changed files and their units."""
    judged_again = {f for node in computed.replaced_findings for f in computed.findings_of_unit(node)}
    unchanged = {f for path in paths for f in computed.findings_in_file(path)}
    unchanged |= {f for unit in units_of(paths) for f in computed.findings_about_unit(unit)}
    now = (*(judged_again | unchanged), *computed.file_findings)
    replaced = {f for findings in computed.replaced_findings.values() for f in findings}
    total = sum(
        n for code, of in computed.counts.items() if options.selects(code) for s, n in of.items() if s != "exempt"
    )
    return RelevantFindings(
        now=now,
        before=(*replaced, *(unchanged - judged_again), *computed_before.file_findings),
        elsewhere=total - sum(options.selects(f.code) and not f.exempt for f in now),
    )


def _checked(
    opened: OpenedChange,
    computed: ComputedRegister,
    relevant: RelevantFindings,
    now: Register,
    options: Options,
    trail_check: TrailCheck | None,
) -> CheckResult:
    change = opened.change
    of_change = [
        computed.judge.finding(p) for p in (trail_check(change, now) if trail_check else ()) if options.selects(p.code)
    ]
    units = units_of(change.paths)
    selected = tuple(f for f in relevant.now if options.selects(f.code))
    attributed, earlier, others = attribute_findings(selected, relevant.before, change.paths, units, now)
    return msgspec.structs.replace(
        checked_of(computed, options, tuple(sorted((*attributed, *of_change), key=lambda f: f.order))),
        base=change.base,
        rules=options.rules_of_change if trail_check else options.rules,
        records=sum(bool(f.after) for f in change.files),
        dossiers=sum("/" in unit for unit in units),
        platforms=sum(unit.isdigit() for unit in units),
        earlier=tuple(sorted(earlier, key=lambda f: f.order)),
        others=others + relevant.elsewhere,
        changed=len(change.files),
    )


def units_of(paths: Iterable[str]) -> frozenset[str]:
    """The units to which these files belong, also of files that were removed."""
    places = (place_of(path) for path in paths)
    return frozenset(p.unit for p in places if isinstance(p, Place))


def attribute_findings(
    now: Iterable[Finding],
    before: Iterable[Finding],
    paths: frozenset[str],
    units: frozenset[str],
    register: Register,
) -> tuple[list[Finding], list[Finding], int]:
    """Divide findings into those a change is responsible for, earlier errors of its units, and a number of others.

    `now` and `before`: the findings after and before the change. `paths` and `units`: the changed files and their units.
    The head of this module states the rules.
    """
    existing = {_identity(f) for f in before}
    attributed: list[Finding] = []
    earlier: list[Finding] = []
    others = 0
    for f in now:
        if f.path in paths or _identity(f) not in existing:
            attributed.append(f)
        elif unit_of(f, register) not in units:
            others += not f.exempt
        elif f.severity is Severity.ERROR and not f.exempt:
            earlier.append(f)
        else:
            attributed.append(f)
    return attributed, earlier, others


def _identity(f: Finding) -> tuple[str, str, int, int, str, str]:
    return (f.code, f.path, f.line, f.column, f.severity, f.message)


def unit_of(f: Finding, register: Register) -> str | None:
    """The unit to which a finding belongs; None for a file that has no place among the records."""
    place = register.by_path.get(f.path)
    return place.unit if place else f.dossier
