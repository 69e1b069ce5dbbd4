"""A page type: `/greeting/`, a page of the whole network."""

from addition import AGREEMENT, REFERENCE, Addition, Edit, Step, golden, meaning

TEMPLATE = """{% extends "base.html" %}
{% block main %}
<h1>问候</h1>
<p>{{ platforms }}个平台向您问好。</p>
{% endblock %}
"""

BUILDER = '''"""The page of greetings."""

from __future__ import annotations

from collections.abc import Iterator

from weimin.model.page import Page
from weimin.model.view import RegisterView
from weimin.site.page import page
from weimin.site.site_context import SiteContext
from weimin.site.view_models import Crumb, Head


def greeting_pages(view: RegisterView, context: SiteContext) -> Iterator[Page]:
    head = Head(title="问候", address="/greeting/", crumbs=context.crumbs_to(Crumb("问候")), section="greeting")
    yield page(context, "greeting", head, platforms=len(view.network))
'''

ROW = """    "greeting": PageType(
        "greeting.html",
        "/greeting/",
        greeting_pages,
        column="工作动态",
        listed=MapEntry(_PROSE, "问候", "一句话"),
    ),
"""

ADDITION = Addition(
    thing="a page type",
    steps=(
        Step(
            name="row in TYPES (site/page_types.py)",
            guard=(f"{AGREEMENT}/test_kinds_agree.py::test_every_template_is_a_page_or_part_of_one",),
            names=("greeting",),
            edits=(
                Edit(
                    "plugins/weimin/site/page_types.py",
                    "from weimin.site.pages.greeting import greeting_pages\n",
                    before="from weimin.site.pages.home",
                ),
                Edit("plugins/weimin/site/page_types.py", ROW, before='    "sitemap": PageType('),
            ),
        ),
        Step(
            name="builder in site/pages/",
            guard=(
                f"{AGREEMENT}/test_page_types.py::test_every_row_has_all_its_parts",
                f"{AGREEMENT}/test_page_types.py::test_no_page_of_prose_can_take_the_address_of_a_page_type",
            ),
            names=("weimin.site.pages.greeting",),
            edits=(Edit("plugins/weimin/site/pages/greeting.py", BUILDER),),
        ),
        Step(
            name="template",
            guard=(
                f"{AGREEMENT}/test_page_types.py::test_every_row_has_all_its_parts",
                f"{AGREEMENT}/test_page_types.py::test_no_page_of_prose_can_take_the_address_of_a_page_type",
            ),
            names=("greeting.html",),
            edits=(Edit("theme/templates/greeting.html", TEMPLATE),),
        ),
        Step(
            name="address in FIXED_ADDRESSES (records/paths.py)",
            guard=(
                f"{AGREEMENT}/test_page_types.py::test_every_row_has_all_its_parts",
                f"{AGREEMENT}/test_page_types.py::test_no_page_of_prose_can_take_the_address_of_a_page_type",
            ),
            names=("greeting",),
            edits=(Edit("plugins/weimin/records/paths.py", '        "greeting",\n', before='        "index",\n'),),
        ),
        Step(
            name="address in PAGES (tests/browser/test_reflow.py)",
            guard=("tests/browser/test_reflow.py::test_every_page_type_is_looked_at",),
            names=("greeting",),
            edits=(Edit("tests/browser/test_reflow.py", '    "greeting": "/greeting/",\n', before='    "embedding":'),),
        ),
        meaning("page_types", "greeting", "'a greeting'"),
        REFERENCE,
        golden("greeting"),
    ),
    works="""
import tempfile
from pathlib import Path
from weimin.cli.main import main
with tempfile.TemporaryDirectory() as folder:
    out = Path(folder, "site")
    assert main(["build", "--root", "tests/cases/_base", "--as-of", "2026-11-22", "--no-pictures", "--output", str(out)]) == 0
    assert "个平台向您问好" in (out / "greeting" / "index.html").read_text("utf-8")
""",
)
