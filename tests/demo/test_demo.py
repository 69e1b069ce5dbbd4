"""The demo repository: every kind and every state is in it, and nothing in it is real or broken."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from builders.demo import demo_repository
from builders.value import accepted, schemas
from weimin.app.check.check import check
from weimin.demo import AS_OF, NotEmpty, make_demo
from weimin.demo.make import all_versions
from weimin.demo.names import AREAS
from weimin.dossiers.compile import compile_dossier
from weimin.engine.computed_register import ComputedRegister
from weimin.engine.opening import open_register
from weimin.engine.options import Options
from weimin.model.dossier import Dossier
from weimin.model.finding import Severity
from weimin.model.kinds import Approx, Consultation, Followup, Outcome, Response, listed
from weimin.model.place import Place, level_of
from weimin.model.record import Record
from weimin.records.kinds import KINDS
from weimin.records.parse import Reader
from weimin.records.place import place_of

pytestmark = pytest.mark.slow

NOT_IN_A_DEMO = {"signers": "nothing in the demo is signed"}


def quiet(what: str, more: int, total: int) -> None:
    """A tick that nobody hears."""


@pytest.fixture(scope="module")
def held() -> ComputedRegister:
    root = demo_repository()
    return check(open_register(root, root), Options(as_of=AS_OF))[1]


@pytest.fixture(scope="module")
def read(held) -> dict[str, list[Record]]:
    """All records by unit (a dossier, a platform, the site), read one by one; a problem in any fails."""
    reader = Reader(schemas())
    root = held.register.tree.root
    units: dict[str, list[Record]] = {}
    for path in sorted(p for p in (root / "content").rglob("*") if p.is_file()):
        place = place_of(path.relative_to(root).as_posix())
        assert isinstance(place, Place)
        record, problems = reader.parse(place, path.read_bytes())
        assert problems == ()
        units.setdefault(place.unit, []).extend([record] if record else [])
    return units


@pytest.fixture(scope="module")
def dossiers(read) -> tuple[Dossier, ...]:
    return tuple(compile_dossier(unit, records, [], accepted) for unit, records in read.items() if "/" in unit)


def test_the_network_is_whole_and_made(held):
    levels = Counter(level_of(code).value for code in AREAS)
    assert levels == {"city": 1, "county": 6, "township": 24, "village": 120}
    assert set(held.judge.network.rows) == set(AREAS)
    assert all(code.startswith("99") for code in AREAS)
    assert len(set(AREAS.values())) == 151
    marked = [name for code, name in AREAS.items() if len(code) > 6 and not re.search("示范|演示", name)]
    assert marked == []


def test_a_name_is_outside_gb2312():
    def fits(name):
        try:
            return bool(name.encode("gb2312"))
        except UnicodeEncodeError:
            return False

    assert [name for name in AREAS.values() if not fits(name)] == ["柤林示范镇", "漴湾演示村"]


def test_every_record_reads_and_every_dossier_compiles(held, read, dossiers):
    assert sum(map(len, read.values())) == held.total("records") > 800
    assert [d.problems for d in dossiers if d.problems] == []


def test_nothing_stands_against_publishing(held):
    assert [f for f in held.findings if f.severity is Severity.ERROR] == []


def test_every_kind_is_there(held):
    kinds = Counter(p.kind for p in held.register.places)
    assert set(KINDS) - set(kinds) == set(NOT_IN_A_DEMO)


def test_the_site_says_that_it_is_a_demo(held):
    assert held.register.site.demo is True
    assert "演示" in held.register.site.title


def test_at_least_sixty_dossiers_on_all_levels_with_titles_of_their_own(dossiers):
    assert len(dossiers) >= 60
    assert len({d.title for d in dossiers}) == len(dossiers)
    assert {level_of(d.platform).value for d in dossiers} == {"city", "county", "township", "village"}
    assert {d.year for d in dossiers} == {2024, 2025, 2026}
    assert max(len(d.title) for d in dossiers) == 120
    assert max(len(d.events) for d in dossiers) >= 40


def test_no_mark_of_a_scenario_is_left(held):
    left = [
        p.path
        for p in held.register.places
        if re.search(rb"\{[a-z]+\}|\{[+-]\d|@[a-z]", held.register.tree.read(p.path))
    ]
    assert [path for path in left if not path.endswith((".jpg", ".png"))] == []


def test_states_of_dossiers(held):
    rows = held.summaries
    counts = {
        "closed": sum(s.closed for s in rows),
        "ended": Counter(s.ended for s in rows if s.ended),
        "only a topic": sum(not s.consultations and not s.ended for s in rows),
        "announced": sum(bool(s.announcements) for s in rows),
        "re-consulted": sum(s.rounds > 1 for s in rows),
        "corrected": sum(s.corrections > 0 for s in rows),
        "compiled": sum(s.compiled for s in rows),
        "withheld": sum(o.publication == "withhold" for s in rows for o in s.outcomes),
        "low": sum(e.low for s in rows for e in s.evaluations),
        "few ballots": sum(e.valid is not None and e.valid < 10 for s in rows for e in s.evaluations),
        "no ballots": sum(e.valid is None for s in rows for e in s.evaluations),
        "served by the meeting of another": sum(c.same_as is not None for s in rows for c in s.consultations),
        "joint": sum(bool(c.joint) for s in rows for c in s.consultations),
        "all five steps": sum(set(s.steps) == {"done"} for s in rows),
        "a step skipped": sum("skipped" in s.steps for s in rows),
    }
    assert counts.pop("ended") == {"withdrawn": 1, "rejected": 1, "merged": 1, "moved": 1}
    assert {state: count for state, count in counts.items() if count < 2} == {}


def test_what_went_up(held):
    rows = [u for s in held.summaries for u in s.upward]
    assert {u.kind for u in rows} == {"overall", "emerging", "constructive"}
    answers = [u.answered for u in rows if u.answered]
    assert sum(ref.endswith("response") for ref in answers) >= 2
    assert sum(ref.endswith("topic") for ref in answers) >= 2
    assert sum(u.answered is None for u in rows) >= 2
    assert sum(u.text is None for u in rows) >= 2


def test_what_is_withheld_has_no_words(dossiers):
    found = [e for d in dossiers for e, o in d.outcomes if o.withheld]
    assert len(found) >= 2
    for event in found:
        assert set(event.record.raw) == {"of", "submitted", "publication"}
        assert event.record.body == ""
        assert set(event.record.raw["publication"]) == {"decision", "by", "date", "reason", "digest"}


def of_class(dossiers, cls):
    return [e.data for d in dossiers for e in d.events if isinstance(e.data, cls)]


def test_choices_of_every_sort(dossiers):
    methods = Counter(m.kind for c in of_class(dossiers, Consultation) for m in listed(c.methods))
    assert set(methods) == {"survey", "inspection", "written", "meeting", "online", "remote", "other"}
    decided = Counter(m.decided_by for c in of_class(dossiers, Consultation) for m in listed(c.methods))
    assert set(decided) >= {"consensus", "show_of_hands", "ballot", "signature"}
    answers = Counter(a.decision for r in of_class(dossiers, Response) for a in r.answers)
    assert set(answers) == {"adopted", "partly", "declined", "noted", "returned", None}
    assert min(answers.values()) >= 2
    states = Counter(m.state for f in of_class(dossiers, Followup) for m in listed(f.measures))
    assert set(states) == {"done", "ahead", "on_track", "behind", "stopped"}
    consensus = {o.consensus for o in of_class(dossiers, Outcome)}
    assert consensus == {"full", "partial", "advice", None}


def test_ways_not_to_know(dossiers):
    people = [c.participants for c in of_class(dossiers, Consultation) if c.participants is not None]
    values = [getattr(p, f) for p in people for f in p.__struct_fields__]
    assert "unpublished" in values
    assert "included" in values
    assert any(isinstance(v, Approx) for v in values)
    forms = {re.sub(r"\d", "0", e.on.text) for d in dossiers for e in d.events if e.on and e.kind != "topic"}
    assert forms == {"0000-00-00", "0000-00", "0000-Q0", "0000-H0", "by-0000-00-00", "XXXX-00-00"}


def test_corrections_of_every_sort(dossiers):
    fields = {a.field for d in dossiers for a in d.applied}
    assert {"/body", "/date"} <= fields
    assert any(f.startswith("/measures/") for f in fields)


def test_a_county_has_numbers_of_its_own(held):
    by_rule = held.judge.parameters.at("response_days", "990002003", date(2026, 9, 16))
    assert (by_rule.value, by_rule.published, by_rule.source) == (60, True, "990002/rules/township-village-rules#2")
    assert held.judge.parameters.at("topic_approval", "990002001", AS_OF).value == "required"
    elsewhere = held.judge.parameters.at("response_days", "990001001", AS_OF)
    assert (elsewhere.value, elsewhere.published, elsewhere.source) == (
        90,
        True,
        "990001/rules/township-village-rules#2",
    )
    nowhere = held.judge.parameters.at("response_days", "990006001", AS_OF)
    assert (nowhere.value, nowhere.published) == (90, False)
    before = held.judge.parameters.at("response_days", "990001001", date(2023, 12, 31))
    assert not before.published, "the rule of 2020 was committed on 2024-01-01"


def test_some_platforms_are_not_heard_from(held):
    silent = [r for r in held.judge.network.rows.values() if not r.has_records]
    assert 30 < len(silent) < 75


def test_pictures_are_shown_and_have_no_properties(held, read):
    pictures = [p for p in held.register.places if p.kind == "attachment"]
    assert [p.stem for p in pictures] == ["road-after.jpg", "road-before.png"]
    shown = "".join(r.body for p in pictures for r in read[p.dossier])
    for p in pictures:
        data = held.register.tree.read(p.path)
        assert b"Exif" not in data
        assert f"attachments/{p.stem}" in shown


def test_nothing_is_filed_before_it_happened_or_after_the_day_of_the_demo():
    versions = list(all_versions())
    assert max(v.filed for v in versions) <= AS_OF
    for v in versions:
        on = place_of(v.path).on
        if v.kind != "plan" and v.kind != "projects" and on is not None and on.last is not None:
            assert v.filed >= on.last, v.path
    late = [v for v in versions if (on := place_of(v.path).on) and on.is_day and (v.filed - on.first).days > 30]
    assert sum("compiled_from" not in v.raw for v in late if v.kind in ("consultation", "outcome", "evaluation")) >= 5


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(NotEmpty, match="空文件夹"):
        make_demo(tmp_path, quiet)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "demo").write_text("mine", encoding="utf-8")
    with pytest.raises(NotEmpty):
        make_demo(tmp_path / "demo", quiet)


def test_what_is_said_of_it(tmp_path):
    ticks: list[int] = []
    said = make_demo(Path(tmp_path) / "demo", lambda what, more, total: ticks.append(total))
    assert re.search(r"\d+ 个卷宗，\d+ 份记录", said)
    assert "虚构" in said
    assert set(ticks) == {len(ticks)}
