"""`weimin new KIND`: the right folder, the next number, known values filled in, and nothing written on an error."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from subprocess import CalledProcessError

import pytest

from builders.repository import Repository
from weimin.adapters.new_file import create_file
from weimin.app.entry import new as use
from weimin.app.entry.new import NoContent, TargetRequest, new_record, open_for_entry
from weimin.app.entry.refused import EntryRefused
from weimin.engine.register import Register
from weimin.model.place import Place
from weimin.records.kinds import DOSSIER, KINDS, SITE
from weimin.records.place import place_of

DAY = date(2026, 11, 22)
TOWN, VILLAGE = "990101001", "990101001001"
NETWORK = "content/network"
AT = f"{NETWORK}/990100/990101/{TOWN}"
HOME = f"{AT}/{VILLAGE}"
DOSSIER_AT = f"{HOME}/2026-001"

CONSULTATION = """---
about: selection
methods:
  - {kind: meeting, place: 议事室, decided_by: consensus}
suggestions:
  - {id: s1, text: 车棚建在北门}
  - {id: s2, text: 装充电桩}
dissent:
  - {id: d1, text: 离一号楼太近}
---
议了车棚。
"""
OUTCOME = """---
of: [2026-03-02-consultation]
measures:
  - {id: m1, text: 建车棚, unit: 样例村委会, due: 2026-06-30}
  - {id: m2, text: 装照明, unit: 样例村委会, due: 2026-06-30}
upward:
  - {id: u1, kind: overall, to: "990101001", publish: false}
