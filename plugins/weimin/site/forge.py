"""Where a forge shows a commit."""

from __future__ import annotations

from weimin.model.kinds import Site

_COMMIT = {
    "github": "/commit/",
    "gitlab": "/-/commit/",
    "gitea": "/commit/",
    "forgejo": "/commit/",
    "gitee": "/commit/",
}
_SAFE = ("https://", "http://")


def commit_url(site: Site, commit: str) -> str:
    """The page of a commit; empty where the site does not say where its repository lives."""
    if site.forge is None or not commit or site.forge.kind not in _COMMIT:
        return ""
    home = site.forge.url.rstrip("/").removesuffix(".git")
    return f"{home}{_COMMIT[site.forge.kind]}{commit}" if home.startswith(_SAFE) else ""
