"""SQL is written in one place: the typed queries of the engine's tables, and the adapters that make SQLite files."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "plugins/weimin"
ALLOWED = ("engine/queries/", "adapters/store.py", "adapters/sqlite_file.py")
STATEMENT = re.compile(
    r"\s*(SELECT|INSERT|DELETE|UPDATE|CREATE|DROP|ALTER|REPLACE|PRAGMA|WITH)\s+[\w*\"'(?{]", re.DOTALL
)


def statements(source: str) -> Iterator[tuple[int, str]]:
    """(line, beginning) of every string constant, and every f-string by its first part, that starts as an SQL statement."""
    tree = ast.parse(source)
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner:
            text = node.value
        elif isinstance(node, ast.JoinedStr):
            text = "".join(p.value if isinstance(p, ast.Constant) else "{}" for p in node.values)  # type: ignore[misc]
        else:
            continue
        if STATEMENT.match(text):
            yield node.lineno, text[:60]


def modules() -> list[Path]:
    return [p for p in sorted(PACKAGE.rglob("*.py")) if not p.relative_to(PACKAGE).as_posix().startswith(ALLOWED)]


def test_no_other_module_contains_sql() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{line} {text}"
        for path in modules()
        for line, text in statements(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        'x = "SELECT 1"',
        "x = 'DELETE FROM finding WHERE n = ?'",
        'x = f"SELECT {columns} FROM file"',
        'x = f"UPDATE {table} SET value = ?"',
        'x = "INSERT " "INTO file VALUES (?)"',
        'x = """\n    SELECT path\n    FROM file"""',
        'x = "DROP TABLE file"',
    ],
)
def test_a_statement_is_recognised(source: str) -> None:
    assert len(list(statements(source))) == 1


@pytest.mark.parametrize("source", ['x = "select a folder"', 'x = f"{a} SELECT"', 'x = "Selected"', 'x = "UPDATED"'])
def test_prose_is_no_statement(source: str) -> None:
    assert list(statements(source)) == []


def test_every_table_has_one_module_and_each_module_is_listed() -> None:
    """A table's statements are in the module of its name; `dependency` has two tables, which are used together only."""
    from weimin.engine.tables import TABLES

    names = {table.name for table in TABLES}
    assert len(names) == len(TABLES)
    assert names - {"dependency_set"} == {p.stem for p in (PACKAGE / "engine/queries").glob("*.py")} - {"__init__"}
