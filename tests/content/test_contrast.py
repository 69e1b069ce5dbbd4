"""Three reports that are not consultations of ours or contain excluded data: the schemas refuse what they must."""

from __future__ import annotations

from typing import Any

import pytest
from content_files import CASES, read, schemas

from weimin.model.kinds import News

MEETING = {"about": "selection", "convened_by": "platform", "methods": [{"kind": "meeting", "decided_by": "signature"}]}


def refused(kind: str, value: dict[str, Any]) -> list[str]:
    """Codes of what is wrong with the data of a record."""
    return sorted({violation.code for violation in schemas().accept(kind, value)[1]})


def test_sq04_is_news_and_nothing_else() -> None:
    path = "content/news/2020-05-08-gengche.md"
    record = read(CASES / "SQ-04", path)
    assert isinstance(record.data, News)
    assert record.place.dossier is None
    assert not list((CASES / "SQ-04").rglob("*-consultation*.md"))
    # its fields are no consultation's, and what makes a consultation is not in the report
    assert refused("consultation", record.raw) == ["S101", "S104"]
    # a consultation has no title of its own: a dossier needs a topic, and this has no matter to be decided
    assert refused("topic", {"title": record.data.title}) == ["S101"]


def test_js05_signed_is_a_number() -> None:
    base: dict[str, Any] = {**MEETING, "compiled_from": [{"publisher": "人民政协报", "date": "2021-01-04"}]}
    assert refused("consultation", base) == []
    for count in (27, "unpublished", {"about": 30, "as": "余"}):
        assert refused("consultation", _with_method(base, signed=count)) == []


@pytest.mark.parametrize(
    "scan",
    [
        pytest.param({"signed": "attachments/minutes.jpg"}, id="file in place of the number"),
        pytest.param({"signed": ["甲", "乙"]}, id="list of signatures"),
        pytest.param({"signatures": "attachments/minutes.jpg"}, id="field for a scan"),
        pytest.param({"fingerprints": 27}, id="fingerprints"),
        pytest.param({"minutes": "attachments/minutes.pdf"}, id="original minutes"),
    ],
)
def test_js05_no_field_takes_a_scan(scan: dict[str, Any]) -> None:
    assert refused("consultation", _with_method(MEETING, **scan))


@pytest.mark.parametrize("kind", ["platform", "plan", "projects"])
@pytest.mark.parametrize("total", [{"consultations": 300}, {"agreed_projects": 45}, {"totals": {"consultations": 300}}])
def test_js06_totals_are_not_typed(kind: str, total: dict[str, Any]) -> None:
    sound = {"platform": {"area": "高流镇"}, "plan": {"items": []}, "projects": {"title": "清单", "items": []}}[kind]
    assert refused(kind, sound) == []
    assert refused(kind, sound | total) == ["S104"]


def test_js06_the_village_s_own_meeting_fits() -> None:
    value = MEETING | {"methods": [{"kind": "meeting"}], "participants": {"residents": "unpublished"}}
    assert refused("consultation", value) == []


def _with_method(base: dict[str, Any], **more: Any) -> dict[str, Any]:
    return base | {"methods": [base["methods"][0] | more]}
