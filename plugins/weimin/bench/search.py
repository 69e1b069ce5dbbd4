"""The search index: its size, the time to make it, what a query fetches, and whether it finds every match."""

from __future__ import annotations

import gzip
import resource
import sqlite3
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from typing import Any

import msgspec

from weimin.bench.made_network import made_network
from weimin.bench.search_client import Query, Search, matches
from weimin.bench.search_queries import made_queries
from weimin.bench.search_texts import summaries
from weimin.bench.table import table
from weimin.model.codes import CODES
from weimin.model.network import Network, PlatformRow
from weimin.site.search.documents import Doc, Line, decode_line, dossier_doc, platform_doc, rule_doc, words_of
from weimin.site.search.index import META, all_files, meta_file
from weimin.site.search.layout import layouts, tile_of

QUERIES = 200
FIRST, FURTHER = 400_000, 100_000
"""Bytes that the first query may fetch, and each further one."""
_RECORDS = 240_000  # size of the register whose platforms are used

Say = Callable[[str], None]
Weigh = Callable[[str], tuple[int, int]]
"""Path → (bytes of a file, bytes as a server sends it)."""
Read = tuple[Line, str]
"""A line and its text."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One query: what it fetched for the first page of hits, and its hits compared with reading every line."""

    kind: str
    files: int
    raw: int
    packed: int
    hits: int
    missed: int
    wrong: int


class Index:
    """The files of an index on disk, each with its compressed size."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.raw: dict[str, int] = {}
        self.packed: dict[str, int] = {}

    def put(self, path: str, data: bytes) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        self.raw[path] = len(data)
        self.packed[path] = len(gzip.compress(data, 6, mtime=0))

    def get(self, path: str) -> bytes:
        return (self.root / path).read_bytes()


def search_tables(dossiers: int, log: Say) -> str:
    """Generated dossiers, indexed and searched: the figures as tables."""
    with tempfile.TemporaryDirectory(prefix="weimin-bench-") as folder:
        root = Path(folder)
        log(f"正在生成{dossiers}个卷宗……")
        store = _stored(made_docs(dossiers), root / "docs.sqlite")
        log("正在生成索引……")
        index = Index(root)
        seconds = _build(store, index)
        memory = _peak()
        log(f"正在查{QUERIES}次，每次都同逐条通读比较……")
        lines = [
            (line, words_of(line)) for line in (decode_line(data) for (data,) in store.execute("select data from docs"))
        ]
        found = list(_run_queries(index, lines))
        store.close()
    return "\n".join((_sizes(index, seconds, memory), _moved(found), _verdict(found)))


def made_docs(dossiers: int) -> Iterator[Doc]:
    """The lines of a generated register: its dossiers, its platforms, the pages of rules."""
    platforms = made_network(_RECORDS)
    network = Network(PlatformRow(code=s.code, area=s.name, name=s.level.platform) for s in platforms)
    context: Any = SimpleNamespace(network=network, who=str)
    for summary in summaries(platforms, dossiers):
        yield dossier_doc(summary, context)
    for row in network.rows.values():
        yield platform_doc(row, context)
    for code in CODES.values():
        yield rule_doc(code)


def _stored(docs: Iterator[Doc], file: Path) -> sqlite3.Connection:
    store = sqlite3.connect(file)
    store.execute("create table docs (tile, grp, month, spot, address, data)")
    rows = ((tile_of(d.group), d.group, d.month, d.spot, d.address, d.data) for d in docs)
    store.executemany("insert into docs values (?, ?, ?, ?, ?, ?)", rows)
    store.execute("create index by_tile on docs (tile)")
    return store


def _build(store: sqlite3.Connection, index: Index) -> float:
    """Seconds to make and write the files, without the compression that only determines their size."""
    counts = dict(store.execute("select grp, count(*) from docs group by grp"))
    spent = 0.0
    for tile, layout in layouts(counts).items():
        rows = store.execute("select grp, month, spot, address, data from docs where tile = ?", (tile,))
        files = all_files(layout, (Doc(*row) for row in rows))
        while True:
            started = time.process_time()
            item = next(files, None)
            spent += time.process_time() - started
            if item is None:
                break
            index.put(*item)
    index.put(META, meta_file(counts))
    return spent


def _peak() -> float:
    """The peak memory of this process in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _run_queries(index: Index, lines: Sequence[Read]) -> Iterator[Found]:
    for kind, q in made_queries([line for line, _ in lines if line.kind == "d"], QUERIES):
        yield ask(index.get, lambda path: (index.raw[path], index.packed[path]), lines, kind, q)


