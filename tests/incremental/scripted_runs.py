"""Scripts of random edits with builds in between: each incremental build is compared with a clean one."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest
from scripted_edits import EDITS, Draft, drawn
from scripted_register import Tree, start

from builders.repository import Repository, make_repo
from weimin.adapters import installation
from weimin.adapters.staging import Staging
from weimin.adapters.store import Store
from weimin.adapters.templates import environment
from weimin.app.build import open_data_files, page_context, render
from weimin.app.build.build import build
from weimin.app.build.refused import Refused
from weimin.app.build.site_build import no_log
from weimin.app.check.check import check
from weimin.engine import tables
from weimin.engine.computed_register import ComputedRegister
from weimin.engine.options import Options
from weimin.engine.register import Register
from weimin.engine.tables import version
from weimin.model.finding import Finding
from weimin.publish import plugin
from weimin.publish.run import publish
from weimin.site.pages import lists

DAY = date(2026, 7, 20)
AROUND = (
    "clock_forward",
    "clock_back",
    "template_change",
    "code_version",
    "base_url",
    "uncommitted",
    "commit_later",
    "go_back",
    "output_lost",
    "idle_tree_lost",
    "check_between",
    "check_another_day",
    "nothing",
)
Files = dict[str, bytes]


class Result(NamedTuple):
    """`files`: the published tree, empty if errors prevented publication. `findings`: of the check within the build."""

    refused: bool
    findings: tuple[Finding, ...]
    files: Files
    changed: int


class Mismatch(AssertionError):
    """An incremental build gave another result than a clean one."""


class Around:
    """What a build depends on besides records: the program and its templates. There are two versions of each.

    Slow steps are done once: templates of a folder are compiled once, examples of rules are read once.
    """

    def __init__(self, patch: pytest.MonkeyPatch, folder: Path) -> None:
        self._patch = patch
        # so that a small register has what large ones have: years that are divided and joined again, totals of many pages
        patch.setattr(open_data_files, "LARGEST_YEAR", 3000)
        patch.setattr(lists, "PER_PAGE", 3)
        real = installation._ROOT
        self._roots = (real, _other_root(real, folder))
        self._read = tables.program_files
        patch.setattr(render, "environment", cache(environment))
        examples = dict(page_context.Examples())
        patch.setattr(page_context, "Examples", lambda: examples)
        self._installed = cache(lambda root: _found(root))
        patch.setattr(page_context, "installed_now", lambda: self._installed(installation._ROOT))
        self.theme = self.code = 0

    def set(self, theme: int, code: int) -> None:
        if (theme, code) == (self.theme, self.code):
            return
        self.theme, self.code = theme, code
        self._patch.setattr(installation, "_ROOT", self._roots[theme])
        more = {"new.py": b"other = True\n"} if code else {}
        self._patch.setattr(tables, "program_files", lambda: {**self._read(), **more})
        self._patch.setattr(page_context, "__version__", f"0.0.{code}")
        version.cache_clear()


_installed_now = page_context.installed_now


def _found(_root: Path) -> dict[str, str]:
    return _installed_now()


def _other_root(real: Path, folder: Path) -> Path:
    """An installation whose templates were changed."""
    for name in ("schemas", "tests"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to(real / name)
    shutil.copytree(real / "theme", folder / "theme")
    base = folder / "theme/templates/base.html"
    text = base.read_text(encoding="utf-8")
    assert "<footer" in text
    base.write_text(text.replace("<footer", "<p>换了模板</p>\n<footer", 1), encoding="utf-8")
    return folder


class Script:
    """One register with its store and its site, edited and built repeatedly."""

    def __init__(self, seed: int, folder: Path, around: Around, often: float = 0.5) -> None:
        """`often`: the share of edits after which a build is compared; after the last edit one always is."""
        self.rnd, self.often = random.Random(seed), often
        self.seed, self.folder, self.around = seed, folder, around
        self.store, self.output = folder / "store" / "stored.sqlite", folder / "site" / "current"
        self.day, self.address, self.theme, self.code = DAY, "", 0, 0
        self.tree: Tree = start(self.rnd)
        self.good = dict(self.tree)
        self.disk: Tree = dict(self.tree)
        self.repository: Repository = make_repo(folder / "repo", [self.tree])
        self.commits: list[Tree] = [dict(self.tree)]
        self.dirty = False
        self.done: list[str] = []
        self.counts: Counter[str] = Counter()
        self.published: Files = {}
        self.store_unusable = False  # something happened after which the store must not be used

    def run(self) -> Counter[str]:
        try:
            self._run()
        except Exception as error:
            raise Mismatch(f"seed {self.seed}: {' → '.join(self.done)}\n{type(error).__name__}: {error}") from error
        self.counts["scripts"] += 1
        return self.counts

    def _run(self) -> None:
        self.compare()
        count = self.rnd.randint(4, 8)
        killed = self.rnd.randrange(count) if self.seed % 7 == 3 else -1
        for n in range(count):
            self.edit()
            if n == killed:
                self.kill()
                self.compare()
            elif n == count - 1 or self.rnd.random() < self.often:
                self.compare()

    # Edits
    def edit(self) -> None:
        kind = self.rnd.choice(AROUND) if self.rnd.random() < 0.25 else next(drawn(self.rnd, 1))
        self.done.append(kind)
        self.counts[kind] += 1
        if kind in EDITS:
            EDITS[kind](Draft(self.tree, self.rnd))
            self.save(commit=self.rnd.random() < 0.85)
        else:
            getattr(self, kind)()

    def save(self, *, commit: bool) -> None:
        files = {p: t for p, t in self.tree.items() if self.disk.get(p) != t}
        gone = dict.fromkeys(self.disk.keys() - self.tree.keys())
        self.repository.write({**files, **gone})
        self.disk = dict(self.tree)
        if commit:
            self.repository.commit({})
            self.commits.append(dict(self.tree))
        self.dirty = not commit

    def clock_forward(self) -> None:
        self.day += timedelta(days=self.rnd.choice((1, 7, 45, 200, 500)))

    def clock_back(self) -> None:
        """Sometimes to before the first commit, so that past events are in the future."""
        self.day -= timedelta(days=self.rnd.choice((1, 7, 45, 200, 1500)))

    def template_change(self) -> None:
        self.theme = 1 - self.theme
        self.store_unusable = True

    def code_version(self) -> None:
        self.code = 1 - self.code
        self.store_unusable = True

    def base_url(self) -> None:
        """The address of the command line, for a site without one in its settings."""
        self.address = self.rnd.choice(("", "https://a.example.org/", "https://b.example.org/sub/"))

    def uncommitted(self) -> None:
        kind = next(drawn(self.rnd, 1))
        self.done.append(kind)
        self.counts[kind] += 1
        EDITS[kind](Draft(self.tree, self.rnd))
        self.save(commit=False)

    def commit_later(self) -> None:
        self.save(commit=True)

    def go_back(self) -> None:
        """Reset the branch to an earlier commit; sometimes the later ones are removed from the repository."""
        n = self.rnd.randrange(len(self.commits))
        self.repository.git("reset", "--quiet", "--hard", f"HEAD~{len(self.commits) - 1 - n}")
        self.repository.git("clean", "-fdq")
        del self.commits[n + 1 :]
        self.tree, self.disk, self.dirty = dict(self.commits[n]), dict(self.commits[n]), False
        if self.rnd.random() < 0.3:
            self.repository.git("reflog", "expire", "--expire=now", "--all")
            self.repository.git("gc", "--quiet", "--prune=now")

    def output_lost(self) -> None:
        if self.output.parent.exists():  # it may have been lost before, with no build since
            shutil.rmtree(self.output.parent)
        self.published = {}

    def idle_tree_lost(self) -> None:
        live = self.output.readlink().name if self.output.is_symlink() else ""
        for tree in self.output.parent.glob(".current-[ab]"):
            if tree.name != live:
                shutil.rmtree(tree)

    def check_between(self) -> None:
        self._checked(self.day)

    def check_another_day(self) -> None:
        self._checked(self.day + timedelta(days=self.rnd.choice((-300, -40, -1, 1, 40, 300))))
        self.store_unusable = True

    def nothing(self) -> None:
        """Build the same again."""

    def _checked(self, on: date) -> None:
        self.around.set(self.theme, self.code)
        found = []
        for kept in (self.store, None):
            register = Register(self.repository.root, kept)
            checked, computed = check(register, Options(as_of=on))
            found.append((checked, computed.counts, computed.summaries))
            register.close()
        _same("check", found[0], found[1])
        self.counts["checks"] += 1

    # Builds
    def build(self, kept: Path | None) -> Result:
        """Build with the store at `kept` into the output of the site; None: a clean build into memory."""
        self.around.set(self.theme, self.code)
        findings: list[tuple[Finding, ...]] = []

        def log(computed: ComputedRegister) -> Any:
            findings[:] = [computed.findings]
            return no_log

        files: Files = {}

        def collect(written: Iterable[tuple[str, bytes]], _folder: Path, _root: Path) -> int:
            files.update(written)
            return len(files)

        output = self.output if kept else self.folder / "clean" / "current"
        shutil.rmtree(self.folder / "clean", ignore_errors=True)
        write = publish if kept else collect
        register = Register(self.repository.root, kept)
        try:
            options = Options(as_of=self.day)
            built = build(register, options, output, write, base_url=self.address, share_images=False, log=log)
        except Refused as refused:
            return Result(refused=True, findings=refused.computed.findings, files={}, changed=0)
        finally:
            register.close()
        return Result(
            refused=False, findings=findings[0], files=files_of(output) if kept else files, changed=built.changed
        )

    def compare(self) -> None:
        """Build once with the store and once without; the results must be equal."""
        self.counts["builds"] += 1
        warm, cold = self.build(self.store), self.build(None)
        _same("findings", warm.findings, cold.findings)
        _same("refused", warm.refused, cold.refused)
        if cold.refused:
            self.counts["refused"] += 1
            _same_files(files_of(self.output), self.published)
            if self.rnd.random() < 0.7:
                self.done.append("mended")
                self.tree = dict(self.good)
                self.save(commit=True)
                self.compare()
            return
        _same_files(warm.files, cold.files)
        if cold.files == self.published and warm.changed and not self.store_unusable:
            raise AssertionError(f"nothing differs, yet {warm.changed} files are said to have changed")
        self.good, self.published, self.store_unusable = dict(self.tree), cold.files, False

    def kill(self) -> None:
        """Kill a build; readers must see the complete old site or the complete new one."""
        new = self.build(None)
        for _ in range(self.rnd.randint(1, 2)):
            died = self._killed(self.rnd.random() < 0.5)
            self.done.append("killed" if died else "outran the kill")
            self.counts["kills"] += died
            found = files_of(self.output)
            if found != self.published and (new.refused or found != new.files):
                raise AssertionError("a killed build left a tree that is neither the old nor the new one")

    def _killed(self, at_a_point: bool) -> bool:
        """Whether the build was killed before it ended."""
        point, delay = self.rnd.randrange(1, 1200), self.rnd.random() * 0.35
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if child == 0:
            with contextlib.suppress(BaseException):
                if at_a_point:
                    _die_at(point)
                self.build(self.store)
            os._exit(0)
        if not at_a_point:
            time.sleep(delay)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        return os.WIFSIGNALED(status)


STEPS: tuple[tuple[type | ModuleType, str, int], ...] = (
    (Store, "insert", 1),
    (Store, "delete_where", 1),
    (Store, "commit", 60),
    (plugin, "_write", 1),  # a file of the site
    (Staging, "prepare", 60),
    (Staging, "remove", 30),
    (Staging, "mark_complete", 60),
    (Staging, "switch", 60),
    (Path, "symlink_to", 60),
    (Path, "replace", 60),
    (Store, "close", 60),
)
"""The steps at which a build is killed; the rare ones have a higher cost, so that they are hit as often."""
# here and not in the process that is killed, where a wrong name would only mean that nothing is killed
assert all(hasattr(owner, name) for owner, name, _ in STEPS)


def _die_at(point: int) -> None:
    """Kill this process at the n-th of the steps that change something on the disk."""
    remaining = [point]

    def dying(method: Callable[..., Any], cost: int) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            remaining[0] -= cost
            if remaining[0] <= 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return method(*arguments, **options)

        return call

    for owner, name, cost in STEPS:
        setattr(owner, name, dying(getattr(owner, name), cost))


def files_of(output: Path) -> Files:
    """Path → content of every file below the published folder; an empty folder counts as an empty file."""
    root = output.resolve()
    found: Files = {}
    for path in root.rglob("*"):
        name = path.relative_to(root).as_posix()
        if path.is_file():
            found[name] = path.read_bytes()
        elif not any(path.iterdir()):
            found[f"{name}/"] = b""
    return found


def _same(what: str, warm: object, cold: object) -> None:
    if warm == cold:
        return
    if isinstance(warm, tuple) and isinstance(cold, tuple):
        raise AssertionError(
            f"{what}: only warm {[w for w in warm if w not in cold][:4]}, only clean {[c for c in cold if c not in warm][:4]}"
            f" ({len(warm)} and {len(cold)})"
        )
    raise AssertionError(f"{what}: {warm!r} and {cold!r}")


def _same_files(warm: Files, cold: Files) -> None:
    if warm == cold:
        return
    differ = sorted(p for p in warm.keys() & cold.keys() if warm[p] != cold[p])
    said = [
        f"only warm {sorted(warm.keys() - cold.keys())[:8]}",
        f"only clean {sorted(cold.keys() - warm.keys())[:8]}",
        f"differ {differ[:12]}",
        *(f"{p}: {_first_difference(warm[p], cold[p])}" for p in differ[:6]),
    ]
    raise AssertionError("\n".join(said))


def _first_difference(a: bytes, b: bytes) -> str:
    n = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    cut = slice(max(n - 60, 0), n + 90)
    return f"warm …{a[cut].decode('utf-8', 'replace')}… clean …{b[cut].decode('utf-8', 'replace')}…"


def scripts(seeds: Iterator[int] | range, folder: Path, around: Around) -> Iterator[tuple[int, Counter[str]]]:
    for seed in seeds:
        here = folder / f"script-{seed}"
        yield seed, Script(seed, here, around).run()
        shutil.rmtree(here, ignore_errors=True)
