"""`weimin check`: every folder read, held to the rules, and what was found put in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

import msgspec

from weimin.adapters.clock import today
from weimin.adapters.files import find_root
from weimin.adapters.workers import each
from weimin.app.judge import DossierResult, Judge, StandingResult, inbound_of
from weimin.app.register import Register, Unit, network_of, parameters_of, platform_row
from weimin.model.checked import Checked
from weimin.model.codes import CODES
from weimin.model.dossier import Inbound
from weimin.model.finding import Duty, Finding, Problem
from weimin.model.network import Network, PlatformRow
from weimin.model.parameter import Parameters
from weimin.model.record import Record
from weimin.model.summary import Summary
from weimin.rules.links import numbers_in_sequence, parent_missing


class NothingToCheck(Exception):
    """The surroundings do not allow an answer (exit code 3); the message says what is missing, in Chinese."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """`select`, `ignore`: codes or their beginnings (W, W6, W602). `disabled`: rules switched off, for tests of the tests."""

    as_of: date | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    jobs: int = 1
    disabled: frozenset[str] = frozenset()

    def wants(self, code: str) -> bool:
        chosen = not self.select or code.startswith(self.select)
        return chosen and not (self.ignore and code.startswith(self.ignore))

    @property
    def rules(self) -> int:
        """How many rules are asked of records as they stand: all but the trail's, which ask about their history."""
        return sum(self.wants(code) for code in CODES if code not in TRAIL)

    @property
    def rules_of_change(self) -> int:
        """How many rules are asked of a change: of the trail those too that a change can break."""
        return self.rules + sum(self.wants(code) for code in TRAIL - {"A108"})


TRAIL = frozenset(code for code in CODES if CODES[code].family == "A")

Tick = Callable[[str, int, int], None]
"""(what is being done, how many more are done, of how many)."""


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """The register as checked: what the build goes on with. `findings` are those of everything, unfiltered."""

    register: Register
    judge: Judge
    as_of: date
    commit: str
    findings: tuple[Finding, ...]
    summaries: tuple[Summary, ...]
    books: tuple[Record, ...]
    inbound: Mapping[str, tuple[Inbound, ...]]
    carried: Mapping[str, tuple[Duty, ...]]
    records: int


def find_records(root: Path | None, start: Path) -> Path:
    """`root`, or the nearest folder upwards that holds records. Raises NothingToCheck."""
    found = root if root is not None else find_root(start)
    if found is None or not (found / "content").is_dir():
        raise NothingToCheck(
            "没有找到任何记录：这里没有 content 文件夹。请在仓库的根目录运行，或者用 --root 指明仓库的位置。"
        )
    return found.resolve()


def open_register(root: Path | None, start: Path) -> Register:
    """The register of `root`, or of the nearest folder upwards. Raises NothingToCheck."""
    register = Register(find_records(root, start))
    if not register.places and not register.problems:
        raise NothingToCheck(
            "没有找到任何记录：content 文件夹是空的。先用 weimin new 建一份记录，或者用 weimin new network 建起平台。"
        )
    return register


def check(register: Register, options: Options, tick: Tick = lambda what, n, total: None) -> tuple[Checked, Held]:
    """Hold the whole work tree to the rules."""
    held = hold(register, options, tick)
    wanted = tuple(f for f in held.findings if options.wants(f.code))
    checked = Checked(
        as_of=held.as_of,
        commit=held.commit,
        records=held.records,
        dossiers=len(held.summaries),
        platforms=len(held.judge.network),
        rules=options.rules,
        findings=wanted,
    )
    return checked, held


