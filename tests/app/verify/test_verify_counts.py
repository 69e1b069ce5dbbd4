"""Counted figures are counted again from the records; a figure that differs is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from published_demo import Demo, copied, small
from small_register import CITY, COUNTY, ONE, START, TOWN, VILLAGE, evaluation, outcome

from builders.repository import make_repo
from weimin.adapters.git import head
from weimin.adapters.objects import Snapshot
from weimin.app.verify.claims import ClaimChecker
from weimin.app.verify.counts import Recount
from weimin.cli.main import main
from weimin.engine.register import Register

DOSSIER = f"{VILLAGE}/{ONE.rpartition('/')[2]}"


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Demo:
    return small(tmp_path_factory.mktemp("counts"))


@pytest.fixture(scope="module")
def register(demo) -> Register:
    return Register(Snapshot(demo.root, demo.root, head(demo.root)))


@pytest.fixture(scope="module")
def recount(register) -> Recount:
    return Recount(register)


@pytest.mark.parametrize(
    ("expression", "figures"),
    [
        ("平台", ["4"]),
        ("平台?层级=村居级", ["1"]),
        (f"平台@{COUNTY}*", ["3"]),
        (f"平台@{COUNTY}", ["1"]),
        (f"平台@{COUNTY}/*", ["2"]),
        (f"平台@{VILLAGE}/*", ["0"]),
        (f"已填报的平台+平台@{CITY}*", ["1", "4"]),
        ("登记了成立日期的平台+在期限前成立的平台", ["0", "0"]),
        ("卷宗", ["1"]),
        ("卷宗?年=2026", ["1"]),
        ("卷宗?年=2025", ["0"]),
        ("卷宗?年=2026&步骤=4", ["1"]),
        ("卷宗?年=2026&步骤=5", ["0"]),
        ("卷宗?年=2026&略过=5", ["0"]),
        ("卷宗?年=2026&无记录=5", ["1"]),
        ("满意率低的评议?在=2026", ["0"]),
        (f"卷宗@{TOWN}", ["0"]),
        (f"卷宗@{TOWN}*", ["1"]),
        (f"协商活动@{DOSSIER}", ["2"]),
        (f"意见建议@{DOSSIER}", ["2"]),
        (f"落实事项+办好的落实事项@{DOSSIER}", ["1", "1"]),
        ("按期办好的落实事项", ["1"]),
        (f"轮次@{DOSSIER}", ["1"]),
        (f"开展协商@{VILLAGE}?年=2026", ["2"]),
        (f"社情民意@{VILLAGE}?处理=topic", ["0"]),
        ("协商成果+公布的成果+不公布的成果+没有登记决定的成果", ["1", "1", "0", "0"]),
        ("更正", ["1"]),
        (f"开展协商@{VILLAGE}?在=2026", ["2"]),
        ("开展协商?在=2026-03", ["1"]),
        ("开展协商?在=2025-03", ["0"]),
        ("形成的成果+其中公布的+其中不公布的?在=2026", ["1", "1", "0"]),
        ("办好的落实事项+按期办好的+有期限可比的?在=2026", ["1", "1", "1"]),
        ("民主评议+能复算的评议+有效票+满意票?在=2026", ["0", "0", "0", "0"]),
        (f"计划协商@{CITY}*?在=2026", ["0"]),
        ("满意率?在=2026", []),
        ("满意率", []),
        ("能复算的评议", ["0"]),
    ],
)
def test_what_is_counted(recount, expression, figures):
    assert recount.figures(expression) == figures


@pytest.mark.parametrize("expression", ["", "@", "没有这样的数", "卷宗?月=3", "卷宗?在=2026", "卷宗@<b>", "开展协商@x"])
def test_what_says_no_count_is_refused(recount, expression):
    with pytest.raises(ValueError):
        recount.figures(expression)


@pytest.mark.parametrize(
    ("text", "right"), [("1项中完成1项", True), ("1/1", True), ("2项中完成1项", False), ("1项", False), ("", False)]
)
def test_all_figures_of_the_text_are_compared(recount, text, right):
    assert recount.agrees(f"落实事项+办好的落实事项@{DOSSIER}", text) is right


def test_a_rate_is_of_all_ballots_together(tmp_path):
    """20 + 6 of 30 in one evaluation and 10 + 6 of 30 in the other, both kinds of satisfied counted: 70 %."""
    twice = {f"{ONE}/2026-11-20-evaluation.yml": 20, f"{ONE}/2026-11-21-evaluation.yml": 10}
    files = {**START, f"{ONE}/2026-03-10-outcome.md": outcome("2026-03-02-consultation")}
    files |= {path: evaluation("2026-03-10-outcome", satisfied) for path, satisfied in twice.items()}
    repository = make_repo(tmp_path / "rated", [files])
    rated = Recount(Register(Snapshot(repository.root, repository.root, head(repository.root))))
    assert rated.figures("满意率+能复算的评议") == ["70%", "2"]
    assert rated.agrees("满意率", "70%")
    assert rated.figures("满意率+有效票+满意票?在=2026-11") == ["70%", "60", "42"]


def test_a_false_count_is_named_with_what_it_should_be(demo, register):
    claims = ClaimChecker(register, head(demo.root))
    page = '<p><b data-count="卷宗">2件</b><b data-count="卷宗">1件</b><i data-count="云">3</i></p>'.encode()
    claims.check_page("a.html", page, page)
    summary = claims.summary()
    assert summary.recounted == 3
    assert [b.claim.text for b in summary.faults] == ["2件", "3"]
    assert "重新数是 1" in summary.faults[0].message
    assert "没有写明数的是什么" in summary.faults[1].message


def test_a_count_that_was_changed_on_a_published_page_is_named(demo, tmp_path, capsys):
    site = copied(demo.site, tmp_path / "site")
    page: Path = site / DOSSIER / "index.html"
    text = page.read_text(encoding="utf-8")
    marked = f'data-count="协商活动@{DOSSIER}">协商2次<'
    assert marked in text
    page.write_text(text.replace(marked, marked.replace("2次", "9次")), encoding="utf-8")
    capsys.readouterr()
    assert main(["verify", str(site), "--root", str(demo.root), "--jobs", "1", "--claims"]) == 1
    said = capsys.readouterr().out
    assert "“协商9次”与记录不符，重新数是 2" in said
    assert "重新数过的数 " in said
