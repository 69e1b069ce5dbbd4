"""The addresses of the forms of one page. `stem` is empty for the dossier itself."""

from __future__ import annotations


def page_address(dossier: str, stem: str = "") -> str:
    return f"/{dossier}/{stem}.html" if stem else f"/{dossier}/"


def embed_address(dossier: str, stem: str = "") -> str:
    return f"/embed/{dossier}{_tail(stem)}.html"


def oembed_address(dossier: str, stem: str = "") -> str:
    return f"/oembed/{dossier}{_tail(stem)}.json"


def picture_address(dossier: str, stem: str = "") -> str:
    """The share picture, 1200×630."""
    return f"/cards/{dossier}{_tail(stem)}.png"


def wechat_address(dossier: str, stem: str) -> str:
    return f"/wechat/{dossier}/{stem}.html"


def _tail(stem: str) -> str:
    return f"/{stem}" if stem else ""
