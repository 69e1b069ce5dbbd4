"""Hugo: a section for each platform and each dossier, a page for each record."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from weimin.bench.rivals.forms import forms
from weimin.bench.rivals.pieces import Input, Matter, Piece, nested

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


def prepare(site: Path, register: Input, templates: Path) -> None:
    """The whole input, into an empty folder."""
    shutil.copytree(templates, site)
    _write(site / "hugo.json", json.dumps(CONFIG, ensure_ascii=False))
    _write(site / "data" / "forms.json", json.dumps(forms(), ensure_ascii=False))
    content = site / "content"
    for office in register.platforms:
        chain = [{"code": code, "area": area} for code, area in office.chain]
        own = {"type": "platform", "title": office.area, "code": office.code, "level": office.level, "chain": chain}
        _page(content / office.code / "_index.md", own | _of(office.own), office.own)
        for piece in office.others:
            address = f"/{office.code}/{piece.kind}/{piece.stem}.html"
            _record(content / office.code / f"{piece.kind}-{piece.stem}.md", piece, address, office.area)
    for dossier in register.dossiers():
        change(site, dossier)


def change(site: Path, dossier: Matter) -> None:
    """One dossier anew: its section and its events."""
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
    for piece in dossier.events:
        _record(folder / f"{piece.stem}.md", piece, f"/{dossier.id}/{piece.stem}.html", dossier.title)


def _record(path: Path, piece: Piece, address: str, title: str) -> None:
    front: dict[str, Any] = {"type": "record", "title": f"{title}：{piece.label}", "url": address}
    front |= {"outputs": ["html", "embed"], "kinds": [piece.label]} if piece.page else {"build": {"render": "never"}}
    front |= {"date": piece.day} if piece.day[:4].isdigit() and len(piece.day) == len("2026-01-01") else {}
    _page(path, front | _of(piece), piece)


def _of(piece: Piece) -> dict[str, Any]:
    return {
        "stem": piece.stem,
        "form": piece.kind,
        "label": piece.label,
        "day": piece.day,
        "source": piece.path,
        "own": piece.page,
    }


def _page(path: Path, front: Mapping[str, Any], piece: Piece) -> None:
    lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in front.items())
    _write(path, f"---\n{lines}record:\n{nested(piece.yaml)}---\n\n{piece.body}\n")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
