"""A site of made records, served on this machine, and a browser."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from artefacts import files_of
from builders.demo import demo_folder as shared_demo
from demo_site import served

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "site"))


@pytest.fixture(scope="session")
def made_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from made_register import pages_of, write

    from weimin.adapters.installation import theme_dir
    from weimin.adapters.templates import environment, render, static_files

    folder = tmp_path_factory.mktemp("site")
    env = environment(theme_dir())
    write([(page.path, render(env, page)) for page in pages_of(demo=True)], folder)
    write(static_files(theme_dir()).items(), folder)
    return folder


@pytest.fixture(scope="session")
def address(made_site: Path) -> Iterator[str]:
    with served(made_site) as found:
        yield found


@pytest.fixture(scope="session")
def built_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The register that the examples of the rules stand on, built as `weimin build` does it."""
    from made_register import write

    from weimin.app.build.site_build import site_files
    from weimin.app.check.check import check
    from weimin.engine.options import Options
    from weimin.engine.register import Register

    base = Path(__file__).resolve().parents[1] / "cases" / "_base"
    _checked, held = check(Register(base), Options(as_of=date(2026, 11, 22)))
    folder = tmp_path_factory.mktemp("built")
    write(list(site_files(held, 1, "", lambda what, n, total: None)), folder)
    with served(folder) as found:
        yield found


@pytest.fixture(scope="session")
def demo_folder() -> Path:
    return shared_demo()


@pytest.fixture(scope="session")
def demo(demo_folder: Path) -> Mapping[str, bytes]:
    """Every file of the demo's site."""
    return files_of(demo_folder)


@pytest.fixture(scope="session")
def demo_address(demo_folder: Path) -> Iterator[str]:
    with served(demo_folder) as found:
        yield found
