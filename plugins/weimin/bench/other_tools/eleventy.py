"""Eleventy: one Markdown file per record, layouts in Nunjucks, lists and per-page data from collections."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from weimin.bench.other_tools.field_labels import field_labels
from weimin.bench.other_tools.source import SourceDossier, SourceRecord, SourceRegister, nested

OUTPUT = "_site"


def command(tool: Path) -> list[str]:
    return [str(tool), "--quiet"]


def prepare(site: Path, register: SourceRegister, templates: Path) -> None:
    """Writes the whole input into an empty folder."""
    shutil.copytree(templates, site)
    _write(site / "_data" / "forms.json", json.dumps(field_labels(), ensure_ascii=False))
    for office in register.platforms:
        chain = [{"code": code, "area": area} for code, area in office.chain]
        own: dict[str, Any] = {
            "layout": "platform.njk",
            "tags": ["platforms"],
            "title": office.area,
            "code": office.code,
        }
        own |= {"level": office.level, "chain": chain, "permalink": f"/{office.code}/index.html"}
        _page(site / "records" / office.code / "platform.md", own, office.own)
        for record in office.others:
            front = {"title": f"{office.area}：{record.label}", "code": office.code, "tags": ["others"]}
            address = f"/{office.code}/{record.kind}/{record.stem}.html"
            _page(
                site / "records" / office.code / f"{record.kind}-{record.stem}.md", front | _at(record, address), record
            )
    for dossier in register.dossiers():
        change(site, dossier)


def change(site: Path, dossier: SourceDossier) -> None:
    """Writes the input of one dossier again: its topic and its events."""
    folder = site / "records" / dossier.code / dossier.number
    front = {
        "layout": "dossier.njk",
        "tags": ["dossiers"],
        "title": dossier.title,
        "code": dossier.code,
        "number": dossier.number,
        "area": dossier.area,
        "themes": dossier.themes,
        "year": dossier.number[:4],
        "first": dossier.first,
        "last": dossier.last,
        "permalink": f"/{dossier.id}/index.html",
    }
    _page(folder / "topic.md", front, dossier.topic)
    for record in dossier.events:
        own = {"title": f"{dossier.title}：{record.label}", "dossier": dossier.id, "tags": ["events"]}
        _page(folder / f"{record.stem}.md", own | _at(record, f"/{dossier.id}/{record.stem}.html"), record)


def _at(record: SourceRecord, address: str) -> dict[str, Any]:
    return {"layout": "record.njk", "permalink": address} if record.page else {"permalink": False}


def _page(path: Path, front: Mapping[str, Any], record: SourceRecord) -> None:
    of = {
        "stem": record.stem,
        "form": record.kind,
        "label": record.label,
        "day": record.day,
        "source": record.path,
        "own": record.page,
    }
    lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in {**front, **of}.items())
    _write(path, f"---\n{lines}record:\n{nested(record.yaml)}---\n\n{record.body}\n")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