---
建车棚。
"""
RECORDS = {
    f"{NETWORK}/990100/platform.yml": "area: 样例市\n",
    f"{NETWORK}/990100/990101/platform.yml": "area: 样例县\n",
    f"{AT}/platform.yml": "area: 样例镇\n",
    f"{HOME}/platform.yml": "area: 样例村\n",
    f"{AT}/990101001002/platform.yml": "area: 东样例村\nbrand: 东村议事亭\n",
    f"{DOSSIER_AT}/topic.md": "---\ntitle: 车棚\ntheme: 住房物业\nsources: [{from: residents}]\n---\n",
    f"{DOSSIER_AT}/2026-03-02-consultation.md": CONSULTATION,
}


def lay(root: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="\n")
    return root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path / "为民 记录", RECORDS)


def new(root: Path, kind: str, **asked: str | bool) -> str:
    return new_record(Register(root), TargetRequest(kind=kind, **asked), DAY).path  # type: ignore[arg-type]  # texts but for draft


def tree(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def refused(root: Path, kind: str, **asked: str | bool) -> str:
    """The message of a refusal; nothing is written, not even a folder."""
    before, folders = tree(root), {p for p in root.rglob("*") if p.is_dir()}
    with pytest.raises(EntryRefused) as caught:
        new(root, kind, **asked)
    assert tree(root) == before
    assert {p for p in root.rglob("*") if p.is_dir()} == folders
    assert not str(caught.value).isascii()
    return str(caught.value)


OPTIONS: dict[str, dict[str, str | bool]] = {
    "platform": {"platform": "990101001003"},
    "rule": {"platform": TOWN, "slug": "work-rules"},
    "page": {"slug": "how-to"},
    "news": {"slug": "first-training"},
    "topic": {"platform": VILLAGE},
}


@pytest.mark.parametrize("kind", [k for k, row in KINDS.items() if row.schema and k != "correction"])
def test_every_kind_lies_where_it_belongs(root: Path, kind: str) -> None:
    where = {DOSSIER: {"dossier": f"{VILLAGE}/2026-001"}, SITE: {}}.get(KINDS[kind].where, {"platform": VILLAGE})
    path = new(root, kind, **OPTIONS.get(kind, where))
    place = place_of(path)
    assert isinstance(place, Place) and place.kind == kind
    data = (root / path).read_bytes()
    assert b"\r" not in data and data.endswith(b"\n") and not data.startswith(b"\xef\xbb\xbf")
    assert [p.name for p in root.iterdir()] == ["content"]


@pytest.mark.parametrize(
    ("kind", "asked", "path"),
    [
        ("topic", {"platform": VILLAGE}, f"{HOME}/2026-002/topic.md"),
        ("议题", {"platform": "样例村"}, f"{HOME}/2026-002/topic.md"),
        ("topic", {"platform": VILLAGE, "on": "2025-Q1"}, f"{HOME}/2025-001/topic.md"),
        ("topic", {"platform": "东村议事亭"}, f"{AT}/990101001002/2026-001/topic.md"),
        (
            "consultation",
            {"dossier": f"{VILLAGE}/2026-001", "on": "2026-03-02"},
            f"{DOSSIER_AT}/2026-03-02-consultation-2.md",
        ),
        (
            "consultation",
            {"dossier": "2026-001", "platform": "样例村", "on": "2026-03"},
            f"{DOSSIER_AT}/2026-03-consultation.md",
        ),
        (
            "outcome",
            {"dossier": f"{VILLAGE}/2026-001", "on": "by-2026-03-10"},
            f"{DOSSIER_AT}/by-2026-03-10-outcome.md",
        ),
        ("outcome", {"dossier": f"{VILLAGE}/2026-001", "on": "XXXX-03"}, f"{DOSSIER_AT}/XXXX-03-outcome.md"),
        ("outcome", {"dossier": f"{VILLAGE}/2026-001"}, f"{DOSSIER_AT}/2026-11-22-outcome.md"),
        ("plan", {"platform": VILLAGE, "on": "2027-01-05"}, f"{HOME}/plans/2027.yml"),
        ("projects", {"platform": TOWN, "draft": True}, f"{AT}/projects/2026-draft.yml"),
        ("opinion", {"platform": VILLAGE, "on": "2026-02-10"}, f"{HOME}/opinions/2026-02-10.yml"),
    ],
)
def test_path(root: Path, kind: str, asked: dict[str, str | bool], path: str) -> None:
    assert new(root, kind, **asked) == path
    assert (root / path).is_file()


def test_the_second_of_a_day_gets_its_number_by_itself(root: Path) -> None:
    paths = [new(root, "opinion", platform=VILLAGE, on="2026-02-10") for _ in range(3)]
    assert [p.rpartition("/")[2] for p in paths] == ["2026-02-10.yml", "2026-02-10-2.yml", "2026-02-10-3.yml"]
    drafts = [new(root, "projects", platform=TOWN, draft=True) for _ in range(2)]
    assert [p.rpartition("/")[2] for p in drafts] == ["2026-draft.yml", "2026-draft-2.yml"]


def test_numbers_go_on_after_the_highest(root: Path) -> None:
    lay(root, {f"{HOME}/2026-009/topic.md": RECORDS[f"{DOSSIER_AT}/topic.md"]})
    assert new(root, "topic", platform=VILLAGE).endswith("/2026-010/topic.md")
    assert new(root, "topic", platform=VILLAGE).endswith("/2026-011/topic.md")


def test_two_who_look_at_the_same_tree_never_take_the_same_number(root: Path) -> None:
    one, other = Register(root), Register(root)
    paths = [new_record(r, TargetRequest(kind="topic", platform=VILLAGE), DAY).path for r in (one, other, other)]
    assert [p.split("/")[-2] for p in paths] == ["2026-002", "2026-003", "2026-004"]


def test_two_branches_take_the_same_number_and_git_says_so(repo: Callable[..., Repository]) -> None:
    """The second branch gets a conflict of one path, and a record that is created again has the next number."""
    made = repo([RECORDS])
    path = f"{HOME}/2026-002/topic.md"
    for branch in ("one", "other"):
        made.git("checkout", "-q", "-b", branch, "main")
        assert new(made.root, "topic", platform=VILLAGE) == path
        made.commit({path: f"---\ntitle: {branch}\n---\n"})
    with pytest.raises(CalledProcessError):
        made.git("merge", "-q", "one")
    assert made.git("diff", "--name-only", "--diff-filter=U", "-z").strip("\0\n") == path
    made.git("merge", "--abort")
    made.git("checkout", "-q", "one")
    assert new(made.root, "topic", platform=VILLAGE) == f"{HOME}/2026-003/topic.md"


def test_topic_for_a_folder_that_has_none(root: Path) -> None:
    lay(root, {f"{HOME}/2026-002/2026-03-02-consultation.md": CONSULTATION})
    assert new(root, "topic", dossier=f"{VILLAGE}/2026-002") == f"{HOME}/2026-002/topic.md"


def text_of(root: Path, kind: str) -> str:
    return (root / new(root, kind, dossier=f"{VILLAGE}/2026-001", on="2026-11-20")).read_text(encoding="utf-8")


def test_outcome_knows_the_consultation_that_waits_for_it(root: Path) -> None:
    assert "of:\n  - 2026-03-02-consultation\n" in text_of(root, "outcome")


def test_outcome_takes_the_last_open_one_and_names_the_others(root: Path) -> None:
    lay(root, {f"{DOSSIER_AT}/2026-04-02-consultation.md": "---\nabout: selection\nmethods: []\n---\n"})
    assert "of:\n  # 还没有成果的协商活动另有：2026-03-02-consultation\n  - 2026-04-02-consultation\n" in text_of(
        root, "outcome"
    )


def test_outcome_without_an_open_consultation_is_left_to_people(root: Path) -> None:
    lay(root, {f"{DOSSIER_AT}/2026-03-10-outcome.md": OUTCOME})
    text = text_of(root, "outcome")
    assert "of:\n  -\n" in text
    assert "- id: m3\n" in text
    assert "[{id: u2, " in text and "[{id: d2, " in text


def test_ids_of_records_that_cannot_be_read_are_taken(root: Path) -> None:
    new(root, "outcome", dossier=f"{VILLAGE}/2026-001", on="2026-11-20")
    made = new_record(
        Register(root), TargetRequest(kind="outcome", dossier=f"{VILLAGE}/2026-001", on="2026-11-21"), DAY
    )
    assert "- id: m2\n" in (root / made.path).read_text(encoding="utf-8")
    assert any("2026-11-20-outcome.md 还没有填好" in step for step in made.steps)


def test_evaluation_is_of_the_last_outcome(root: Path) -> None:
    lay(root, {f"{DOSSIER_AT}/2026-03-10-outcome.md": OUTCOME})
    assert "of:\n  - 2026-03-10-outcome\n" in text_of(root, "evaluation")


def test_response_answers_what_is_unanswered(root: Path) -> None:
    answer = "---\nby: 样例村委会\nanswers:\n  - {to: s1, text: 照办}\n---\n"
    lay(root, {f"{DOSSIER_AT}/2026-03-10-outcome.md": OUTCOME, f"{DOSSIER_AT}/2026-03-25-response.md": answer})
    text = text_of(root, "response")
    assert "# s2 意见建议“装充电桩”\n" in text
    assert "# d1 不同意见“离一号楼太近”\n  - to: d1\n    text:\n" in text
    assert "# u1 上报事项\n  - to: u1\n    decision:\n    text:\n" in text
    assert "- to: s1" not in text


def test_followup_has_a_block_for_each_measure_that_is_not_done(root: Path) -> None:
    done = (
        "---\nform: inspection\nmeasures:\n  - {id: m1, state: done}\n  - {id: m2, state: behind, reason: 下雨}\n---\n"
    )
    lay(root, {f"{DOSSIER_AT}/2026-03-10-outcome.md": OUTCOME})
    text = text_of(root, "followup")
    assert "# m1 落实事项“建车棚”\n" in text
    assert "  # m2 落实事项“装照明”\n  - id: m2\n    state:\n" in text
    (root / f"{DOSSIER_AT}/2026-11-20-followup.md").unlink()
    lay(root, {f"{DOSSIER_AT}/2026-06-12-followup.md": done})
    text = text_of(root, "followup")
    assert "- id: m1\n" not in text and "- id: m2\n" in text


def test_nothing_is_given_that_nobody_said(root: Path) -> None:
    """In a new topic nothing is filled in beforehand."""
    text = (root / new(root, "topic", platform=VILLAGE)).read_text(encoding="utf-8")
    assert [line for line in text.split("\n") if line and not line.lstrip().startswith("#")] == [
        "---",
        "title:",
        "theme:",
        "sources:",
        "  - from:",
        "---",
    ]


def test_news_has_its_day(root: Path) -> None:
    assert 'date: "2026-03-01"\n' in (root / new(root, "news", slug="a", on="2026-03-01")).read_text(encoding="utf-8")
    assert "要写到哪一天" in refused(root, "news", slug="b", on="2026-03")


def test_steps_say_what_to_fill_and_how_to_go_on(root: Path) -> None:
    made = new_record(Register(root), TargetRequest(kind="topic", platform=VILLAGE), DAY)
    assert made.steps == (
        "填好空着的 3 处：标题（title）、领域（theme）、议题来源（sources）第 1 条的来源（from）",
        "正文（选题背景）写在第二个 --- 的下面",
        f"填好后核对：weimin check {made.path}",
    )
    made = new_record(Register(root), TargetRequest(kind="opinion", platform=VILLAGE), DAY)
    assert made.steps[0] == "日期按今天算：2026-11-22；不对的，删掉这个文件，加上 --on 重新建"


def test_today_is_the_day_in_the_sites_time_zone(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(use, "today_in", {"Asia/Shanghai": DAY}.get)
    assert new_record(Register(root), TargetRequest(kind="opinion", platform=VILLAGE)).path.endswith("/2026-11-22.yml")


@pytest.mark.parametrize(
    ("kind", "asked", "said"),
    [
        ("topik", {}, "没有“topik”这种记录。是不是 topic？可选：platform 平台"),
        ("signers", {}, "直接改 content/network/signers"),
        ("attachment", {}, "attachments 文件夹"),
        ("topic", {}, "没有说是哪个平台"),
        ("topic", {"platform": "样列镇"}, "平台“样列镇”还没有建档。相近的有：990101001 样例镇（样例县）"),
        ("topic", {"platform": "样例"}, "的平台有 5 个：990100 样例市、990101 样例县（样例市）"),
        ("topic", {"platform": "990101001009"}, "相近的有：990101001"),
        ("topic", {"platform": VILLAGE, "on": "XXXX-03"}, "没有年份"),
        ("plan", {"platform": VILLAGE, "on": "XXXX"}, "没有年份"),
        ("outcome", {}, "没有说是哪个卷宗"),
        (
            "outcome",
            {"dossier": f"{VILLAGE}/2026-007"},
            f"卷宗“{VILLAGE}/2026-007”不存在。已有的：{VILLAGE}/2026-001。",
        ),
        ("outcome", {"dossier": VILLAGE}, "不存在"),
        ("outcome", {"dossier": f"{VILLAGE}/2026-001", "platform": TOWN}, f"不是平台 {TOWN} 的"),
        ("outcome", {"dossier": f"{VILLAGE}/2026-001", "on": "2026.3.2"}, "是不是 2026-03-02？"),
        ("outcome", {"dossier": f"{VILLAGE}/2026-001", "on": "2026-02-30"}, "2026 年 2 月只有 28 天"),
        ("outcome", {"dossier": f"{VILLAGE}/2026-001", "on": "明天"}, "不是约定的写法"),
        ("topic", {"dossier": f"{VILLAGE}/2026-001"}, "议题已经有了"),
        ("platform", {"platform": VILLAGE}, "平台已经有了"),
        ("platform", {"platform": "99010100"}, "不是统计用区划代码"),
        ("platform", {"platform": "990102001"}, "上一级 990102 还没有建档"),
        ("rule", {"platform": TOWN}, "加上 --slug"),
        ("rule", {"platform": TOWN, "slug": "工作规则"}, "小写英文字母"),
        ("page", {"slug": "rules"}, "固定网址"),
        ("page", {"slug": "../../x"}, "小写英文字母"),
        ("topic", {"platform": VILLAGE, "slug": "x"}, "用不上 --slug"),
        ("plan", {"platform": VILLAGE, "draft": True}, "用不上 --draft"),
        ("opinion", {"platform": VILLAGE, "dossier": "2026-001"}, "用不上 --dossier"),
        ("page", {"slug": "x", "platform": TOWN}, "用不上 --platform"),
        ("exemptions", {"platform": TOWN, "on": "2026"}, "用不上 --on"),
    ],
)
def test_refused_in_chinese_with_the_fix(root: Path, kind: str, asked: dict[str, str | bool], said: str) -> None:
    assert said in refused(root, kind, **asked)


def test_what_stands_is_never_overwritten(root: Path) -> None:
    path = new(root, "plan", platform=VILLAGE)
    (root / path).write_text("items: []\n", encoding="utf-8")
    assert f"年度协商计划已经有了：{path}" in refused(root, "plan", platform=VILLAGE)


def test_a_file_that_git_does_not_see_is_not_overwritten(repo: Callable[..., Repository]) -> None:
    made = repo([RECORDS | {".gitignore": "2026-002/\n"}])
    hidden = made.root / f"{HOME}/2026-002/topic.md"
    hidden.parent.mkdir()
    hidden.write_text("我的\n", encoding="utf-8")
    assert new(made.root, "topic", platform=VILLAGE) == f"{HOME}/2026-003/topic.md"
    assert hidden.read_text(encoding="utf-8") == "我的\n"


def test_create_leaves_nothing_behind_when_the_disk_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="No space"):
        create_file(tmp_path, "content/news/a.md", "x\n")
    assert list(tmp_path.iterdir()) == []


def test_create_on_a_disk_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unable(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", unable)
    create_file(tmp_path, "content/news/甲.md", "x\n")
    with pytest.raises(FileExistsError):
        create_file(tmp_path, "content/news/甲.md", "y\n")
    assert tree(tmp_path) == {"content/news/甲.md": b"x\n"}


def test_a_place_without_content_is_none(tmp_path: Path) -> None:
    with pytest.raises(NoContent, match="weimin new network"):
        open_for_entry(None, tmp_path)
    (tmp_path / "content").mkdir()
    assert tuple(open_for_entry(None, tmp_path).places) == ()
