"""docs/reference/ is equal to what the program says: the generated parts byte for byte, the written ones by name.

The generated parts are refreshed by `./scripts/reference`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import reference_docs
from reference_pages.markdown import Fault, replace_parts, table, text
from reference_pages.meanings import meanings
from weimin.model.codes import CODES
from weimin.records.kinds import KINDS
from weimin.records.place import place_of

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "reference"
REFRESH = "run ./scripts/reference and read the difference"
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
CITED = re.compile(r"docs/reference/(\w+\.md)(?:, \"([^\"]+)\")?")
VARIABLE = re.compile(r"[\"'](WEIMIN_[A-Z_]+|NO_COLOR|XDG_[A-Z_]+|GIT_(?:DIR|INDEX_FILE|WORK_TREE))[\"']")


def page(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")


@pytest.mark.parametrize("name", reference_docs.PARTS)
def test_the_generated_parts_are_what_the_program_says(name):
    assert reference_docs.refreshed(name, page(name)) == page(name), f"docs/reference/{name} is out of date: {REFRESH}"


@pytest.mark.parametrize("name", reference_docs.PARTS)
def test_the_parts_do_not_depend_on_the_machine(name, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("LANGUAGE", "de")
    monkeypatch.setattr("os.cpu_count", lambda: 97)
    assert reference_docs.refreshed(name, page(name)) == page(name)


def test_no_page_is_without_its_place():
    assert {path.name for path in FOLDER.iterdir()} == {*reference_docs.PARTS, "site.md"}
    assert all(f"docs/reference/{path.name}" in (ROOT / "README.md").read_text("utf-8") for path in FOLDER.iterdir())


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.name)
def test_links_lead_somewhere(path):
    for target in LINK.findall(path.read_text("utf-8")):
        name, _, anchor = target.partition("#")
        file = (path.parent / name) if name else path
        assert file.exists(), target
        if anchor:
            assert anchor in anchors(file.read_text("utf-8")), target


def anchors(content: str) -> set[str]:
    """The ids that a forge gives to headings: small letters, blanks as hyphens, no punctuation."""
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in HEADING.findall(content)}


def test_every_environment_variable_is_in_the_interface():
    modules = [path.read_text("utf-8") for path in sorted((ROOT / "plugins").rglob("*.py"))]
    read = {name for module in modules if "os.environ" in module for name in VARIABLE.findall(module)}
    assert {"WEIMIN_AS_OF", "NO_COLOR"} <= read
    assert {name for name in read if f"`{name}`" not in page("interface.md")} == set()


def test_examples_of_file_names_have_the_form_that_is_documented():
    """`DATE-outcome[-N].md` names the example of the kind, and a path of that form is a place of the kind."""
    patterns = meanings("file_names", KINDS)
    for row in KINDS.values():
        parts = {"DATE": "[0-9-]+", "YYYY": "[0-9]{4}", "SLUG": "[a-z0-9-]+", "[-N]": "(?:-[0-9]+)?"}
        form = patterns[row.kind].replace("[-draft[-N]]", "[-draft]")
        form = re.escape(form).replace(re.escape("[-draft]"), "(?:-draft)?").replace(r"\|", "|")
        for word, expression in parts.items():
            form = form.replace(re.escape(word), expression)
        assert re.fullmatch(form.replace("jpg|png|webp|pdf", "(?:jpg|png|webp|pdf)"), row.name), row.kind
    assert place_of("content/network/321300/2026-001/2026-03-10-outcome-2.md").kind == "outcome"


def test_every_rule_has_a_heading_and_a_precise_sentence():
    assert set(CODES) <= set(HEADING.findall(page("rules.md")))
    assert all(said.endswith(".") for said in meanings("rules", CODES).values())


def test_meanings_that_are_missing_or_left_over_are_refused():
    with pytest.raises(Fault, match=r"missing \['Z'\]"):
        meanings("families", ["F", "S", "L", "W", "A", "P", "Z"])
    with pytest.raises(Fault, match=r"without use \['P'\]"):
        meanings("families", ["F", "S", "L", "W", "A"])


def test_parts_and_markers_must_fit():
    content = "a\n<!-- generated: one -->\nold\n<!-- end: one -->\nb\n"
    assert replace_parts("x.md", content, {"one": "new\n"}) == content.replace("old", "\nnew\n")
    for parts in ({}, {"two": ""}, {"one": "", "two": ""}):
        with pytest.raises(Fault):
            replace_parts("x.md", content, parts)
    with pytest.raises(Fault, match="other half"):
        replace_parts("x.md", content + "<!-- generated: two -->\n", {"one": ""})


def test_cells_keep_their_row():
    assert table(("a",), [("x|y\nz",)]).splitlines()[-1] == r"| x\|y z |"
    assert text("<b> [x] `y`") == r"\<b> \[x] \`y\`"


def test_citations_name_headings_that_are_there():
    found = 0
    for folder in ("plugins", "scripts", "tests"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for name, heading in CITED.findall(path.read_text("utf-8")):
                found += 1
                assert (FOLDER / name).is_file(), f"{path.name} cites {name}"
                assert not heading or heading in HEADING.findall(page(name)), f"{path.name}: {name} has no “{heading}”"
    assert found > 20
