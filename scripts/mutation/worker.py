"""The process in a private copy that runs the tests: once to measure them, then once per mutant, each time in a fork.

It speaks JSON, a line per message, on the standard output that it was started with. The fork begins with the packages of
others loaded and with none of our own modules, so that it starts quickly and reads the mutant.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import resource
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import coverage
import pytest

OPTIONS = (
    "-q",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:xdist",
    "--no-header",
    "--tb=line",
    "-W",
    "ignore::pytest.PytestAssertRewriteWarning",
)
PASSED, FAILED, STOPPED = "passed", "failed", "stopped"
NOTHING_COLLECTED = 5
TIMES = 6
MEMORY = 6 << 30


class Measured:
    """A pytest plugin: how long each test takes, which lines it runs, and which fail."""

    def __init__(self, tracer: coverage.Coverage) -> None:
        self.seconds: dict[str, float] = {}
        self.failed: list[str] = []
        self._tracer = tracer

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._tracer.switch_context(item.nodeid)
        begun = time.monotonic()
        found = yield
        self.seconds[item.nodeid] = time.monotonic() - begun
        self._tracer.switch_context("")
        return found

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)


class Chosen:
    """A pytest plugin: only these tests, file by file in the given order; the first that fails is told."""

    def __init__(self, tests: list[str]) -> None:
        self.first = ""
        self._order = {test: n for n, test in enumerate(tests)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted((i for i in items if i.nodeid in self._order), key=lambda i: self._order[i.nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.first:
            self.first = report.nodeid


def measure(tests: list[str], sources: list[str]) -> dict[str, Any]:
    """Run the tests of a room without a mutant, in this process.

    `lines`: module → line → numbers of the tests that run it; a line that runs at import has the number -1.
    """
    sys.dont_write_bytecode = False  # the tests as pytest rewrites them are kept for the forks
    tracer = coverage.Coverage(data_file=None, include=[str(Path(s).resolve()) for s in sources], config_file=False)
    tracer.start()
    plugin = Measured(tracer)
    code = int(pytest.main([*OPTIONS, *tests], plugins=[plugin]))
    tracer.stop()
    numbers = {test: n for n, test in enumerate(plugin.seconds)} | {"": -1}
    data = tracer.get_data()
    lines = {
        s: {
            line: sorted(numbers[c] for c in found)
            for line, found in data.contexts_by_lineno(str(Path(s).resolve())).items()
        }
        for s in sources
    }
    here = f"{Path.cwd()}{os.sep}"
    others = [name for name, module in list(sys.modules.items()) if not _is_ours(module, here)]
    return {"code": code, "seconds": plugin.seconds, "failed": plugin.failed, "lines": lines, "others": others}


def _is_ours(module: Any, here: str) -> bool:
    file = getattr(module, "__file__", None) or next(iter(getattr(module, "__path__", ())), "")
    return str(file).startswith(here) and f"{here}.venv" not in str(file)


def run_chosen(tests: list[str]) -> dict[str, Any]:
    """Run these tests in this process and stop at the first failure."""
    plugin = Chosen(tests)
    files = list(dict.fromkeys(test.partition("::")[0] for test in tests))
    code = int(pytest.main([*OPTIONS, "-x", "--basetemp", _scratch(os.getpid()), *files], plugins=[plugin]))
    if code == NOTHING_COLLECTED:
        return {"outcome": FAILED, "by": "collection"}
    return {"outcome": FAILED if code else PASSED, "by": plugin.first or "collection" if code else ""}


def _scratch(process: int) -> str:
    return str(Path.cwd() / ".scratch" / str(process))


def forked(work: Callable[[], dict[str, Any]], limit: float | None = None) -> dict[str, Any]:
    """What `work` returns in a fork; `stopped` where it runs longer than `limit` seconds, or is killed."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setsid()
            os.close(reader)
            if limit is not None:
                resource.setrlimit(resource.RLIMIT_CPU, (int(limit), int(limit) + 1))
                resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            try:
                found = work()
            except MemoryError:
                found = {"outcome": STOPPED, "by": ""}
            except BaseException:
                found = {"fault": traceback.format_exc()}
            with os.fdopen(writer, "wb") as pipe:
                pipe.write(json.dumps(found).encode())
            code = 0
        finally:
            os._exit(code)
    os.close(writer)
    found = _read(reader, child, None if limit is None else time.monotonic() + limit * 3)
    shutil.rmtree(_scratch(child), ignore_errors=True)
    return dict(json.loads(found)) if found else {"outcome": STOPPED, "by": ""}


def _read(reader: int, child: int, until: float | None) -> bytes:
    """All that the child writes until it ends; it and what it started are stopped at `until`."""
    found = b""
    os.set_blocking(reader, False)
    while True:
        with contextlib.suppress(BlockingIOError):
            found += os.read(reader, 1 << 20)
        ended, _ = os.waitpid(child, os.WNOHANG)
        if ended or (until is not None and time.monotonic() > until):
            break
        time.sleep(0.01)
    with contextlib.suppress(BlockingIOError):
        while part := os.read(reader, 1 << 20):
            found += part
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
    if not ended:
        os.waitpid(child, 0)
    os.close(reader)
    return found


def try_mutant(
    path: str, source: str, batches: list[list[str]], seconds: dict[str, float], slack: float
) -> dict[str, Any]:
    """Plant the mutant in this copy and run the batches of tests, one after the other, until a test fails.

    A batch may take `slack` seconds of CPU and a multiple of what its tests took without a mutant.
    """
    file = Path(path)
    original = file.read_bytes()
    begun = time.monotonic()
    result: dict[str, Any] = {"outcome": PASSED, "by": ""}
    try:
        file.write_text(source, encoding="utf-8", newline="\n")
        for tests in filter(None, batches):
            limit = slack + TIMES * sum(seconds[t] for t in tests)
            result = forked(lambda tests=tests: run_chosen(tests), limit)  # type: ignore[misc]
            if result.get("outcome") != PASSED:
                break
    finally:
        file.write_bytes(original)
    return {**result, "took": time.monotonic() - begun}


def main() -> None:
    """Answer messages until the input ends. What tests print goes to a file in the copy."""
    sys.path.remove(str(Path(__file__).parent)) if str(Path(__file__).parent) in sys.path else None
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    printed = os.open("printed.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(printed, 1)
    os.dup2(printed, 2)
    Path(".scratch").mkdir(exist_ok=True)
    seconds: dict[str, float] = {}
    for line in sys.stdin:
        message = json.loads(line)
        if message["do"] == "measure":
            answer = forked(lambda m=message: measure(m["tests"], m["sources"]))  # type: ignore[misc]
        elif message["do"] == "load":
            seconds = message["seconds"]
            for name in message["others"]:
                with contextlib.suppress(Exception):
                    importlib.import_module(name)
            answer = {}
        else:
            answer = try_mutant(message["path"], message["source"], message["batches"], seconds, message["slack"])
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
