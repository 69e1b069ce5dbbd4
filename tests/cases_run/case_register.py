"""The cases of `tests/cases/` as registers, in memory or on disk: `_base`, the overlay of a case, and what no editor could keep.

A folder per code, `CODE-slug/`, with `bad/` and `good/`: the files that differ from `_base/`, and `case.yml` if need be:

    as_of: 2027-02-01            # instead of AS_OF
    delete: [content/…/x.md]     # files of the base that this case has not
    write:                       # bytes that Git or an editor would spoil
      - path: content/…/x.md
        text: "a\\r\\n"            # or hex: …, or link: TARGET; with mode: "755" if it runs
        shown: 这个文件的换行是 CRLF。
    shown:                       # in words, for `weimin explain` and the rule's page, a file of the case that is no text
      content/…/photo.jpg: 这张照片的属性里有拍摄位置。
    fix:                         # bad only: the hint, pasted, makes the finding go
      path: content/…/x.md
      hint: "due: 期限"           # as it stands in the hint of the finding
      fill: {期限: 2026-08-31}
      below: "unit: 交通办"        # or replaces: …, or rename: true; none of them: a new file
      indent: 4

`bad/expected.txt` holds every finding of the register, as `said` writes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import yaml

from artefacts import files_of
from builders.register import LINK, PROGRAM, on_disk, register_of
from builders.repository import make_repo
from weimin.app.check.check import check
from weimin.engine.options import Options
from weimin.model.codes import CODES, Code
from weimin.model.finding import Finding, Severity

FOLDER = Path(__file__).resolve().parents[1] / "cases"
BASE = FOLDER / "_base"
AS_OF = date(2026, 11, 22)
EXPECTED, SPEC = "expected.txt", "case.yml"
BY_HISTORY = frozenset({"A"})
"""SummaryPages that need a history, not a folder: their examples are the repositories of tests/history/."""


class Write(msgspec.Struct, forbid_unknown_fields=True):
    path: str
    text: str | None = None
    hex: str | None = None
    link: str | None = None
    mode: str | None = None
    shown: str = ""

    @property
    def data(self) -> bytes:
        return bytes.fromhex(self.hex) if self.hex is not None else (self.link or self.text or "").encode("utf-8")


class Fix(msgspec.Struct, forbid_unknown_fields=True):
    path: str
    hint: str
    fill: dict[str, Any] = {}
    below: str = ""
    replaces: str = ""
    rename: bool = False
    indent: int = 0

    @property
    def pasted(self) -> str:
        text = self.hint
        for blank, value in self.fill.items():
            assert blank in text, f"“{blank}” is not in the hint"
            text = text.replace(blank, str(value))
        return "\n".join(" " * self.indent + line for line in text.split("\n"))


class Spec(msgspec.Struct, forbid_unknown_fields=True):
    as_of: date = AS_OF
    delete: list[str] = []
    shown: dict[str, str] = {}
    write: list[Write] = []
    fix: Fix | None = None


class Case(msgspec.Struct, frozen=True):
    row: Code
    name: str  # bad or good
    folder: Path

    @property
    def code(self) -> str:
        return self.row.code

    @property
    def spec(self) -> Spec:
        path = self.folder / SPEC
        return msgspec.convert(yaml.safe_load(path.read_text("utf-8")), Spec) if path.exists() else Spec()

    @property
    def overlay(self) -> dict[str, Path]:
        """Repository path → file of the case."""
        found = sorted(p for p in self.folder.rglob("*") if p.is_file())
        return {p.relative_to(self.folder).as_posix(): p for p in found if p.name not in (EXPECTED, SPEC)}

    @property
    def expected(self) -> list[str]:
        """Raises FileNotFoundError, or ValueError where nothing is expected."""
        lines = (self.folder / EXPECTED).read_text("utf-8").splitlines()
        if not lines:
            raise ValueError(f"{self.code}: {EXPECTED} is empty")
        return lines


def held() -> list[Code]:
    """The codes that must have a case."""
    return [row for row in CODES.values() if row.family not in BY_HISTORY]


def cases(name: str) -> dict[str, Case]:
    """Code → its bad or good case."""
    return {row.code: Case(row, name, FOLDER / f"{row.code}-{row.slug}" / name) for row in held()}


Tree = tuple[dict[str, bytes], dict[str, str]]
"""Files by their paths, and the modes of those that are no plain files."""


@cache
def _base() -> dict[str, bytes]:
    return files_of(BASE)


def tree_of(case: Case | None = None) -> Tree:
    """The base, and the case laid over it."""
    files, modes = dict(_base()), dict[str, str]()
    if case is None:
        return files, modes
    spec = case.spec
    for path in spec.delete:
        del files[path]
    for path, source in case.overlay.items():
        files[path] = source.read_bytes()
    for write in spec.write:
        files[write.path] = write.data
        if write.link is not None or write.mode is not None:
            modes[write.path] = LINK if write.link is not None else PROGRAM
    return files, modes


def lay_out(root: Path, case: Case | None = None) -> Path:
    """The same as files in `root`. A Git repository where modes or links matter."""
    files, modes = tree_of(case)
    on_disk(root, files, modes)
    if modes:
        make_repo(root, [{}])
    return root


def find(tree: Tree, as_of: date = AS_OF, disabled: Iterable[str] = ()) -> list[Finding]:
    """What the check finds and does not exempt, in order; as `weimin check` does, of a tree in memory.

    That the same is found of files on disk is what `test_cases_merged.py` and `test_cases_planted.py` hold.
    """
    checked, _held = check(register_of(*tree), Options(as_of=as_of, disabled=frozenset(disabled)))
    assert checked.records > 0
    return list(checked.not_exempt)


def found_in(case: Case, disabled: Iterable[str] = ()) -> list[Finding]:
    """The findings of a case."""
    return find(tree_of(case), case.spec.as_of, disabled)


def said(f: Finding | dict[str, Any]) -> str:
    """A finding as a line of `expected.txt`, as `weimin check` prints it; from the check itself or from its JSON."""
    row = f if isinstance(f, dict) else msgspec.structs.asdict(f)
    label = Severity(row["severity"]).label
    return f"{row['path']}:{row['line']}:{row['column']}: {label}[{row['code']}] {row['message']}"
