"""`weimin bench` from the outside, on the smallest registers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from weimin.bench.national import made
from weimin.bench.tasks import TASKS
from weimin.model.place import Level, level_of, parent_code
from weimin.records.divisions import read_divisions

pytestmark = pytest.mark.slow


def test_every_work_is_measured(weimin: Any, tmp_path: Path) -> None:
    ran = weimin("bench", "--records", "300", "--at", str(tmp_path / "kept"))
    assert ran.code == 0, ran.stderr
    rows = ran.stdout.splitlines()
    assert [line.split("  ")[0].strip() for line in rows[2:]] == [name for name, _ in TASKS.values()]
    built = next(line for line in rows if line.startswith("生成，从头")).split()
    assert float(built[1]) > 0 and int(built[5]) > 500
    assert ran.stderr.count("正在测量：") == len(TASKS)
    kept = (tmp_path / "kept" / "register-300" / ".git" / "HEAD").stat().st_mtime_ns
    again = weimin("bench", "--records", "300", "--rules", "--at", str(tmp_path / "kept"))
    assert again.code == 0 and "W401" in again.stdout and "正在生成" not in again.stderr
    assert (tmp_path / "kept" / "register-300" / ".git" / "HEAD").stat().st_mtime_ns == kept


def test_a_network_of_any_list(weimin: Any, tmp_path: Path) -> None:
    ran = weimin("bench", "--national", "120")
    assert ran.code == 0, ran.stderr
    assert "120 个平台，核对，从头" in ran.stdout and "120 个平台，生成，从头" in ran.stdout
    listed = tmp_path / "list.csv"
    listed.write_text("code,name,parent\n9900,测量市,99\n990001,甲子区,9900\n", encoding="utf-8")
    assert "2 个平台，核对，从头" in weimin("bench", "--national", str(listed)).stdout
    listed.write_text("code,name,parent\n990001,甲子区,9900\n", encoding="utf-8")
    refused = weimin("bench", "--national", str(listed))
    assert refused.code == 2 and "不在表里" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--against", "hugo,jekyll"], "hugo,eleventy,pelican"),
        (["--sizes", "10000"], "10000,240000"),
        (["--records", "299"], "300"),
    ],
)
def test_what_cannot_be_measured_is_refused(weimin: Any, arguments: list[str], said: str) -> None:
    ran = weimin("bench", *arguments)
    assert ran.code == 2 and said in ran.stderr


def test_the_country_in_small() -> None:
    places = list(made(20_000))
    assert len(places) == 20_000
    codes = {place.code for place in places}
    assert len(codes) == 20_000
    assert all(parent_code(code) in codes for code in codes if parent_code(code))
    levels = [level_of(code) for code in codes]
    assert levels.count(Level.VILLAGE) > 0.9 * len(levels)
    assert {code[:2] for code in codes} <= {str(n) for n in range(11, 66)}
    table = "code,name,parent\n" + "".join(f"{p.code},{p.name},\n" for p in places)
    assert len(read_divisions(table)) == 20_000


def test_a_list_that_codes_cannot_hold_is_refused() -> None:
    with pytest.raises(ValueError, match=">"):
        list(made(10**9))


def test_where_the_time_goes(weimin: Any) -> None:
    ran = weimin("bench", "--profile", "--records", "300")
    assert ran.code == 0, ran.stderr
    assert ran.stdout.count("自身（秒）") == 2 * ran.stdout.count("用例（连同它调用的）") > 4
    assert "weimin.app.build.build" in ran.stdout
