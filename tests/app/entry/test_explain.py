"""`weimin explain`: a rule with its clause, its code and its tested examples."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from weimin.adapters.installation import example_files, example_message
from weimin.app.entry.explain import explain
from weimin.cli.exit_codes import USAGE
from weimin.cli.main import main
from weimin.model.codes import CODES
from weimin.rules.privacy import scan_text

ROOT = Path(__file__).resolve().parents[3]
HELD = [row for row in CODES.values() if row.family != "A"]
BASE = "content/network/990100/990101/990101001/990101001001/2026-001"


def test_what_a_rule_is_told_by():
    text = explain("W602", ROOT, ROOT)
    assert "要求：协商结果报送同级党政组织。" in text
    assert "关口：没有办好，不能报民主评议" in text
    assert re.search(r"依据：关于推动.+实施方案 4\. 成果转化。\n  协商结果报送同级党政组织，并视情向社会公布。", text)
    assert "参数：report_days = 7　本站参考，非文件规定　出处：321300/rules/house#days" in text
    assert f"核对时说：\n{BASE}/2026-09-15-evaluation.yml:1:1: 错误[W602] " in text
    assert (
        text.index("不合要求的例子（")
        < text.index("核对时说：")
        < text.index("合要求的例子（content", text.index("核对时说："))
    )


def test_a_rule_of_this_site_names_its_clause():
    assert "依据：本站约定（本站参考，非文件规定） 九、文件\n  一件事一个文件夹" in explain("f101", ROOT, ROOT)


def test_without_records_the_clause_is_still_named(tmp_path):
    assert "依据：实施方案（3.3.4）" in explain("W602", None, tmp_path)
    assert "依据：本站约定（files）" in explain("F101", None, tmp_path)
    assert "参数：report_days = 7　本站参考（程序默认），非文件规定" in explain("W602", None, tmp_path)


@pytest.mark.parametrize("code", [row.code for row in HELD])
def test_every_rule_shows_both_examples_and_what_is_said(code):
    row = CODES[code]
    text = explain(code, ROOT, ROOT)
    for name in ("bad", "good"):
        shown = list(example_files(code, row.slug, name))
        assert shown, name
        assert all(path.startswith("content/") and words.strip() for path, words in shown), name
        assert all(words.rstrip() in text for _, words in shown)
    assert example_message(code, row.slug) in text
    assert f"[{code}] " in example_message(code, row.slug)


@pytest.mark.parametrize("row", HELD, ids=lambda row: row.code)
def test_an_example_shows_nothing_that_the_check_refuses_to_publish(row):
    shown = [text for name in ("bad", "good") for _, text in example_files(row.code, row.slug, name)]
    assert [p.message for text in [*shown, example_message(row.code, row.slug)] for p in scan_text("x.md", text)] == []


def test_an_unknown_code_is_answered_with_what_is_near(capsys):
    assert main(["explain", "W662"]) == USAGE
    told = capsys.readouterr().err
    assert "没有编号为“W662”的规则" in told
    assert "W602" in told or "W612" in told
    with pytest.raises(KeyError, match="编号是一个字母加三位数字"):
        explain("nothing", ROOT, ROOT)
