"""The verifier's own counts, past the totals: every comparison of days, before, on the day itself, after."""

from __future__ import annotations

import pytest
from counted_dossier import READER, START, VILLAGE, consultation, evaluation, followup, made, outcome

from weimin.app.verify.counts import _in_scope, _rate
from weimin.app.verify.period_counts import PeriodTotals, dossier_period_counts
from weimin.app.verify.unit_counts import count_dossier, count_platform
from weimin.dossiers.compile import compile_platform_records
from weimin.model.dossier import PlatformRecords
from weimin.model.network import folder_of
from weimin.model.parameter import Parameters, ParameterSetting
from weimin.model.place import Place
from weimin.records.place import place_of

NOTHING = {
    "轮次": 1,
    "卷宗": 1,
    "协商活动": 1,
    "意见建议": 1,
    "落实事项": 1,
    "能复算的评议": 0,
    "更正": 0,
    "协商成果": 1,
    "公布的成果": 0,
    "不公布的成果": 0,
    "没有登记决定的成果": 1,
    "办好的落实事项": 0,
    "按期办好的落实事项": 0,
}


def totals(files: dict[str, str]) -> dict[str, int]:
    """What differs from the dossier that has a topic, a consultation and an outcome."""
    found = count_dossier(made(START | files), Parameters()).totals
    assert found.keys() == NOTHING.keys()
    return {name: n for name, n in found.items() if n != NOTHING[name]}


def dated(files: dict[str, str], rated: dict[str, tuple[int, int]] | None = None) -> dict[tuple[str, str], int]:
    return {key: n for key, n in dossier_period_counts(made(START | files), rated or {}).items() if n}


@pytest.mark.parametrize(
    ("done", "in_time"),
    [
        ("2026-06-29", 1),
        ("2026-06-30", 1),
        ("2026-07-01", 0),
        ("2026-06", 1),
        ("2026-Q3", 0),
        ("unpublished", 1),
        ("", 1),
    ],
)
def test_done_on_the_last_day_is_in_time(done: str, in_time: int) -> None:
    files = {"2026-06-30-followup.md": followup(done=done)}
    expected = {"办好的落实事项": 1} | ({"按期办好的落实事项": 1} if in_time else {})
    assert totals(files) == expected
    found = dated(files)
    year = {
        name: n for (name, period), n in found.items() if period == "2026" and name not in ("开展协商", "形成的成果")
    }
    assert year == {"办好的落实事项": 1, "有期限可比的": 1} | ({"按期办好的": 1} if in_time else {})


@pytest.mark.parametrize(("day", "in_time"), [("2026-06-30", 1), ("2026-07-01", 0)])
def test_without_a_day_it_was_done_on_the_day_of_the_followup(day: str, in_time: int) -> None:
    files = {f"{day}-followup.md": followup()}
    assert totals(files).get("按期办好的落实事项", 0) == in_time
    assert dated(files)["办好的落实事项", day[:7]] == 1


@pytest.mark.parametrize(("due", "judged", "in_time"), [("2026-Q2", 1, 1), ("2026-05", 1, 0), ("unpublished", 0, 0)])
def test_what_is_due_in_a_month_is_due_on_its_last_day(due: str, judged: int, in_time: int) -> None:
    files = {
        "2026-03-10-outcome.md": outcome("2026-03-02-consultation", due),
        "2026-06-30-followup.md": followup(),
    }
    assert totals(files).get("按期办好的落实事项", 0) == in_time
    found = dated(files)
    assert (found.get(("有期限可比的", "2026"), 0), found.get(("按期办好的", "2026"), 0)) == (judged, in_time)


def test_the_last_state_of_a_measure_counts() -> None:
    again = {"2026-06-01-followup.md": followup(), "2026-06-02-followup.md": followup("behind")}
    assert totals(again) == {}
    assert ("办好的落实事项", "2026") not in dated(again)


def test_two_measures_are_two() -> None:
    files = {
        "2026-03-11-outcome.md": outcome("2026-03-02-consultation", line="m2"),
        "2026-06-30-followup.md": followup(),
        "2026-07-01-followup.md": followup(line="m2"),
    }
    assert totals(files) == {
        "落实事项": 2,
        "协商成果": 2,
        "没有登记决定的成果": 2,
        "办好的落实事项": 2,
        "按期办好的落实事项": 1,
    }


