"""Tables from schemas, cells from values: the three ways to not know stay apart, and nothing runs in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json

import pytest

from weimin.adapters.installation import schema_files
from weimin.opendata.columns import Column, Table, TableRow, shape_of, values_of
from weimin.opendata.encode import cell, csv_head, csv_lines, json_lines
from weimin.opendata.package import table_schema
from weimin.opendata.tables import EVENTS, PLATFORM_KINDS, Tables, tables_of

COMMON = {"$defs": {"count": {"title": "数量", "type": ["integer", "object", "string"], "properties": {"about": {}}}}}


@pytest.fixture(scope="module")
def tables() -> Tables:
    schemas = {name.partition(".")[0]: json.loads(text) for name, text in schema_files().items()}
    return tables_of(schemas, schemas.pop("common"))


def shape(**properties):
    return shape_of("kind", {"properties": properties}, COMMON)


def row(made, raw):
    """The record's own row as a mapping, and the rows of its lists."""
    lines: list[TableRow] = []
    values = list(values_of(made.fields, raw, "", lines))
    return dict(zip([c.name for c in made.columns], values, strict=True)), lines


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, (None, None)),
        (12, (12, None)),
        (0, (0, None)),
        ("unpublished", (None, "unpublished")),
        ({"about": 30, "as": "余"}, (30, "余")),
        ({"about": 30}, (30, "约")),
    ],
)
def test_a_number_says_how_it_is_known(value, expected):
    made = shape(people={"title": "人数", "$ref": "common.schema.json#/$defs/count", "x-unit": "人"})
    assert tuple(row(made, {} if value is None else {"people": value})[0].values()) == expected
    assert [(c.name, c.type, c.unit) for c in made.columns] == [
        ("people", "integer", "人"),
        ("people_note", "string", ""),
    ]


@pytest.mark.parametrize(
    ("value", "count", "note"), [(None, None, None), ([], 0, None), ("unpublished", None, "unpublished")]
)
def test_a_list_says_how_it_is_known(value, count, note):
    item = {"title": "一条", "type": "object", "properties": {"text": {"title": "内容", "type": "string"}}}
    made = shape(measures={"title": "事项", "type": ["array", "string"], "items": item})
    said, lines = row(made, {"measures": value} if value is not None else {})
    assert said == {"measures_count": count, "measures_note": note}
    assert lines == []


def test_lines_within_lines_know_their_place():
    step = {"title": "进展", "type": "object", "properties": {"state": {"title": "状态", "type": "string"}}}
    item = {
        "title": "项目",
        "type": "object",
        "properties": {
            "name": {"title": "名称", "type": "string"},
            "progress": {"title": "进展", "type": "array", "items": step},
        },
    }
    made = shape(items={"title": "项目", "type": "array", "items": item})
    said, lines = row(made, {"items": [{"name": "路"}, {"name": "桥", "progress": [{"state": "开工"}]}]})
    assert said["items_count"] == 2
    assert lines == [
        TableRow("kind-items", "/items/0", ("路", None, None)),
        TableRow("kind-items", "/items/1", ("桥", 1, None)),
        TableRow("kind-items-progress", "/items/1/progress/0", ("开工",)),
    ]
    assert [t.name for t in made.tables] == ["kind-items", "kind-items-progress"]


def test_every_kind_of_record_has_its_table_and_every_column_its_name(tables):
    assert set(EVENTS) | set(PLATFORM_KINDS) <= set(tables.by_name)
    assert len(tables.by_name) > 50
    for table in tables.by_name.values():
        names = [c.name for c in table.columns]
        assert len(names) == len(set(names))
        assert all(c.title and c.name.isascii() for c in table.columns)


def test_the_dictionary_says_what_the_schemas_say(tables):
    fields = {f["name"]: f for f in table_schema(tables.by_name["evaluation"])["fields"]}
    assert fields["ballots_satisfied"] == {
        "name": "ballots_satisfied",
        "type": "integer",
        "title": "票数·满意",
        "description": "满意的多少张。",
        "unit": "票",
    }
    assert any(f.get("clause") == "3.3.4" for f in table_schema(tables.by_name["outcome"])["fields"])


def test_two_columns_of_one_name_are_a_fault(tables):
    schemas = {name.partition(".")[0]: json.loads(text) for name, text in schema_files().items()}
    common = schemas.pop("common")
    schemas["topic"]["properties"]["Record"] = {"title": "重名", "type": "string"}
    with pytest.raises(ValueError, match="record"):
        tables_of(schemas, common)


@pytest.mark.parametrize("sign", [*"=+-@\t\r＝＋－＠", "\u3000=", " =", "\u00a0@"])
def test_what_a_spreadsheet_would_run_is_text(sign):
    assert cell(f"{sign}HYPERLINK(1)") == f"'{sign}HYPERLINK(1)"


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, ""), (True, "true"), (False, "false"), (-3, -3), (0.5, 0.5), ("路灯 = 亮", "路灯 = 亮")],
)
def test_other_cells_are_what_they_are(value, expected):
    assert cell(value) == expected


TWO = Table(
    name="two",
    title="二",
    description="",
    columns=(
        Column(name="text", type="string", title="文字"),
        Column(name="themes", type="array", title="领域"),
        Column(name="count", type="integer", title="数"),
    ),
)


def test_csv_and_json_lines_say_the_same():
    rows = [('逗号,引号"换行\n', '["甲","乙"]', 3), (None, None, None)]
    data = csv_head(TWO) + csv_lines(rows)
    assert data.startswith(b"\xef\xbb\xbftext,themes,count\r\n")
    read = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert read[0] == {"text": rows[0][0], "themes": rows[0][1], "count": "3"}
    assert [json.loads(line) for line in json_lines(TWO, rows).splitlines()] == [
        {"text": rows[0][0], "themes": ["甲", "乙"], "count": 3},
        {"text": None, "themes": None, "count": None},
    ]
