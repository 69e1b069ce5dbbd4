"""Which wall of the house a module breaks, each said in one sentence that names the way round it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from house import MAY_IMPORT, NAME, PACKAGE, PURE, Module, called, imports, modules

DISK = {"os", "pathlib", "shutil", "tempfile", "glob", "sqlite3", "dbm", "shelve", "watchfiles", "git"}
NETWORK = {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "webbrowser", "playwright"}
PROCESSES = {"subprocess", "threading", "multiprocessing", "concurrent", "asyncio", "signal", "distributed", "dask"}
MACHINE = {"time", "random", "secrets", "locale", "getpass", "platform", "rich", "pelican"}
IMPURE = DISK | NETWORK | PROCESSES | MACHINE
# paths as text, without a disk under them
PURE_PATHS = ("pathlib.PurePath", "pathlib.PurePosixPath")
IMPURE_CALLS = frozenset({"open", "print", "input", "breakpoint"})
CLOCKS = frozenset({"now", "today", "utcnow"})


def broken_walls(package: Path = PACKAGE) -> list[str]:
    """Every broken wall under `package`; no module at all is a mistake of the caller, not a clean house."""
    found = modules(package)
    if not found:
        raise ValueError(f"no module under {package}")
    return [sentence for module in found for sentence in broken_by(module)]


def broken_by(module: Module) -> Iterator[str]:
    if module.room and module.room not in MAY_IMPORT:
        yield module.sentence(module.tree, f"{module.room} is not a room of the house: put the module into one of them")
        return
    for node, name in imports(module):
        parts = name.split(".")
        if parts[0] == "plugins":
            yield module.sentence(node, f"imports {name}: a second copy of the package; write {NAME}. instead")
        elif parts[0] == NAME and len(parts) > 1:
            yield from wrong_room(module, node, parts[1])
        elif parts[0] == "pelican" and module.room != "publish":
            yield module.sentence(node, f"{module.room or NAME} imports pelican: only publish knows Pelican")
        elif module.room in PURE and name not in PURE_PATHS and impure(parts):
            yield module.sentence(node, f"{module.room} is pure and imports {name}: take the value as an argument")
    if module.room in PURE:
        yield from impure_calls(module)


def impure(parts: list[str]) -> bool:
    return any(".".join(parts[:length]) in IMPURE for length in range(1, len(parts) + 1))


def wrong_room(module: Module, node: ast.AST, other: str) -> Iterator[str]:
    """An import of another room of the package that the table of rooms does not allow."""
    room = module.room
    if other not in MAY_IMPORT or other == room or module.dotted == (NAME, "__main__"):
        return
    if not room:
        yield module.sentence(node, f"{NAME} itself imports {other}: the rooms open on demand, not with the package")
    elif other not in MAY_IMPORT[room]:
        allowed = ", ".join(sorted(MAY_IMPORT[room])) or "no other room"
        yield module.sentence(
            node, f"{room} imports {other}: it may import {allowed}; pass the value as an argument, or put it in model"
        )


def impure_calls(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in IMPURE_CALLS:
            yield module.sentence(
                node, f"{module.room} is pure and calls {node.func.id}(): leave that to app or adapters"
            )
        elif isinstance(node.func, ast.Attribute) and called(node) in CLOCKS and of_a_date(node.func.value):
            yield module.sentence(node, f"{module.room} is pure and reads the clock: take the day as an argument")


def of_a_date(node: ast.expr) -> bool:
    """True for `date`, `datetime`, `datetime.date` and `datetime.datetime`."""
    return (node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")) in ("date", "datetime")
