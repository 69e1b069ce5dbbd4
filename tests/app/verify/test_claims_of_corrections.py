"""A claim leads to the commit that first said it: the record's own, or that of the correction which gave the value."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders.repository import Files, Repository, make_repo
from weimin.adapters.git import head
from weimin.adapters.objects import Snapshot
from weimin.app.verify.claims import Claim, ClaimChecker, ClaimFault, _covers, claims_in
from weimin.demo import AS_OF
from weimin.engine.register import Register

AT = "content/network/990000/990001/990001001/990001001001"
ONE = f"{AT}/2026-001"
HELD, AGREED = f"{ONE}/2026-03-02-consultation.md", f"{ONE}/2026-03-10-outcome.md"
TOPIC = "---\ntitle: 路灯\ntheme: 交通出行\nsources: [{from: residents}]\n---\n\n背景。\n"
CONSULTATION = "---\nabout: selection\nmethods: [{kind: meeting, place: 村部}]\n---\n"
OUTCOME = "---\nof: [2026-03-02-consultation]\nmeasures: [{id: m1, text: 装灯, unit: 镇, due: '2026-06-30'}]\n---\n"


def fix(of: str, *changes: str) -> str:
    return f"of: {of}\nchanges:\n" + "".join(f"  - {c}\n" for c in changes) + "reason: 错\napproved_by: 召集人\n"


STEPS: list[Files] = [
    {
        "content/site.yml": "title: 样例\n",
        f"{AT}/platform.yml": "area: 某村\n",
        f"{ONE}/topic.md": TOPIC,
        HELD: CONSULTATION,
    },
    {AGREED: OUTCOME},
    {
        f"{ONE}/2026-06-01-correction.yml": fix(
            "2026-03-02-consultation", "{field: /date, from: '2026-03-02', to: '2026-03-03'}"
        )
    },
    {f"{ONE}/2026-06-02-correction.yml": fix("2026-03-10-outcome", "{field: /measures/0/unit, from: 镇, to: 县}")},
    {f"{ONE}/2026-06-03-correction.yml": fix("2026-03-10-outcome", "{field: /measures/0/unit, from: 县, to: 市}")},
    {f"{AT}/platform.yml": "area: 某村\nbrand: 议事\n"},
    {f"{AT}/platform.yml": "area: 某庄\nbrand: 议事\n"},
    {f"{AT}/platform.yml": "area: 某村\nbrand: 议事\n"},
]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_repo(tmp_path_factory.mktemp("claims") / "repo", STEPS).root


@pytest.fixture
def claims(repository: Path) -> ClaimChecker:
    commit = head(repository)
    return ClaimChecker(Register(Snapshot(repository, repository, commit)), commit, AS_OF)


@pytest.mark.parametrize(
    ("source", "step"),
    [
        (f"{HELD}#/date", 2),
        (f"{HELD}#", 2),
        (f"{HELD}#/about", 0),
        (f"{HELD}#/body", 0),
        (f"{AGREED}#/date", 1),
        (f"{AGREED}#", 1),
        (f"{AGREED}#/measures/0/unit", 4),
        (f"{AGREED}#/measures/0/text", 1),
        (f"{AGREED}#/measures/0", 1),
        (f"{ONE}/topic.md#/title", 0),
        (f"{AT}/platform.yml#/brand", 5),
        (f"{AT}/platform.yml#/area", 7),
        (f"{AT}/platform.yml#", 0),
        (f"{AGREED}#/consensus", None),
        (f"{AGREED}#/measures/0/upkeep", None),
        (f"{AGREED}", None),
        (f"{ONE}/2026-09-09-outcome.md#/date", None),
    ],
)
def test_the_commit_that_first_said_it(claims: ClaimChecker, repository: Path, source: str, step: int | None) -> None:
    commits = Repository(repository).git("log", "--format=%H", "--reverse").split()
    assert claims.first_commit(source) == ("" if step is None else commits[step])


@pytest.mark.parametrize(
    ("field", "pointer", "covers"),
    [
        ("/date", "/date", True),
        ("/date", "", True),
        ("/about", "", False),
        ("/measures/0", "/measures/0", True),
        ("/measures/0", "/measures/0/unit", True),
        ("/measures/0", "/measures/01", False),
        ("/measures/0/unit", "/measures/0", False),
    ],
)
def test_a_correction_covers_its_field_and_what_is_in_it(field: str, pointer: str, covers: bool) -> None:
    assert _covers(field, pointer) is covers


def page(*claims: tuple[str, str], mark: str = "data-claim") -> bytes:
    return "".join(f'<p {mark}="{source}">{text}</p>\n' for source, text in claims).encode()


GOOD = (f"{ONE}/topic.md#/title", "路灯")
OTHER = (f"{AGREED}#/measures/0/unit", "市")


def messages(claims: ClaimChecker) -> list[str]:
    return [bad.message for bad in claims.summary().faults]


def test_what_a_page_says_and_its_record_gives(claims: ClaimChecker, repository: Path) -> None:
    claims.check_page("a.html", page(GOOD, OTHER, GOOD), page(GOOD, OTHER, GOOD))
    claims.check_page("b.json", page(("x", "y")), page(("x", "y")))
    claims.check_page("b.html", page(GOOD), page(GOOD))
    found = claims.summary()
    assert (found.elements, found.values, found.records, found.commits, found.recounted) == (4, 2, 2, 2, 0)
    assert found.faults == ()


def test_another_text_is_named_with_its_commit(claims: ClaimChecker) -> None:
    claims.check_page("a.html", page(GOOD, (OTHER[0], "省")), page(GOOD, OTHER))
    first = claims.first_commit(OTHER[0])[:10]
    assert messages(claims) == [
        f"a.html:2：标着出处“{OTHER[0]}”的内容写成“省”，按记录应为“市”；这个值最早见于提交 {first}"
    ]


def test_what_is_there_too_often_or_not_at_all(claims: ClaimChecker) -> None:
    claims.check_page("a.html", page(GOOD, GOOD, OTHER, OTHER), page(GOOD, OTHER, ("content/site.yml#/title", "样例")))
    assert [(b.claim.source, b.description) for b in claims.faults] == [
        (GOOD[0], "“路灯”按记录不该有"),
        (OTHER[0], "“市”按记录不该有"),
        ("content/site.yml#/title", "“样例”在网站上不见了"),
    ]


def test_a_claim_that_leads_nowhere_is_named_each_time(claims: ClaimChecker) -> None:
    for name in ("a.html", "b.html"):
        claims.check_page(name, page(("nowhere#", "x" * 41)), page(("nowhere#", "x" * 41)))
    shown = "x" * 39 + "…"
    assert messages(claims) == [
        f"{name}:1：标着出处“nowhere#”的内容“{shown}”查不到：提交里没有这份记录或这一项"
        for name in ("a.html", "b.html")
    ]
    assert claims.summary().values == 0


def test_counts_are_counted_again(claims: ClaimChecker) -> None:
    shown = page(("卷宗", "1件"), ("卷宗", "2件"), ("满意率", "5%"), ("云", "3"), mark="data-count")
    claims.check_page("a.html", shown, shown)
    assert claims.summary().recounted == 4
    assert [bad.description for bad in claims.faults] == [
        "“2件”与记录不符，重新数是 1",
        "“5%”与记录不符，重新数是 没有",
        "“3”没有写明数的是什么",
    ]


@pytest.mark.parametrize(("length", "shown"), [(39, "x" * 39), (40, "x" * 40), (41, "x" * 39 + "…")])
def test_a_text_is_cut_at_forty(claims: ClaimChecker, length: int, shown: str) -> None:
    claims.check_page("a.html", page(("nowhere#", "x" * length)), page(("nowhere#", "x" * length)))
    assert claims.faults[0].description.startswith(f"“{shown}”查不到")


@pytest.mark.parametrize(
    "tag", ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
def test_an_element_without_content_ends_at_once(tag: str) -> None:
    html = f'<p data-claim="a#">1<{tag} data-claim="b#">2</p>3'.encode()
    assert [(c.source, c.text) for c in claims_in("x", html)] == [("a#", "12"), ("b#", "")]


def test_an_end_that_nothing_opened_ends_nothing() -> None:
    html = b'<div data-claim="a#">1</p><p>2<b>3</div>4</b>'
    assert [(c.source, c.text) for c in claims_in("x", html)] == [("a#", "123")]
    assert [c.line for c in claims_in("x", b'\n\n<p data-claim="a#">')] == [3]
    assert claims_in("x", b"\xff<p data-count='a'>\xff</p>", "data-count")[0].text == "\ufffd"


def test_a_message_without_a_commit() -> None:
    bad = ClaimFault(claim=Claim(page="p", line=2, source="s", text="t"), description="不对")
    assert bad.message == "p:2：标着出处“s”的内容不对"