def hold(register: Register, options: Options, tick: Tick) -> Held:
    """Two passes: every folder by itself; then what depends on other folders."""
    as_of = options.as_of or today(register.site.timezone)
    judge = judge_of(register, msgspec.structs.replace(options, as_of=as_of))
    dossiers = [u for u in register.units.values() if u.is_dossier]
    total = len(dossiers)
    results = {r.id: r for r in each(judge.dossier, dossiers, options.jobs, lambda n: tick("核对卷宗", n, total))}
    inbound = inbound_of(results.values())
    carried = _carried(results, inbound)
    results |= {
        target: judge.dossier(register.units[target], refs, carried.get(target, ()))
        for target, refs in sorted(inbound.items())
        if target in results
    }
    judge = judge.heard(_heard(register, judge, results.values()))
    platforms = _platforms(register, judge, results, inbound, options, tick)
    loose = (*register.problems, *network_problems(register, judge.network))
    findings = [judge.finding(p) for p in loose if p.code not in options.disabled]
    findings += [f for d in results.values() for f in d.findings]
    findings += [f for p in platforms for f in p.findings]
    site_unit = register.units.get("site")
    records = sum(r.records for r in results.values()) + sum(r.records for r in platforms)
    if site_unit is not None:
        site = judge.prose_records(site_unit)
        findings += site.findings
        records += site.records
    return Held(
        register=register,
        judge=judge,
        as_of=as_of,
        commit=register.tree.commit(),
        findings=tuple(sorted(findings, key=lambda f: f.order)),
        summaries=tuple(results[i].summary for i in sorted(results)),
        books=judge.books,
        inbound=inbound,
        carried=carried,
        records=records,
    )


def _carried(
    results: Mapping[str, DossierResult], inbound: Mapping[str, tuple[Inbound, ...]]
) -> Mapping[str, tuple[Duty, ...]]:
    """What was open in dossiers that were merged or moved, by the dossier in which it goes on."""
    found: dict[str, tuple[Duty, ...]] = {}
    for target, refs in inbound.items():
        sources = sorted({i.source.rpartition("/")[0] for i in refs if i.role == "into"} & results.keys())
        if open_there := tuple(d for source in sources for d in results[source].carried):
            found[target] = open_there
    return found


def judge_of(register: Register, options: Options) -> Judge:
    """Everything that one dossier's verdict may ask of the others, read once: rows, rule books, exemptions."""
    rows: list[PlatformRow] = []
    books: list[Record] = []
    exemptions: list[Record] = []
    for unit in register.units.values():
        if unit.is_dossier or unit.platform is None:
            continue
        standing = register.standing(register.read(unit))
        if (row := platform_row(standing, register.site, heard=False)) is not None:
            rows.append(row)
        books += standing.of_kind("rule")
        exemptions += standing.of_kind("exemptions")
    parameters: Parameters = parameters_of(books)
    return Judge(
        register=register,
        network=network_of(rows),
        parameters=parameters,
        as_of=options.as_of or today(register.site.timezone),
        exemptions=tuple(exemptions),
        books=tuple(books),
        disabled=options.disabled,
    )


def _heard(register: Register, judge: Judge, results: Iterable[DossierResult]) -> frozenset[str]:
    """Codes of the platforms that have a record of their own."""
    heard = {r.platform for r in results if r.speaks}
    for unit in register.units.values():
        if not unit.is_dossier and unit.platform and unit.platform not in heard and judge.speaks(unit):
            heard.add(unit.platform)
    return frozenset(heard)


def _platforms(
    register: Register,
    judge: Judge,
    results: Mapping[str, DossierResult],
    inbound: Mapping[str, tuple[Inbound, ...]],
    options: Options,
    tick: Tick,
) -> list[StandingResult]:
    own: dict[str, list[Summary]] = defaultdict(list)
    others: dict[str, list[Summary]] = defaultdict(list)
    for r in results.values():
        own[r.platform].append(r.summary)
        for code in sorted({p.partition("/")[0] for p in r.summary.projects} - {r.platform}):
            others[code].append(r.summary)
    units = [u for u in register.units.values() if not u.is_dossier and u.platform]

    def job(unit: Unit) -> StandingResult:
        mine, theirs = tuple(own.get(unit.id, ())), tuple(others.get(unit.id, ()))
        return judge.platform(unit, mine, theirs, inbound.get(unit.id, ()))

    return list(each(job, units, options.jobs, lambda n: tick("核对平台", n, len(units))))


def network_problems(register: Register, network: Network) -> Iterator[Problem]:
    """What is wrong between folders: a platform without one above it, a number skipped."""
    for row in network.rows.values():
        yield from parent_missing(row, network)
    numbers: dict[str, dict[str, str]] = defaultdict(dict)
    for unit in register.units.values():
        if unit.is_dossier and unit.platform:
            numbers[unit.platform][unit.id] = unit.head.path
    for code in sorted(numbers):
        yield from numbers_in_sequence(code, numbers[code])
