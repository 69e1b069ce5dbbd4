"""Other tools on the same records: what they are given is what was filed, and what they make shows all of it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import yaml

from weimin.bench.change import one_changed
from weimin.bench.measure import Measured, measure
from weimin.bench.repository import make_register
from weimin.bench.rivals import eleventy, hugo, pelican
from weimin.bench.rivals.compare import RIVALS, Compared, Pair, compare, ratio, written
from weimin.bench.rivals.forms import forms
from weimin.bench.rivals.pieces import Input, read
from weimin.bench.rivals.programs import HOW, found
from weimin.bench.works import Ground

pytestmark = pytest.mark.slow

TEMPLATES = Path(__file__).parents[1] / "bench"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("rivals") / "register"
    make_register(root, 400)
    return root


@pytest.fixture(scope="module")
def register(root: Path) -> Input:
    return read(root)


def front(path: Path) -> tuple[dict[str, object], str]:
    _, fields, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(fields), body


@pytest.mark.parametrize(
    ("tool", "where"),
    [(hugo, "content/{}/_index.md"), (eleventy, "records/{}/topic.md"), (pelican, "content/dossiers/{}/topic.rec")],
    ids=list(RIVALS),
)
def test_a_record_arrives_as_it_was_filed(tool: object, where: str, register: Input, tmp_path: Path) -> None:
    site = tmp_path / "site"
    tool.prepare(site, register, TEMPLATES / tool.__name__.rpartition(".")[2])  # type: ignore[attr-defined]
    dossiers = list(register.dossiers())
    assert len(dossiers) > 5
    for dossier in dossiers:
        fields, body = front(site / where.format(dossier.id))
        assert fields["record"] == yaml.safe_load(dossier.topic.yaml)
        assert body.strip() == dossier.topic.body
        assert fields["title"] == dossier.title


def test_nothing_of_the_register_is_left_out(root: Path, register: Input) -> None:
    taken = {piece.path for office in register.platforms for piece in (office.own, *office.others)}
    taken |= {piece.path for dossier in register.dossiers() for piece in (dossier.topic, *dossier.events)}
    there = {p.relative_to(root).as_posix() for p in (root / "content" / "network").rglob("*") if p.is_file()}
    assert there == taken


def test_forms_name_every_field() -> None:
    outcome = {field["key"]: field for field in forms()["outcome"]}
    assert outcome["measures"]["label"] == "落实事项"
    assert [part["key"] for part in outcome["measures"]["parts"]][:3] == ["id", "text", "unit"]
    assert outcome["consensus"]["words"]["full"]


def test_pelican_shows_every_line_and_notices_a_change(root: Path, register: Input, tmp_path: Path) -> None:
    site = tmp_path / "site"
    pelican.prepare(site, register, TEMPLATES / "pelican")
    program = found("pelican", None)
    assert program is not None
    measure(pelican.command(program), site)
    dossier = max(register.dossiers(), key=lambda d: len(d.events))
    page = site / "output" / dossier.id / "index.html"
    shown = page.read_text(encoding="utf-8")
    data = json.loads(page.with_name("index.json").read_text(encoding="utf-8"))
    assert len(data["events"]) == len(dossier.events)
    for piece in dossier.events:
        fields = yaml.safe_load(piece.yaml)
        for line in [*fields.get("measures", ()), *fields.get("suggestions", ()), *fields.get("answers", ())]:
            assert line.get("text", "") in shown
        if piece.page:
            assert (site / "output" / dossier.id / f"{piece.stem}.html").is_file()
            assert (site / "output" / "embed" / dossier.id / f"{piece.stem}.html").is_file()
    changed = root / one_changed(root, 0)
    anew = register.dossier(changed.parent)
    before = (site / "output" / anew.id / "index.html").read_text(encoding="utf-8")
    pelican.change(site, anew)
    measure(pelican.command(program), site)
    after = (site / "output" / anew.id / "index.html").read_text(encoding="utf-8")
    assert "上午" not in before and "上午" in after


def test_a_tool_that_is_not_here_is_told_of(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    ground = Ground(root=root, output=tmp_path / "site" / "current")
    compared = compare(ground, ("hugo", "eleventy"), tmp_path, lambda text: None, tmp_path)
    assert compared.pairs == ()
    told = written(compared)
    for tool in ("hugo", "eleventy"):
        assert f"{tool}：本机没有。要装：{HOW[tool]}" in told
    assert "不核对规则" in told


def test_a_tool_that_fails_is_told_of(root: Path, tmp_path: Path) -> None:
    fake = tmp_path / "bin" / "hugo"
    fake.parent.mkdir()
    fake.write_text(f"#!{sys.executable}\nimport sys\nprint('v0') if sys.argv[1:] == ['version'] else sys.exit('no')\n")
    fake.chmod(0o755)
    ground = Ground(root=root, output=tmp_path / "site" / "current")
    compared = compare(ground, ("hugo",), tmp_path / "work", lambda text: None, tmp_path)
    assert compared.pairs == ()
    assert "hugo：没有跑完：no" in written(compared)


def test_ratios_are_ours_over_theirs() -> None:
    pair = Pair(
        tool="hugo",
        work="cold",
        theirs=Measured(wall=10, cpu=20, memory=800),
        ours=Measured(wall=5, cpu=5, memory=100),
    )
    assert ratio(pair) == ("0.500", "0.250", "0.125")
    stopped = Pair(tool="hugo", work="cold", theirs=Measured(wall=10, cpu=20, memory=800, stopped=True), ours=pair.ours)
    assert ratio(stopped)[0] == "<0.500"
    told = written(Compared(pairs=(pair, stopped), missing={}, versions={"hugo": "v1"}))
    assert "hugo v1，从头生成" in told and "到时限停止" in told
