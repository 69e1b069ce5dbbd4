"""Schema.org in JSON-LD: what a page is about, and where it stands. Without an address of the site, no addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from weimin.model.dossier import Event
from weimin.model.kinds import Consultation, listed
from weimin.model.network import PlatformRow
from weimin.model.place import parent_code
from weimin.site.site_context import SiteContext, full_name
from weimin.site.view_models import Head
from weimin.wording.dates import html_datetime

Node = Mapping[str, Any]
_ONLINE = frozenset({"online", "remote"})
_IN_PLACE = frozenset({"meeting", "inspection", "survey"})


def graph(context: SiteContext, kind: str, head: Head) -> Node | None:
    """The JSON-LD of a page; None for a page without any."""
    nodes = [dict(n) for n in _nodes(context, kind, head)]
    return {"@context": "https://schema.org", "@graph": nodes} if nodes else None


def _nodes(context: SiteContext, kind: str, head: Head) -> Iterator[Node]:
    if kind == "home":
        yield _website(context)
    if kind in ("data", "dataset"):
        yield _dataset(context, head)
    if head.about is not None:
        filed = head.article.published if head.article and head.about["@type"] == "Report" else ""
        yield {**head.about, **({"datePublished": filed} if filed else {}), **_at(context, head.address)}
    if context.urls.base and len(head.crumbs) > 1:
        yield _breadcrumbs(context, head)


def _at(context: SiteContext, address: str) -> Node:
    """Name and address of a thing that has a page."""
    if not context.urls.base:
        return {}
    url = context.urls.absolute(address)
    return {"@id": url, "url": url}


def _website(context: SiteContext) -> Node:
    site = context.site
    found: dict[str, Any] = {"@type": "WebSite", "name": site.title, "inLanguage": "zh-CN", **_at(context, "/")}
    if site.operator:
        found["publisher"] = {"@type": "Organization", "name": site.operator}
    if context.urls.base:
        found["potentialAction"] = {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": context.urls.absolute("/search/?q={search_term_string}")},
            "query-input": "required name=search_term_string",
        }
    return found


def _dataset(context: SiteContext, head: Head) -> Node:
    site = context.site
    found: dict[str, Any] = {
        "@type": "Dataset",
        "name": f"{site.title}：{head.title}",
        "description": head.description,
        "inLanguage": "zh-CN",
        **_at(context, head.address),
    }
    if site.operator:
        found["creator"] = {"@type": "Organization", "name": site.operator}
    if site.licence:
        found["license"] = site.licence.url or site.licence.name
    return found


def _breadcrumbs(context: SiteContext, head: Head) -> Node:
    """当前位置; the last one is the page itself."""
    origin = context.urls.base.removesuffix(context.urls.root)
    last = len(head.crumbs)
    items = [
        {
            "@type": "ListItem",
            "position": n,
            "name": crumb.text,
            "item": context.urls.absolute(head.address) if n == last else origin + crumb.href,
        }
        for n, crumb in enumerate(head.crumbs, 1)
        if n == last or crumb.href
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def platform_node(context: SiteContext, row: PlatformRow) -> Node:
    """A platform as an organisation, with the one above it."""
    found: dict[str, Any] = {
        "@type": "GovernmentOrganization",
        "name": full_name(row),
        "areaServed": row.area,
        "identifier": row.code,
    }
    if row.established and html_datetime(row.established):
        found["foundingDate"] = row.established
    above = context.network.get(parent_code(row.code) or "")
    if above is not None:
        found["parentOrganization"] = _named(context, above.code)
    return found


def _named(context: SiteContext, code: str) -> Node:
    name = context.platform_name(code)
    return {"@type": "GovernmentOrganization", "name": name, **_at(context, f"/{code}/")}


def event_node(context: SiteContext, code: str, event: Event, name: str) -> Node:
    """A consultation as an event; a result or an evaluation as a report. `name` is the page's title."""
    if not isinstance(event.data, Consultation):
        found: dict[str, Any] = {
            "@type": "Report",
            "name": name,
            "inLanguage": "zh-CN",
            "publisher": _named(context, code),
        }
        return {**found, **_day("dateCreated", event)}
    found = {"@type": "Event", "name": name, **_day("startDate", event), "organizer": _named(context, code)}
    if event.data.until and html_datetime(event.data.until):
        found["endDate"] = event.data.until
    kinds = {m.kind for m in listed(event.data.methods)}
    if kinds and kinds <= _ONLINE:
        return {**found, "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode"}
    if kinds and kinds <= _IN_PLACE:
        found["eventAttendanceMode"] = "https://schema.org/OfflineEventAttendanceMode"
    return {**found, "location": {"@type": "Place", "name": context.area(code)}}


def _day(key: str, event: Event) -> Node:
    """Where the day, month or year is known; a period that HTML has no form for is not said."""
    found = html_datetime(event.on.text) if event.on else ""
    return {key: found} if found else {}
