"""Eleventy: a Markdown file for each record, layouts in Nunjucks, lists and per-page data from collections."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from weimin.bench.rivals.forms import forms
from weimin.bench.rivals.pieces import Input, Matter, Piece, nested

OUTPUT = "_site"


def command(tool: Path) -> list[str]:
    return [str(tool), "--quiet"]


def prepare(site: Path, register: Input, templates: Path) -> None:
    """The whole input, into an empty folder."""
    shutil.copytree(templates, site)
    _write(site / "_data" / "forms.json", json.dumps(forms(), ensure_ascii=False))
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
        for piece in office.others:
            front = {"title": f"{office.area}：{piece.label}", "code": office.code, "tags": ["others"]}
            address = f"/{office.code}/{piece.kind}/{piece.stem}.html"
            _page(site / "records" / office.code / f"{piece.kind}-{piece.stem}.md", front | _at(piece, address), piece)
    for dossier in register.dossiers():
        change(site, dossier)


def change(site: Path, dossier: Matter) -> None:
    """One dossier anew: its topic and its events."""
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
    for piece in dossier.events:
        own = {"title": f"{dossier.title}：{piece.label}", "dossier": dossier.id, "tags": ["events"]}
        _page(folder / f"{piece.stem}.md", own | _at(piece, f"/{dossier.id}/{piece.stem}.html"), piece)


def _at(piece: Piece, address: str) -> dict[str, Any]:
    return {"layout": "record.njk", "permalink": address} if piece.page else {"permalink": False}


def _page(path: Path, front: Mapping[str, Any], piece: Piece) -> None:
    of = {
        "stem": piece.stem,
        "form": piece.kind,
        "label": piece.label,
        "day": piece.day,
        "source": piece.path,
        "own": piece.page,
    }
    lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in {**front, **of}.items())
    _write(path, f"---\n{lines}record:\n{nested(piece.yaml)}---\n\n{piece.body}\n")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
