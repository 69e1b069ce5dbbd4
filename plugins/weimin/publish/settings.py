"""How Pelican is set up: its own readers and pages are off, and stay off as a second wall (safety.md 0)."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

# every ending that Pelican could read by itself
_READERS = ("rst", "md", "markdown", "mkd", "mdown", "html", "htm")


def pelican_settings(plugin: ModuleType, theme: Path) -> dict[str, Any]:
    """The settings that `pelicanconf.py` and `weimin build` share.

    The plugin is a module object: a plugin that is named by text and cannot be imported is skipped with exit code 0.
    """
    return {
        "PLUGINS": [plugin],
        "SITENAME": "为民协商",
        "SITEURL": "",
        "TIMEZONE": "Asia/Shanghai",
        "DEFAULT_LANG": "zh-cn",
        "LOCALE": ["C.UTF-8"],
        "THEME": str(theme),
        "THEME_STATIC_DIR": "theme",
        "JINJA_ENVIRONMENT": {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "extensions": []},
        "DELETE_OUTPUT_DIRECTORY": True,
        **_nothing_of_its_own(),
    }


def _nothing_of_its_own() -> dict[str, Any]:
    """What Pelican would read, write, link or keep by itself."""
    feeds = ("FEED_ALL_ATOM", "CATEGORY_FEED_ATOM", "AUTHOR_FEED_ATOM", "AUTHOR_FEED_RSS", "TRANSLATION_FEED_ATOM")
    return {
        "ARTICLE_PATHS": [],
        "PAGE_PATHS": [],
        "STATIC_PATHS": [],
        "THEME_STATIC_PATHS": [],  # the files beside the pages are outputs like any other
        "DIRECT_TEMPLATES": [],
        "TEMPLATE_PAGES": {},
        "PAGINATED_TEMPLATES": {},
        "READERS": dict.fromkeys(_READERS),
        "FORMATTED_FIELDS": [],
        "INTRASITE_LINK_REGEX": "(?!)(?P<what>x)",  # never matches: no {attach}, no {static}
        "CACHE_CONTENT": False,
        "LOAD_CONTENT_CACHE": False,
        "OUTPUT_SOURCES": False,
        **dict.fromkeys(feeds),
    }
