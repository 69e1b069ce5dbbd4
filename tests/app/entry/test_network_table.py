"""Tables of divisions: every accepted form, and every fault with its line."""

from __future__ import annotations

import pytest

from weimin.records.divisions import Division, InvalidDivisions, decode_table, read_divisions

SMALL = (
    "code,name,parent\n3213,宿迁市,32\n321302,宿城区,3213\n321302101,耿车镇,321302\n321302101001,耿车居委会,321302101\n"
)
CODES = ["321300", "321302", "321302101", "321302101001"]


def codes(text: str) -> list[str]:
    return [place.code for place in read_divisions(text)]


def faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(InvalidDivisions) as caught:
        read_divisions(text)
    return [(fault.line, fault.message) for fault in caught.value.faults]


def test_city_code_gets_its_zeros_and_lines_are_those_of_the_file() -> None:
    assert read_divisions(SMALL)[0] == Division(code="321300", name="宿迁市", line=2)
    assert codes(SMALL) == CODES


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\ufeff" + SMALL, id="bom"),
        pytest.param(SMALL.replace("\n", "\r\n"), id="crlf"),
        pytest.param(SMALL.replace(",", "\t"), id="tabs"),
        pytest.param(SMALL.replace("code,name,parent", "代码,名称,上级"), id="chinese header"),
        pytest.param(SMALL.replace("code,name,parent", " Code ,NAME, Parent"), id="header with blanks and capitals"),
        pytest.param(SMALL.replace("321302,宿城区", '="321302",宿城区'), id="text in Excel"),
        pytest.param(SMALL.replace("321302,宿城区", '"=""321302""",宿城区'), id="text in Excel, quoted"),
        pytest.param(SMALL + "\n,,\n", id="empty rows"),
        pytest.param(SMALL.replace("3213,宿迁市,32", "32,江苏省,\n3213,宿迁市,32"), id="with the province"),
        pytest.param(SMALL.replace("3213,宿迁市", "321300,宿迁市"), id="city with six digits"),
        pytest.param("\n".join([SMALL.split("\n")[0], *reversed(SMALL.strip().split("\n")[1:])]), id="backwards"),
        pytest.param(
            "code,name\n321300000000,宿迁市\n321302000000,宿城区\n321302101000,耿车镇\n321302101001,耿车居委会\n",
            id="twelve digits everywhere, no column parent",
        ),
    ],
)
def test_forms_in_which_a_table_comes(text: str) -> None:
    assert codes(text) == CODES


def test_city_without_counties_stands_twice_in_the_list() -> None:
    text = "code,name,parent\n4419,东莞市,44\n441900,东莞市,4419\n441900003,东城街道,441900\n"
    assert codes(text) == ["441900", "441900003"]


def test_part_of_a_network_that_stands() -> None:
    text = "code,name,parent\n321302101,耿车镇,321302\n"
    assert [p.code for p in read_divisions(text, lambda code: code == "321302")] == ["321302101"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [(1, "表头里“代码”（code）这一列没有")], id="empty file"),
        pytest.param("编号,名称\n3213,宿迁市\n", [(1, "表头里“代码”（code）这一列没有")], id="no column code"),
        pytest.param("code,name,代码\n", [(1, "表头里“代码”（code）这一列不止一个")], id="column twice"),
        pytest.param("code,name,parent\n", [(1, "表里没有一个市、县区、乡镇或村居")], id="header alone"),
        pytest.param("code,name\n32,江苏省\n", [(1, "表里没有一个市、县区、乡镇或村居")], id="province alone"),
        pytest.param(SMALL + "32130,某区,3213\n", [(6, "代码“32130”是 5 位")], id="wrong length"),
        pytest.param(SMALL + "3.21E+11,某村,321302101\n", [(6, "代码“3.21E+11”不是数字")], id="Excel ate the code"),
        pytest.param(SMALL + "３２１３１１,某区,3213\n", [(6, "代码“３２１３１１”不是数字")], id="full-width digits"),
        pytest.param(SMALL + ",某区,3213\n", [(6, "没有写代码")], id="no code"),
        pytest.param(SMALL + "321311,,3213\n", [(6, "代码“321311”没有名称")], id="no name"),
        pytest.param(SMALL + '321311,"宿豫\n区",3213\n', [(6, "名称“宿豫[U+000A]区”不像区划的名称")], id="line break"),
        pytest.param(SMALL + "321311,<b>区,3213\n", [(6, "名称“<b>区”不像区划的名称")], id="markup"),
        pytest.param(SMALL + "321311,宿豫区\n", [(6, "只有 2 列")], id="short row"),
        pytest.param(SMALL + '321311,"宿豫"区,3213\n', [(6, "引号没有配成对")], id="quotes"),
        pytest.param(SMALL + "321302,宿豫区,3213\n", [(6, "代码“321302”与第 3 行（宿城区）重复")], id="twice"),
        pytest.param(SMALL + "321302,宿城区,3213\n", [(6, "代码“321302”与第 3 行（宿城区）重复")], id="twice the same"),
        pytest.param(SMALL + "3213,宿迁市,32\n", [(6, "代码“3213”与第 2 行（宿迁市）重复")], id="city twice"),
        pytest.param(SMALL + "321311,宿豫区,3201\n", [(6, "321311 的上级写的是“3201”，按代码是 321300")], id="parent"),
        pytest.param(SMALL + "3214,某市,33\n", [(6, "321400 的上级写的是“33”")], id="province of a city"),
        pytest.param(
            SMALL + "321311201,曹集乡,321311\n",
            [(6, "“曹集乡”（321311201）的上级 321311 不在表里，也没有建档")],
            id="parent missing",
        ),
        pytest.param(
            SMALL + "32130,甲区,3213\n321311,,3213\n",
            [(6, "代码“32130”是 5 位"), (7, "代码“321311”没有名称")],
            id="all",
        ),
    ],
)
def test_faults_name_their_line(text: str, expected: list[tuple[int, str]]) -> None:
    assert faults(text) == expected


def test_fault_says_the_fix() -> None:
    with pytest.raises(InvalidDivisions, match=r"^第 6 行：代码“321311”没有名称。改法：补上区划的名称$"):
        read_divisions(SMALL + "321311,,3213\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_encodings_of_office_programs(encoding: str) -> None:
    assert codes(decode_table(SMALL.encode(encoding))) == CODES


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(InvalidDivisions, match="编码认不出来"):
        decode_table(b"code,name\n\xff\xff\x00\x81")
