"""One complete sample for each kind: it is accepted, loads, and is marked as invented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from schema_samples import FOLDER, plain_sample

from weimin.records.kinds import KINDS
from weimin.records.schema import Schemas

ROOT = Path(__file__).parents[2]
SAMPLED = sorted(kind for kind, row in KINDS.items() if row.data is not None)


def test_a_sample_for_every_kind_with_its_ending() -> None:
    assert sorted(p.name for p in FOLDER.iterdir()) == sorted(f"{kind}{KINDS[kind].ending}" for kind in SAMPLED)


@pytest.mark.parametrize("kind", SAMPLED)
def test_sample_is_accepted_and_loads(kind: str, schemas: Schemas) -> None:
    raw, _ = plain_sample(kind)
    value, violations = schemas.accept(kind, raw)
    assert violations == ()
    data = schemas.load(kind, value)
    assert type(data) is KINDS[kind].data
    held = msgspec.json.decode(msgspec.json.encode(data))
    assert without_absent(held["items"] if kind == "exemptions" else held) == value


def without_absent(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_absent(item) for key, item in value.items() if item is not None}
    return [without_absent(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("kind", SAMPLED)
def test_sample_is_marked(kind: str) -> None:
    (path,) = FOLDER.glob(f"{kind}.*")
    text = path.read_text(encoding="utf-8")
    assert "样例：内容是编造的" in text
    assert ("---\n" in text) == KINDS[kind].prose


def test_editor_finds_a_schema_for_every_data_file() -> None:
    configured = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    expected = {f"./schemas/{kind}.schema.json" for kind in SAMPLED if KINDS[kind].ending == ".yml"}
    assert set(configured) == expected
    assert all((ROOT / path).is_file() for path in configured)
