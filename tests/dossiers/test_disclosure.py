"""What may leave of a text that is withheld: of every place where its words could stand, what is published."""

from __future__ import annotations

from typing import Any

import pytest
from made_story import story

from weimin.dossiers import disclosure as d
from weimin.model.dossier import Dossier, Event
from weimin.model.history import Revision

TOPIC = "---\ntitle: 路灯\ntheme: 交通出行\nsources: [{from: residents}]\n---\n\n背景。![图](attachments/shown.jpg)\n"
HELD = "---\nabout: selection\nmethods: [{kind: meeting, place: 议事室}]\nsuggestions: [{id: s1, text: 往东移}]\n---\n\n纪要。\n"
OPEN = (
    "---\nof: [2026-03-02-consultation]\nconsensus: full\nmeasures: [{id: m1, text: 装灯, unit: 镇, due: '2026-06-30'}]\n"
    "upward:\n  - {id: u1, kind: overall, to: 县, text: 请示, publish: true}\n  - {id: u2, kind: overall, to: 县, text: 密, publish: false}\n"
    "---\n\n结果。\n"
)
PLAIN = OPEN.partition("upward")[0] + "---\n\n结果。\n"
WITHHELD = (
    "---\nof: [2026-03-02-consultation]\nmeasures: [{id: m2, text: 密, unit: 镇, due: '2026-06-30'}]\n"
    "publication: {decision: withhold, by: 村委会, date: '2026-03-15', reason: 涉及个人隐私}\n---\n\n密。![图](attachments/secret.jpg)\n"
)


def response(to: str) -> str:
    return f"---\nby: 镇\nanswers: [{{to: {to}, decision: adopted, text: 答}}]\n---\n\n答复。\n"


def followup(*lines: str) -> str:
    return (
        "---\nform: return_visit\nmeasures: ["
        + ", ".join(f"{{id: {n}, state: behind}}" for n in lines)
        + "]\n---\n\n进展。\n"
    )


def correction(of: str, field: str, old: str, new: str) -> str:
    return f"of: {of}\nchanges: [{{field: {field}, from: {old}, to: {new}}}]\nreason: 写错\napproved_by: 召集人\n"


FILES = {
    "topic.md": TOPIC,
    "2026-03-02-consultation.md": HELD,
    "2026-03-10-outcome.md": OPEN,
    "2026-03-11-outcome.md": WITHHELD,
    "2026-03-12-outcome.md": PLAIN.replace("m1", "m3"),
    "2026-04-01-response.md": response("s1"),
    "2026-04-02-response.md": response("2026-03-10-outcome#u2"),
    "2026-04-03-response.md": response("2026-03-10-outcome#u1"),
    "2026-05-01-followup.md": followup("m1"),
    "2026-05-02-followup.md": followup("m1", "m2"),
    "2026-06-01-correction.yml": correction("topic", "/title", "路灯", "灯"),
    "2026-06-02-correction.yml": correction("2026-03-11-outcome", "/measures/0/unit", "镇", "县"),
    "2026-06-03-correction.yml": correction("2026-03-10-outcome", "/upward/0/to", "县", "市"),
    "2026-06-04-correction.yml": correction("2026-03-10-outcome", "/measures/0/unit", "镇", "县"),
    "2026-06-05-correction.yml": correction("2026-09-09-outcome", "/consensus", "full", "majority"),
    "2026-06-06-correction.yml": correction("2026-03-12-outcome", "/measures/0/unit", "镇", "县"),
    "2026-06-07-correction.yml": correction("topic", "/title", "别的", "也是别的"),
}


@pytest.fixture(scope="module")
def made() -> Dossier:
    return story(FILES)


def event(made: Dossier, stem: str) -> Event:
    found = made.event(stem)
    assert found is not None
    return found


def test_only_a_withheld_outcome_is_withheld(made: Dossier) -> None:
    assert [e.stem for e in made.events if d.is_withheld(e)] == ["2026-03-11-outcome"]
    assert d.is_withheld(None) is False


def test_lines_that_are_not_public(made: Dossier) -> None:
    assert [line for line in made.lines if d.line_hidden(made, line)] == ["u2", "m2"]
    assert d.line_hidden(made, "m9") is False


HIDDEN = {"2026-03-11-outcome", "2026-04-02-response", "2026-05-02-followup"}


def test_prose_that_is_not_public(made: Dossier) -> None:
    assert {e.stem for e in made.events if d.body_hidden(made, e)} == HIDDEN


@pytest.mark.parametrize(
    ("stem", "hidden"),
    [
        ("2026-06-01-correction", False),
        ("2026-06-02-correction", True),
        ("2026-06-03-correction", True),
        ("2026-06-04-correction", False),
        ("2026-06-05-correction", True),
        ("2026-06-06-correction", False),
        ("2026-03-02-consultation", False),
    ],
)
def test_corrections_of_what_is_not_public(made: Dossier, stem: str, hidden: bool) -> None:
    assert d.correction_hidden(made, event(made, stem)) is hidden


def test_changes_of_what_is_not_public(made: Dossier) -> None:
    assert {c.correction: d.change_hidden(made, c) for c in made.applied} == {
        "2026-06-01-correction": False,
        "2026-06-02-correction": True,
        "2026-06-03-correction": True,
        "2026-06-04-correction": False,
        "2026-06-06-correction": False,
    }


