"""Every figure leads to a record, a field in it and a commit; a page that shows something else is named."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from published_demo import CORRECTED, Demo, copied, small
from published_demo import city as released_city
from small_register import AT, ONE, Ran

from weimin.adapters.git import head
from weimin.adapters.objects import Snapshot
from weimin.app.verify.claims import ClaimChecker, claims_in
from weimin.cli.main import main
from weimin.demo import AS_OF
from weimin.engine.register import Register
from weimin.records.pointers import value_at

PAGE = "990101001001/2026-001/index.html"


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Demo:
    return small(tmp_path_factory.mktemp("claims"))


@pytest.fixture
def site(demo, tmp_path) -> Path:
    return copied(demo.site, tmp_path / "site")


@pytest.fixture
def verify(demo, capsys) -> Callable[..., Ran]:
    def run(source: object, root: Path = demo.root) -> Ran:
        capsys.readouterr()
        code = main(["verify", str(source), "--root", str(root), "--jobs", "1", "--claims"])
        return Ran(code, *capsys.readouterr())

    return run


@pytest.fixture
def claims(demo) -> ClaimChecker:
    commit = head(demo.root)
    return ClaimChecker(Register(Snapshot(demo.root, demo.root, commit)), commit, AS_OF)


@pytest.mark.slow
def test_every_claim_of_a_whole_city_is_resolved(verify):
    """And the site is, byte for byte, what its commit gives."""
    city = released_city()
    said = verify(city.site, city.root)
    assert said.code == 0
    assert "逐字节相同" in said.out
    elements = int(said.out.partition("标有出处的内容 ")[2].partition(" ")[0])
    marked = sum(p.read_bytes().count(b"data-claim=") for p in city.site.resolve().rglob("*.html"))
    assert elements == marked > 5000
    assert "全部相符" in said.out


@pytest.mark.parametrize("figure", ["30", "20"])
def test_a_number_that_was_changed_is_named_with_page_line_and_claim(site, verify, figure):
    page = site / PAGE
    text = page.read_text(encoding="utf-8")
    claim = next(c for c in claims_in(PAGE, text.encode()) if figure in c.text)
    lines = text.split("\n")
    marked = f'data-claim="{claim.source}"'
    shown = re.compile(rf"({re.escape(marked)}[^>]*>[^<]*?){figure}")
    at = next(n for n, line in enumerate(lines) if n + 1 >= claim.line and shown.search(line))
    lines[at] = shown.sub(rf"\g<1>9{figure[1:]}", lines[at], count=1)
    page.write_text("\n".join(lines), encoding="utf-8")
    said = verify(site)
    assert said.code == 1
    named = next(line for line in said.out.splitlines() if line.startswith(f"{PAGE}:{at + 1}：标着出处"))
    assert f"“{claim.source}”" in named
    assert f"按记录应为“{claim.text}”" in named
    assert "这个值最早见于提交" in named


def test_what_a_page_claims_and_what_it_leaves_out_is_named(site, verify):
    page = site / PAGE
    text = page.read_text(encoding="utf-8")
    claim = claims_in(PAGE, text.encode())[-1]
    page.write_text(text.replace(f'data-claim="{claim.source}"', "", 1), encoding="utf-8")
    said = verify(site)
    assert (said.code, "在网站上不见了" in said.out) == (1, True)
    page.write_text(text.replace("</body>", f'<b data-claim="{claim.source}">99</b></body>'), encoding="utf-8")
    said = verify(site)
    assert "“99”按记录不该有" in said.out, said.out


def shown(source: str) -> bytes:
    return f'<p><span data-claim="{source}">x</span></p>'.encode()


@pytest.mark.parametrize(
    "source",
    [
        f"{ONE}/topic.md#/nothing",
        f"{ONE}/2026-03-10-outcome.md#/measures/1/text",
        f"{ONE}/2026-03-10-outcome.md#/measures/-1/text",
        f"{ONE}/2026-09-09-outcome.md#/consensus",
        f"{ONE}/topic.md",
        "content/../.git/config#",
        "",
        "#",
    ],
)
def test_a_claim_that_leads_nowhere_is_named(claims, source):
    claims.check_page("a.html", shown(source), shown(source))
    summary = claims.summary()
    assert [b.claim.source for b in summary.faults] == [source]
    assert "查不到" in summary.faults[0].message
    assert "a.html:1" in summary.faults[0].message


def commit_of(demo: Demo, path: str, which: int = 0) -> str:
    """The commits that changed a file, the oldest first."""
    return demo.repository.git("log", "--format=%H", "--reverse", "--", path).split()[which]


def test_the_commit_is_the_one_that_first_said_it(demo, claims):
    platform = f"{AT}/platform.yml"
    assert len(demo.repository.git("log", "--format=%H", "--", platform).split()) == 2
    sources = {
        f"{platform}#/area": commit_of(demo, platform),
        f"{platform}#/brand": commit_of(demo, platform, 1),
        f"{platform}#": commit_of(demo, platform),
        f"{ONE}/topic.md#/title": commit_of(demo, f"{ONE}/topic.md"),
        f"{ONE}/2026-03-10-outcome.md#/consensus": commit_of(demo, f"{ONE}/2026-03-10-outcome.md"),
        f"{ONE}/2026-03-10-outcome.md#/measures/0/text": commit_of(demo, CORRECTED),
    }
    assert {source: claims.first_commit(source) for source in sources} == sources


def test_claims_are_read_as_a_browser_reads_them():
    html = (
        b'<!doctype html>\n<p data-claim="a#/b">1 <b>2</b><br> 3\n 4</p>\n'
        b'<li data-claim="c#"><span data-claim="d#">&lt;5&gt;</span> 6</li><img data-claim="e#" alt="7">'
    )
    found = [(c.line, c.source, c.text) for c in claims_in("x.html", html)]
    assert found == [(2, "a#/b", "1 2 3 4"), (4, "c#", "<5> 6"), (4, "d#", "<5>"), (4, "e#", "")]
    assert claims_in("x.html", b"<p>1</p>") == []


def test_pointers_follow_rfc_6901():
    raw = {"a": [{"b/c": 1, "d~e": 2}], "": 3, "none": None}
    assert value_at(raw, "/a/0/b~1c") == 1
    assert value_at(raw, "/a/0/d~0e") == 2
    assert value_at(raw, "/") == 3
    assert value_at(raw, "/none") is None
    for absent in ("/a/1", "/a/-", "/b", "/a/0/b~1c/x", "/a/１"):
        assert value_at(raw, absent) == ()
