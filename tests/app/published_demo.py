"""Builds the demo as a release: a repository, the site built from it, and the log beside it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import NamedTuple

from small_register import AT, ONE, START, consultation, followup, outcome, response

from artefacts import artefact, copy
from builders.demo import demo_repository
from builders.repository import Files, Repository, make_repo
from weimin.app.build.manifest import BUILD
from weimin.cli.main import main
from weimin.demo import AS_OF
from weimin.site.json_documents import json_bytes, seal

ADDRESS = "https://demo.example.org"
DAY = AS_OF.isoformat()
MADE_FROM = "tests/app"


class Demo(NamedTuple):
    root: Path
    site: Path
    log: Path

    @property
    def repository(self) -> Repository:
        return Repository(self.root)

    @property
    def commit(self) -> str:
        return self.repository.git("rev-parse", "HEAD")


def city() -> Demo:
    """Create and released; shared, so that nobody changes it."""
    return _in(artefact("released_city", _released_city, MADE_FROM))


def _released_city(folder: Path) -> None:
    copy(demo_repository(), folder / "root")
    assert release(_in(folder)) == 0


def _in(folder: Path) -> Demo:
    return Demo(folder / "root", folder / "site", folder / "log")


CORRECTED = f"{ONE}/2026-06-20-correction.yml"
STEPS: list[Files] = [
    START,
    {
        f"{ONE}/2026-03-10-outcome.md": outcome(
            "2026-03-02-consultation", submitted="2026-03-12", published="2026-03-15"
        )
    },
    {f"{ONE}/2026-03-25-response.md": response()},
    {f"{ONE}/2026-05-12-consultation.md": consultation("s2", "progress")},
    {f"{ONE}/2026-06-12-followup.md": followup()},
    {
        CORRECTED: (
            "of: 2026-03-10-outcome\nchanges:\n  - field: /measures/0/text\n    from: 建停车位\n    to: 建停车位二十个\n"
            "reason: 漏写数量\napproved_by: 样例镇党委\n"
        )
    },
    {f"{AT}/platform.yml": "area: 样例村\nbrand: 样例议事\n"},
]
"""A dossier told in seven commits, in the order of its days."""


def small(folder: Path) -> Demo:
    """A release of a register with one dossier; a copy in `folder`, with which a test may do as it likes."""
    return _in(copy(artefact("released_small", _released_small, MADE_FROM), folder / "small"))


def _released_small(folder: Path) -> None:
    make_repo(folder / "root", STEPS)
    assert release(_in(folder)) == 0


def release(demo: Demo, on: str = DAY, *more: str) -> int:
    """Build and release; the exit code."""
    base = ("--root", str(demo.root), "--jobs", "1", "--as-of", on, "--base-url", ADDRESS)
    return main(["build", *base, "--output", str(demo.site), "--log", str(demo.log), *more])


def restated(site: Path, **changes: object) -> None:
    """Write other values into build.json and seal it as a build does: what a forger would do."""
    said = json.loads((site / BUILD).read_bytes()) | changes
    (site / BUILD).write_bytes(json_bytes({**said, "seal": seal(said)}))


def copied(site: Path, to: Path) -> Path:
    """A copy of a site whose files may be changed; `site` may be a link."""
    subprocess.run(["cp", "-rL", str(site), str(to)], check=True)
    return to
