"""`weimin check`: every folder read, held to the rules, and what was found put in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import msgspec

from weimin.adapters.clock import today
from weimin.adapters.cluster import Cluster
from weimin.adapters.files import find_root
from weimin.app.held import Held
from weimin.app.hold import Holding
from weimin.app.judge import Judge
from weimin.app.register import Register
from weimin.app.state.tables import store_of
from weimin.app.world import World
from weimin.model.checked import Checked
from weimin.model.codes import CODES
from weimin.model.finding import Finding, Problem
from weimin.model.network import Network
from weimin.rules.links import numbers_in_sequence, parent_missing


class NothingToCheck(Exception):
    """The surroundings do not allow an answer (exit code 3); the message says what is missing, in Chinese."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """`select`, `ignore`: codes or their beginnings (W, W6, W602). `disabled`: rules switched off, for tests of the tests.

    `cluster`: other machines that share in the work, where there is much of it.
    """

    as_of: date | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    jobs: int = 1
    disabled: frozenset[str] = frozenset()
    cluster: Cluster | None = None

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


def find_records(root: Path | None, start: Path) -> Path:
    """`root`, or the nearest folder upwards that holds records. Raises NothingToCheck."""
    found = root if root is not None else find_root(start)
    if found is None or not (found / "content").is_dir():
        raise NothingToCheck(
            "没有找到任何记录：这里没有 content 文件夹。请在仓库的根目录运行，或者用 --root 指明仓库的位置。"
        )
    return found.resolve()


def open_register(root: Path | None, start: Path, *, kept: bool = False) -> Register:
    """The register of `root`, or of the nearest folder upwards. Raises NothingToCheck.

    `kept`: go on from what was found out last time, and keep what is found out now.
    """
    found = find_records(root, start)
    register = Register(found, store_of(found) if kept else None)
    if register.inventory.empty:
        raise NothingToCheck(
            "没有找到任何记录：content 文件夹是空的。先用 weimin new 建一份记录，或者用 weimin new network 建起平台。"
        )
    return register


def check(register: Register, options: Options, tick: Tick = lambda what, n, total: None) -> tuple[Checked, Held]:
    """Hold the whole work tree to the rules."""
    held = hold(register, options, tick)
    return checked_of(held, options, tuple(f for f in held.findings if options.wants(f.code))), held


def hold(register: Register, options: Options, tick: Tick) -> Held:
    """Every folder by itself; then what depends on other folders; of both only what changed since last time."""
    as_of = options.as_of or today(register.site.timezone)
    return Holding(register, as_of, options.disabled, options.jobs, tick, options.cluster).held()


def checked_of(held: Held, options: Options, findings: tuple[Finding, ...]) -> Checked:
    """What a check of everything says, with these findings."""
    return Checked(
        as_of=held.as_of,
        commit=held.commit,
        records=held.amount("records"),
        dossiers=held.amount("dossiers"),
        platforms=len(held.judge.network),
        rules=options.rules,
        findings=findings,
    )


def judge_of(register: Register, options: Options) -> Judge:
    """Everything that one dossier's verdict may ask of the others, read once: rows, rule books, exemptions."""
    as_of = options.as_of or today(register.site.timezone)
    return World(register, as_of, options.disabled, register.inventory.unit_ids(dossiers=False)).judge("row")


def network_problems(register: Register, network: Network) -> Iterator[Problem]:
    """What is wrong between folders: a platform without one above it, a number skipped."""
    yield from parents_missing(network)
    for code in sorted({unit.partition("/")[0] for unit in register.inventory.unit_ids(dossiers=True)}):
        yield from numbers_in_sequence(code, register.inventory.heads(code))


def parents_missing(network: Network) -> Iterator[Problem]:
    for row in network.rows.values():
        yield from parent_missing(row, network)