def publication(decision: str, date: str) -> str:
    why = "reason: 涉及个人隐私\n  " if decision == "withhold" else ""
    shown = "channels: [{kind: noticeboard}]\n" if decision == "publish" else ""
    return f"publication:\n  decision: {decision}\n  by: 村委会\n  {why}date: '{date}'\n  {shown}".rstrip() + "\n"


def test_what_was_decided_about_outcomes() -> None:
    of = "2026-03-02-consultation"
    published = {"2026-03-10-outcome.md": outcome(of, more=publication("publish", "2027-04-15"))}
    assert totals(published) == {"公布的成果": 1, "没有登记决定的成果": 0}
    assert dated(published) == {
        ("开展协商", "2026"): 1,
        ("开展协商", "2026-03"): 1,
        ("形成的成果", "2026"): 1,
        ("形成的成果", "2026-03"): 1,
        ("其中公布的", "2026"): 1,
        ("其中公布的", "2026-03"): 1,
        ("公布的成果", "2027-04"): 1,
    }
    withheld = f"---\n{publication('withhold', '2026-04-15')}---\n"
    found = made(START | {"2026-03-10-outcome.md": withheld.replace("---\n", f"---\nof: [{of}]\n", 1)})
    assert count_dossier(found, Parameters()).totals["不公布的成果"] == 1
    assert {k: n for k, n in dossier_period_counts(found, {}).items() if "公布" in k[0]} == {
        ("其中不公布的", "2026"): 1,
        ("其中不公布的", "2026-03"): 1,
    }


@pytest.mark.parametrize(
    ("day", "more", "held"),
    [
        ("2026-04-01", "", {"2026": 2, "2026-03": 1, "2026-04": 1}),
        ("2026-03-31", "", {"2026": 2, "2026-03": 2}),
        ("2025-12-31", "", {"2026": 1, "2026-03": 1, "2025": 1, "2025-12": 1}),
        ("2026-04-01", "times: 3\n", {"2026": 4, "2026-03": 1, "2026-04": 3}),
        ("2026-Q2", "", {"2026": 2, "2026-03": 1}),
        ("2026", "", {"2026": 2, "2026-03": 1}),
        ("XXXX", "", {"2026": 1, "2026-03": 1}),
        ("2026-04-01", "same_as: 990001/2026-001/2026-04-01-consultation\n", {"2026": 1, "2026-03": 1}),
    ],
)
def test_consultations_are_held_in_their_year_and_month(day: str, more: str, held: dict[str, int]) -> None:
    text = f"---\n{more}---\n" if more.startswith("same_as") else consultation(more)
    files = {f"{day}-consultation.md": text}
    found = dated(files)
    assert {period: n for (what, period), n in found.items() if what == "开展协商"} == held
    counted = count_dossier(made(START | files), Parameters())
    assert {str(year): n for year, n in counted.consultations.items() if year} == {
        y: n for y, n in held.items() if len(y) == 4
    }
    assert counted.totals["协商活动"] == 2


@pytest.mark.parametrize(
    ("files", "year", "held"),
    [
        ({}, 2026, {1, 2}),
        ({"2025-12-31-consultation.md": consultation()}, 2025, {1, 2}),
        ({"2026-05-01-consultation.md": consultation(about="progress")}, 2026, {1, 2, 3}),
        ({"2026-05-01-consultation.md": consultation(about="completion")}, 2026, {1, 2, 3}),
        ({"2026-06-30-followup.md": followup()}, 2026, {1, 2, 4}),
        ({"XXXX-consultation.md": consultation()}, 2026, {1, 2}),
    ],
)
def test_the_year_and_the_steps_of_a_dossier(files: dict[str, str], year: int, held: set[int]) -> None:
    found = count_dossier(made(START | files), Parameters())
    assert (found.year, found.steps, found.skipped) == (year, held, set())
    assert (found.id, found.platform) == (f"{VILLAGE}/2026-001", VILLAGE)


