"""All sampled mutants of a room, tried by several workers; what became of each."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Any, NamedTuple

from mutation.copies import copy_tree, own_environment
from mutation.mutants import Mutant

SCRIPTS = Path(__file__).resolve().parents[1]
SLACK = 10.0
"""Seconds of CPU that a run may take besides a multiple of what its tests took without a mutant: mostly imports."""


class BrokenRoom(Exception):
    """The tests of the room do not pass without a mutant; the text names them."""


class Tried(NamedTuple):
    """`outcome`: `killed`, `stopped` (out of time or memory, or the process died) or `survived`; `by`: the test that failed."""

    mutant: Mutant
    outcome: str
    by: str
    took: float

    @property
    def found(self) -> bool:
        return self.outcome != "survived"


class Baseline(NamedTuple):
    """The tests of a room without a mutant: seconds of each in order, and by module and line the tests that run it."""

    tests: tuple[str, ...]
    seconds: dict[str, float]
    lines: dict[str, dict[int, list[int]]]
    others: list[str]

    def batches(self, mutant: Mutant) -> list[list[str]]:
        """The tests that run the mutant's statement, then the rest: what runs at import is run by all."""
        lines = self.lines[mutant.module]
        first, last = mutant.lines
        reached = {n for line in range(first, last + 1) for n in lines.get(line, ())}
        some = self.tests if -1 in reached else [self.tests[n] for n in sorted(reached)]
        return [self._in_order(some), self._in_order(set(self.tests) - set(some))]

    def _in_order(self, tests: Iterable[str]) -> list[str]:
        """File by file, quickest first: fixtures of a module are made once."""
        chosen = set(tests)
        files: dict[str, float] = {}
        for test in chosen:
            file = test.partition("::")[0]
            files[file] = files.get(file, 0.0) + self.seconds[test]
        place = {test: n for n, test in enumerate(self.tests)}
        return sorted(chosen, key=lambda t: (files[f := t.partition("::")[0]], f, place[t]))


class Worker:
    """A process of `mutation.worker` in a copy of its own."""

    def __init__(self, root: Path, folder: Path) -> None:
        copy = folder.resolve() / "tree"
        copy.mkdir(parents=True)
        python = copy_tree(root, copy)
        environment = own_environment() | {"PYTHONPATH": str(SCRIPTS), "TMPDIR": str(folder.resolve())}
        self._process = subprocess.Popen(
            [python, "-m", "mutation.worker"],
            cwd=copy,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.printed = copy / "printed.txt"

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def ask(self, **message: Any) -> dict[str, Any]:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(message) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise BrokenRoom(f"{self.printed}:\n{_tail(self.printed)}")
        found: dict[str, Any] = json.loads(answer)
        if "fault" in found:
            raise BrokenRoom(found["fault"])
        return found

    def baseline(self, tests: Sequence[str], sources: Iterable[str]) -> Baseline:
        """Raises BrokenRoom where a test fails, or none runs."""
        found = self.ask(do="measure", tests=list(tests), sources=list(sources))
        if found.get("code") != 0:
            raise BrokenRoom("\n".join(found.get("failed", ())) or _tail(self.printed))
        lines = {module: {int(n): tests for n, tests in by_line.items()} for module, by_line in found["lines"].items()}
        return Baseline(tuple(found["seconds"]), found["seconds"], lines, found["others"])

    def load(self, baseline: Baseline) -> None:
        self.ask(do="load", others=baseline.others, seconds=baseline.seconds)

    def try_mutant(self, mutant: Mutant, source: str, baseline: Baseline, slack: float) -> Tried:
        asked = {
            "path": mutant.module,
            "source": mutant.applied(source),
            "batches": baseline.batches(mutant),
            "slack": slack,
        }
        found = self.ask(do="try", **asked)
        outcome = {"passed": "survived", "failed": "killed", "stopped": "stopped"}[found["outcome"]]
        return Tried(mutant, outcome, found["by"], found["took"])


def try_all(
    root: Path,
    tests: Sequence[str],
    sources: dict[str, str],
    mutants: Sequence[Mutant],
    jobs: int = 1,
    told: Callable[[Tried], None] = lambda tried: None,
    slack: float = SLACK,
) -> list[Tried]:
    """Every mutant tried, in the order given. Raises BrokenRoom where the tests do not pass without one."""
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        first = Worker(root, Path(folder) / "0")
        with first:
            baseline = first.baseline(tests, sources)
            first.load(baseline)
            free: SimpleQueue[Worker] = SimpleQueue()
            free.put(first)
            others = [Worker(root, Path(folder) / str(n)) for n in range(1, jobs)]
            try:
                for worker in others:
                    worker.load(baseline)
                    free.put(worker)

                def one(mutant: Mutant) -> Tried:
                    worker = free.get()
                    try:
                        tried = worker.try_mutant(mutant, sources[mutant.module], baseline, slack)
                    finally:
                        free.put(worker)
                    told(tried)
                    return tried

                with ThreadPoolExecutor(jobs) as pool:
                    return list(pool.map(one, mutants))
            finally:
                for worker in others:
                    worker.__exit__(None, None, None)


def _tail(file: Path) -> str:
    return "\n".join(file.read_text(encoding="utf-8", errors="replace").splitlines()[-30:]) if file.is_file() else ""
