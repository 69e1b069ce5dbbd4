"""`scripts/mutate ROOM…`: the command line."""

from __future__ import annotations

import argparse
import os
import sys
from itertools import count
from pathlib import Path

from mutation.equivalents import read_equivalents, reason_of
from mutation.mutants import all_mutants, sample
from mutation.report import Score, diff, table
from mutation.rooms import COUNT, FLOOR, ROOMS
from mutation.trial import BrokenRoom, Tried, try_all

ROOT = Path(__file__).resolve().parents[2]
STEP = 20
"""Mutants between two notes of how far it is."""


def measure(name: str, *, sampled: int = COUNT, seed: int | None = None, jobs: int = 1, verbose: bool = False) -> Score:
    """Try a sample of a room's mutants; survivors go to standard output as they are found."""
    room = ROOMS[name]
    chosen_seed = room.seed if seed is None else seed
    sources = room.sources(ROOT)
    rows = read_equivalents()
    every = all_mutants(sources)
    drawn = sample(every, sources, chosen_seed, sampled)
    mutants = [m for m in drawn if reason_of(m, rows) is None]

    done = count(1)

    def told(tried: Tried) -> None:
        if (n := next(done)) % STEP == 0:
            print(f"{name}：{n}/{len(mutants)}", file=sys.stderr, flush=True)
        if not tried.found:
            print(diff(tried.mutant, sources[tried.mutant.module]), flush=True)
        elif verbose:
            print(f"{tried.mutant.module}:{tried.mutant.line} {tried.outcome} {tried.took:.1f}s {tried.by}", flush=True)

    tests = [t for t in room.tests if (ROOT / t).exists()]
    tried = try_all(ROOT, tests, sources, mutants, jobs, told)
    return Score(name, chosen_seed, len(every), len(drawn) - len(mutants), tried)


def main(arguments: list[str]) -> int:
    """0 where every room reaches the floor, 1 where one does not, 3 where the tests do not pass without a mutant."""
    parser = argparse.ArgumentParser(
        prog="scripts/mutate", description="变异测试：在代码副本里逐个植入小错误，看这一组模块自己的测试能不能发现。"
    )
    parser.add_argument("rooms", nargs="+", choices=sorted(ROOMS), metavar="模块组", help="、".join(ROOMS))
    parser.add_argument("--count", type=int, default=COUNT, help=f"抽多少个（{COUNT}）")
    parser.add_argument("--seed", type=int, help="抽样的种子；不写时用 scripts/mutation/rooms.py 里写明的")
    parser.add_argument("--jobs", type=int, default=max(1, (os.cpu_count() or 2) - 1), help="同时几个进程")
    parser.add_argument("--verbose", action="store_true", help="被发现的也列出来")
    given = parser.parse_args(arguments)
    scores = []
    for name in given.rooms:
        try:
            scores.append(measure(name, sampled=given.count, seed=given.seed, jobs=given.jobs, verbose=given.verbose))
        except BrokenRoom as broken:
            print(f"停下：没有植入错误时 {name} 的测试就不通过：\n{broken}", file=sys.stderr)
            return 3
    print(table(scores))
    return 1 if any(score.percent < FLOOR for score in scores) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
