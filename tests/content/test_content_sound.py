"""The published content and each fixture: every reference resolves, nothing private is published."""

from __future__ import annotations

from pathlib import Path

import pytest
from content_files import ROOT, files, roots

from weimin.engine.register import Register, has_own_records, platform_row
from weimin.model.network import Network
from weimin.rules.links import links_of_dossier, links_of_platform
from weimin.rules.privacy import scan_text


@pytest.mark.parametrize("root", roots(), ids=lambda root: root.name)
def test_references_lead_somewhere(root: Path) -> None:
    register = Register(root)
    assert register.problems == ()
    dossiers = [register.dossier(register.read(unit)) for unit in register.units.values() if unit.is_dossier]
    standing = [
        register.platform_records(register.read(unit))
        for unit in register.units.values()
        if unit.platform and not unit.is_dossier
    ]
    rows = [row for each in standing if (row := platform_row(each, register.site, has_records=False)) is not None]
    network = Network(rows)
    assert len(network) == len(standing)
    found = [problem for each in dossiers for problem in links_of_dossier(each, network, register)]
    found += [problem for each in standing for problem in links_of_platform(each, network, register)]
    assert found == []


@pytest.mark.parametrize("root", roots(), ids=lambda root: root.name)
def test_no_platform_is_heard_from(root: Path) -> None:
    register = Register(root)
    units = [unit for unit in register.units.values() if unit.platform]
    assert units
    assert [unit.id for unit in units if has_own_records(register.read(unit).records)] == []


def test_nothing_private() -> None:
    texts = [path for root in roots() for path in files(root)]
    assert len(texts) > 1600
    for path in texts:
        assert scan_text(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) == []
