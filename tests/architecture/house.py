"""The plan of the house as data, and the modules of a package with what they import."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "plugins" / "weimin"
NAME = "weimin"

PURE = frozenset(
    {
        *{"model", "wording", "records", "dossiers", "rules", "totals", "history", "prose"},
        *{"opendata", "intake", "report", "share_images", "site"},
    }
)
_MIDDLE = PURE | {"adapters", "engine"}
MAY_IMPORT: dict[str, frozenset[str]] = {
    "model": frozenset(),
    **{
        room: frozenset({"model"}) for room in ("wording", "records", "dossiers", "rules", "totals", "history", "prose")
    },
    **{room: frozenset({"model"}) for room in ("intake", "report", "share_images", "adapters")},
    "opendata": frozenset({"model", "wording", "dossiers"}),
    "site": frozenset({"model", "wording", "dossiers", "totals", "opendata", "share_images"}),
    "engine": frozenset({"model", "records", "dossiers", "rules", "totals", "history", "prose", "adapters"}),
    "app": _MIDDLE,
    "demo": frozenset({"model", "records", "adapters"}),
    "bench": _MIDDLE | {"app"},
    "publish": frozenset({"model", "adapters", "engine", "app"}),
    "cli": _MIDDLE | {"app", "demo", "bench", "publish"},
}
"""Room → the other rooms that it may import (docs/architecture.md has the same table)."""


@dataclass(frozen=True)
class Module:
    """One file of the package; `room` is empty for the package's own `__init__` and `__main__`."""

    path: Path
    place: str
    room: str
    dotted: tuple[str, ...]
    tree: ast.Module

    def sentence(self, node: ast.AST, text: str) -> str:
        return f"{self.place}:{getattr(node, 'lineno', 1)}: {text}"


def modules(package: Path = PACKAGE) -> list[Module]:
    """Every module under `package`, in order of its path; the house itself is read once."""
    return _house() if package == PACKAGE else _modules(package)


@cache
def _house() -> list[Module]:
    return _modules(PACKAGE)


def _modules(package: Path) -> list[Module]:
    found = []
    for path in sorted(package.rglob("*.py")):
        inside = path.relative_to(package)
        stem = inside.with_suffix("").parts
        dotted = (NAME, *(stem[:-1] if stem[-1] == "__init__" else stem))
        tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(inside))
        room = stem[0] if len(stem) > 1 else ""
        found.append(Module(path, f"{package.name}/{inside.as_posix()}", room, dotted, tree))
    return found


def imports(module: Module) -> Iterator[tuple[ast.AST, str]]:
    """Each imported thing by its full dotted name, also inside functions, under TYPE_CHECKING and relative."""
    is_package = module.path.name == "__init__.py"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = list(module.dotted[: len(module.dotted) - node.level + is_package]) if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((node, f"{source}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and called(node) in ("import_module", "__import__"):
            names = [a.value for a in node.args[:1] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            yield from ((node, name) for name in names)


def called(node: ast.Call) -> str:
    """The last name of what is called: `f` for `f()` and for `a.b.f()`."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""
