"""The theme escapes everything but the prose that our own sanitiser wrote."""

from __future__ import annotations

import pytest
from house import ROOT
from templates import faults, template_faults

TEMPLATES = ROOT / "theme" / "templates"
# the one place that may print prose as it is, and how often
SAFE_IN = "prose.html"


def test_templates_escape_everything():
    found = template_faults(TEMPLATES)
    safe = [line for line in found.pop(SAFE_IN, []) if "|safe" not in line]
    assert safe == []
    assert found == {}


def test_one_place_says_safe():
    source = (TEMPLATES / SAFE_IN).read_text(encoding="utf-8")
    assert len([fault for fault in faults(source) if "|safe" in fault]) == 1


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
