"""The exported data as others open it: a Frictionless validator and Datasette."""

from __future__ import annotations

import asyncio
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from builders.demo import demo_repository
from weimin.app.build.export import export
from weimin.demo import AS_OF
from weimin.engine.opening import open_register
from weimin.engine.options import Options

pytestmark = pytest.mark.slow

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what these two do when they are imported is theirs
    from datasette.app import Datasette
    from frictionless import system, validate


def quiet(what: str, more: int, total: int) -> None:
    """A tick that nobody hears."""


@pytest.fixture(scope="module")
def root() -> Path:
    return demo_repository()


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_frictionless_validator_finds_nothing(root, tmp_path, form):
    """Names, types, sizes and digests of every file, by the descriptor and the schemas beside it."""
    export(open_register(root, root), Options(as_of=AS_OF), tmp_path / form, form, quiet)
    with system.use_context(trusted=True):
        report = validate(str(tmp_path / form / "datapackage.json"))
        assert (report.valid, report.stats["errors"]) == (True, 0)
        assert report.stats["tasks"] > 50


@pytest.mark.filterwarnings("ignore")
def test_a_planted_fault_is_found(root, tmp_path):
    export(open_register(root, root), Options(as_of=AS_OF), tmp_path / "csv", "csv", quiet)
    with system.use_context(trusted=True):
        file = tmp_path / "csv" / "outcome" / "2026.csv"
        file.write_bytes(file.read_bytes().replace(b"false", b"maybe", 1))
        assert not validate(str(tmp_path / "csv" / "datapackage.json")).valid


@pytest.mark.filterwarnings("ignore")
def test_datasette_opens_the_one_file(root, tmp_path):
    done = export(open_register(root, root), Options(as_of=AS_OF), tmp_path / "one", "sqlite", quiet)

    async def asked() -> tuple[int, list[dict[str, object]]]:
        served = Datasette([str(done.output)])
        answer = await served.client.get("/weimin/state-dossier.json?_shape=array&_size=2")
        return answer.status_code, answer.json()

    with ThreadPoolExecutor(
        1
    ) as apart:  # a browser that other tests of this process have open holds this thread's loop
        status, rows = apart.submit(asyncio.run, asked()).result()
    assert status == 200
    assert [row["dossier"] for row in rows] == sorted(row["dossier"] for row in rows)
    assert all(row["title"] for row in rows)
