"""The made register once more, its complete matter in each way in which a matter can stand, as the files of a site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import msgspec
from made_records import FULL, event
from made_register import dossier_of, dossier_views, pages_of_views, summary_of

from weimin.adapters.installation import theme_dir
from weimin.adapters.templates import environment, render
from weimin.model.view import DossierView
from weimin.site.search.documents import decode_line, dossier_doc

WITHOUT: Mapping[str, frozenset[str]] = {
    "only-a-topic": frozenset(["consultation", "outcome", "response", "followup", "evaluation", "correction"]),
    "consulted": frozenset(["outcome", "response", "followup", "evaluation", "correction"]),
    "evaluation-skipped": frozenset(["evaluation"]),
}
"""Variant → the kinds of records that are not there yet."""
TOPICS: Mapping[str, Mapping[str, Any]] = {
    f"ended-{how}": {"ended": {"how": how, "date": "2026-11-01", "by": "样例村党总支", "reason": "另有安排"}}
    for how in ("withdrawn", "rejected", "merged", "moved", "unpublished")
} | {"evaluation-skipped": {"skipped": [{"step": "evaluation", "reason": "只有一户", "by": "样例村"}]}}
"""Variant → what its topic says in addition."""
CLOSED = ("closed", "evaluation-skipped")
REPORTED = {"ballots": "unpublished", "published_rate": 93}
VARIANTS = ("as-it-is", "reported", *sorted({*WITHOUT, *TOPICS, "closed"}))


@cache
def site_of_variant(name: str) -> Mapping[str, bytes]:
    views = [_variant(view, name) if view.dossier.id == FULL else view for view in dossier_views()]
    env = environment(theme_dir())
    pages, context = pages_of_views(views, base_url="https://demo.example.org")
    files = {p.path: render(env, p) if p.template else p.data for p in pages}
    lines = [list(msgspec.to_builtins(decode_line(dossier_doc(v.summary, context).data))) for v in views]
    return {**files, "search/made/b/0.json": msgspec.json.encode(lines)}


def _variant(view: DossierView, name: str) -> DossierView:
    records = list(_records(view, name))
    dossier = dossier_of(FULL, records)
    duties = () if name != "as-it-is" else view.summary.duties
    summary = summary_of(dossier, duties, closed=name in CLOSED)
    return msgspec.structs.replace(view, dossier=dossier, summary=summary, originals=tuple(records))


def _records(view: DossierView, name: str) -> Iterator[Any]:
    gone = WITHOUT.get(name, frozenset())
    for record in view.originals:
        raw: dict[str, Any] = dict(record.raw)
        if record.place.kind == "topic":
            raw |= TOPICS.get(name, {})
        if record.place.kind == "evaluation" and name == "reported":
            raw = {k: v for k, v in raw.items() if k in ("of", "body", "way")} | REPORTED
        if record.place.kind not in gone:
            yield event(FULL, record.place.path.rpartition("/")[2], raw, record.body)
