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
    """The page of a commit; empty where the settings name no forge."""
    if site.forge is None or not commit or site.forge.kind not in _COMMIT:
        return ""
    home = site.forge.url.rstrip("/").removesuffix(".git")
    return f"{home}{_COMMIT[site.forge.kind]}{commit}" if home.startswith(_SAFE) else ""


_FILE = {
    "github": "/blob/{commit}/{path}?plain=1",
    "gitlab": "/-/blob/{commit}/{path}?plain=1",
    "gitea": "/src/commit/{commit}/{path}?display=source",
    "forgejo": "/src/commit/{commit}/{path}?display=source",
    "gitee": "/blob/{commit}/{path}",
}


def file_url(site: Site, commit: str, path: str) -> str:
    """A file as it stood at a commit, as text; `#L12` behind it is its line 12. Empty as `commit_url`."""
    if not commit_url(site, commit) or site.forge is None:
        return ""
    home = site.forge.url.rstrip("/").removesuffix(".git")
    return home + _FILE[site.forge.kind].format(commit=commit, path=path)
