"""The published content: every file is a valid record, the network is that of the list, nothing is invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from content_files import ROOT, files, read, record_files, roots

from weimin.app.entry.network import platform_text, read_source, read_table
from weimin.model.kinds.platform_records import LeadingGroup, Platform
from weimin.records.divisions import read_divisions
from weimin.records.place import path_of

SOURCE = read_source(ROOT / "divisions" / "suqian-2023.source.yml")
TOLD_BY_HAND = {"321300", "321302002006"}


@pytest.mark.parametrize("root", roots(), ids=lambda root: root.name)
def test_every_file_is_a_sound_record(root: Path) -> None:
    paths = [path.relative_to(root).as_posix() for path in files(root)]
    assert paths
    for path in paths:
        if path != "content/network/signers":
            read(root, path)


def test_network_is_the_list_of_the_statistics() -> None:
    places = read_divisions(read_table(ROOT / "divisions" / "suqian-2023.csv"))
    assert len(places) == 1556
    listed = {path_of("platform", platform=place.code): place for place in places}
    there = {path.relative_to(ROOT).as_posix() for path in (ROOT / "content" / "network").rglob("platform.yml")}
    assert there == set(listed)
    for path, place in listed.items():
        text = (ROOT / path).read_text(encoding="utf-8")
        if place.code in TOLD_BY_HAND:
            assert text.startswith(f"area: {place.name}\n"), path
        else:
            assert text == platform_text(place, SOURCE), path


def test_all_that_is_said_of_platforms_and_matters_is_compiled() -> None:
    """So far no platform has filed anything itself: none has records, and no dossier owes anything."""
    network = ROOT / "content" / "network"
    records = [read(ROOT, path.relative_to(ROOT).as_posix()) for path in record_files(ROOT) if network in path.parents]
    own = {record.place.path for record in records if not record.compiled and record.place.kind != "rule"}
    assert len(records) > 1556
    assert own == set()


def test_sources_name_no_mirror() -> None:
    for path in record_files(ROOT):
        record = read(ROOT, path.relative_to(ROOT).as_posix())
        for source in record.raw.get("compiled_from", ()):
            assert "url" not in source, path


def test_leading_group_is_that_of_the_plan() -> None:
    plan = read(ROOT, "content/network/321300/rules/2019-implementation-plan.md")
    city = read(ROOT, "content/network/321300/platform.yml").data
    assert isinstance(city, Platform)
    assert isinstance(city.leading_group, LeadingGroup)
    posts = city.leading_group.posts
    assert isinstance(posts, tuple)
    assert [post.role for post in posts] == ["第一组长", "组长", "副组长", "副组长", "副组长", "副组长"]
    for post in posts:
        words = (post.held_by or "").replace("市委统战部长", "统战部长").replace("市政协驻会", "市政协驻会")
        assert words in plan.body
    assert f"领导小组办公室设在{city.leading_group.office_at}，" in plan.body
    assert f"“{city.name}”" in plan.body


def test_figures_of_the_about_page() -> None:
    body = read(ROOT, "content/pages/about.md").body
    counts = [len(list((ROOT / "content/network").glob("*/" * depth + "platform.yml"))) for depth in (1, 2, 3, 4)]
    city, county, township, village = counts
    assert f"共{sum(counts)}个：市{city}个，县（区）{county}个，乡镇街道{township}个，村居{village}个" in body
    assert "据公开报道整理" in body
