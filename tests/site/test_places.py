"""我的村居: a name typed leads to its platform, in a network of any size."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from typing import Any

import msgspec
import pytest

from weimin.model.network import Network, PlatformRow
from weimin.site.place_index import PlaceRow, place_files, place_rows, shard_count, shard_of, shard_page, shards_of

NAMES = [
    "东兴",
    "王集",
    "郭圩",
    "皂河",
    "柤林",
    "漴潼",
    "龙泉",
    "大兴",
    "新袁",
    "李口",
    "洋河",
    "双沟",
    "梅花",
    "临河",
    "裴圩",
    "卢集",
]


def network(villages: int) -> Network:
    """A city with counties of 400 villages each."""
    rows = [("990000", "样例市"), ("990001", "甲县"), ("990001001", "王集镇")]
    for n in range(villages):
        county, at = 990001 + n // 400, n % 400
        name = NAMES[n % 16] + "甲乙丙丁戊己庚辛"[n // 16 % 8] + ("村村民委员会" if n % 2 else "社区")
        rows.append((f"{county}001{at:03}", name))
    rows += [(f"{990001 + k}", f"县{k}") for k in range(1, villages // 400 + 1)]
    return Network(PlatformRow(code=code, area=area, name=area + "平台") for code, area in dict(rows).items())


def files(net: Network) -> dict[str, Mapping[str, Any]]:
    return {page.path: msgspec.json.decode(page.data or b"") for page in place_files(net)}


def asked(found: Mapping[str, Mapping[str, Any]], query: str) -> list[str]:
    """As the script asks: the index, then one file, then the words in the name and the names above it."""
    shards = found["places/shards.json"]["shards"]
    file = found[f"places/{shard_of(query[:2], shards)}.json"]
    return [code for code, area in file["places"] if query in area]


def test_a_city_is_one_small_file():
    found = {page.path: page.data or b"" for page in place_files(network(1556))}
    assert sorted(found) == ["places/0.json", "places/shards.json"]
    assert len(gzip.compress(found["places/0.json"])) < 60_000


@pytest.mark.parametrize("villages", [40, 1556, 8000])
def test_every_name_is_found_by_any_two_of_its_characters(villages: int):
    net = network(villages)
    found = files(net)
    for row in list(net.rows.values())[:: max(1, villages // 200)]:
        stem = row.area.removesuffix("村民委员会").removesuffix("社区")
        for at in range(max(1, len(stem) - 1)):
            assert row.code in asked(found, stem[at : at + 2]), (row.area, stem[at : at + 2])


def test_many_places_are_spread_over_files_of_one_size():
    found = files(network(8000))
    sizes = [len(file["places"]) for path, file in found.items() if path != "places/shards.json"]
    assert len(sizes) == found["places/shards.json"]["shards"] == 16
    assert max(sizes) < 8000


def test_a_file_names_what_its_places_belong_to():
    found = files(network(40))["places/0.json"]
    assert found["above"] == {"990001": "甲县", "990001001": "王集镇"}
    assert ["990001001003", "皂河甲村村民委员会"] in found["places"]


def test_a_township_whose_code_ends_in_noughts_is_no_city():
    net = Network(
        PlatformRow(code=code, area=area, name="") for code, area in (("990001100", "甲镇"), ("990001100001", "乙村"))
    )
    assert dict(place_rows(net))[0] == PlaceRow("990001100001", "乙村", (("990001100", "甲镇"),))


def test_a_file_follows_from_its_own_rows_in_any_order():
    rows = [PlaceRow("990001001002", "乙村"), PlaceRow("990001001001", "甲村", (("990001", "丙县"),))]
    assert shard_page(0, rows) == shard_page(0, rows[::-1])


@pytest.mark.parametrize(("places", "shards"), [(1, 1), (2_500, 1), (2_501, 4), (664_000, 1024)])
def test_the_number_of_files_follows_from_the_number_of_places(places: int, shards: int):
    assert shard_count(places) == shards


def test_what_all_villages_are_called_does_not_make_one_huge_file():
    every = {shard for n in NAMES for shard in shards_of(n + "村民委员会", 1024)}
    assert shard_of("委员", 1024) not in every
    assert shards_of("集", 1024) == (shard_of("集", 1024),)
