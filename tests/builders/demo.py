"""The demo and the records of this repository, with their sites: shared folders, which nobody changes.

Who has to change one, or builds in it (a build keeps a store in `.git`), takes `artefacts.copy` of it.
"""

from __future__ import annotations

from pathlib import Path

import demo_site
from artefacts import ROOT, artefact, files_of
from weimin.demo import AS_OF, make_demo
from weimin.engine.compute import compute
from weimin.engine.opening import open_register
from weimin.engine.options import Options


def demo_repository() -> Path:
    """The demo's repository, its work tree clean."""
    return artefact("demo", _made)


def demo_folder(base_url: str = demo_site.ADDRESS) -> Path:
    """The demo's site as files, with pictures."""
    return artefact(
        "demo_site" if base_url else "demo_site_without_address", lambda f: _built(demo_repository(), f, base_url)
    )


def demo_files(base_url: str = demo_site.ADDRESS) -> dict[str, bytes]:
    """Every file of the demo's site by its path."""
    return files_of(demo_folder(base_url))


def content_folder() -> Path:
    """The site of the records in `content/`, history or not: what links lead to does not depend on it."""
    return artefact("content_site", lambda folder: _built(ROOT, folder, demo_site.ADDRESS), "content")


def content_files() -> dict[str, bytes]:
    """Every file of that site by its path."""
    return files_of(content_folder())


def _built(root: Path, folder: Path, base_url: str) -> None:
    held = compute(open_register(root, root), Options(as_of=AS_OF), demo_site.no_tick)
    demo_site.write(demo_site.built(held, base_url), folder)


def _made(folder: Path) -> None:
    make_demo(folder, demo_site.no_tick)
