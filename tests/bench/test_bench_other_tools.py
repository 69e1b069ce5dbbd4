"""Other tools on the same records: what they are given is what was filed, and what they make shows all of it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import yaml

from weimin.bench.change import change_one_record
from weimin.bench.other_tools import eleventy, hugo, pelican
from weimin.bench.other_tools.compare import OTHER_TOOLS, Comparison, Pair, compare, comparison_table, ratio
from weimin.bench.other_tools.executables import INSTALL_HINTS, find_program
from weimin.bench.other_tools.field_labels import field_labels
from weimin.bench.other_tools.source import SourceRegister, read
from weimin.bench.process import ProcessUsage, run_with_usage
from weimin.bench.repository import make_register
from weimin.bench.tasks import Workspace

pytestmark = pytest.mark.slow

TEMPLATES = Path(__file__).parents[1] / "bench"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("rivals") / "register"
    make_register(root, 400)
    return root


@pytest.fixture(scope="module")
def register(root: Path) -> SourceRegister:
    return read(root)


def front(path: Path) -> tuple[dict[str, object], str]:
    _, fields, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(fields), body


@pytest.mark.parametrize(
    ("tool", "where"),
    [(hugo, "content/{}/_index.md"), (eleventy, "records/{}/topic.md"), (pelican, "content/dossiers/{}/topic.rec")],
    ids=list(OTHER_TOOLS),
)
def test_a_record_arrives_as_it_was_filed(tool: object, where: str, register: SourceRegister, tmp_path: Path) -> None:
    site = tmp_path / "site"
    tool.prepare(site, register, TEMPLATES / tool.__name__.rpartition(".")[2])  # type: ignore[attr-defined]
    dossiers = list(register.dossiers())
    assert len(dossiers) > 5
    for dossier in dossiers:
        fields, body = front(site / where.format(dossier.id))
        assert fields["record"] == yaml.safe_load(dossier.topic.yaml)
        assert body.strip() == dossier.topic.body
        assert fields["title"] == dossier.title


def test_nothing_of_the_register_is_left_out(root: Path, register: SourceRegister) -> None:
    taken = {record.path for office in register.platforms for record in (office.own, *office.others)}
    taken |= {record.path for dossier in register.dossiers() for record in (dossier.topic, *dossier.events)}
    there = {p.relative_to(root).as_posix() for p in (root / "content" / "network").rglob("*") if p.is_file()}
    assert there == taken


def test_forms_name_every_field() -> None:
    outcome = {field["key"]: field for field in field_labels()["outcome"]}
    assert outcome["measures"]["label"] == "落实事项"
    assert [part["key"] for part in outcome["measures"]["parts"]][:3] == ["id", "text", "unit"]
    assert outcome["consensus"]["words"]["full"]


def test_pelican_shows_every_line_and_notices_a_change(root: Path, register: SourceRegister, tmp_path: Path) -> None:
    site = tmp_path / "site"
    pelican.prepare(site, register, TEMPLATES / "pelican")
    program = find_program("pelican", None)
    assert program is not None
    run_with_usage(pelican.command(program), site)
    dossier = max(register.dossiers(), key=lambda d: len(d.events))
    page = site / "output" / dossier.id / "index.html"
    shown = page.read_text(encoding="utf-8")
    data = json.loads(page.with_name("index.json").read_text(encoding="utf-8"))
    assert len(data["events"]) == len(dossier.events)
    for record in dossier.events:
        fields = yaml.safe_load(record.yaml)
        for line in [*fields.get("measures", ()), *fields.get("suggestions", ()), *fields.get("answers", ())]:
            assert line.get("text", "") in shown
        if record.page:
            assert (site / "output" / dossier.id / f"{record.stem}.html").is_file()
            assert (site / "output" / "embed" / dossier.id / f"{record.stem}.html").is_file()
    changed = root / change_one_record(root, 0)
    anew = register.dossier(changed.parent)
    before = (site / "output" / anew.id / "index.html").read_text(encoding="utf-8")
    pelican.change(site, anew)
    run_with_usage(pelican.command(program), site)
    after = (site / "output" / anew.id / "index.html").read_text(encoding="utf-8")
    assert "上午" not in before and "上午" in after


def test_a_tool_that_is_not_here_is_told_of(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    workspace = Workspace(root=root, output=tmp_path / "site" / "current")
    compared = compare(workspace, ("hugo", "eleventy"), tmp_path, lambda text: None, tmp_path)
    assert compared.pairs == ()
    told = comparison_table(compared)
    for tool in ("hugo", "eleventy"):
        assert f"{tool}：本机没有。要装：{INSTALL_HINTS[tool]}" in told
    assert "不核对规则" in told


def test_a_tool_that_fails_is_told_of(root: Path, tmp_path: Path) -> None:
    fake = tmp_path / "bin" / "hugo"
    fake.parent.mkdir()
    fake.write_text(f"#!{sys.executable}\nimport sys\nprint('v0') if sys.argv[1:] == ['version'] else sys.exit('no')\n")
    fake.chmod(0o755)
    workspace = Workspace(root=root, output=tmp_path / "site" / "current")
    compared = compare(workspace, ("hugo",), tmp_path / "work", lambda text: None, tmp_path)
    assert compared.pairs == ()
    assert "hugo：没有跑完：no" in comparison_table(compared)


def test_ratios_are_ours_over_theirs() -> None:
    pair = Pair(
        tool="hugo",
        work="cold",
        theirs=ProcessUsage(wall=10, cpu=20, memory=800),
        ours=ProcessUsage(wall=5, cpu=5, memory=100),
    )
    assert ratio(pair) == ("0.500", "0.250", "0.125")
    stopped = Pair(
        tool="hugo", work="cold", theirs=ProcessUsage(wall=10, cpu=20, memory=800, stopped=True), ours=pair.ours
    )
    assert ratio(stopped)[0] == "<0.500"
    told = comparison_table(Comparison(pairs=(pair, stopped), missing={}, versions={"hugo": "v1"}))
    assert "hugo v1，从头生成" in told and "到时限停止" in told
