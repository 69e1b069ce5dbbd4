"""我的村居: the places of the network as small files, so that a few characters of a name lead to its platform.

A place stands in the file of every pair of neighbouring characters of its name (and of a single character that stands
alone), so that one file answers a query of two characters or more, in a network of any size. How many files there are
follows from the number of places alone; a file follows from the rows of its own shard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

import msgspec

from weimin.model.network import Network, PlatformRow
from weimin.model.page import Page
from weimin.model.place import Level
from weimin.model.view import RegisterView
from weimin.site.page import data
from weimin.site.site_context import SiteContext

FORMAT = "weimin-places/1"
_WHOLE = 2_500  # places that one file holds: 25 KB on the wire
_EACH = 700  # places to a shard above that; a name is in about three shards
_TAILS = ("社区居民委员会", "村民委员会", "居民委员会", "社区居委会", "村委会", "居委会", "委员会", "社区")
_ENCODER = msgspec.json.Encoder(order="deterministic")


class PlaceRow(msgspec.Struct, frozen=True):
    """A place as its file holds it. `above`: codes and names of the county and the township it belongs to."""

    code: str
    area: str
    above: tuple[tuple[str, str], ...] = ()


def shard_count(places: int) -> int:
    """How many files there are: one for a city, a power of two above that, so that the number seldom changes."""
    if places <= _WHOLE:
        return 1
    count = 1
    while count * _EACH < places:
        count *= 2
    return count


def shard_of(pair: str, shards: int) -> int:
    """The file of a pair of characters. theme/static/js/places.js counts the same way."""
    return (ord(pair[0]) * 31 + (ord(pair[1]) if len(pair) > 1 else 0)) % shards


def shards_of(area: str, shards: int) -> tuple[int, ...]:
    """The shards that contain a name. The words that every village has in its name (村民委员会) are left out."""
    if shards == 1:
        return (0,)
    stem = next((area.removesuffix(t) + t[0] for t in _TAILS if area.endswith(t) and area != t), area)
    pairs = [a + b for a, b in pairwise(stem)] or [stem]
    return tuple(sorted({shard_of(pair, shards) for pair in pairs if pair}))


def place_row(network: Network, row: PlatformRow) -> PlaceRow:
    """Reads beyond its own platform the names of the county and the township above it."""
    chain = network.chain(row.code)[1:] if row.code in network.rows else ()
    above = [(p.code, p.area) for p in chain if p.level != Level.CITY]
    return PlaceRow(row.code, row.area, tuple(sorted(above)))


def place_rows(network: Network) -> Iterator[tuple[int, PlaceRow]]:
    """(shard, row) of every platform, in order of codes."""
    shards = shard_count(len(network))
    for row in network.rows.values():
        place = place_row(network, row)
        for shard in shards_of(row.area, shards):
            yield shard, place


def shard_page(shard: int, rows: Iterable[PlaceRow]) -> Page:
    """One file: the names above, once each, and the places in order of codes."""
    found = sorted(rows, key=lambda r: r.code)
    above: Mapping[str, str] = {code: area for row in found for code, area in row.above}
    places = [(row.code, row.area) for row in found]
    return data(f"/places/{shard}.json", _ENCODER.encode({"format": FORMAT, "above": above, "places": places}) + b"\n")


def index_page(places: int) -> Page:
    """What a script reads first: how many files there are."""
    content = {"format": FORMAT, "places": places, "shards": shard_count(places)}
    return data("/places/shards.json", _ENCODER.encode(content) + b"\n")


def place_pages(view: RegisterView, _context: SiteContext) -> Iterator[Page]:
    """The files of the network of a register."""
    return place_files(view.network)


def place_files(network: Network) -> Iterator[Page]:
    """All the files. An empty shard is written too, so that a query without a match gets an answer."""
    yield index_page(len(network))
    shards: dict[int, list[PlaceRow]] = {n: [] for n in range(shard_count(len(network)))}
    for shard, row in place_rows(network):
        shards[shard].append(row)
    for shard, rows in shards.items():
        yield shard_page(shard, rows)
