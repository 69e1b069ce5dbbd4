"""`weimin new` as people type it: exit codes, the path on standard output, the steps on standard error."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

pytestmark = pytest.mark.slow

TABLE = "code,name,parent\n3299,样例市,32\n329901,样例县,3299\n329901001,曹集乡,329901\n329901001001,样例村,329901001\n"
VILLAGE = "content/network/329900/329901/329901001/329901001001"


class Ran(NamedTuple):
    code: int
    stdout: str
    stderr: str


Run = Callable[..., Ran]


@pytest.fixture
def root(tmp_path: Path, weimin: Run) -> Path:
    folder = tmp_path / "为民 记录"
    folder.mkdir()
    (tmp_path / "名录.csv").write_text(TABLE, encoding="utf-8")
    ran = weimin("new", "network", "--from", "../名录.csv", cwd=folder)
    assert ran == (0, "新建 4 个平台（市 1，县区 1，乡镇街道 1，村居 1），已有的 0 个没有改动\n", "")
    return folder


def test_from_nothing_to_a_record_that_passes(root: Path, weimin: Run) -> None:
    ran = weimin("new", "topic", "--platform", "曹集乡", "--on", "2026-03-01", cwd=root)
    path = "content/network/329900/329901/329901001/2026-001/topic.md"
    assert (ran.code, ran.stdout) == (0, f"{path}\n")
    assert ran.stderr.startswith("新建了一份议题。接下来：\n  1. 填好空着的 3 处：标题（title）、领域（theme）、")
    assert f"weimin check {path}\n" in ran.stderr
    ran = weimin("check", path, "--select", "F,S", cwd=root)
    assert ran.code == 1
    assert ran.stdout.count("没有写内容") == 3
    text = (root / path).read_text(encoding="utf-8")
    for empty, full in (("title:", "title: 车棚"), ("theme:", "theme: 住房物业"), ("- from:", "- from: residents")):
        text = text.replace(f"{empty}\n", f"{full}\n")
    (root / path).write_text(text, encoding="utf-8", newline="\n")
    assert weimin("check", path, "--as-of", "2026-03-02", cwd=root).code == 0


def test_from_a_folder_below_the_path_is_one_that_opens_there(root: Path, weimin: Run) -> None:
    ran = weimin("new", "opinion", "--platform", "样例村", "--on", "2026-02-10", cwd=root / VILLAGE)
    assert ran.stdout == "opinions/2026-02-10.yml\n"
    assert (root / VILLAGE / "opinions/2026-02-10.yml").is_file()


def test_correction(root: Path, weimin: Run) -> None:
    path = root / VILLAGE / "opinions/2026-02-10.yml"
    path.parent.mkdir()
    path.write_text("channel: web\nfrom: resident\ntheme: 教育\nsummary: 路灯\n", encoding="utf-8", newline="\n")
    reason = ("--reason", "看错", "--approved-by", "样例县政协", "--on", "2026-02-12")
    ran = weimin(
        "new", "correction", "--of", "329901001001/opinions/2026-02-10", "--set", "/theme=其他", *reason, cwd=root
    )
    assert (ran.code, ran.stdout) == (0, f"{VILLAGE}/opinions/2026-02-12-correction.yml\n")
    assert weimin("check", "--select", "F,S,L", "--as-of", "2026-02-12", cwd=root).code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["topik"], "是不是 topic？"),
        (["topic", "--platform", "草集乡"], "曹集乡"),
        (["network"], "--from"),
        (["network", "--from", "没有.csv"], "找不到文件“没有.csv”"),
        (["correction", "--of", "x"], "缺少 --set"),
        (
            ["correction", "--of", "x", "--set", "/a=1", "--reason", "a", "--approved-by", "b", "--slug", "x"],
            "用不上 --slug",
        ),
        (["topic", "--platform", "曹集乡", "--set", "/a=1"], "用不上 --set"),
        (["topic", "--platform", "曹集乡", "--from", "名录.csv"], "用不上 --from"),
    ],
)
def test_wrong_usage(root: Path, weimin: Run, arguments: list[str], said: str) -> None:
    before = sorted(root.rglob("*"))
    ran = weimin("new", *arguments, cwd=root)
    assert (ran.code, ran.stdout) == (2, "")
    assert said in ran.stderr
    assert sorted(root.rglob("*")) == before


def test_a_table_at_fault_writes_nothing(tmp_path: Path, weimin: Run) -> None:
    (tmp_path / "a.csv").write_text("code,name,parent\n3299,样例市,32\n32990,甲,3299\n", encoding="utf-8")
    ran = weimin("new", "network", "--from", "a.csv", cwd=tmp_path)
    assert (ran.code, ran.stdout) == (2, "")
    assert "第 3 行" in ran.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


def test_nowhere_to_put_it(tmp_path: Path, weimin: Run) -> None:
    ran = weimin("new", "topic", "--platform", "曹集乡", cwd=tmp_path)
    assert (ran.code, ran.stdout) == (3, "")
    assert "weimin new network --from" in ran.stderr


def test_help_is_in_chinese(weimin: Run) -> None:
    ran = weimin("new", "--help")
    assert ran.code == 0
    assert "平台的代码或名称" in ran.stdout
