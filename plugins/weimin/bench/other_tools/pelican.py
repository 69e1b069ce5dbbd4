"""Pelican without our plugin: dossiers are articles, other records pages; a custom reader passes the fields through."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from weimin.bench.other_tools.field_labels import field_labels
from weimin.bench.other_tools.source import SourceDossier, SourceRecord, SourceRegister, nested

OUTPUT = "output"


def command(tool: Path) -> list[str]:
    return [str(tool), "-q", "-s", "pelicanconf.py", "content"]


def prepare(site: Path, register: SourceRegister, templates: Path) -> None:
    """Writes the whole input into an empty folder."""
    shutil.copytree(templates, site)
    _write(site / "forms.json", json.dumps(field_labels(), ensure_ascii=False))
    for office in register.platforms:
        own: dict[str, Any] = {"template": "platform", "title": office.area, "code": office.code}
        own |= {"level": office.level, "chain": list(office.chain), "save_as": f"{office.code}/index.html"}
        _page(site / "content" / "pages" / office.code / "platform.rec", own, office.own)
        for record in office.others:
            front = {"title": f"{office.area}：{record.label}", "code": office.code, "template": "record"}
            front["save_as"] = f"{office.code}/{record.kind}/{record.stem}.html"
            _page(site / "content" / "pages" / office.code / f"{record.kind}-{record.stem}.rec", front, record)
    for dossier in register.dossiers():
        change(site, dossier)


def change(site: Path, dossier: SourceDossier) -> None:
    """Writes the input of one dossier again: its topic and its events."""
    front: dict[str, Any] = {
        "template": "dossier",
        "title": dossier.title,
        "date": dossier.first,
        "modified": dossier.last,
        "category": dossier.code,
        "tags": list(dossier.themes),
        "code": dossier.code,
        "area": dossier.area,
        "dossier": dossier.id,
        "save_as": f"{dossier.id}/index.html",
    }
    _page(site / "content" / "dossiers" / dossier.code / dossier.number / "topic.rec", front, dossier.topic)
    for record in dossier.events:
        own = {"title": f"{dossier.title}：{record.label}", "dossier": dossier.id, "template": "record"}
        own["save_as"] = f"{dossier.id}/{record.stem}.html"
        _page(site / "content" / "pages" / dossier.code / dossier.number / f"{record.stem}.rec", own, record)


def _page(path: Path, front: Mapping[str, Any], record: SourceRecord) -> None:
    of = {
        "slug": str(front["save_as"]).removesuffix("/index.html").removesuffix(".html").replace("/", "-"),
        "url": f"/{str(front['save_as']).removesuffix('index.html')}",
        "stem": record.stem,
        "form": record.kind,
        "label": record.label,
        "day": record.day,
        "origin": record.path,
        "own": record.page or record.kind in ("topic", "platform"),
    }
    lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in {**front, **of}.items())
    _write(path, f"---\n{lines}record:\n{nested(record.yaml)}---\n\n{record.body}\n")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
