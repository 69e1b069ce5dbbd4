"""Pages as JSON documents: the content of `index.json` and the like."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from weimin.dossiers.disclosure import body_hidden as hidden_body
from weimin.dossiers.disclosure import change_hidden, is_withheld, line_hidden, public_data, public_descriptions
from weimin.model.codes import CODES, Code
from weimin.model.dossier import Dossier, Event, PlatformRecords
from weimin.model.history import Revision
from weimin.model.network import PlatformRow
from weimin.model.page import Page
from weimin.model.record import Record
from weimin.model.summary import Summary
from weimin.model.view import Build, DossierView, PlatformView, RegisterView
from weimin.site.page import data
from weimin.site.presenters.revisions import late_filing_days, who_words
from weimin.site.tables import Table
from weimin.site.urls import Urls

_ENCODER = msgspec.json.Encoder(order="deterministic")
FORMAT = 1  # of every index.json


def json_bytes(value: Any) -> bytes:
    """Indented, so that a difference reads; keys in order, so that the same facts are the same bytes."""
    return msgspec.json.format(_ENCODER.encode(value), indent=1) + b"\n"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def dossier_data(view: DossierView, urls: Urls) -> dict[str, Any]:
    """All events of a dossier as published: after corrections, without withheld text."""
    dossier, filed = view.dossier, late_filing_days(view.trail)
    return {
        "format": FORMAT,
        "id": dossier.id,
        "platform": dossier.platform,
        "title": dossier.title,
        "address": urls.to(f"/{dossier.id}/"),
        "compiled": dossier.compiled,
        "rounds": dossier.rounds,
        "closed": view.summary.closed,
        **_state(view.summary),
        "events": [_event(dossier, e, filed.get(e.path)) for e in dossier.events],
        "lines": {
            line.id: {"kind": line.kind, "event": line.stem, "pointer": line.pointer}
            for line in dossier.lines.values()
            if not line_hidden(dossier, line.id)
        },
        "evaluations": [
            {"event": e.stem, "rate": e.rate, "low": e.low, "published_rate": e.reported}
            for e in view.summary.evaluations
        ],
        "duties": _duties(view.summary),
        "corrections": [
            {"event": a.correction, "of": a.target, "field": a.field, "reason": a.reason, "approved_by": a.approved_by}
            if not change_hidden(dossier, a)
            else {"event": a.correction, "of": a.target, "approved_by": a.approved_by}
            for a in dossier.applied
        ],
        "revisions": [_revision(r, public_descriptions(dossier, r)) for r in view.revisions],
    }


def _state(s: Summary) -> dict[str, Any]:
    return {"state": s.state.value, "state_label": s.state.label, "steps": list(s.steps)}


def _revision(r: Revision, what: Sequence[str]) -> dict[str, Any]:
    return {
        "commit": r.commit,
        "at": r.at,
        "author": who_words(r.author),
        "what": what,
        "signature": r.attested.state.value,
    }


def _event(dossier: Dossier, event: Event, filed: str | None) -> dict[str, Any]:
    hidden = is_withheld(event)
    return {
        "stem": event.stem,
        "kind": event.kind,
        "on": event.on.text if event.on else None,
        "round": event.round,
        "path": event.path,
        "compiled": event.compiled,
        "withheld": hidden,
        "filed_late": filed,
        "data": public_data(dossier, event),
        "body": "" if hidden_body(dossier, event) else event.record.body,
    }


def _duties(summary: Summary) -> list[dict[str, Any]]:
    return [
        {
            "code": d.code,
            "message": d.message,
            "owed_by": d.owed_by,
            "due": _iso(d.due),
            "overdue": d.overdue_days > 0,
            "suggested_due": _iso(d.suggested_due),
            "basis": d.basis.value if d.basis else None,
        }
        for d in summary.duties
    ]


def platform_data(view: PlatformView, urls: Urls) -> dict[str, Any]:
    """A platform with its own records but opinions, which are counted only, and its dossiers as rows."""
    return {
        "format": FORMAT,
        **_platform(view.row),
        "address": urls.to(f"/{view.row.code}/"),
        "records": _records(view.records),
        "opinions": sum(1 for _ in view.records.of_kind("opinion")),
        "dossiers": [_dossier_row(s, urls) for s in view.dossiers],
        "joint": [s.id for s in view.joint],
        "revisions": [_revision(r, r.descriptions) for r in view.revisions],
        "below": [
            {
                **_platform(b.row),
                "platforms": b.platforms,
                "heard": b.has_records,
                "dossiers": b.dossiers,
                "open_duties": b.open_duties,
                "overdue": b.overdue,
            }
            for b in view.below
        ],
    }


def _platform(row: PlatformRow) -> dict[str, Any]:
    return {"code": row.code, "level": row.level.value, "area": row.area, "name": row.name, "heard": row.has_records}


def _records(own: PlatformRecords) -> list[dict[str, Any]]:
    return [
        {"ref": r.place.ref, "kind": r.place.kind, "path": r.place.path, "data": r.raw, "body": r.body}
        for r in own.records
        if r.place.kind not in ("opinion", "correction")
    ]


def _dossier_row(s: Summary, urls: Urls) -> dict[str, Any]:
    return {
        "id": s.id,
        "title": s.title,
        "themes": list(s.themes),
        "address": urls.to(f"/{s.id}/"),
        "compiled": s.compiled,
        "closed": s.closed,
        **_state(s),
        "last": s.last_on,
        "duties": len(s.duties),
    }


def network_data(view: RegisterView) -> dict[str, Any]:
    return {"format": FORMAT, "platforms": [_platform(row) for row in view.network.rows.values()]}


def table_data(table: Table) -> dict[str, Any]:
    """A list of the whole network: the text and the link of each row."""
    return {
        "format": FORMAT,
        "total": table.total,
        "rows": [
            {
                "title": r.title.text,
                "address": r.title.href,
                "area": r.area.text,
                "on": r.on.text,
                "label": r.label,
                "text": r.text,
                "compiled": r.compiled,
            }
            for r in table.rows
        ],
    }


def rules_data(view: RegisterView) -> dict[str, Any]:
    """Every rule with its requirement, its clause and the number of its findings."""
    return {"format": FORMAT, "rules": [_rule(view, c) for c in CODES.values()]}


def rule_data(view: RegisterView, code: Code) -> dict[str, Any]:
    return {"format": FORMAT, **_rule(view, code)}


def _rule(view: RegisterView, c: Code) -> dict[str, Any]:
    return {
        "code": c.code,
        "slug": c.slug,
        "severity": c.severity.value,
        "requirement": c.requirement,
        "clause": c.clause,
        "parameter": c.parameter,
        "gate": c.gate,
        "found": dict(view.rule_counts.get(c.code, {})),
    }


def prose_data(record: Record) -> dict[str, Any]:
    """A page or a piece of news as it was written: its fields, and its text as Markdown."""
    return {"format": FORMAT, "path": record.place.path, "fields": record.raw, "body": record.body}


def build_data(build: Build, digests: Sequence[tuple[str, str]] = (), files: int = 0) -> dict[str, Any]:
    """`build.json`: the records that this site is built from, and what is needed to build it again.

    `digests` are those of the folders' manifests, `files` the number of files that these name; both are handed in when
    all is written. `seal` is the digest of all the rest: a file that was damaged is not mistaken for another build.
    """
    content = {
        "format": FORMAT,
        "commit": build.commit,
        "dirty": build.dirty,
        "history": build.history,
        "pictures": build.pictures,
        "as_of": build.as_of.isoformat(),
        "base_url": build.base_url,
        "version": build.version,
        **build.installed,
        "checked": dict(build.checked),
        "files": files,
        "folders": dict(digests),
    }
    return {**content, "seal": seal(content)}


def build_page(build: Build, digests: Sequence[tuple[str, str]] = (), files: int = 0) -> Page:
    """`/build.json`; the arguments are those of `build_data`."""
    return data("/build.json", json_bytes(build_data(build, digests, files)))


def seal(content: Mapping[str, Any]) -> str:
    """The digest of build.json without its seal."""
    return hashlib.sha256(_ENCODER.encode({k: v for k, v in content.items() if k != "seal"})).hexdigest()
