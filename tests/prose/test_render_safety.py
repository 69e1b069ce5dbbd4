"""Hostile prose leaves the renderer only as harmless text, and most of it is refused before."""

from __future__ import annotations

import nh3
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from markdown import Markdown
from prose_payloads import ALL, LINKS, OTHERS, TAGS
from prose_walk import addresses, unsafe

from weimin.prose.limits import within_limits
from weimin.prose.markup import problems
from weimin.prose.parser import parser
from weimin.prose.render import plain_text, render, render_markup

pytestmark = pytest.mark.slow

# the two contexts in which a body appears; anything unsafe in either is a vulnerability
FRAMES = ("%s", "说明：\n\n%s\n\n以上。")


def test_there_are_enough_payloads():
    assert len(set(ALL)) == len(ALL)
    assert len(TAGS) + len(OTHERS) >= 130 and len(LINKS) >= 150


@pytest.mark.parametrize("payload", ALL)
def test_rendered_payload_is_harmless(payload):
    for frame in FRAMES:
        assert unsafe(render(frame % payload, anchors=True, root="/wm")) == []


@pytest.mark.parametrize("payload", ALL)
def test_payload_is_refused(payload):
    found = problems("content/x.md", payload)
    assert found
    assert {p.code for p in found} == {"F112"}
    assert all(p.message and p.hint and p.line >= 1 and p.column >= 1 for p in found)


def test_the_oracle_sees_what_an_unguarded_parser_lets_through():
    bare = Markdown(extensions=["extra"])
    caught = 0
    for payload in ALL:
        bare.reset()
        caught += bool(unsafe(bare.convert(payload)))
    assert caught > len(ALL) // 2


def test_the_oracle_sees_what_the_sanitiser_alone_lets_through():
    html = '<a href="//evil.example">x</a><a href="jav\u200bascript:alert(1)">x</a>'
    assert len([word for word in unsafe(nh3.clean(html, link_rel=None)) if "href" in word]) == 2


PIECES = st.sampled_from(
    [
        *(
            "[",
            "]",
            "](",
            "![",
            ")",
            "(",
            "<",
            ">",
            "</",
            "`",
            "``",
            "*",
            "**",
            "***",
            "_",
            "__",
            "\\",
            "|",
            ":",
            "#",
            "-",
        ),
        *(
            "\n",
            "\n\n",
            "    ",
            "\t",
            "> ",
            "- ",
            "1. ",
            "## ",
            "|-|\n",
            "---",
            "===\n",
            "{",
            "}",
            "{#3.1}",
            "{: ",
            "{{",
            "&",
        ),
        *(
            "&#106;",
            "&lt;",
            "&amp;",
            '"',
            "'",
            ' "题" ',
            "，",
            "。",
            "文",
            "字",
            "1",
            "x",
            "@",
            "a@b.cn",
            "\u200b",
            "\u3000",
            "\xa0",
            "\x02",
            "\x03",
        ),
        *(
            "script",
            "<script>",
            "onclick=alert(1)",
            "javascript:",
            "alert(1)",
            "https://",
            "https://e.example/a",
            "//e.example",
        ),
        *(
            "attachments/a.jpg",
            "attachments/b.pdf",
            "data:",
            "mailto:",
            "tel:12345",
            "/321300/",
            "{attach}",
            "<img src=x>",
            "]: ",
        ),
        *("[字](https://e.example/a)", "![图](attachments/a.jpg)", "<https://e.example>", "<a@b.cn>", "[x](", "![x]("),
    ]
)
BODIES = st.lists(PIECES, max_size=24).map("".join)
BOUNDED = settings(
    max_examples=1_500,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@seed(20261122)
@BOUNDED
@given(BODIES)
def test_any_body_renders_to_harmless_html(body):
    assert unsafe(render(body, anchors=True, root="/wm")) == []
    assert len(plain_text(body, 40)) <= 40


def test_the_sanitiser_does_not_change_what_the_check_accepts():
    """Nothing accepted is removed silently: each link and image of the parser is still there."""
    accepted = linked = 0

    @seed(20261123)
    @BOUNDED
    @given(BODIES)
    def whole(body):
        nonlocal accepted, linked
        if problems("content/x.md", body) or not within_limits(body):
            return
        made = addresses(parser().convert(body, level=2, anchors=True, root=""))
        kept = addresses(render_markup(body, anchors=True))
        assert kept == made
        assert "" not in kept
        accepted += 1
        linked += bool(kept)

    whole()
    assert accepted > 200 and linked > 40
