"""`weimin bench --search`: the figures are of an index that was searched, and what it finds is right."""

from __future__ import annotations

from weimin.bench.search import QUERIES, search_tables


def test_a_small_register_is_indexed_and_searched():
    said: list[str] = []
    tables = search_tables(300, said.append)
    assert "查全率 1.0000，查准率 1.0000；超过 100 KB 的 0 次" in tables
    every = next(line for line in tables.splitlines() if line.startswith("全部"))
    assert every.split()[1] == str(QUERIES)
    assert "生成用时" in tables
    assert any("300个卷宗" in text for text in said)
