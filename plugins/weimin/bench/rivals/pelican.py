"""Pelican as it comes: dossiers are articles, every other record a page; a reader of its own takes the fields as they stand."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from weimin.bench.rivals.forms import forms
from weimin.bench.rivals.pieces import Input, Matter, Piece, nested

OUTPUT = "output"


def command(tool: Path) -> list[str]:
    return [str(tool), "-q", "-s", "pelicanconf.py", "content"]


def prepare(site: Path, register: Input, templates: Path) -> None:
    """The whole input, into an empty folder."""
    shutil.copytree(templates, site)
    _write(site / "forms.json", json.dumps(forms(), ensure_ascii=False))
    for office in register.platforms:
        own: dict[str, Any] = {"template": "platform", "title": office.area, "code": office.code}
        own |= {"level": office.level, "chain": list(office.chain), "save_as": f"{office.code}/index.html"}
        _page(site / "content" / "pages" / office.code / "platform.rec", own, office.own)
        for piece in office.others:
            front = {"title": f"{office.area}：{piece.label}", "code": office.code, "template": "record"}
            front["save_as"] = f"{office.code}/{piece.kind}/{piece.stem}.html"
            _page(site / "content" / "pages" / office.code / f"{piece.kind}-{piece.stem}.rec", front, piece)
    for dossier in register.dossiers():
        change(site, dossier)


def change(site: Path, dossier: Matter) -> None:
    """One dossier anew: its topic and its events."""
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
    for piece in dossier.events:
        own = {"title": f"{dossier.title}：{piece.label}", "dossier": dossier.id, "template": "record"}
        own["save_as"] = f"{dossier.id}/{piece.stem}.html"
        _page(site / "content" / "pages" / dossier.code / dossier.number / f"{piece.stem}.rec", own, piece)


def _page(path: Path, front: Mapping[str, Any], piece: Piece) -> None:
    of = {
        "slug": str(front["save_as"]).removesuffix("/index.html").removesuffix(".html").replace("/", "-"),
        "url": f"/{str(front['save_as']).removesuffix('index.html')}",
        "stem": piece.stem,
        "form": piece.kind,
        "label": piece.label,
        "day": piece.day,
        "origin": piece.path,
        "own": piece.page or piece.kind in ("topic", "platform"),
    }
    lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in {**front, **of}.items())
    _write(path, f"---\n{lines}record:\n{nested(piece.yaml)}---\n\n{piece.body}\n")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