@pytest.mark.parametrize(
    ("name", "hidden"),
    [("attachments/shown.jpg", False), ("attachments/secret.jpg", True), ("attachments/nowhere.jpg", True)],
)
def test_attachments_that_no_public_prose_shows(made: Dossier, name: str, hidden: bool) -> None:
    path = f"{made.paths[0].rpartition('/')[0]}/{name}"
    assert d.attachment_hidden(made, path) is hidden
    assert d.path_hidden(made, path) is hidden
    plain = story({"topic.md": TOPIC, "2026-03-02-consultation.md": HELD})
    assert d.attachment_hidden(plain, path) is False


@pytest.mark.parametrize(
    ("path", "attachment"),
    [
        ("a/attachments/x.jpg", True),
        ("a/attachments/b/x.jpg", False),
        ("attachments/x.jpg", False),
        ("a/topic.md", False),
    ],
)
def test_what_an_attachment_is(path: str, attachment: bool) -> None:
    assert d.is_attachment(path) is attachment


def test_records_that_are_not_public_or_stand_no_more(made: Dossier) -> None:
    corrections = {"2026-06-02-correction", "2026-06-03-correction", "2026-06-05-correction"}
    assert {e.stem for e in made.events if d.path_hidden(made, e.path)} == HIDDEN | corrections
    assert d.path_hidden(made, f"{made.paths[0]}x") is True


def test_words_of_a_revision(made: Dossier) -> None:
    paths = {e.stem: e.path for e in made.events}
    folder = made.paths[0].rpartition("/")[0]
    said = {
        paths["topic"]: ("改动议题的标题", "改动议题的标题"),
        paths["2026-03-10-outcome"]: ("改动成果“a”的期限", "改动成果“a”的期限"),
        paths["2026-03-11-outcome"]: ("改动成果“2026-03-11-outcome”的期限", "改动成果“2026-03-11-outcome”"),
        f"{folder}/2025-outcome.md": ("删除成果“x”的内容“y”", "删除成果“x”"),
        f"{folder}/attachments/secret.jpg": ("新建附件“secret”", "新建附件"),
        f"{folder}/attachments/shown.jpg": ("新建附件“shown”", "新建附件“shown”"),
    }
    revision = Revision(
        unit="u", commit="c", at="", author="张", descriptions=tuple(w for w, _ in said.values()), paths=tuple(said)
    )
    assert d.public_descriptions(made, revision) == tuple(w for _, w in said.values())
    with pytest.raises(ValueError, match="zip"):
        d.public_descriptions(made, Revision(unit="u", commit="c", at="", author="张", descriptions=("a",), paths=()))


def public(made: Dossier, stem: str) -> dict[str, Any]:
    return dict(d.public_data(made, event(made, stem)))


def raw(made: Dossier, stem: str) -> dict[str, Any]:
    return dict(event(made, stem).record.raw)


def test_data_of_what_is_public_is_whole(made: Dossier) -> None:
    for stem in (
        "topic",
        "2026-03-02-consultation",
        "2026-03-12-outcome",
        "2026-04-01-response",
        "2026-04-03-response",
    ):
        assert public(made, stem) == raw(made, stem)
    assert public(made, "2026-05-01-followup") == raw(made, "2026-05-01-followup")


def test_of_a_withheld_outcome_the_decision_alone(made: Dossier) -> None:
    assert public(made, "2026-03-11-outcome") == {
        "publication": {"decision": "withhold", "by": "村委会", "date": "2026-03-15", "reason": "涉及个人隐私"}
    }
    short = WITHHELD.replace("by: 村委会, ", "").replace("decision: withhold,", "decision: withhold, by: 村,")
    made = story(FILES | {"2026-03-11-outcome.md": short})
    assert list(public(made, "2026-03-11-outcome")["publication"]) == ["decision", "by", "date", "reason"]


def test_of_a_matter_that_is_not_public_no_text(made: Dossier) -> None:
    whole = raw(made, "2026-03-10-outcome")
    found = public(made, "2026-03-10-outcome")
    assert found["upward"][0] == whole["upward"][0]
    assert found["upward"][1] == {k: v for k, v in whole["upward"][1].items() if k != "text"} != whole["upward"][1]
    assert {k: v for k, v in found.items() if k != "upward"} == {k: v for k, v in whole.items() if k != "upward"}
    assert d._public_upward({"id": "u", "text": "密", "digest": "0", "to": "县"}) == {"id": "u", "to": "县"}
    assert d._public_upward({"id": "u", "text": "密", "publish": "true"}) == {"id": "u", "publish": "true"}
    assert d._public_upward({"id": "u", "text": "明", "publish": True}) == {"id": "u", "text": "明", "publish": True}


def test_of_an_answer_to_what_is_not_public_no_text(made: Dossier) -> None:
    assert public(made, "2026-04-02-response") == {
        "by": "镇",
        "answers": [{"to": "2026-03-10-outcome#u2", "decision": "adopted"}],
    }


def test_of_a_followup_the_lines_that_are_public(made: Dossier) -> None:
    assert public(made, "2026-05-02-followup") == {
        "form": "return_visit",
        "measures": [{"id": "m1", "state": "behind"}],
    }


def test_of_a_correction_the_changes_that_are_public(made: Dossier) -> None:
    shown = raw(made, "2026-06-01-correction")
    assert public(made, "2026-06-01-correction") == shown
    assert shown["changes"] == [{"field": "/title", "from": "路灯", "to": "灯"}]
    for stem in ("2026-06-02-correction", "2026-06-03-correction", "2026-06-05-correction"):
        whole = raw(made, stem)
        del whole["reason"]
        assert public(made, stem) == whole | {"changes": []}
    unfit = raw(made, "2026-06-07-correction")
    assert public(made, "2026-06-07-correction") == unfit | {"changes": []}
