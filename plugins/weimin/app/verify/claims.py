"""Every figure with a `data-claim`: its record, its pointer, the commit that first said it, and what the page shows.

Figures that were counted from many records have a `data-count` instead: they are counted again (`verify_counts`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any

import msgspec

from weimin.adapters.git import prefix_of
from weimin.adapters.history import steps
from weimin.adapters.objects import BlobReader
from weimin.app.verify.counts import Tally
from weimin.engine.register import Register
from weimin.model.dossier import AppliedChange
from weimin.model.place import Place
from weimin.model.record import Record
from weimin.records.pointers import value_at

_MARK, _COUNT = "data-claim", "data-count"
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_NAMED = ("", "/date", "/body")
"""Pointers that every record answers: the day in its name, and its prose."""
_SHORT = 40


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """An element of a page that says where its text comes from. `source` is `PATH#POINTER` as written."""

    page: str
    line: int
    source: str
    text: str


class BadClaim(msgspec.Struct, frozen=True, kw_only=True):
    """An element that does not show what its record gives. `commit`: where the record first said it; `words`: what is wrong."""

    claim: Claim
    words: str
    commit: str = ""

    @property
    def message(self) -> str:
        c = self.claim
        first = f"；这个值最早见于提交 {self.commit[:10]}" if self.commit else ""
        return f"{c.page}:{c.line}：标着出处“{c.source}”的内容{self.words}{first}"


class Resolved(msgspec.Struct, frozen=True, kw_only=True):
    """All claims of a site: how many elements, of how many values, first said in how many commits.

    `counted`: elements whose figures were counted again.
    """

    elements: int
    values: int
    records: int
    commits: int
    bad: tuple[BadClaim, ...]
    counted: int = 0


def claims_in(page: str, html: bytes, mark: str = _MARK) -> list[Claim]:
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
        if tag not in _VOID:
            self._open.append((tag, index))

    def handle_endtag(self, tag: str) -> None:
        if any(t == tag for t, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        for _, index in self._open:
            if index >= 0:
                self._texts[index].append(data)


class Claims:
    """Resolves the claims of one commit, page by page. `versions`: every version of every record on the main branch."""

    def __init__(self, register: Register, commit: str) -> None:
        assert register.tree.git is not None
        self._register = register
        self._versions = versions(register, commit)
        self._blobs = BlobReader(register.tree.git)
        self._unit = lru_cache(maxsize=64)(self._read_unit)
        self._raw = lru_cache(maxsize=1024)(self._read_raw)
        self._firsts: dict[str, str] = {}
        self._elements = self._counted = 0
        self._tally = Tally(register)
        self._agree = lru_cache(maxsize=4096)(self._agrees)
        self.bad: list[BadClaim] = []

    def page(self, path: str, published: bytes, expected: bytes) -> None:
        """Take the claims of a page as published and as made again."""
        if not path.endswith(".html"):
            return
        shown = claims_in(path, published)
        given = shown if published == expected else claims_in(path, expected)
        self._elements += len(shown)
        if shown is not given:
            self.bad += self._unlike(shown, given)
        for claim in shown:
            if claim.source not in self._firsts and not (first := self.first(claim.source)):
                self.bad.append(BadClaim(claim=claim, words=f"“{_cut(claim.text)}”查不到：提交里没有这份记录或这一项"))
            elif claim.source not in self._firsts:
                self._firsts[claim.source] = first
        self._recount(claims_in(path, published, _COUNT))

    def _recount(self, counts: list[Claim]) -> None:
        self._counted += len(counts)
        for count in counts:
            if words := self._agree(count.source, count.text):
                self.bad.append(BadClaim(claim=count, words=f"“{_cut(count.text)}”{words}"))

    def _agrees(self, expression: str, text: str) -> str:
        """What is wrong with a counted figure; empty where it is right."""
        try:
            found = self._tally.figures(expression)
        except ValueError:
            return "没有写明数的是什么"
        return "" if self._tally.agrees(expression, text) else f"与记录不符，重新数是 {'、'.join(found) or '没有'}"

    def resolved(self) -> Resolved:
        return Resolved(
            elements=self._elements,
            values=len(self._firsts),
            records=len({source.partition("#")[0] for source in self._firsts}),
            commits=len(set(self._firsts.values())),
            bad=tuple(self.bad),
            counted=self._counted,
        )

    def _unlike(self, shown: list[Claim], given: list[Claim]) -> Iterator[BadClaim]:
        """Claims whose text is another than the record gives; then those that are there too often, or not at all."""
        if [c.source for c in shown] == [c.source for c in given]:
            for a, b in zip(shown, given, strict=True):
                if a.text != b.text:
                    words = f"写成“{_cut(a.text)}”，按记录应为“{_cut(b.text)}”"
                    yield BadClaim(claim=a, words=words, commit=self.first(b.source))
            return
        there, due = Counter((c.source, c.text) for c in shown), Counter((c.source, c.text) for c in given)
        for some, others, words in ((shown, there - due, "按记录不该有"), (given, due - there, "在网站上不见了")):
            for claim in some:
                if others[claim.source, claim.text] > 0:
                    others[claim.source, claim.text] -= 1
                    yield BadClaim(claim=claim, words=f"“{_cut(claim.text)}”{words}")

    def first(self, source: str) -> str:
        """The commit that first said what the record says at the pointer; empty where there is no such place."""
        path, mark, pointer = source.partition("#")
        place = self._register.by_path.get(path)
        if place is None or not mark:
            return ""
        records, applied = self._unit(place.unit)
        record = records.get(path)
        if record is None:
            return ""
        changed = next((a for a in reversed(applied) if a.target == place.stem and _covers(a.field, pointer)), None)
        if pointer not in _NAMED and changed is None and value_at(record.raw, pointer) == ():
            return ""
        if changed is not None:
            by = next((p for p in records if p.rpartition("/")[2].partition(".")[0] == changed.correction), path)
            return self._first(self._register.by_path[by], "")
        return self._first(place, pointer)

    def _first(self, place: Place, pointer: str) -> str:
        """Back through the versions of a record, as long as they say the same."""
        found, value = "", None
        for commit, blob in reversed(self._versions.get(place.path, ())):
            raw = self._raw(place.path, blob)
            here = () if pointer in _NAMED else value_at(raw, pointer)
            if not found:
                value = here
            elif here != value:
                break
            found = commit
        return found

    def _read_unit(self, unit: str) -> tuple[Mapping[str, Record], tuple[AppliedChange, ...]]:
        """The records of a folder as corrected, and what was corrected."""
        folder = self._register.read(self._register.units[unit])
        if folder.unit.is_dossier:
            dossier = self._register.dossier(folder)
            return {e.path: e.record for e in dossier.events}, dossier.applied
        standing = self._register.platform_records(folder)
        return {r.place.path: r for r in (*folder.records, *standing.records)}, standing.applied

    def _read_raw(self, path: str, blob: str) -> Any:
        record, _problems = self._register.reader.parse(self._register.by_path[path], self._blobs.read(blob))
        return record.raw if record is not None else None


def versions(register: Register, commit: str) -> dict[str, list[tuple[str, str]]]:
    """(commit, blob) of every version of every record, oldest first, as it came to the main branch."""
    tree = register.tree
    assert tree.git is not None
    prefix = prefix_of(tree.root, tree.git)
    found: dict[str, list[tuple[str, str]]] = {}
    for step in steps(tree.git, commit, paths=[prefix + "content"]):
        for change in step.changes:
            if change.new:
                found.setdefault(change.path.removeprefix(prefix), []).append((step.commit, change.new))
    return found


def _covers(field: str, pointer: str) -> bool:
    """A correction of `field` is a correction of what stands at `pointer`."""
    return field == pointer or pointer.startswith(field + "/") or (field == "/date" and pointer == "")


def _cut(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"