SKIPPED = "skipped: [{step: progress, reason: 短, by: 镇}, {step: evaluation, reason: 一户, by: 镇}]\n---\n"


@pytest.mark.parametrize(
    ("files", "skipped"),
    [({}, {3, 5}), ({"2026-05-01-consultation.md": consultation(about="progress")}, {5})],
    ids=["skipped", "held after all"],
)
def test_a_skipped_step_is_one_that_was_not_held(files: dict[str, str], skipped: set[int]) -> None:
    topic = START["topic.md"].replace("---\n", "", 1).replace("---\n", SKIPPED)
    assert count_dossier(made(START | {"topic.md": f"---\n{topic}"} | files), Parameters()).skipped == skipped


def test_a_topic_alone_is_of_the_year_of_its_number() -> None:
    found = count_dossier(made({"topic.md": START["topic.md"]}), Parameters())
    assert (found.year, found.steps, found.consultations, found.ballots) == (2026, {1}, {}, ())


BALLOTS = "{issued: 10, returned: 10, invalid: 1, satisfied: 5, basically_satisfied: 3, dissatisfied: 1}"
NONE_VALID = "{issued: 10, returned: 1, invalid: 1, satisfied: 0, basically_satisfied: 0, dissatisfied: 0}"
ONE_VALID = "{issued: 10, returned: 2, invalid: 1, satisfied: 1, basically_satisfied: 0, dissatisfied: 0}"


@pytest.mark.parametrize(
    ("ballots", "formula", "rated"),
    [
        (BALLOTS, "", ((9, 8),)),
        (BALLOTS, "satisfied_and_basic", ((9, 8),)),
        (BALLOTS, "satisfied", ((9, 5),)),
        (NONE_VALID, "", ()),
        (ONE_VALID, "", ((1, 1),)),
        ("unpublished", "", ()),
    ],
)
def test_ballots_are_rated_by_the_formula_in_force(
    ballots: str, formula: str, rated: tuple[tuple[int, int], ...]
) -> None:
    given = (
        [ParameterSetting(name="satisfaction_formula", value=formula, platform="990000", source="s")] if formula else []
    )
    files = START | {"2026-07-01-evaluation.yml": evaluation(ballots)}
    found = count_dossier(made(files), Parameters(given))
    assert found.ballots == rated
    assert found.totals["能复算的评议"] == len(rated)
    valid = {k: n for k, n in found.by_period.items() if k[0] not in ("开展协商", "形成的成果")}
    assert valid == {
        (what, period): n
        for period in ("2026", "2026-07")
        for what, n in (
            ("民主评议", 1),
            *(p for v, g in rated for p in (("能复算的评议", 1), ("有效票", v), ("满意票", g))),
        )
    }


@pytest.mark.parametrize(
    ("ballots", "threshold", "low"),
    [(BALLOTS, 0.8, 0), (BALLOTS, 0.9, 1), (NONE_VALID, 0.9, 0), (ONE_VALID, 1, 0), ("unpublished", 0.9, 0)],
)
def test_low_is_counted_from_ballots(ballots: str, threshold: float, low: int) -> None:
    for issued in (True, False):
        given = [
            ParameterSetting(name="low_satisfaction", value=threshold, platform="990000", source="s", issued=issued)
        ]
        found = count_dossier(made(START | {"2026-07-01-evaluation.yml": evaluation(ballots)}), Parameters(given))
        for period in ("2026", "2026-07"):
            assert found.by_period.get(("满意率低的评议", period), 0) == (low if issued else 0)


def test_corrections_are_counted_once_each() -> None:
    fix = (
        "of: topic\nchanges:\n  - {field: /title, from: 路灯, to: 灯}\n  - {field: /theme, from: 交通出行, to: 教育}\n"
        "reason: 错\napproved_by: 召集人\n"
    )
    assert totals({"2026-07-01-correction.yml": fix}) == {"更正": 1}


def test_a_second_round() -> None:
    again = "again: {because: low_satisfaction}\n"
    assert totals({"2026-07-01-consultation.md": consultation(again)}) == {"轮次": 2, "协商活动": 2}


