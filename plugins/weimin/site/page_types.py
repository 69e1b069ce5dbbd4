"""The one table of page types: what is written, where, by which template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from weimin.model.page import Page
from weimin.site.meta import meta_of
from weimin.site.shell import Shell
from weimin.site.urls import file_of
from weimin.site.view_models import Head


class PageType(msgspec.Struct, frozen=True):
    """`address` as docs/reference/interface.md writes it; `source` is the view that the page is made from."""

    template: str
    address: str
    source: str


TYPES: Mapping[str, PageType] = {
    "home": PageType("home.html", "/", "register"),
    "platform": PageType("platform.html", "/CODE/", "platform"),
    "dossier": PageType("dossier.html", "/CODE/YYYY-NNN/", "dossier"),
    "event": PageType("event.html", "/CODE/YYYY-NNN/STEM.html", "dossier"),
    "projects": PageType("projects.html", "/CODE/projects/STEM.html", "platform"),
    "plan": PageType("plan.html", "/CODE/plans/STEM.html", "platform"),
    "guidance": PageType("guidance.html", "/CODE/guidance/STEM.html", "platform"),
    "rulebook": PageType("rulebook.html", "/CODE/rules/STEM.html", "platform"),
    "results": PageType("list.html", "/results/", "register"),
    "evaluations": PageType("list.html", "/evaluations/", "register"),
    "consulting": PageType("list.html", "/consulting/", "register"),
    "duties": PageType("list.html", "/duties/", "register"),
    "reported-up": PageType("list.html", "/reported-up/", "register"),
    "narrow": PageType("narrow.html", "/SECTION/NARROWER/", "register"),
    "reports": PageType("years.html", "/reports/", "register"),
    "year-report": PageType("report.html", "/reports/YYYY/", "register"),
    "report": PageType("report.html", "/reports/YYYY/CODE/", "register"),
    "bulletins": PageType("years.html", "/bulletin/", "register"),
    "bulletin": PageType("bulletin.html", "/bulletin/YYYY-MM/", "register"),
    "network": PageType("network.html", "/network/", "register"),
    "rules": PageType("rules.html", "/rules/", "register"),
    "rule": PageType("rule.html", "/rules/CODE/", "register"),
    "trail": PageType("trail.html", "/trail/", "register"),
    "corrections": PageType("corrections.html", "/corrections/", "register"),
    "newslist": PageType("newslist.html", "/news/", "register"),
    "news": PageType("prose.html", "/news/STEM.html", "register"),
    "prose": PageType("prose.html", "/STEM/", "register"),
    "data": PageType("data.html", "/data/", "rows"),
    "dataset": PageType("dataset.html", "/data/KIND/", "rows"),
    "search": PageType("search.html", "/search/", "register"),
    "sitemap": PageType("sitemap.html", "/sitemap/", "register"),
    "styleguide": PageType("styleguide.html", "/styleguide/", "register"),
    "missing": PageType("missing.html", "/404.html", "register"),
    "embed": PageType("embed.html", "/embed/CODE/YYYY-NNN.html", "dossier"),
    "embed-event": PageType("embed.html", "/embed/CODE/YYYY-NNN/STEM.html", "dossier"),
    "wechat": PageType("wechat.html", "/wechat/CODE/YYYY-NNN/STEM.html", "dossier"),
    "poster": PageType("poster.html", "/CODE/YYYY-NNN/poster.html", "dossier"),
    "embedding": PageType("embedding.html", "/embedding/", "register"),
}


def page(shell: Shell, kind: str, head: Head, /, **context: Any) -> Page:
    """A page of one of the types; its template sees `shell`, `head` and what the type gives."""
    return Page(
        path=file_of(head.address),
        template=TYPES[kind].template,
        context={"shell": shell, "head": head, "meta": meta_of(shell, kind, head), **context},
    )


def data(address: str, content: bytes) -> Page:
    """A file that is no page: data, a list of addresses."""
    return Page(path=file_of(address), data=content)
