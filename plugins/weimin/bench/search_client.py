"""The search of the page's modules (`theme/static/js/search/`) in Python, with the files it fetches, for measurements and tests.

`matches` is that of `match.js`, the steps are those of `find.js`, the files are read as in `files.js`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence

import msgspec

from weimin.model.place import chain_of, level_of
from weimin.site.search.blocks import CELLS
from weimin.site.search.documents import PAGES, PLATFORMS, Line, words_of
from weimin.site.search.layout import ERA
from weimin.site.search.shard import numbers
from weimin.site.search.words import ANY, fold, hash_of, pairs

PAGE = 20  # hits per page of results
STEP = 20  # maximum blocks fetched for a page; a button continues
_ABOVE = 3  # approximate number of platforms and pages above the dossiers
_NUMBER = re.compile(r"(?:(\d{6}|\d{9}|\d{12})/?)?(?:(\d{4})-(\d{1,3}))?")
_TERMS, _ROUNDS = 2, 2  # terms fetched at once, and number of rounds
_MANY = 16  # number of cells above which more terms are fetched
_HARDLY = 0.8  # a round that leaves this share of the cells is the last: the remaining cells are hits


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """`kind`: a kind of line, or a letter of what a dossier has."""

    words: tuple[str, ...] = ()
    kind: str = ""
    level: str = ""
    year: str = ""
    theme: str = ""
    state: str = ""


class Tile(msgspec.Struct, frozen=True):
    name: str
    slices: int
    buckets: int
    shards: int
    folder: str

    @property
    def has_years(self) -> bool:
        return self.name not in (PLATFORMS, PAGES)


def query(text: str, **filters: str) -> Query:
    return Query(words=tuple(fold(text).split()), **filters)


def number_of(word: str) -> tuple[str, str] | None:
    """(code, YYYY-NNN) of a word that is the number of a dossier or of a platform; either may be empty."""
    match = _NUMBER.fullmatch(word)
    if match is None or not word:
        return None
    code, year, number = match.groups()
    return code or "", f"{year}-{int(number):03d}" if year else ""


def has_word(line: Line, words: str, word: str) -> bool:
    """The line contains the word; `words` is its folded text."""
    if word in words:
        return True
    named = number_of(word)
    if named is None or line.kind not in "dp":
        return False
    code, _, number = line.address.strip("/").partition("/")
    return (not named[0] or named[0] in chain_of(code)) and (not named[1] or named[1] == number)


def matches(line: Line, q: Query, words: str | None = None) -> bool:
    """Whether a page is a hit: it contains every word and fits the filters."""
    code, _, number = line.address.strip("/").partition("/")
    if q.kind and q.kind != line.kind and q.kind not in line.has:
        return False
    if q.level and (line.kind not in "dp" or level_of(code).value != q.level):
        return False
    if (q.year and number[:4] != q.year) or (q.theme and q.theme not in line.themes):
        return False
    if q.state and q.state != line.label:
        return False
    text = words_of(line) if words is None else words
    return all(has_word(line, text, word) for word in q.words)


class Search:
    """One query over the files that `fetch` returns; `fetched` are their paths, each once."""

    def __init__(self, fetch: Callable[[str], bytes], q: Query) -> None:
        self._fetch = fetch
        self.q = q
        self.fetched: set[str] = set()
        names = json.loads(self._get("search/meta.json"))["tiles"]
        cuts = [(name.split("-"), f"search/{name}") for name in names]
        self._tiles = [Tile(c[0], int(c[1]), int(c[2]), int(c[3]), folder) for c, folder in cuts]
        self._left = self._in_turn()
        self._queue: list[tuple[Tile, int, int]] = []

    def _get(self, path: str) -> bytes:
        self.fetched.add(path)
        return self._fetch(path)

    def _in_turn(self) -> list[Tile]:
        """The tiles to search: those of dossiers, newest first, or the one of another kind of page."""
        q = self.q
        if q.kind and q.kind in "prn":
            of_dossiers_only = q.year or q.theme or q.state or (q.level and q.kind != "p")
            name = PLATFORMS if q.kind == "p" else PAGES
            return [] if of_dossiers_only else [t for t in self._tiles if t.name == name]
        tiles = [t for t in self._tiles if t.has_years]
        return sorted(
            (t for t in tiles if not q.year or 0 <= int(q.year) - int(t.name) < ERA), key=lambda t: t.name, reverse=True
        )

    def above(self) -> list[Line]:
        """The first platforms and pages, if the query has no filter of kind."""
        q = self.q
        if q.kind or q.year or q.theme or q.state:
            return []
        found: list[Line] = []
        for tile in (t for t in self._tiles if t.name == PLATFORMS or (t.name == PAGES and not q.level)):
            found += self._wave(self._blocks(tile), _ABOVE, STEP)[0]
        return found

    @property
    def is_done(self) -> bool:
        return not self._queue and not self._left

    def step(self) -> list[Line]:
        """The next page of hits, newest first; fewer if none remain or the block limit is reached."""
        found: list[Line] = []
        read = 0
        while len(found) < PAGE and read < STEP and not self.is_done:
            if not self._queue:
                self._queue = self._blocks(self._left.pop(0))
                continue
            lines, taken = self._wave(self._queue, PAGE - len(found), STEP - read)
            found += lines
            read += taken
            self._queue = self._queue[taken:]
        return found

    def _wave(self, queue: Sequence[tuple[Tile, int, int]], expected: int, most: int) -> tuple[list[Line], int]:
        """The hits of as many blocks as are expected to contain that many, and the number of blocks."""
        taken, hoped = 0, 0
        while taken < min(len(queue), most) and hoped < expected:
            hoped += queue[taken][2]
            taken += 1
        blocks = [self._lines(tile, number) for tile, number, _ in queue[:taken]]
        return [line for lines in blocks for line in lines if matches(line, self.q)], taken

    def _lines(self, tile: Tile, number: int) -> list[Line]:
        return msgspec.json.decode(self._get(f"{tile.folder}/b/{number}.json"), type=list[Line])

    def _blocks(self, tile: Tile) -> list[tuple[Tile, int, int]]:
        """Blocks that may contain a hit, newest first, each with the number of its candidate cells."""
        cells = sorted(self._of_year(tile, self._cells(tile)), reverse=True)
        return [(tile, block, count) for block, count in Counter(cell // CELLS for cell in cells).items()]

    def _cells(self, tile: Tile) -> set[int]:
        filters = self._filters(tile)
        ways_by_word = [ways for ways in map(self._ways, self.q.words) if ways]
        if not ways_by_word:
            return self._all(tile, filters or [ANY])
        share = max(1, _TERMS // len(ways_by_word))
        found: set[int] | None = None
        for turn in range(1, _ROUNDS + 1):
            picked = [[spread(terms, share * turn) for terms in ways] for ways in ways_by_word]
            now = set.intersection(*(self._any(tile, ways) for ways in picked))
            if found is None and len(now) > _MANY and filters:
                now &= self._all(tile, filters)
            before, found = found, now if found is None else found & now
            if len(found) <= _MANY or picked == ways_by_word or (before and len(found) > len(before) * _HARDLY):
                break
        return found or set()

    def _ways(self, word: str) -> list[list[str]]:
        """The alternatives by which a page can contain the word, each a list of terms; empty: any page may."""
        ways = [list(dict.fromkeys(pairs(word)))]
        if (named := number_of(word)) is not None:
            code, number = named
            is_city = len(code) == 6 and code.endswith("00")
            ways.append([*(["@" + code] if code and not is_city else []), *(["#" + number] if number else [])])
        return ways if all(ways) else []

    def _any(self, tile: Tile, ways: Sequence[Sequence[str]]) -> set[int]:
        return set[int]().union(*(self._all(tile, terms) for terms in ways))

    def _all(self, tile: Tile, terms: Sequence[str]) -> set[int]:
        return set.intersection(*(self._row(tile, term) for term in terms))

    def _row(self, tile: Tile, term: str) -> set[int]:
        text = "\n" + self._get(f"{tile.folder}/t/{hash_of(term) & (tile.shards - 1)}.txt").decode()
        at = text.find(f"\n{term}\t")
        return set(numbers(text[at + len(term) + 2 : text.index("\n", at + 1)])) if at >= 0 else set()

    def _filters(self, tile: Tile) -> list[str]:
        q = self.q
        named = [("=k", "" if q.kind in ("d", "p") else q.kind), ("=l", q.level)]
        named += [("=t", q.theme), ("=s", q.state)] if tile.has_years else []
        return [sign + value for sign, value in named if value]

    def _of_year(self, tile: Tile, cells: set[int]) -> set[int]:
        if not (self.q.year and tile.has_years):
            return cells
        size = tile.slices * tile.buckets * CELLS
        first = (int(self.q.year) - int(tile.name)) * size
        return {cell for cell in cells if first <= cell < first + size}


def spread(terms: Sequence[str], most: int) -> list[str]:
    """`most` of the terms, far apart, because neighbours select similar pages; a larger choice includes a smaller one."""
    if len(terms) <= most:
        return list(terms)
    chosen: dict[int, None] = {}
    at = 0
    while len(chosen) < most:
        chosen[at * len(terms) // 1000] = None
        at = (at + 618) % 1000
    return [terms[n] for n in chosen]
