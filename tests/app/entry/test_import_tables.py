"""Importing tables changes exactly the field of a cell, or adds a file, or changes nothing and reports every fault at its cell."""

from __future__ import annotations

import csv
import io
import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from small_register import AT, ONE, START, TWO, outcome

from weimin.app.entry.import_tables import ImportResult, import_files, new_template
from weimin.app.entry.importing.baseline import all_tables, wrapped
from weimin.app.entry.refused import EntryRefused
from weimin.cli.exit_codes import ERRORS, OK, USAGE
from weimin.cli.main import main
from weimin.engine.register import Register
from weimin.intake.template import input_tables
from weimin.model.table import TableRow
from weimin.opendata.columns import values_of
from weimin.records.kinds import KINDS
from weimin.records.place import place_of

OUTCOME = f"{ONE}/2026-03-10-outcome.md"
CORRECTION = f"{ONE}/2026-06-20-correction.yml"
REF = "990101001001/2026-001/2026-03-10-outcome"
FILES = {
    **START,
    OUTCOME: outcome("2026-03-02-consultation").replace("consensus: full", "consensus: full   # 全体一致"),
    f"{AT}/opinions/2026-02-10.yml": "channel: visit\nfrom: resident\ntheme: 交通出行\nsummary: 村口停车难\n",
}
CORRECTED = {
    CORRECTION: "of: 2026-03-10-outcome\nchanges:\n  - field: /measures/0/text\n    from: 建停车位\n    to: 建停车位二十个\n"
    "reason: 漏写数量\napproved_by: 样例镇党委\n"
}


@pytest.fixture
def root(tmp_path) -> Path:
    return laid(tmp_path / "r", FILES)


def laid(root: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="\n")
    return root


def import_table(root: Path, file: Path, **more: Any) -> ImportResult:
    return import_files(Register(root), [str(file)], **more)


