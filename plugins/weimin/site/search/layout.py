"""How many files a tile is divided into: by the number of its pages alone, so that every build divides alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from zlib import crc32

import msgspec

from weimin.site.search.documents import PAGES, PLATFORMS, Doc
from weimin.site.search.words import hash_of

ERA = 4  # years of dossiers in one tile
_BLOCK, _PLATFORMS_BLOCK = 2, 32  # pages of a block, about: a line of a platform is short
_SHARD, _SHORT_SHARD = 6, 128  # dossiers, platforms or pages for each shard of terms, about
_SPOTS = 64  # buckets that a place selects; where there are more, the address selects among them


class Layout(msgspec.Struct, frozen=True):
    """`slices` of a year (0: the tile has no years), `buckets` of a slice, `shards` of terms: powers of two or divisors of 12."""

    tile: str
    slices: int
    buckets: int
    shards: int

    @property
    def folder(self) -> str:
        """Its name contains the layout: a cached file is never read as part of another layout."""
        return f"search/{self.tile}-{self.slices}-{self.buckets}-{self.shards}"

    def block_of(self, doc: Doc) -> int:
        """The later a dossier began, the greater the number."""
        spots = min(self.buckets, _SPOTS)
        near = self.buckets // spots
        bucket = crc32(doc.spot.encode()) % spots * near + crc32(doc.address.encode()) % near
        year = int(doc.group) - int(self.tile) if self.slices else 0
        return (year * self.slices + doc.month * self.slices // 12) * self.buckets + bucket

    def shard_of(self, term: str) -> int:
        return hash_of(term) & (self.shards - 1)

    def block_path(self, number: int) -> str:
        return f"{self.folder}/b/{number}.json"

    def shard_path(self, number: int) -> str:
        return f"{self.folder}/t/{number}.txt"


def tile_of(group: str) -> str:
    """Dossiers of four years are one tile, named by the first of them."""
    return group if group in (PLATFORMS, PAGES) else str(int(group) - int(group) % ERA)


def layouts(counts: Mapping[str, int]) -> dict[str, Layout]:
    """The layout of each tile; `counts`: pages by group, as in `Doc.group`. A tile without a page has no layout."""
    tiles: Counter[str] = Counter()
    for group, count in counts.items():
        tiles[tile_of(group)] += count
    return {tile: _layout(tile, count) for tile, count in sorted(tiles.items()) if count}


def _layout(tile: str, count: int) -> Layout:
    """It changes when the number of pages has about doubled; then all files of the tile are written again."""
    if tile in (PLATFORMS, PAGES):
        size = _PLATFORMS_BLOCK if tile == PLATFORMS else _BLOCK
        return Layout(tile, 0, _power(count / size), _power(count / _SHORT_SHARD))
    slices = next((n for n in (1, 4) if count <= n * ERA * _BLOCK * 2), 12)
    return Layout(tile, slices, _power(count / (slices * ERA * _BLOCK)), _power(count / _SHARD))


def _power(least: float) -> int:
    """The smallest power of two that is not less than `least`."""
    power = 1
    while power < least:
        power *= 2
    return power
