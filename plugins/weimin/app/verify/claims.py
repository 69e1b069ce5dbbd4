"""Checks every element with a `data-claim`: its record, its pointer, the commit that first stated it, and what the page shows.

Figures that were counted from many records have a `data-count` instead and are counted again (`counts.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any

import msgspec

from weimin.adapters.git import prefix_of
from weimin.adapters.history import steps
from weimin.adapters.objects import BlobReader
from weimin.app.verify.counts import Recount
from weimin.engine.register import Register
from weimin.model.dossier import AppliedChange
from weimin.model.place import Place
from weimin.model.record import Record
from weimin.records.pointers import value_at

_CLAIM, _COUNT = "data-claim", "data-count"
_VOID_ELEMENTS = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_IMPLICIT_POINTERS = ("", "/date", "/body")
"""Pointers that exist in every record: the complete record, the day in its name, and its prose."""
_LONGEST_QUOTE = 40


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """An element of a page that states the source of its text. `source` is `PATH#POINTER` as written."""

    page: str
    line: int
    source: str
    text: str


class ClaimFault(msgspec.Struct, frozen=True, kw_only=True):
    """An element that does not show what its record states. `commit`: the first to state it; `description`: the fault, in Chinese."""

    claim: Claim
    description: str
    commit: str = ""

    @property
    def message(self) -> str:
        c = self.claim
        first = f"；这个值最早见于提交 {self.commit[:10]}" if self.commit else ""
        return f"{c.page}:{c.line}：标着出处“{c.source}”的内容{self.description}{first}"


class ClaimSummary(msgspec.Struct, frozen=True, kw_only=True):
    """All claims of a site: how many elements, of how many values in how many records, first stated in how many commits.

    `recounted`: how many elements with counted figures were counted again.
    """

    elements: int
    values: int
    records: int
    commits: int
    faults: tuple[ClaimFault, ...]
    recounted: int = 0


def claims_in(page: str, html: bytes, mark: str = _CLAIM) -> list[Claim]:
    """The elements of a page that carry a claim (or another `mark`), in the order in which they begin."""
    if mark.encode() not in html:
        return []
    reader = _Reader(page, mark)
    reader.feed(html.decode("utf-8", "replace"))
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self, page: str, mark: str) -> None:
        super().__init__()
        self._page, self._mark = page, mark
        self._open: list[tuple[str, int]] = []  # tag, index of its claim or -1
        self._texts: list[list[str]] = []
        self._at: list[tuple[int, str]] = []

    @property
    def found(self) -> list[Claim]:
        both = zip(self._at, self._texts, strict=True)
        return [Claim(page=self._page, line=n, source=s, text=" ".join("".join(t).split())) for (n, s), t in both]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        source = dict(attrs).get(self._mark)
        index = -1
        if source is not None:
            index = len(self._at)
            self._at.append((self.getpos()[0], source))
            self._texts.append([])
        if tag not in _VOID_ELEMENTS:
            self._open.append((tag, index))

    def handle_endtag(self, tag: str) -> None:
        if any(t == tag for t, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        for _, index in self._open:
            if index >= 0:
                self._texts[index].append(data)


class ClaimChecker:
    """Checks the claims of the site of one commit, page by page, and collects the faults."""

    def __init__(self, register: Register, commit: str, as_of: date) -> None:
        """`as_of`: the day of the build."""
        assert register.tree.git is not None
        self._register = register
        self._versions = versions(register, commit)
        self._blobs = BlobReader(register.tree.git)
        self._unit = lru_cache(maxsize=64)(self._read_unit)
        self._raw = lru_cache(maxsize=1024)(self._read_raw)
        self._first_commits: dict[str, str] = {}
        self._elements = self._recounted = 0
        self._recount = Recount(register, as_of)
        self._cached_count_fault = lru_cache(maxsize=4096)(self._count_fault)
        self.faults: list[ClaimFault] = []

    def check_page(self, path: str, published: bytes, expected: bytes) -> None:
        """Check the claims of a page, given as published and as rebuilt."""
        if not path.endswith(".html"):
            return
        shown = claims_in(path, published)
        rendered = shown if published == expected else claims_in(path, expected)
        self._elements += len(shown)
        if shown is not rendered:
            self.faults += self._mismatches(shown, rendered)
        for claim in shown:
            if claim.source not in self._first_commits and not (first := self.first_commit(claim.source)):
                self.faults.append(
                    ClaimFault(claim=claim, description=f"“{_shortened(claim.text)}”查不到：提交里没有这份记录或这一项")
                )
            elif claim.source not in self._first_commits:
                self._first_commits[claim.source] = first
        self._check_counts(claims_in(path, published, _COUNT))

    def _check_counts(self, counts: list[Claim]) -> None:
        self._recounted += len(counts)
        for count in counts:
            if description := self._cached_count_fault(count.source, count.text):
                self.faults.append(ClaimFault(claim=count, description=f"“{_shortened(count.text)}”{description}"))

    def _count_fault(self, expression: str, text: str) -> str:
        """The fault of a counted figure, in Chinese; empty where it is right."""
        try:
            figures = self._recount.figures(expression)
        except ValueError:
            return "没有写明数的是什么"
        return "" if self._recount.agrees(expression, text) else f"与记录不符，重新数是 {'、'.join(figures) or '没有'}"

    def summary(self) -> ClaimSummary:
        return ClaimSummary(
            elements=self._elements,
            values=len(self._first_commits),
            records=len({source.partition("#")[0] for source in self._first_commits}),
            commits=len(set(self._first_commits.values())),
            faults=tuple(self.faults),
            recounted=self._recounted,
        )

    def _mismatches(self, shown: list[Claim], rendered: list[Claim]) -> Iterator[ClaimFault]:
        """Claims whose text differs from the rebuilt page; where the claims themselves differ, the surplus and the missing ones."""
        if [c.source for c in shown] == [c.source for c in rendered]:
            for a, b in zip(shown, rendered, strict=True):
                if a.text != b.text:
                    description = f"写成“{_shortened(a.text)}”，按记录应为“{_shortened(b.text)}”"
                    yield ClaimFault(claim=a, description=description, commit=self.first_commit(b.source))
            return
        published, expected = Counter((c.source, c.text) for c in shown), Counter((c.source, c.text) for c in rendered)
        for claims, surplus, description in (
            (shown, published - expected, "按记录不该有"),
            (rendered, expected - published, "在网站上不见了"),
        ):
            for claim in claims:
                if surplus[claim.source, claim.text] > 0:
                    surplus[claim.source, claim.text] -= 1
                    yield ClaimFault(claim=claim, description=f"“{_shortened(claim.text)}”{description}")

    def first_commit(self, source: str) -> str:
        """The commit that first stated the present value at a source; empty where the source does not exist."""
        path, mark, pointer = source.partition("#")
        place = self._register.by_path.get(path)
        if place is None or not mark:
            return ""
        records, applied = self._unit(place.unit)
        record = records.get(path)
        if record is None:
            return ""
        changed = next((a for a in reversed(applied) if a.target == place.stem and _covers(a.field, pointer)), None)
        if pointer not in _IMPLICIT_POINTERS and changed is None and value_at(record.raw, pointer) == ():
            return ""
        if changed is not None:
            by = next((p for p in records if p.rpartition("/")[2].partition(".")[0] == changed.correction), path)
            return self._first_commit(self._register.by_path[by], "")
        return self._first_commit(place, pointer)

    def _first_commit(self, place: Place, pointer: str) -> str:
        """The earliest of the latest versions of a record that all have the same value at the pointer."""
        first, value = "", None
        for commit, blob in reversed(self._versions.get(place.path, ())):
            raw = self._raw(place.path, blob)
            current = () if pointer in _IMPLICIT_POINTERS else value_at(raw, pointer)
            if not first:
                value = current
            elif current != value:
                break
            first = commit
        return first

    def _read_unit(self, unit: str) -> tuple[Mapping[str, Record], tuple[AppliedChange, ...]]:
        """The records of a unit with corrections applied, and the corrections."""
        folder = self._register.read(self._register.units[unit])
        if folder.unit.is_dossier:
            dossier = self._register.dossier(folder)
            return {e.path: e.record for e in dossier.events}, dossier.applied
        platform_records = self._register.platform_records(folder)
        return {r.place.path: r for r in (*folder.records, *platform_records.records)}, platform_records.applied

    def _read_raw(self, path: str, blob: str) -> Any:
        record, _problems = self._register.reader.parse(self._register.by_path[path], self._blobs.read(blob))
        return record.raw if record is not None else None


def versions(register: Register, commit: str) -> dict[str, list[tuple[str, str]]]:
    """Path → (commit, blob) of every version of every record on the main branch, the oldest first."""
    tree = register.tree
    assert tree.git is not None
    prefix = prefix_of(tree.root, tree.git)
    versions_by_path: dict[str, list[tuple[str, str]]] = {}
    for step in steps(tree.git, commit, paths=[prefix + "content"]):
        for change in step.changes:
            if change.new:
                versions_by_path.setdefault(change.path.removeprefix(prefix), []).append((step.commit, change.new))
    return versions_by_path


def _covers(field: str, pointer: str) -> bool:
    """Whether a correction of `field` corrects the value at `pointer`."""
    return field == pointer or pointer.startswith(field + "/") or (field == "/date" and pointer == "")


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
