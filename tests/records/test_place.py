"""Path ↔ identity: round trip, and a helpful message for every path that has no place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weimin.model.finding import Problem
from weimin.model.place import Place
from weimin.records.kinds import EVENTS, KINDS
from weimin.records.place import folder_of, path_of, place_of, stem_of

CITY, COUNTY, TOWN, VILLAGE = "321300", "321302", "321302001", "321302001004"
V = f"content/network/{CITY}/{COUNTY}/{TOWN}/{VILLAGE}/"
D = V + "2026-001/"

GOOD = {
    "content/site.yml": ("site", "site"),
    "content/pages/about.md": ("page", "about"),
    "content/news/spring-training.md": ("news", "spring-training"),
    "content/network/signers": ("signers", "signers"),
    f"content/network/{CITY}/platform.yml": ("platform", "platform"),
    f"content/network/{CITY}/321371/platform.yml": ("platform", "platform"),
    f"content/network/{CITY}/exemptions.yml": ("exemptions", "exemptions"),
    V + "rules/house.md": ("rule", "house"),
    V + "projects/2026.yml": ("projects", "2026"),
    V + "projects/2026-draft.yml": ("projects", "2026-draft"),
    V + "projects/2026-draft-2.yml": ("projects", "2026-draft-2"),
    V + "plans/2026.yml": ("plan", "2026"),
    V + "opinions/2026-02-10.yml": ("opinion", "2026-02-10"),
    V + "opinions/2026-02-10-2.yml": ("opinion", "2026-02-10-2"),
    V + "opinions/2026-02.yml": ("opinion", "2026-02"),
    V + "opinions/2026-02-10-2-correction.yml": ("correction", "2026-02-10-2-correction"),
    V + "guidance/2026-03-01.md": ("guidance", "2026-03-01"),
    D + "topic.md": ("topic", "topic"),
    D + "2026-03-02-consultation.md": ("consultation", "2026-03-02-consultation"),
    D + "2026-12-01-consultation-2.md": ("consultation", "2026-12-01-consultation-2"),
    D + "by-2026-03-02-outcome.md": ("outcome", "by-2026-03-02-outcome"),
    D + "2026-Q1-response.md": ("response", "2026-Q1-response"),
    D + "2026-H2-followup.md": ("followup", "2026-H2-followup"),
    D + "2026-evaluation.yml": ("evaluation", "2026-evaluation"),
    D + "XXXX-03-02-consultation.md": ("consultation", "XXXX-03-02-consultation"),
    D + "2027-01-05-correction.yml": ("correction", "2027-01-05-correction"),
    V + "2026-1000/topic.md": ("topic", "topic"),
    D + "attachments/site-before.jpg": ("attachment", "site-before.jpg"),
}


@pytest.mark.parametrize("path", GOOD)
def test_a_place_is_read_and_written_back(path: str) -> None:
    place = place_of(path)
    assert isinstance(place, Place), place
    assert (place.kind, place.stem) == GOOD[path]
    assert path_of(place.kind, platform=place.platform, dossier=place.dossier, stem=place.stem) == path


def test_all_kinds_have_a_good_path() -> None:
    assert {kind for kind, _ in GOOD.values()} == set(KINDS)


def test_what_a_place_says() -> None:
    place = place_of(D + "2026-Q1-consultation-12.md")
    assert isinstance(place, Place)
    assert (place.platform, place.dossier, place.number) == (VILLAGE, f"{VILLAGE}/2026-001", 12)
    assert place.on is not None
    assert place.on.text == "2026-Q1"
    assert place.ref == f"{VILLAGE}/2026-001/2026-Q1-consultation-12"
    opinion = place_of(V + "opinions/2026-02-10-3.yml")
    assert isinstance(opinion, Place)
    assert (opinion.ref, opinion.number, opinion.dossier) == (f"{VILLAGE}/opinions/2026-02-10-3", 3, None)


BAD = {
    "README.md": "记录都放在 content/ 下",
    "content/network": "content/ 下直接放的只有 site.yml",
    "content/site.yaml": "改名为 site.yml",
    "content/page/about.md": "content/ 下的文件夹是 network、pages、news",
    "content/pages/deep/about.md": "直接放在 content/pages/ 下",
    f"content/network/{COUNTY}/platform.yml": f"移到 content/network/{CITY}/{COUNTY}/platform.yml",
    f"content/network/{CITY}/{TOWN}/platform.yml": f"移到 content/network/{CITY}/{COUNTY}/{TOWN}/platform.yml",
    f"content/network/{CITY}/321402/platform.yml": "“321402”的上级是 321400，却放在 321300 下",
    f"content/network/{CITY}/{COUNTY}/{TOWN}/{TOWN}000/platform.yml": f"九位代码 {TOWN}",
    V + "2026-1/topic.md": f"移到 {D}topic.md",
    V + "2026-0001/topic.md": f"移到 {D}topic.md",
    V + "2026-000/topic.md": "从 001 起",
    V + "1/topic.md": "2026-001",
    V + "opinion/2026-02-10.yml": f"移到 {V}opinions/2026-02-10.yml",
    V + "opinions/2026-02-30.yml": "社情民意的文件名如 2026-02-10.yml",
    V + "opinions/20260210.yml": "改名为 2026-02-10.yml",
    V + "opinions/2026-02-10-1.yml": "社情民意的文件名如",
    V + "plans/2026.yaml": "改名为 2026.yml",
    V + "projects/2026-draft-1.yml": "为民办实事项目清单的文件名如",
    V + "rules/House.md": "改名为 house.md",
    V + "topic.md": "卷宗里",
    V + ".gitkeep": "空文件夹不用占位",
    D + "topic.yml": "改名为 topic.md",
    D + "Topic.md": "改名为 topic.md",
    D + "议题.md": "改名为 topic.md",
    D + "2026-3-2-consultation.md": "改名为 2026-03-02-consultation.md",
    D + "20260302-outcome.md": "改名为 2026-03-02-outcome.md",
    D + "2026-02-30-consultation.md": "日期写成",
    D + "2026-03-02-consultaton.md": "改名为 2026-03-02-consultation.md",
    D + "2026-03-02-协商.md": "改名为 2026-03-02-consultation.md",
    D + "consultation-2026-03-02.md": "改名为 2026-03-02-consultation.md",
    D + "2026-03-02 consultation.md": "改名为 2026-03-02-consultation.md",
    D + "2026-03-02-consultation-02.md": "改名为 2026-03-02-consultation-2.md",
    D + "2026-q1-consultation.md": "改名为 2026-Q1-consultation.md",
    D + "2026-03-02-evaluation.md": "改名为 2026-03-02-evaluation.yml",
    D + "outcome.md": "日期-种类",
    D + "2026-03-02-opinion.yml": "社情民意放在平台的 opinions/ 下",
    D + "photo.jpg": f"移到 {D}attachments/photo.jpg",
    D + "attachments/photo.JPG": "改名为 photo.jpg",
    D + "attachments/photo.jpeg": "改名为 photo.jpg",
    D + "attachments/a/photo.jpg": "不再分文件夹",
    D + "attachments/现场.jpg": "小写英文字母",
    D + "con.md": "换一个名称",
    D + "-x.md": "小写英文字母",
    D + "x\ny.md": "小写英文字母",
    D + "../../platform.yml": "小写英文字母",
}


@pytest.mark.parametrize("path", BAD)
def test_a_path_without_a_place_gets_a_suggestion(path: str) -> None:
    problem = place_of(path)
    assert isinstance(problem, Problem)
    assert problem.code == "F108"
    assert BAD[path] in problem.hint + problem.message
    assert problem.message.isprintable()


@pytest.mark.parametrize("name", ["conftest.py", ".gitattributes", ".mailmap", "x.pkl"])
def test_control_files_are_refused(name: str) -> None:
    problem = place_of(D + name)
    assert isinstance(problem, Problem)
    assert problem.code == "F114"


CODES = st.sampled_from([CITY, COUNTY, "321371", TOWN, VILLAGE])
NUMBERS = st.integers(2, 999)
DATES = st.one_of(
    st.dates().filter(lambda d: 1900 <= d.year <= 2200).map(lambda d: d.isoformat()),
    st.sampled_from(["2026-03", "2026-Q4", "2026-H1", "2026", "by-2026-03-02", "XXXX", "XXXX-02", "XXXX-02-29"]),
)
DOSSIERS = st.tuples(CODES, st.integers(1900, 2199), st.integers(1, 9999)).map(lambda t: f"{t[0]}/{t[1]}-{t[2]:03d}")


@given(st.sampled_from(EVENTS[1:]), DOSSIERS, DATES, st.just(1) | NUMBERS)
def test_events_round_trip(kind: str, dossier: str, on: str, number: int) -> None:
    stem = stem_of(kind, on, number)
    place = place_of(path_of(kind, dossier=dossier, stem=stem))
    assert isinstance(place, Place)
    assert (place.kind, place.dossier, place.stem, place.number) == (kind, dossier, stem, number)
    assert place.on is not None
    assert place.on.text == on


@given(st.sampled_from(["opinion", "guidance"]), CODES, DATES.filter(lambda d: len(d) > 7), st.just(1) | NUMBERS)
def test_dated_records_of_a_platform_round_trip(kind: str, code: str, on: str, number: int) -> None:
    place = place_of(path_of(kind, platform=code, stem=stem_of(kind, on, number)))
    assert isinstance(place, Place)
    assert (place.kind, place.platform, place.number) == (kind, code, number)


def test_a_number_that_would_read_as_a_day_is_refused() -> None:
    with pytest.raises(ValueError, match="2026-02-30"):
        path_of("opinion", platform=VILLAGE, stem=stem_of("opinion", "2026-02", 30))


def test_a_wrong_place_is_no_path() -> None:
    with pytest.raises(ValueError, match="topic"):
        path_of("topic", platform=VILLAGE)
    with pytest.raises(ValueError, match="consultation"):
        path_of("consultation", dossier=f"{VILLAGE}/2026-001", stem="2026-02-30-consultation")


def test_folders_are_nested() -> None:
    assert folder_of(VILLAGE) == V
    assert folder_of(CITY) == f"content/network/{CITY}/"


PARTS = [
    "content",
    "network",
    "pages",
    "321300",
    "321302",
    "2026-001",
    "topic.md",
    "opinions",
    "2026.yml",
    "附件",
    ".",
    "",
]


@given(st.lists(st.sampled_from(PARTS) | st.text(max_size=12), max_size=8).map("/".join))
def test_any_text_is_a_place_or_a_problem(path: str) -> None:
    found = place_of(path)
    if isinstance(found, Place):
        assert found.path == path
    else:
        assert found.code in ("F108", "F114")
        assert found.hint
        assert found.message.isprintable()
