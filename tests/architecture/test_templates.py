"""The theme escapes everything but the prose that our own sanitiser wrote."""

from __future__ import annotations

import ast

import pytest
from house import ROOT, called, modules
from templates import faults, template_faults

TEMPLATES = ROOT / "theme" / "templates"
# what tells a template engine that a text is markup already
MARKERS = {"SafeHtml", "Markup", "mark_safe"}
# the one door: what comes out of it went through the sanitiser
DOOR = "weimin/prose/render.py"


def marked(tree: ast.AST) -> int:
    """How often a module declares a text to be markup."""
    return sum(1 for node in ast.walk(tree) if isinstance(node, ast.Call) and called(node) in MARKERS)


def test_templates_escape_everything():
    found = template_faults(TEMPLATES)
    others = {name: [fault for fault in faults if "|safe" not in fault] for name, faults in found.items()}
    assert {name: faults for name, faults in others.items() if faults} == {}


def test_markup_comes_through_one_door():
    """Templates and package together: a second place could go round the sanitiser."""
    in_templates = {name for name, found in template_faults(TEMPLATES).items() if any("|safe" in f for f in found)}
    in_package = {module.place for module in modules() if marked(module.tree)}
    assert in_templates | in_package == {DOOR}


def test_a_second_door_is_found():
    assert marked(ast.parse("Markup(x)\nmarkupsafe.Markup(y)\nescape(z)\nSafeHtml(a)")) == 3


@pytest.mark.parametrize(
    "source",
    [
        '<p class="a{% if b %} c{% endif %}" hidden>{{ title }}</p>',
        '<a {% if x %}href="{{ x }}"{% endif %}\n   lang=\'zh\'>x</a><br><br/><img src="a" alt="">',
        '<svg viewBox="0 0 1 1"><path d="M0 0h1" xlink:href="#a"/></svg>',
        "1 < 2 {# <a href=x> #}<!-- <a href=x> -->",
        '<script src="/a.js" defer></script><style>a > b { c: d }</style>',
        '<script type="application/json">{"a": "<b c=d>"}</script>',
        "{{ unsafe | safely }} {% autoescape true %}{% endautoescape %}",
    ],
)
def test_good_markup_passes(source):
    assert faults(source) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ body|safe }}", "1: |safe"),
        ("\n\n{{ body | upper | safe }}", "3: |safe"),
        ("{% autoescape false %}", "1: autoescape"),
        ("{%- autoescape off -%}", "1: autoescape"),
        ("<a href={{ url }}>x</a>", "1: an attribute without quotes"),
        ('<p>\n<a\n class=b href="c">', "2: an attribute without quotes"),
        ("<a title={{ a }}b{{ c }}>", "1: an attribute without quotes"),
        ('<a href="x"title=y>', "1: an attribute without quotes"),
        ("<script src={{ x }}>var a;</script>", "1: an attribute without quotes"),
    ],
)
def test_a_planted_fault_is_found(source, expected):
    found = faults(source)
    assert len(found) == 1
    assert found[0].startswith(expected)


def test_an_empty_folder_is_not_a_clean_theme(tmp_path):
    with pytest.raises(ValueError, match="no template"):
        template_faults(tmp_path)