def bytes_of(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def table(path: Path, rows: list[dict[str, Any]], encoding: str = "utf-8-sig", **how: Any) -> Path:
    """Write rows as a CSV file, with columns in the order of their first occurrence."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)), **how)
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def book(path: Path, rows: list[list[Any]], sheet: str = "协商成果") -> Path:
    made = Workbook()
    made.active.title = sheet
    for row in rows:
        made.active.append(row)
    made.save(path)
    return path


def lines_changed(root: Path, before: dict[str, bytes]) -> dict[str, list[str]]:
    """The differing lines of each file that differs."""
    found = {}
    for path, data in bytes_of(root).items():
        old = before.get(path, b"").decode().split("\n")
        new = data.decode().split("\n")
        if old != new:
            found[path] = [f"-{x}" for x in old if x not in new] + [f"+{x}" for x in new if x not in old]
    return found


# One field, and nothing around it
def test_a_changed_cell_changes_that_field_alone(root, tmp_path):
    before = bytes_of(root)
    done = import_table(
        root, table(tmp_path / "a.csv", [{"record": REF, "consensus": "none", "publication_decision": ""}])
    )
    assert done.faults == ()
    assert lines_changed(root, before) == {OUTCOME: ["-consensus: full   # 全体一致", "+consensus: none   # 全体一致"]}


def test_a_cell_of_a_line_changes_that_line(root, tmp_path):
    before = bytes_of(root)
    row = {"record": REF, "pointer": "/measures/0", "due": "2026/7/1", "unit": "样例镇建设办"}
    assert import_table(root, table(tmp_path / "a.csv", [row])).faults == ()
    assert lines_changed(root, before) == {OUTCOME: ["-    due: 2026-06-30", "+    due: 2026-07-01"]}


def test_a_row_more_is_a_line_more_and_a_field_that_was_missing_gets_its_place(root, tmp_path):
    before = bytes_of(root)
    new = {"record": REF, "id": "m2", "text": "装路灯", "target_amount": "3", "target_unit": "盏"}
    more = {"record": REF, "pointer": "/measures/0", "upkeep": "村委会"}
    files = (table(tmp_path / "outcome-measures.csv", [new]), table(tmp_path / "b.csv", [more]))
    done = import_files(Register(root), [str(f) for f in files])
    assert done.faults == ()
    assert lines_changed(root, before)[OUTCOME] == [
        "+    upkeep: 村委会",
        "+  - id: m2",
        "+    text: 装路灯",
        "+    target:",
        "+      amount: 3",
        "+      unit: 盏",
    ]


def test_a_dry_run_says_the_same_and_writes_nothing(root, tmp_path):
    before = bytes_of(root)
    file = table(tmp_path / "a.csv", [{"record": REF, "consensus": "部分一致"}])
    dry = import_table(root, file, dry=True)
    assert [m.path for m in dry.files] == [OUTCOME]
    assert bytes_of(root) == before
    assert import_table(root, file).files == dry.files
    assert (root / OUTCOME).read_bytes() == dry.files[0].data
    assert import_table(root, file).files == ()


def test_what_was_corrected_is_corrected_again_not_changed(root, tmp_path):
    laid(root, CORRECTED)
    before = bytes_of(root)
    stands = {"record": REF, "pointer": "/measures/0", "text": "建停车位二十个", "due": "2026-06-30"}
    assert import_table(root, table(tmp_path / "a.csv", [stands])).files == ()
    (fault,) = import_table(root, table(tmp_path / "b.csv", [{**stands, "text": "建停车位三十个"}])).faults
    assert (fault.line, fault.column) == (2, 3)
    assert "已经更正过" in fault.message
    assert "weimin new correction" in fault.hint
    assert import_table(root, table(tmp_path / "c.csv", [{**stands, "due": "2026-07-01"}]), dry=True).faults == ()
    assert bytes_of(root) == before


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ({"record": REF, "level": "city"}, "由程序从记录的位置"),
        ({"record": REF, "measures_count": "3"}, "由程序数出来"),
        ({"record": REF, "measures_count": "0"}, "不能在这里清掉"),
        ({"record": REF, "consensus": "差不多"}, "差不多"),
        ({"record": REF, "结果": "好"}, "没有“结果”这一列"),
        ({"record": "990101001001/2026-009/2026-03-10-outcome", "consensus": "full", "of": "x"}, "还没有议题"),
        ({"record": "990101001001/2026-001/outcome", "consensus": "full"}, "不能叫"),
        (
            {"record": REF.replace("outcome", "consultation").replace("03-10", "03-02"), "consensus": "full"},
            "不是协商成果",
        ),
        ({"record": "", "dossier": "990101001001/2026-001", "consensus": "full"}, "没有写日期"),
        ({"record": "", "dossier": "990101001001/2026-007", "on": "2026-03-02", "consensus": "full"}, "还没有议题"),
        ({"record": REF, "submitted_count": "1", "consensus": "full"}, "现在没有记录"),
    ],
)
def test_what_cannot_be_taken_over_is_said_and_nothing_is_written(root, tmp_path, row, word):
    before = bytes_of(root)
    done = import_table(root, table(tmp_path / "outcome.csv", [row]))
    assert done.files == ()
    assert any(word in f.message for f in done.faults), done.faults
    assert all(f.hint for f in done.faults)
    assert bytes_of(root) == before


def test_personal_data_is_refused_at_its_cell_and_not_repeated(root, tmp_path):
    number = "138" + "00138" + "000"
    (fault,) = import_table(
        root,
        table(tmp_path / "outcome-measures.csv", [{"record": REF, "pointer": "/measures/0", "text": f"找{number}"}]),
    ).faults
    assert (fault.line, fault.column) == (2, 3)
    assert number not in fault.message + fault.hint


def test_all_faults_come_at_once_and_the_good_row_is_not_written_either(root, tmp_path):
    before = bytes_of(root)
    rows = [
        {"record": REF, "pointer": "/measures/0", "due": "下个月", "text": ""},
        {"record": REF, "pointer": "/measures/7", "due": "2026-07-01", "text": "x"},
        {"record": REF, "pointer": "/measures/0", "due": "2026-06-30", "text": "建停车位"},
    ]
    done = import_table(root, table(tmp_path / "a.csv", rows))
    assert {(f.line, f.column) for f in done.faults} == {(2, 3), (2, 4), (3, 2)}
    assert bytes_of(root) == before


# Programs that saved a table otherwise
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_an_encoding_and_a_separator_change_nothing(root, tmp_path, encoding, delimiter):
    row = {"record": REF, "pointer": "/measures/0", "text": "建停车位", "unit": "样例镇建设办", "due": "2026-06-30"}
    done = import_table(root, table(tmp_path / "a.csv", [row, {}, {"record": " "}], encoding, delimiter=delimiter))
    assert (done.faults, done.files, done.rows) == ((), (), 1)


def test_what_a_program_lost_is_said(tmp_path):
    rare = outcome("2026-03-02-consultation").replace("建停车位", "建𠮷停车位").replace("样例镇建设办", '"0527"')
    root = laid(tmp_path / "r", {**FILES, OUTCOME: rare})
    row = {"record": REF, "pointer": "/measures/0", "text": "建?停车位", "unit": "527"}
    one, two = import_table(root, table(tmp_path / "a.csv", [row], "gb18030")).faults
    assert "“𠮷”变成了问号" in one.message
    assert "开头的 0" in two.message
    scientific = {"record": REF, "code": "9.90101E+11", "consensus": "full"}
    assert import_table(root, table(tmp_path / "b.csv", [scientific])).faults == ()  # a column that is not read


def test_formulas_in_text_come_back_as_text(tmp_path):
    text = outcome("2026-03-02-consultation").replace("建停车位", '"=1+1"')
    root = laid(tmp_path / "r", {**FILES, OUTCOME: text})
    row = {"record": REF, "pointer": "/measures/0", "text": "'=1+1"}
    assert import_table(root, table(tmp_path / "outcome-measures.csv", [row])) == ImportResult(rows=1)
    done = import_table(root, table(tmp_path / "outcome-measures.csv", [{**row, "text": "'=2+2"}]))
    assert b'text: "=2+2"' in done.files[0].data


# Workbooks
def test_a_workbook_is_read_as_it_is_shown(root, tmp_path):
    file = tmp_path / "a.xlsx"
    book(
        file,
        [
            ["记录", "位置", "内容", "完成期限", "目标·数量", "code"],
            [REF, "/measures/0", "建停车位", None, 20.0, 990101001001],
            [None] * 6,
        ],
    )
    made = load_workbook(file)
    made.active["D2"] = date(2026, 7, 1)
    made.active["D2"].number_format = 'yyyy"年"m"月"'
    made.active["H40"] = " "
    made.save(file)
    done = import_table(root, file)
    assert done.faults == ()
    assert b"due: 2026-07\n" in done.files[0].data
    assert b"amount: 20\n" in done.files[0].data


def test_faults_are_written_back_into_the_workbook(root, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    book(
        tmp_path / "a.xlsx",
        [["record", "pointer", "text", "due"], [REF, "/measures/0", "=1+1", 46200], [REF, "/measures/0", "#N/A", None]],
    )
    made = load_workbook("a.xlsx")
    made.active.merge_cells("A3:B3")
    made.save("a.xlsx")
    before = bytes_of(root)
    assert main(["import", "a.xlsx", "--root", str(root), "--dry-run"]) == ERRORS
    assert load_workbook("a.xlsx").active["C2"].comment is None
    assert main(["import", "a.xlsx", "--root", str(root)]) == ERRORS
    said = capsys.readouterr().out
    for address in ("C2", "D2", "A3", "C3"):
        assert f"a.xlsx:协商成果!{address} " in said
        comment = load_workbook("a.xlsx").active[address].comment
        assert "改法" in comment.text
    assert "2026-06-27" in load_workbook("a.xlsx").active["D2"].comment.text
    assert bytes_of(root) == before
    mended = load_workbook("a.xlsx")
    page = mended.active
    page.unmerge_cells("A3:B3")
    page.delete_rows(3)
    page["C2"], page["D2"] = "建停车位", "2026-06-30"
    mended.save("a.xlsx")
    assert main(["import", "a.xlsx", "--root", str(root)]) == OK


def test_a_new_matter_with_its_first_meeting_in_one_import(root, tmp_path):
    """A workbook of a topic and its sources, and a table of a consultation in the dossier that it opens; then once more."""
    file = new_template("议题", tmp_path)
    made = load_workbook(file)
    said = {
        "序号": 7,
        "平台代码": 990101001001,
        "日期": 2026,
        "标题": "村口路灯",
        "领域": "公共安全、交通出行",
        "正文": "夜里太暗。",
    }
    for sheet, cells in (("议题", said), ("议题-议题来源", {"属于序号": 7, "来源": "群众"})):
        for head in made[sheet][1]:
            if (name := str(head.value).removesuffix("*")) in cells:
                made[sheet].cell(2, head.column, cells[name])
    made.save(file)
    before = bytes_of(root)
    (fault,) = import_table(root, file).faults
    assert (fault.place, fault.hint) == (f"{file}:议题-议题来源!C2", "改成“群众提出”")
    assert bytes_of(root) == before
    made["议题-议题来源"]["C2"] = "群众提出"
    made.save(file)
    meeting = {
        "record": "",
        "dossier": "990101001001/2026-002",
        "on": "2026-03-05",
        "time": "下午",
        "about": "选定与方案",
    }
    other = table(tmp_path / "consultation.csv", [{**meeting, "methods_note": "未公布"}])
    done = import_files(Register(root), [str(other), str(file)])
    assert [f.message for f in done.faults] == []
    new = {p: d.decode() for p, d in bytes_of(root).items() if p not in before}
    assert sorted(new) == [f"{TWO}/2026-03-05-consultation.md", f"{TWO}/topic.md"]
    topic = new[f"{TWO}/topic.md"]
    assert topic.startswith(
        "---\ntitle: 村口路灯\ntheme:\n  - 公共安全\n  - 交通出行\nsources:\n  - from: residents\n---\n"
    )
    assert topic.endswith("\n夜里太暗。\n")
    assert "time: afternoon\n" in new[f"{TWO}/2026-03-05-consultation.md"]
    assert import_files(Register(root), [str(other), str(file)]).files == ()


def samples() -> list[str]:
    return [k for k, row in KINDS.items() if row.schema and k != "correction"]


@pytest.mark.parametrize("kind", samples())
def test_a_filled_in_template_becomes_the_record(kind, tmp_path, monkeypatch):
    """Every field of every kind, from the sample into the workbook, with Chinese choices, and back."""
    bare = {p: t for p, t in START.items() if not p.endswith(f"{kind}.yml") and kind not in ("topic",)}
    root = laid(tmp_path / "r", {**START, **bare})
    row = KINDS[kind]
    for path in ("content/site.yml", f"{AT}/platform.yml", f"{AT}/exemptions.yml"):
        if Path(path).stem == kind:
            (root / path).unlink(missing_ok=True)
    file = new_template(row.title, tmp_path)
    assert file.name == f"{row.title}.xlsx"
    blank = load_workbook(file)
    assert import_table(root, file, dry=True).rows == 0
    register = Register(root)
    tables = all_tables(register.schemas)
    fill = input_tables(tables.by_name, tables.shapes)
    sample = (Path(__file__).resolve().parents[3] / "schemas" / "samples" / f"{kind}{row.ending}").read_bytes()
    where = place_of(
        f"content/{row.folder}/x{row.ending}" if row.where == "site" and row.folder else "content/site.yml"
    )
    record = register.reader.parse(_place(kind, where), sample)[0]
    assert record is not None
    lines: list[TableRow] = []
    own = list(values_of(tables.shapes[kind].fields, wrapped(kind, record.raw), "", lines))
    lead = {"number": 1, "code": "990101001001", "dossier": "990101001001/2026-001", "on": "2026-03-09", "slug": "abc"}
    write(blank, fill[f"fill:{kind}"], [*own, *([record.body] if row.prose else [])], lead)
    numbers = {"": 1}
    for n, line in enumerate(lines, 1):
        numbers[line.pointer] = n
        above = line.pointer.rpartition("/")[0]
        while above not in numbers and above:
            above = above.rpartition("/")[0]
        write(blank, fill[f"fill:{line.table}"], list(line.values), {"parent": numbers[above], "number": n})
    blank.save(file)
    done = import_table(root, file)
    assert done.faults == ()
    (made,) = done.files
    again = Register(root)
    back, problems = again.parse(again.by_path[made.path])
    assert problems == ()
    assert back.raw == record.raw
    assert back.body == record.body
    if kind != "platform":
        assert import_table(root, file).files == ()  # a second time it stands


def _place(kind: str, where: Any) -> Any:
    from msgspec.structs import replace

    return replace(where, kind=kind, path=KINDS[kind].name)


def write(made: Any, table: Any, values: list[Any], lead: dict[str, Any]) -> None:
    """A row of a sheet, with the choices of its drop-down lists."""
    from weimin.intake.headings import sheet_title

    page = made[sheet_title(table)]
    at = page.max_row + 1 if page.cell(2, 1).value is not None else 2
    at = next(r for r in range(2, 999) if page.cell(r, 1).value is None)
    heads = len(table.columns) - len(values)
    told_values = [lead.get(c.name) for c in table.columns[:heads]]
    for column, value in zip(table.columns[heads:], values, strict=True):
        if column.type == "array" and isinstance(value, str):
            items = json.loads(value)
            simple = items and all(isinstance(i, str) and not set(i) & set("、，,；;\n[") for i in items)
            value = "、".join(column.choices.get(i, i) for i in items) if simple else value
        told_values.append(column.choices.get(value, value) if isinstance(value, str) else value)
    for n, value in enumerate(told_values, 1):
        cell = page.cell(at, n, value)
        if isinstance(value, str):
            cell.data_type = "s"


def test_a_template_has_choices_and_help_from_the_schema_and_is_the_same_each_time(tmp_path):
    (tmp_path / "b").mkdir()
    one = new_template("consultation", tmp_path)
    assert one.read_bytes() == new_template("协商活动", tmp_path / "b").read_bytes()
    made = load_workbook(one)
    page = made["协商活动"]
    heads = {c.value: c for c in page[1]}
    assert "卷宗*" in heads
    assert "商讨的是选定与方案" in heads["协商内容"].comment.text
    lists = {str(v.sqref): v.formula1 for v in page.data_validations.dataValidation if v.type == "list"}
    where = lists[f"{heads['协商内容'].column_letter}2:{heads['协商内容'].column_letter}1000"]
    options = made["选项"]
    assert options.sheet_state == "hidden"
    assert [c.value for (c,) in options[where.partition("!")[2].replace("$", "")]] == [
        "选定与方案",
        "协商实施状况",
        "协商完成情况",
        "未公布",
    ]
    with pytest.raises(EntryRefused):
        new_template("协商活动", tmp_path)


SOMETHING = (
    "", "0", "-1", "1e5", "[", "{", "[]", '"', "null", "unpublished", "未公布", "约", "2026-02-30", "2026/3/2", "'=1", "true", "/", "-", "〇",
    "990101001001", "990101001001/2026-001", REF, "990101001001/2026-009/topic", "/measures/0", "/measures/-", "/items/0/progress/-", "a\nb",
)  # fmt: skip


def test_whatever_a_table_holds_it_is_taken_over_or_refused(root, tmp_path, share):
    """Tables of every kind with arbitrary cells, as files of each format, some truncated, never crash the import."""
    register, said = Register(root), random.Random(7)
    tables = all_tables(register.schemas)
    kinds = [*tables.by_name.values(), *input_tables(tables.by_name, tables.shapes).values()]
    before, seen = bytes_of(root), {True: 0, False: 0}
    for n in range(share(240, 5_000, "tables")):
        names = [c.name for c in said.choice(kinds).columns]
        rows = [[said.choice(SOMETHING) if said.random() < 0.3 else "" for _ in names] for _ in range(3)]
        if n % 2:
            file = table(
                tmp_path / "t.csv",
                [dict(zip(names, row, strict=True)) for row in rows],
                said.choice(["utf-8", "utf-16"]),
            )
        else:
            file = book(tmp_path / "t.xlsx", [names, *([c or None for c in row] for row in rows)])
        data = bytearray(file.read_bytes())
        if n % 5 == 0:
            data[said.randrange(len(data))] = said.randrange(256)
        file.write_bytes(data)
        done = import_files(register, [str(file)], dry=True)
        assert not (done.files and done.faults)
        seen[bool(done.faults)] += 1
    assert bytes_of(root) == before
    assert min(seen.values()) > 3


@pytest.mark.parametrize(
    "asked",
    [
        ["import"],
        ["import", "nowhere.csv"],
        ["import", "--template", "没有"],
        ["import", "--template", "更正"],
        ["import", "x.csv", "--template", "议题"],
    ],
)
def test_wrong_usage(root, tmp_path, monkeypatch, asked):
    monkeypatch.chdir(tmp_path)
    assert main([*asked, "--root", str(root)]) == USAGE


def test_a_row_without_a_place_is_told_at_its_cell_and_so_is_all_else(tmp_path):
    root = laid(tmp_path / "r", START)
    file = new_template("协商活动", tmp_path)
    made = load_workbook(file)
    for sheet, said in (
        (
            "协商活动",
            {"序号": 1, "卷宗": "/".join(ONE.split("/")[-2:]), "日期": "2026.10.32", "协商内容": "选定与方案"},
        ),
        ("协商活动-协商方式", {"属于序号": 1, "协商方式": "开大会"}),
    ):
        heads = {str(c.value).removesuffix("*"): c.column for c in made[sheet][1]}
        for name, value in said.items():
            made[sheet].cell(2, heads[name], value)
    made.save(file)
    faults = {(f.sheet, f.address): f for f in import_table(root, file).faults}
    wrong_day, wrong_way = faults["协商活动", "C2"], faults["协商活动-协商方式", "B2"]
    assert wrong_day.message == "日期“2026.10.32”不是约定的写法"
    assert wrong_day.hint.startswith("2026 年 10 月只有 31 天")
    assert wrong_way.message.endswith("可选：调研、视察、书面协商、会议协商、网络议政、远程协商、其他、未公布")
    assert "“开大会”" in wrong_way.message
    assert not [f for f in faults.values() if "--" in f.message + f.hint]
