"""What is printed: each survivor as a diff with its place, and a table with one row per room."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mutation.mutants import Mutant
from mutation.trial import Tried

HEAD = ("模块组", "种子", "可变异处", "抽样", "等价", "被发现", "其中超时", "没有发现", "发现率")


class Score(NamedTuple):
    """One room: `every` mutants of its modules, of which some were drawn; `equivalent` ones were not tried."""

    room: str
    seed: int
    every: int
    equivalent: int
    tried: Sequence[Tried]

    @property
    def survivors(self) -> list[Tried]:
        return [t for t in self.tried if not t.found]

    @property
    def percent(self) -> float:
        """Of the mutants that were tried; 100 where there are none."""
        return 100.0 * (len(self.tried) - len(self.survivors)) / len(self.tried) if self.tried else 100.0

    @property
    def row(self) -> tuple[str, ...]:
        stopped = sum(t.outcome == "stopped" for t in self.tried)
        found = len(self.tried) - len(self.survivors)
        numbers = (self.every, len(self.tried) + self.equivalent, self.equivalent, found, stopped, len(self.survivors))
        # cut, not rounded: 94.99 is less than 95
        return (self.room, str(self.seed), *map(str, numbers), f"{int(self.percent * 10) / 10:.1f}%")


def diff(mutant: Mutant, source: str) -> str:
    """The changed lines, under the place and the change in one line as `equivalents.toml` has it."""
    old, new = source.splitlines(), mutant.applied(source).splitlines()
    changed = [
        line
        for line in difflib.unified_diff(old, new, lineterm="", n=0)
        if line[:3] not in ("---", "+++") and line[:2] != "@@"
    ]
    scope = f" {mutant.scope}" if mutant.scope else ""
    return "\n".join(
        [f"{mutant.module}:{mutant.line}{scope}", *(f"  {line}" for line in changed), f"  # {mutant.change}"]
    )


def table(scores: Iterable[Score]) -> str:
    return "\n".join("\t".join(row) for row in (HEAD, *(score.row for score in scores)))