def ask(get: Callable[[str], bytes], weigh: Weigh, lines: Sequence[Read], kind: str, q: Query) -> Found:
    """One query without a cache, up to the first page; and again to the end, compared with reading every line."""
    first = Search(get, q)
    first.above()
    first.step()
    through = Search(get, q)
    found: set[str] = set()
    while not through.is_done:
        found |= {line.address for line in through.step()}
    there = {line.address for line, words in lines if matches(line, q, words) and (q.kind or line.kind == "d")}
    return Found(
        kind=kind,
        files=len(first.fetched),
        raw=sum(weigh(p)[0] for p in first.fetched),
        packed=sum(weigh(p)[1] for p in first.fetched),
        hits=len(there),
        missed=len(there - found),
        wrong=len(found - there),
    )


def _sizes(index: Index, seconds: float, memory: float) -> str:
    kinds: Counter[str] = Counter()
    parts: dict[str, list[str]] = defaultdict(list)
    for path in index.raw:
        kind = {"b": "内容", "t": "词表"}.get(path.split("/")[2] if path.count("/") > 1 else "", "总表")
        kinds[kind] += 1
        parts[kind].append(path)
    rows = [
        (
            kind,
            str(len(paths)),
            f"{sum(index.raw[p] for p in paths) / 1e6:.2f}",
            f"{sum(index.packed[p] for p in paths) / 1e6:.2f}",
            f"{median(index.packed[p] for p in paths):.0f}",
            str(max(index.packed[p] for p in paths)),
        )
        for kind, paths in parts.items()
    ]
    head = ("文件", "个数", "合计（MB）", "压缩后（MB）", "压缩后中位（字节）", "压缩后最大（字节）")
    return table(head, rows) + f"生成用时（CPU 秒）：{seconds:.1f}，最大内存（MiB）：{memory:.0f}\n"


def _moved(found: Sequence[Found]) -> str:
    kinds: dict[str, list[Found]] = defaultdict(list)
    for f in found:
        kinds[f.kind].append(f)
    rows = [_moved_row(kind, some) for kind, some in kinds.items()] + [_moved_row("全部", found)]
    head = ("查什么", "次数", "命中中位", "文件中位", "文件最多", "中位（KB）", "最大（KB）", "未压缩最大（KB）")
    return table(head, rows)


def _moved_row(kind: str, found: Sequence[Found]) -> tuple[str, ...]:
    return (
        kind,
        str(len(found)),
        f"{median(f.hits for f in found):.0f}",
        f"{median(f.files for f in found):.0f}",
        str(max(f.files for f in found)),
        f"{median(f.packed for f in found) / 1e3:.1f}",
        f"{max(f.packed for f in found) / 1e3:.1f}",
        f"{max(f.raw for f in found) / 1e3:.1f}",
    )


def _verdict(found: Sequence[Found]) -> str:
    there = sum(f.hits for f in found)
    shown = there - sum(f.missed for f in found) + sum(f.wrong for f in found)
    recall = 1 - sum(f.missed for f in found) / max(1, there)
    precision = 1 - sum(f.wrong for f in found) / max(1, shown)
    over = sum(f.packed > FURTHER for f in found)
    return f"查全率 {recall:.4f}，查准率 {precision:.4f}；超过 {FURTHER // 1000} KB 的 {over} 次\n"
