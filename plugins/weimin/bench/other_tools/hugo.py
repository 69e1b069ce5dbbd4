"""Hugo: a section for each platform and each dossier, a page for each record."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from weimin.bench.other_tools.field_labels import field_labels
from weimin.bench.other_tools.source import SourceDossier, SourceRecord, SourceRegister, nested

CONFIG = {
    "title": "测量用数据",
    "baseURL": "/",
    "locale": "zh-CN",
    "disableKinds": ["sitemap", "robotstxt"],
    "taxonomies": {"theme": "themes", "year": "years", "kind": "kinds"},
    "pagination": {"pagerSize": 50},
    "services": {"rss": {"limit": 20}},
    "outputFormats": {"embed": {"mediaType": "text/html", "baseName": "index", "path": "embed", "isHTML": True}},
    "outputs": {"home": ["html", "json", "rss"], "section": ["html", "json", "rss"], "term": ["html", "rss"]},
}
OUTPUT = "public"


def command(tool: Path) -> list[str]:
    return [str(tool), "--quiet"]


def prepare(site: Path, register: SourceRegister, templates: Path) -> None:
    """Writes the whole input into an empty folder."""
    shutil.copytree(templates, site)
    _write(site / "hugo.json", json.dumps(CONFIG, ensure_ascii=False))
    _write(site / "data" / "forms.json", json.dumps(field_labels(), ensure_ascii=False))
    content = site / "content"
    for office in register.platforms:
        chain = [{"code": code, "area": area} for code, area in office.chain]
        own = {"type": "platform", "title": office.area, "code": office.code, "level": office.level, "chain": chain}
        _page(content / office.code / "_index.md", own | _of(office.own), office.own)
        for record in office.others:
            address = f"/{office.code}/{record.kind}/{record.stem}.html"
            _record(content / office.code / f"{record.kind}-{record.stem}.md", record, address, office.area)
    for dossier in register.dossiers():
        change(site, dossier)


def change(site: Path, dossier: SourceDossier) -> None:
    """Writes the input of one dossier again: its topic and its events."""
    folder = site / "content" / dossier.code / dossier.number
    front = {
        "type": "dossier",
        "title": dossier.title,
        "date": dossier.first,
        "lastmod": dossier.last,
        "themes": dossier.themes,
        "years": [dossier.number[:4]],
        "outputs": ["html", "json", "embed"],
        "code": dossier.code,
        "area": dossier.area,
    }
    _page(folder / "_index.md", front | _of(dossier.topic), dossier.topic)
    for record in dossier.events:
        _record(folder / f"{record.stem}.md", record, f"/{dossier.id}/{record.stem}.html", dossier.title)


def _record(path: Path, record: SourceRecord, address: str, title: str) -> None:
    front: dict[str, Any] = {"type": "record", "title": f"{title}：{record.label}", "url": address}
    front |= {"outputs": ["html", "embed"], "kinds": [record.label]} if record.page else {"build": {"render": "never"}}
    front |= {"date": record.day} if record.day[:4].isdigit() and len(record.day) == len("2026-01-01") else {}
    _page(path, front | _of(record), record)


def _of(record: SourceRecord) -> dict[str, Any]:
    return {
        "stem": record.stem,
        "form": record.kind,
        "label": record.label,
        "day": record.day,
        "source": record.path,
        "own": record.page,
    }


def _page(path: Path, front: Mapping[str, Any], record: SourceRecord) -> None:
    lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in front.items())
    _write(path, f"---\n{lines}record:\n{nested(record.yaml)}---\n\n{record.body}\n")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
