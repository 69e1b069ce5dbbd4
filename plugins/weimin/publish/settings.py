"""Settings of Pelican. Its own readers and pages are disabled, as a second line of defence (safety.md 0)."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

# every file extension that Pelican could read by itself
_READERS = ("rst", "md", "markdown", "mkd", "mdown", "html", "htm")


def pelican_settings(plugin: ModuleType, theme: Path) -> dict[str, Any]:
    """The settings that `pelicanconf.py` and `weimin build` have in common.

    `plugin`: a module, because Pelican skips a plugin that is given by name and cannot be imported, with exit code 0.
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
        **_disabled(),
    }


def _disabled() -> dict[str, Any]:
    """Everything that Pelican would read, write, link or cache by itself, disabled."""
    feeds = ("FEED_ALL_ATOM", "CATEGORY_FEED_ATOM", "AUTHOR_FEED_ATOM", "AUTHOR_FEED_RSS", "TRANSLATION_FEED_ATOM")
    return {
        "ARTICLE_PATHS": [],
        "PAGE_PATHS": [],
        "STATIC_PATHS": [],
        "THEME_STATIC_PATHS": [],  # static files are outputs like any other
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
