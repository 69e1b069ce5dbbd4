"""查找: the page whose script reads the search index, and where to look without a script."""

from __future__ import annotations

from collections.abc import Iterator

from weimin.model.page import Page
from weimin.model.place import Level
from weimin.model.states import LABELS
from weimin.model.view import RegisterView
from weimin.site.page import page
from weimin.site.search.documents import HAS
from weimin.site.site_context import SiteContext
from weimin.site.view_models import Crumb, Head

_KINDS = {
    "d": "卷宗",
    **{letter: f"有{name}的卷宗" for letter, name in HAS.items()},
    "p": "平台",
    "n": "动态和网页",
    "r": "规则",
}
_THEME = "topic.theme."
ADDRESS = "/search/"


def search_pages(_view: RegisterView, context: SiteContext) -> Iterator[Page]:
    """The page with the search form; its script reads the files of `site.search`."""
    head = Head(
        title="查找",
        address=ADDRESS,
        description="按字词、地名、编号查找卷宗、平台和规则",
        crumbs=context.crumbs_to(Crumb("查找")),
        section="search",
        kind="search",
    )
    themes = [key.removeprefix(_THEME) for key in context.labels if key.startswith(_THEME)]
    filters = (
        ("kind", "种类", tuple(_KINDS.items())),
        ("level", "层级", tuple((level.value, level.label) for level in Level)),
        ("theme", "领域", tuple((theme, theme) for theme in themes if theme != "unpublished")),
        ("state", "办到哪一步", tuple((label, label) for label in LABELS)),
    )
    yield page(context, "search", head, filters=filters)
