"""`weimin new correction`: old values are read from the record, and a correction that does not fit is never written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from weimin.app.entry.new_correction import CorrectionRequest, new_correction
from weimin.app.entry.refused import EntryRefused
from weimin.dossiers.corrections import apply_corrections
from weimin.engine.register import Register
from weimin.model.kinds import Correction
from weimin.model.record import Record

DAY = date(2026, 11, 22)
DOSSIER = "990100/2026-001"
AT = f"content/network/{DOSSIER}"
TOPIC = "---\ntitle: 车棚\ntheme: 住房物业\nsources: [{from: residents}]\n---\n"
CONSULTATION = """---
about: selection
methods:
  - {kind: meeting, place: 议事室, decided_by: consensus}
participants: {members: 3, residents: 12, departments: 1}
convenor: 主任
---
议了车棚。
"""
BALLOTS = "{issued: 5, returned: 5, satisfied: 5, basically_satisfied: 0, dissatisfied: 0}"
RECORDS = {
    "content/network/990100/platform.yml": "area: 样例市\n",
    f"{AT}/topic.md": TOPIC,
    f"{AT}/2026-03-02-consultation.md": CONSULTATION,
    f"{AT}/2026-11-20-evaluation.yml": f"of: [2026-03-02-consultation]\nbody: 代表\nway: 投票\nballots: {BALLOTS}\n",
    "content/network/990100/opinions/2026-02-10.yml": "channel: web\nfrom: resident\ntheme: 教育\nsummary: 路灯\n",
}
CONSULTED = f"{DOSSIER}/2026-03-02-consultation"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, text in RECORDS.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8", newline="\n")
    return tmp_path


def asked(sets: Sequence[str], of: str = CONSULTED, **more: str) -> CorrectionRequest:
    return CorrectionRequest(of=of, sets=sets, reason="录入时看错", approved_by="样例市政协办公室", **more)


def made(root: Path, *sets: str, **more: Any) -> Record:
    """The correction as read back; the corrected record is unchanged."""
    before = {path: (root / path).read_bytes() for path in RECORDS}
    register = Register(root)
    path = new_correction(register, asked(sets, **more), DAY).path
    assert {path: (root / path).read_bytes() for path in RECORDS} == before
    register = Register(root)
    record, problems = register.parse(register.by_path[path])
    assert problems == () and record is not None
    folder = register.read(register.units[record.place.unit])
    fixed = apply_corrections(folder.records, register.revive)
    assert fixed.problems == ()
    assert {a.field for a in fixed.applied if a.correction == record.place.stem} == {
        c["field"] for c in record.raw["changes"]
    }
    return record


def refused(root: Path, *sets: str, **more: Any) -> str:
    before = sorted(root.rglob("*"))
    with pytest.raises(EntryRefused) as caught:
        new_correction(Register(root), asked(sets, **more), DAY)
    assert sorted(root.rglob("*")) == before
    return str(caught.value)


def test_from_is_read_from_the_record(root: Path) -> None:
    record = made(root, "/participants/members=4", "/methods/0/place=新议事室")
    assert record.place.path == f"{AT}/2026-11-22-correction.yml"
    assert record.raw == {
        "of": "2026-03-02-consultation",
        "changes": [
            {"field": "/participants/members", "from": 3, "to": 4},
            {"field": "/methods/0/place", "from": "议事室", "to": "新议事室"},
        ],
        "reason": "录入时看错",
        "approved_by": "样例市政协办公室",
    }
    assert b"\r" not in (root / record.place.path).read_bytes()


def test_from_is_read_as_corrected_so_far(root: Path) -> None:
    made(root, "/participants/members=4")
    record = made(root, "/participants/members=5")
    assert record.place.stem == "2026-11-22-correction-2"
    assert record.raw["changes"] == [{"field": "/participants/members", "from": 4, "to": 5}]


def test_a_correction_dated_before_the_one_it_goes_on_from_does_not_fit(root: Path) -> None:
    made(root, "/participants/members=4", on="2026-11-20")
    assert "不一致" in refused(root, "/participants/members=5", on="2026-11-19")


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("012", "012"),
        ("12", "12"),
        ('"true"', "true"),
        ("no", "no"),
        ("甲: 乙 # 丙", "甲: 乙 # 丙"),
        ("2026-03-02", "2026-03-02"),
    ],
)
def test_a_value_is_what_its_field_wants(root: Path, text: str, to: str) -> None:
    record = made(root, f"/convenor={text}")
    assert isinstance(record.data, Correction)
    assert record.data.changes[0].to == to


def test_a_hyphen_removes_and_what_was_absent_may_be_added(root: Path) -> None:
    record = made(root, "/convenor=-", "/participants/experts=2", "/participants/departments=-")
    assert record.raw["changes"] == [
        {"field": "/convenor", "from": "主任", "to": None},
        {"field": "/participants/experts", "from": None, "to": 2},
        {"field": "/participants/departments", "from": 1, "to": None},
    ]


def test_changes_are_held_to_the_schema_together(root: Path) -> None:
    """Each change alone would be invalid: a meeting has no main venue, a remote meeting no place."""
    sets = ("/methods/0/kind=remote", "/methods/0/place=-", "/methods/0/decided_by=-", "/methods/0/main_venue=县里")
    assert len(made(root, *sets).raw["changes"]) == 4


def test_prose_from_a_file(root: Path, tmp_path: Path) -> None:
    prose = tmp_path / "新 正文.md"
    prose.write_bytes("\ufeff议了车棚和充电桩。\r\n\r\n第二段。\r\n".encode())
    record = made(root, f"/body=@{prose}")
    assert record.raw["changes"] == [{"field": "/body", "from": "议了车棚。", "to": "议了车棚和充电桩。\n\n第二段。"}]
    assert "读不到" in refused(root, "/body=@没有的文件")
    assert "从文件里读" in refused(root, "/body=新的正文")
    prose.write_bytes("议了".encode("gbk"))
    assert "GBK" in refused(root, f"/body=@{prose}") or "UTF-8" in refused(root, f"/body=@{prose}")


def test_the_date_in_the_name(root: Path) -> None:
    assert made(root, "/date=2026-03").raw["changes"] == [{"field": "/date", "from": "2026-03-02", "to": "2026-03"}]
    assert made(root, "/date=by-2026-03-31").raw["changes"][0]["from"] == "2026-03"
    assert "是不是 2026-03-03？" in refused(root, "/date=2026.3.3")
    assert "/approval/date" in refused(root, "/date=2026-03-03", of=f"{DOSSIER}/topic")


def test_opinions_have_theirs_beside_them(root: Path) -> None:
    opinion = "990100/opinions/2026-02-10"
    record = made(root, "/theme=交通出行", of=opinion, on="2026-02-12")
    assert record.place.path == "content/network/990100/opinions/2026-02-12-correction.yml"
    assert record.raw["of"] == opinion
    record = made(root, "/theme=其他", of=opinion, on="2026-02-12")
    assert record.place.path == "content/network/990100/opinions/2026-02-12-2-correction.yml"


def test_the_record_by_its_path_or_within_its_dossier(root: Path) -> None:
    assert made(root, "/title=新车棚", of=f"{AT}/topic.md").raw["of"] == "topic"
    assert made(root, "/title=车棚甲", of="topic", dossier=DOSSIER).raw["changes"][0]["from"] == "新车棚"


@pytest.mark.parametrize(
    ("of", "sets", "said"),
    [
        (f"{DOSSIER}/2026-11-20-evaluation", ["/ballots/satisfied=4"], "票数不能更正，只能重新评议"),
        (f"{DOSSIER}/2026-11-20-evaluation", ["/ballots=unpublished"], "票数不能更正，只能重新评议"),
        (
            CONSULTED,
            ["/participants/member=4"],
            "有的是：/participants/members 政协委员、/participants/residents 群众代表",
        ),
        (CONSULTED, ["/methods/1/place=甲"], "有的是：/methods/0 第 1 条"),
        (CONSULTED, ["/convenors=甲"], "/convenor 召集人"),
        (CONSULTED, ["/announced=-"], "记录里没有"),
        (CONSULTED, ["/convenor/x=甲"], "有的是：/convenor"),
        (CONSULTED, ["convenor=甲"], "要写成 /字段=新值"),
        (CONSULTED, ["/convenor"], "要写成 /字段=新值"),
        (CONSULTED, ["/convenor="], "写 /convenor=-"),
        (CONSULTED, ["/convenor=甲", "/convenor=乙"], "写了两次"),
        (CONSULTED, ["/convenor=主任"], "现在就是“主任”"),
        (CONSULTED, ["/about=meeting"], "这样改了以后，记录不合要求"),
        (CONSULTED, ["/about=-"], "这样改了以后，记录不合要求"),
        (f"{CONSULTED}#s1", ["/convenor=甲"], "写到哪一份记录为止"),
        (f"{DOSSIER}/2026-03-02-consultatio", ["/convenor=甲"], f"相近的有：{CONSULTED}"),
        ("990100", ["/area=甲"], "不用更正。直接改这个文件"),
    ],
)
def test_refused_in_chinese_with_the_fix(root: Path, of: str, sets: list[str], said: str) -> None:
    assert said in refused(root, *sets, of=of)


def test_corrections_are_not_corrected_and_what_cannot_be_read_is_not_either(root: Path) -> None:
    path = made(root, "/convenor=甲").place.ref
    assert "更正不能再更正" in refused(root, "/reason=乙", of=path)
    (root / f"{AT}/topic.md").write_text("---\ntitle:\n---\n", encoding="utf-8")
    assert "读不出来" in refused(root, "/title=乙", of=f"{DOSSIER}/topic")
