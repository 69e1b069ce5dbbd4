"""What is personal, where it stands, how it is shown; and what only looks like it."""

from __future__ import annotations

import random
from collections.abc import Callable

import privacy_numbers as made
import pytest

from weimin.rules.privacy import scan_text, scan_values
from weimin.rules.privacy.card import is_credit_code, is_luhn
from weimin.rules.privacy.identity import check_digit, is_identity

DRAW = random.Random(7)
MOBILE = "138" + "0" * 7 + "1"
# the worked example of GB 11643 has the check digit X
STANDARD = "110105" + "19491231" + "002"


def codes(text: str) -> list[str]:
    return [problem.code for problem in scan_text("a.md", text)]


def test_check_digit_of_the_standards_example() -> None:
    assert check_digit(STANDARD) == "X"
    assert is_identity(STANDARD + "X")
    assert not is_identity(STANDARD + "1")


@pytest.mark.parametrize(
    "change", [(0, "99"), (6, "18"), (10, "13"), (12, "32")], ids=["region", "year", "month", "day"]
)
def test_identity_needs_region_and_day(change: tuple[int, str]) -> None:
    place, value = change
    body = STANDARD[:place] + value + STANDARD[place + len(value) :]
    assert not is_identity(body + check_digit(body))


def test_place_is_the_first_character_as_written() -> None:
    text = f"第一行\n联系人（1\u200b3８ {MOBILE[3:7]}-{MOBILE[7:]}）\n"
    (problem,) = scan_text("a.md", text, first_line=5)
    assert (problem.code, problem.line, problem.column) == ("P102", 6, 5)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        pytest.param(MOBILE, "138****0001", id="mobile"),
        pytest.param("+86 " + MOBILE, "138****0001", id="mobile-with-country"),
        pytest.param(STANDARD + "X", "11*************02X", id="identity"),
        pytest.param(made.short_identity(random.Random(1)), None, id="identity-15"),
        pytest.param(made.card(random.Random(1)), None, id="card"),
        pytest.param("苏N·" + "A1B2C", "苏N***2C", id="plate"),
        pytest.param("苏N" + "D12345", "苏N****45", id="plate-new-energy"),
        pytest.param("zhang.san" + "@163.com", "z***@163.com", id="mail"),
        pytest.param("微信号：" + "zhangsan_88", "zh***", id="wechat"),
        pytest.param("3幢2单元" + "501室", "*幢*单元***室", id="house"),
    ],
)
def test_value_is_found_masked_and_never_printed(value: str, shown: str | None) -> None:
    (problem,) = scan_text("a.md", f"卡号、电话等：{value}。")
    bare = value.removeprefix("+86 ").removeprefix("微信号：").replace("·", "")
    assert bare not in problem.message + problem.hint
    assert "*" in problem.message
    if shown:
        assert shown in problem.message


def test_every_identity_is_masked_like_the_notice_prescribes() -> None:
    number = made.identity(DRAW)
    (problem,) = scan_text("a.md", number)
    assert f"{number[:2]}{'*' * 13}{number[-3:]}" in problem.hint


@pytest.mark.parametrize(
    "text",
    [
        "138****1234、32*************123",
        "138****1534 139****5678",
        "办公电话 0527-84389000，热线 12345、10086、95598、400-800-1234",
        "321302001004/2026-001 与 321302001004-001",
        "宿政协发〔2026〕12号，2026-03-02 至 2026-03-15",
        "13. 2026-03-02 5 人",
        "1,380,000,000.00元，13800000000元",
        "2026-3213-001",
        "https://www.suqian.gov.cn/tz/202603/t20260302_13800138000.html",
        "d" + "13800138000" + "a4c5e6f7081920a1b2c3d4e5f60718",
        "苏A座、苏N市、新G2",
        "zx@suqian.gov.cn、xx@政协.政务.cn、a@b.政务、name@example.com",
        "微信公众号：suqianzhengxie，QQ群：12345678",
        "122 号背包式车库；第1组、第2组；24号项目；3号楼；改造5栋12单元120户",
        "12栋36单元已完成，5栋10单元在建；十二栋三十六单元",
        "县政府2号楼305室",
        "photo@2x.png 与 git@gitee.com:a/b.git",
        "一二三四五六七八九十",
    ],
)
def test_what_only_looks_personal_passes(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    "text", ["12栋6单元", "3幢12单元" + "501", "36栋12单元", "甲栋12单元", "3栋11单元" + "2楼" + "201室"]
)
def test_a_building_with_its_entrance_is_no_count(text: str) -> None:
    """So few units belong to one building; or a room follows; or the building has a name."""
    assert codes(text) == ["P107"]


