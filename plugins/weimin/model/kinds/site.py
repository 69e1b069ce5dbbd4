"""The site's settings and its prose."""

from __future__ import annotations

from weimin.model.kinds.correction import Corrected
from weimin.model.kinds.shared import Data, Part


class Forge(Part, frozen=True, kw_only=True):
    """Where the repository is hosted, for links to commits and for opening merge requests."""

    kind: str
    url: str
    branch: str | None = None


class Licence(Part, frozen=True, kw_only=True):
    """The licence of the open data."""

    name: str
    url: str | None = None


class Site(Data, frozen=True, kw_only=True):
    """站点设置. Facts that only the operator knows are absent until they are recorded."""

    title: str
    operator: str | None = None
    base_url: str | None = None
    timezone: str = "Asia/Shanghai"
    naming: dict[str, str] | None = None
    demo: bool | None = None
    signatures: bool | None = None
    forge: Forge | None = None
    codes: dict[str, str] | None = None
    links: dict[str, str] | None = None
    contact: str | None = None
    licence: Licence | None = None


class Page(Data, frozen=True, kw_only=True):
    title: str


class News(Data, frozen=True, kw_only=True):
    title: str
    date: str
    platform: str | None = None
    about: tuple[str, ...] | None = None
    corrected: tuple[Corrected, ...] | None = None