def own(code: str, files: dict[str, str]) -> PlatformRecords:
    records = []
    for name, text in files.items():
        place = place_of(f"{folder_of(code)}/{name}")
        assert isinstance(place, Place), place
        record, problems = READER.parse(place, text.encode())
        assert record is not None, problems
        records.append(record)
    return compile_platform_records(code, records, lambda kind, raw: (None, ""))


@pytest.mark.parametrize(
    ("code", "since", "established", "in_time"),
    [
        ("990001", "2019-11-29", True, True),
        ("990001", "2019-11-30", True, True),
        ("990001", "2019-12-01", True, False),
        ("990001", "2019-11", True, True),
        ("990001", "2019-12", True, False),
        ("990001", "unpublished", False, False),
        ("990001", "", False, False),
        (VILLAGE, "2019-12-31", True, True),
        (VILLAGE, "2020-01-01", True, False),
    ],
)
def test_a_platform_was_set_up_in_time_on_the_last_day(code: str, since: str, established: bool, in_time: bool) -> None:
    text = "area: 某地\n" + (f"established: '{since}'\n" if since else "")
    found = count_platform(own(code, {"platform.yml": text}))
    assert (found.platform, found.established, found.in_time) == (code, established, in_time)


def test_opinions_and_plans_of_a_platform() -> None:
    opinion = "channel: visit\nfrom: resident\ntheme: 交通出行\nsummary: 暗\n"
    triage = "triage: {decision: decline, date: '2026-03-05', reason: 不属于民生事项}\n"
    plan = "items:\n  - {subject: 路灯, when: 2026-05}\n  - {subject: 桥, when: 2026-06, dropped: 不办}\n  - {subject: 路, when: unpublished}\n"
    files = {
        "platform.yml": "area: 某地\n",
        "opinions/2026-03-01.yml": opinion,
        "opinions/2026-03-02.yml": opinion,
        "opinions/2026-03-03.yml": opinion + triage,
        "plans/2026.yml": plan,
    }
    found = count_platform(own("990001", files))
    assert dict(found.opinions) == {"none": 2, "decline": 1}
    assert {k: n for k, n in found.plans_by_year.items() if n} == {("计划协商", "2026"): 2}


@pytest.mark.parametrize(
    ("scope", "counted"),
    [
        ("", 3),
        (f"{VILLAGE}/2026-001", 1),
        (VILLAGE, 1),
        (f"{VILLAGE}*", 1),
        (f"{VILLAGE}/*", 0),
        ("990001001*", 1),
        ("990001001", 0),
        ("990001", 2),
        ("990001*", 3),
        ("990001/*", 1),
        ("990000/*", 3),
        ("990002*", 0),
    ],
)
def test_figures_go_up_the_chain(scope: str, counted: int) -> None:
    dates = PeriodTotals([(f"{VILLAGE}/2026-001", {("开展协商", "2026"): 1}), ("990001", {("开展协商", "2026"): 2})])
    assert dates.count("开展协商", "2026", scope) == counted
    assert dates.count("开展协商", "2025", scope) == 0


@pytest.mark.parametrize(
    ("code", "scope", "within"),
    [
        ("990001", "", True),
        ("990001", "990001", True),
        ("990001", "990001*", True),
        ("990001", "990001/*", False),
        ("990001001", "990001/*", True),
        (VILLAGE, "990001/*", True),
        (VILLAGE, "990000*", True),
        (VILLAGE, "990001", False),
        ("990001", "990001001*", False),
        ("990002", "990001*", False),
    ],
)
def test_a_platform_is_within_a_scope(code: str, scope: str, within: bool) -> None:
    assert _in_scope(code, scope) is within


@pytest.mark.parametrize(
    ("rated", "shown"),
    [
        ([], ""),
        ([(0, 0)], ""),
        ([(1, 0)], "0%"),
        ([(3, 2)], "66.7%"),
        ([(10, 7), (10, 8)], "75%"),
        ([(1000, 1)], "0.1%"),
    ],
)
def test_a_rate_is_of_all_ballots_with_one_decimal(rated: list[tuple[int, int]], shown: str) -> None:
    assert _rate(rated) == shown