def test_an_unescaped_office_at_home_is_a_home() -> None:
    assert codes("家住县政府小区2号楼" + "305室") == ["P107"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"{MOBILE} {MOBILE[:-1]}2", ["P102", "P102"], id="two-side-by-side"),
        pytest.param(f"2026-03-02 {MOBILE}", ["P102"], id="after-a-date"),
        pytest.param(f"tel{MOBILE}", ["P102"], id="after-a-label"),
        pytest.param(f"?phone={MOBILE}", ["P102"], id="in-a-query"),
        pytest.param(f"{MOBILE[:5]}\n\n{MOBILE[5:]}", [], id="an-empty-line-parts"),
        pytest.param(f"{MOBILE}9", [], id="one-digit-too-many"),
        pytest.param("京" + "\U0001d7cf" * 2, [], id="styled-digits-alone"),
        pytest.param("".join(chr(0x1D7CE + int(digit)) for digit in MOBILE), ["P102"], id="styled-digits"),
        pytest.param("2组" + "15号 " + MOBILE, ["P107", "P102"], id="door-and-phone"),
        pytest.param("a1(at)" + "163.com", ["P106"], id="at-in-words"),
        pytest.param("a1@gov.cn." + "evil.com", ["P106"], id="not-a-government-domain"),
    ],
)
def test_surroundings(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


def test_credit_code_is_no_bank_card() -> None:
    draw = random.Random(3)
    seen = 0
    for _ in range(20_000):
        code = made.credit_code(draw)
        assert is_credit_code(code)
        if code.isdigit() and is_luhn(code):
            seen += 1
            assert "P103" not in codes(f"统一社会信用代码 {code}")
    assert seen > 100


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(lambda digit: f"\\x3{digit}", id="x"),
        pytest.param(lambda digit: f"\\u003{digit}", id="u"),
        pytest.param(lambda digit: f"\\U0000003{digit}", id="U"),
        pytest.param(lambda digit: f"&#4{8 + int(digit)};" if int(digit) < 2 else f"&#x3{digit};", id="entity"),
        pytest.param(lambda digit: f"%3{digit}", id="percent"),
    ],
)
def test_escapes_do_not_hide(written: Callable[[str], str]) -> None:
    raw = 'name: "' + "".join(written(digit) for digit in MOBILE) + '"\n'
    assert codes(raw) == []
    (problem,) = scan_values("a.md", raw)
    assert (problem.code, problem.line, problem.column) == ("P102", 1, 8)


def test_escaped_line_break_does_not_hide() -> None:
    raw = f'name: "{MOBILE[:4]}\\\n    {MOBILE[4:]}"\n'
    assert [problem.code for problem in [*scan_text("a.md", raw), *scan_values("a.md", raw)]] == ["P102"]


def test_what_the_plain_scan_sees_is_not_said_twice() -> None:
    raw = f'a: "\\u4e2d"\nb: {MOBILE}\n'
    assert codes(raw) == ["P102"]
    assert scan_values("a.md", raw) == []


def test_invalid_escape_is_left_alone() -> None:
    assert scan_values("a.md", 'a: "\\Uffffffff &nosuch; %zz"') == []
