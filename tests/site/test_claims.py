"""Every number is a door: what pages say of figures, days and states has a claim, a count, or a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
from made_records import COMPILED, FULL, SECRET, VILLAGE, WITHHELD
from made_register import pages_of
from made_source_links import lines, made_records, site_of
from page_reader import tree_of

from weimin.adapters.installation import theme_dir
from weimin.adapters.templates import environment
from weimin.records.pointers import value_at
from weimin.records.write import write
from weimin.site.page_types import TYPES

OF_ONE_FOLDER = ("platform", "dossier", "event", "projects", "plan", "guidance", "rulebook", "news", "prose")
OF_ALL = ("home", "reported-up", "network", "report", "bulletin")
"""Of the whole network; the lists have one template, which is known by the last of them."""

ADDRESS = "https://example.org"
MARKS = {"data-claim", "data-count"}
FIGURE = re.compile(r"(?<!A)\d")  # A4 is a size of paper
OUTCOME = f"content/network/990100/990101/990101001/990101001001/{FULL.partition('/')[2]}/2026-03-10-outcome.md"

WITHOUT: dict[str, str] = {
    "h1": "the title of a standing record: its name or the year in the name of its file",
    "caption": "a day that the plan sets",
    ".of-funnel>th": "the name of a row: a step and its number",
    ".of-times": "how long things took: worked out of many days, which stand in index.json",
    ".of-months>td": "what was planned for a month: the plans of the platforms have their own pages",
    ".of-months>th": "the name of a row: a month",
    ".of-funnel>td": "the share of a figure that stands beside it",
    "title": "what a picture says in words: its figures stand in it",
    "text": "the number of a step in a picture",
    "h2": "how many rows follow, or the year of the plan that follows",
    "h3": "how many rows follow",
    "dt": "the day for which a state is told: its value beside it has the claim",
    "del": "what stood before a correction: the value beside it has the claim",
    "code": "a name or a digest",
    "desc": "the address in a QR code",
    ".n": "the number of a step",
    ".no": "the number of a line in the record",
    ".rule": "the code of a rule, with a link to it",
    ".published": "the time of a commit, which the list at the end names",
    ".revisions": "the history: each entry has its commit",
    ".doors": "the list of records itself",
    ".filter": "a way to a narrower page, with how many rows stand on it",
    ".cite": "a citation for print: the words of the page",
    ".clause": "the prose of a rule book",
    ".notices": "what the trail has against the folder: with its rule",
    ".un": "nothing is recorded, made public or due: there is no place in a record to lead to",
    ".unseen": "a step of which nothing was recorded",
    ".ahead": "a step of which nothing was recorded",
    ".tags": "a row: its state was folded from all of the dossier, whose page has a claim for each step",
    ".below": "what is owed there: found by the rules, listed on that platform's page",
    ".where": "the code of a place",
    ".worked": "worked out of many days, or by the rules: how is said beside it, the days themselves stand in index.json",
    ".full": "what was done: the row leads to the measure, which has its claim",
    ".period": "up to which day the figures of the site count",
    ".chart>.by": "how many are not in the picture: the year beside it has them",
    ".late": "filed late: the history shows it",
    ".rows>a": "the title of a row: it is the link to its page",
    ".changes>li": "which line was corrected: the new value has the claim",
}


@pytest.fixture(scope="module")
def site() -> dict[str, bytes]:
    return site_of(environment(theme_dir()), (p for p in pages_of(base_url=ADDRESS) if p.template))


@pytest.fixture(scope="module")
def types() -> dict[str, str]:
    """Path → page type; prose and news have one template."""
    by_template = {t.template: name for name, t in TYPES.items()}
    return {p.path: by_template[p.template] for p in pages_of(base_url=ADDRESS) if p.template}


def marked(node: Element) -> bool:
    return bool(MARKS & set(node.attrib))


def says(node: Element, text: str | None) -> bool:
    """A figure, a day or a state stands in this text."""
    words = (text or "").strip()
    told = {"tag", "un", "label"} & set((node.get("class") or "").split())
    return bool(words) and (bool(FIGURE.search(words)) or node.tag == "time" or bool(told))


def bare(node: Element, path: tuple[Element, ...] = ()) -> Iterator[tuple[tuple[Element, ...], str]]:
    """What stands in a page with no claim on it or above it: the elements down to it, and its words."""
    path = (*path, node)
    if marked(node):
        return
    if says(node, node.text):
        yield path, (node.text or "").strip()
    for child in node:
        yield from bare(child, path)
        if FIGURE.search(child.tail or ""):
            yield path, (child.tail or "").strip()


def reasons(path: tuple[Element, ...]) -> set[str]:
    """The rows of the table above that hold for an element."""
    names = [{node.tag.rpartition("}")[2], *(f".{c}" for c in (node.get("class") or "").split())} for node in path]
    here, within = names[-1], set().union(*names)
    held = {key for key in WITHOUT if key in (here if not key.startswith(".") else within)}
    pairs = (key.split(">") for key in WITHOUT if ">" in key)
    return held | {f"{over}>{own}" for over, own in pairs if over in within and own in here}


def test_every_figure_day_and_state_is_a_door_or_has_a_reason(site, types):
    used: set[str] = set()
    doors = 0
    for path, content in site.items():
        if types[path] not in (*OF_ONE_FOLDER, *OF_ALL):
            continue
        main = next(node for node in tree_of(content).iter("main"))
        doors += sum(1 for node in main.iter() if marked(node))
        for elements, words in bare(main):
            found = reasons(elements)
            assert found, f"{path}: {' > '.join(e.tag for e in elements)}: {words}"
            used |= found
    assert doors > 300
    assert {key for key in WITHOUT if key not in used} == set()


def test_a_planted_figure_is_found():
    page = tree_of(
        b"<!doctype html><meta charset=utf-8><title>x</title><main><p>3</p><p data-claim='a#'>4<b>5</b></p><time>x</time></main>"
    )
    main = next(node for node in page.iter("main"))
    assert [words for _, words in bare(main)] == ["3", "x"]
    assert reasons((main, next(main.iter("p")))) == set()


def claims(content: bytes) -> list[Element]:
    return [node for node in tree_of(content).iter() if node.get("data-claim") is not None]


def marks(content: bytes) -> list[tuple[Element, str, str]]:
    """Every claim of the own folder with the number of its record, which the one before it may have told, and its line."""
    found: list[tuple[Element, str, str]] = []
    for node in claims(content):
        number, _, line = (node.get("data-at") or "-").partition(":")
        if number != "-":
            found.append((node, number or found[-1][1], line))
    return found


def test_every_claim_of_a_page_has_its_record_and_its_line(site, types):
    """Line for line: what stands there is the field that the claim names."""
    by_path = {r.place.path: r for r in made_records()}
    seen = 0
    for path, content in site.items():
        listed = [n for n in tree_of(content).iter("li") if (n.get("id") or "").startswith("src-")]
        for node, number, line in marks(content):
            where = node.get("data-at")
            record = by_path[
                "".join(next(n for n in listed[int(number) - 1].iter() if n.get("class") == "file").itertext())
            ]
            source, _, pointer = (node.get("data-claim") or "").partition("#")
            if line and record.place.path == source:
                assert int(line) == lines()(source, pointer), (path, where)
                assert value_at(record.raw, pointer) != () or pointer == "/body", (path, pointer)
            seen += 1
    assert seen > 250


def test_claims_of_the_own_folder_are_all_numbered(site, types):
    for path, content in site.items():
        if types[path] in ("dossier", "event", "projects", "plan", "guidance", "rulebook", "news"):
            assert [n.get("data-claim") for n in claims(content) if n.get("data-at") is None] == [], path


def test_the_line_is_that_of_the_file():
    record = next(r for r in made_records() if r.place.path == OUTCOME)
    text = write("outcome", record.raw, record.body).split("\n")
    for pointer, words in {
        "/measures/0/due": 'due: "2026-06-30"',
        "/measures/1/unit": "unit:",
        "/publication": "publication:",
        "/body": "六月底以前装好十五盏。",
    }.items():
        assert text[lines()(OUTCOME, pointer) - 1].strip().startswith(words), pointer
    assert lines()("content/none.md", "/title") == 0


def test_a_corrected_value_stands_in_its_correction(site):
    page = site[f"{FULL}/index.html"]
    found = (m for m in marks(page) if m[0].get("data-claim") == f"{OUTCOME}#/measures/1/due")
    _, number, line = next(found)
    listed = next(n for n in tree_of(page).iter("li") if n.get("id") == f"src-{number}")
    file = "".join(next(n for n in listed.iter() if n.get("class") == "file").itertext())
    assert file.endswith("2026-11-21-correction.yml")
    assert int(line) == lines()(file, "/changes/0/to")
    assert "measures.due=完成期限" in (listed.get("data-words") or "")


def test_the_list_names_record_commit_and_day(site):
    page = tree_of(site[f"{FULL}/2026-03-02-consultation.html"])
    listed = ["".join(n.itertext()) for n in page.iter("li") if (n.get("id") or "").startswith("src-")]
    assert any("2026年3月2日协商活动" in words and "提交" in words and "2026年5月2日" in words for words in listed)
    assert any(n.get("href") == f"/{FULL}/index.json" for n in page.iter("a"))


def test_the_list_leads_to_the_file_at_the_forge():
    env = environment(theme_dir())
    from weimin.model.kinds.site import Forge

    for kind, part in {
        "github": "/blob/{c}/content/",
        "gitlab": "/-/blob/{c}/content/",
        "gitea": "/src/commit/{c}/content/",
        "forgejo": "/src/commit/{c}/content/",
        "gitee": "/blob/{c}/content/",
    }.items():
        forge = Forge(kind=kind, url="https://forge.example.org/a/b.git")
        page = next(p for p in pages_of(forge=forge) if p.path == f"{FULL}/2026-03-02-consultation.html")
        content = site_of(env, [page])[page.path]
        files = [n.get("href", "") for n in tree_of(content).iter("a") if n.get("class") == "file"]
        assert files
        for href in files:
            assert re.match("https://forge.example.org/a/b" + part.replace("{c}", "[0-9a-f]{40}"), href), href


def test_a_row_of_a_list_claims_what_the_page_it_leads_to_claims(site):
    """So the page behind a row can say line and commit of its values."""
    rows = 0
    for content in site.values():
        for row in (n for n in tree_of(content).iter("li") if "row" in (n.get("class") or "").split()):
            link = next(row.iter("a")).get("href", "").partition("#")[0].removeprefix("/")
            target = link + "index.html" if link.endswith("/") else link
            there = {n.get("data-claim") for n in claims(site[target]) if n.get("data-at")}
            own = {n.get("data-claim") for n in row.iter() if n.get("data-claim")}
            assert own <= there, (target, own - there)
            rows += len(own)
    assert rows


def test_nothing_withheld_is_in_the_list(site):
    for path in (f"{WITHHELD}/index.html", f"{WITHHELD}/2026-04-10-outcome.html"):
        assert SECRET not in site[path].decode()
        assert b"measures" not in site[path]


def test_without_history_the_list_has_no_commit(site):
    page = tree_of(site[f"{COMPILED}/index.html"])
    listed = ["".join(n.itertext()) for n in page.iter("li") if (n.get("id") or "").startswith("src-")]
    assert listed
    assert not any("提交" in words for words in listed)


def test_prose_that_speaks_of_claims_is_left_alone():
    from weimin.site.source_links import SourceLink, SourceLinks, with_line_marks

    doors = SourceLinks(records={"a.md": SourceLink(path="a.md", kind="topic", name="议题", href="/")})
    html = b'<p>he wrote data-claim="a.md#/title" here</p><b title="1 data-claim=x">x</b><i class="c" data-claim="a.md#/title">y</i>'
    marked_, listed = with_line_marks(html, doors, lambda path, pointer: 3, {"topic.title": "标题"})
    assert marked_ == html.replace(
        b'<i class="c" data-claim="a.md#/title"', b'<i class="c" data-claim="a.md#/title" data-at="1:3"'
    )
    assert [row.words for row in listed] == ["title=标题"]


def test_a_page_without_claims_stays_as_it_is(site):
    assert b"source_links" not in site["404.html"]
    assert b'id="src-1"' in site[f"{VILLAGE}/index.html"]
