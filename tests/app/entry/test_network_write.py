"""`weimin new network`: files of platforms, never overwritten, all or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from weimin.app.entry.network import new_network, read_table, write_network
from weimin.model.place import level_of
from weimin.records.divisions import InvalidDivisions
from weimin.records.place import place_of

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
SUQIAN = ROOT / "divisions" / "suqian-2023.csv"
SOURCE = {"publisher": "国家统计局", "date": "2023-09-11", "title": "统计用区划代码（2023年）"}
SMALL = "code,name,parent\n3213,宿迁市,32\n321302,宿城区,3213\n"


def tree(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_suqian_whole(tmp_path: Path) -> None:
    summary = write_network(read_table(SUQIAN), tmp_path, SOURCE)
    assert summary.written == {"city": 1, "county": 6, "township": 109, "village": 1440}
    files = tree(tmp_path)
    assert len(files) == 1556
    for path in files:
        place = place_of(path)
        assert place.platform, path  # type: ignore[union-attr]  # a Problem has no platform and fails here
        assert level_of(place.platform)  # type: ignore[union-attr]
    village = files["content/network/321300/321311/321311201/321311201004/platform.yml"].decode()
    assert village == (
        "area: 双河里社区居民委员会\ncompiled_from:\n  - publisher: 国家统计局\n"
        '    date: "2023-09-11"\n    title: "统计用区划代码（2023年）"\n'
    )


def test_command_takes_the_source_beside_the_table(tmp_path: Path) -> None:
    new_network(SUQIAN, tmp_path / "told")
    write_network(read_table(SUQIAN), tmp_path / "given", SOURCE)
    assert tree(tmp_path / "told") == tree(tmp_path / "given")


def test_command_without_a_source_says_the_area_alone(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_bytes(SMALL.encode("gbk"))
    new_network(table, tmp_path)
    assert (tmp_path / "content/network/321300/platform.yml").read_bytes() == "area: 宿迁市\n".encode()


@pytest.mark.parametrize(
    "source", ["", "date: 2023", "publisher: [a]", "publisher: 某局\nsize: 3", "a: b: c", "- 某局"]
)
def test_source_that_is_none_writes_nothing(tmp_path: Path, source: str) -> None:
    table = tmp_path / "table.csv"
    table.write_text(SMALL, encoding="utf-8")
    (tmp_path / "table.source.yml").write_text(source, encoding="utf-8")
    with pytest.raises(InvalidDivisions, match=r"^第 1 行：table.source.yml 不是名录的出处。改法：写成 publisher"):
        new_network(table, tmp_path)
    assert not (tmp_path / "content").exists()


def test_twice_changes_nothing(tmp_path: Path) -> None:
    write_network(SMALL, tmp_path, SOURCE)
    before = tree(tmp_path)
    summary = write_network(SMALL, tmp_path, SOURCE)
    assert (summary.written, summary.existing) == ({}, {"city": 1, "county": 1})
    assert str(summary) == "新建 0 个平台，已有的 2 个没有改动"
    assert tree(tmp_path) == before


def test_what_stands_is_never_overwritten(tmp_path: Path) -> None:
    own = tmp_path / "content/network/321300/platform.yml"
    own.parent.mkdir(parents=True)
    own.write_text("name: 宿迁为民协商网\n", encoding="utf-8")
    assert str(write_network(SMALL, tmp_path)) == "新建 1 个平台（县区 1），已有的 1 个没有改动"
    assert own.read_text(encoding="utf-8") == "name: 宿迁为民协商网\n"
    assert (own.parent / "321302/platform.yml").read_bytes() == "area: 宿城区\n".encode()


def test_later_part_hangs_on_what_stands(tmp_path: Path) -> None:
    write_network(SMALL, tmp_path)
    summary = write_network("代码,名称,上级\n321302101,耿车镇,321302\n", tmp_path)
    assert summary.written == {"township": 1}


def test_fault_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(InvalidDivisions):
        write_network(SMALL + "321302101001,耿车居委会,321302101\n", tmp_path, SOURCE)
    assert not any(tmp_path.iterdir())


def test_full_disk_takes_back_what_it_wrote(tmp_path: Path) -> None:
    blocked = tmp_path / "content/network/321300/321302"
    blocked.parent.mkdir(parents=True)
    blocked.write_bytes(b"a file where a folder has to be")
    with pytest.raises(OSError):  # which OSError it is, is up to the system
        write_network(SMALL, tmp_path)
    assert tree(tmp_path) == {"content/network/321300/321302": b"a file where a folder has to be"}


def test_source_without_publisher_is_a_fault_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="publisher"):
        write_network(SMALL, tmp_path, {"date": "2023-09-11"})
    assert not any(tmp_path.iterdir())


def test_names_that_yaml_would_misread_are_quoted(tmp_path: Path) -> None:
    write_network("code,name\n3213,宿迁市\n321302,101\n", tmp_path)
    assert (tmp_path / "content/network/321300/321302/platform.yml").read_bytes() == b'area: "101"\n'
