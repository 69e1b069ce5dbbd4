"""The demo, built as a release: a repository, the site made from it, and the log beside it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import NamedTuple

from small_register import AT, ONE, START, consultation, followup, outcome, response

from made_repo import Files, Repository, make_repo
from weimin.app.build.build import outputs
from weimin.app.build.manifest import BUILD
from weimin.cli.main import main
from weimin.demo import AS_OF, make_demo
from weimin.engine.compute import compute
from weimin.engine.opening import open_register
from weimin.engine.options import Options
from weimin.site.json_documents import json_bytes, seal

ADDRESS = "https://demo.example.org"
DAY = AS_OF.isoformat()


def quiet(what: str, more: int, total: int) -> None:
    """A tick that nobody hears."""


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


def released(folder: Path) -> Demo:
    """The demo, made and released in an empty folder; its site is a plain folder."""
    demo = Demo(folder / "demo", folder / "site", folder / "log")
    make_demo(demo.root, quiet)
    assert release(demo) == 0
    return demo


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
    """The same of a register with one dossier: seconds less."""
    demo = Demo(folder / "small", folder / "site", folder / "log")
    make_repo(demo.root, STEPS)
    assert release(demo) == 0
    return demo


def release(demo: Demo, on: str = DAY, *more: str) -> int:
    """Build and release; the exit code."""
    base = ("--root", str(demo.root), "--jobs", "1", "--as-of", on, "--base-url", ADDRESS)
    return main(["build", *base, "--output", str(demo.site), "--log", str(demo.log), *more])


def made_again(demo: Demo) -> dict[str, bytes]:
    """Every file of the site as a build makes it, its log as published."""
    held = compute(open_register(demo.root, demo.root), Options(as_of=AS_OF), quiet)
    log = [
        (f"log/{p.name}", p.read_bytes()) for p in sorted((demo.site / "log").iterdir()) if p.name != "manifest.json"
    ]
    return dict(outputs(held, 1, ADDRESS, quiet, lambda pages: log, pictures=True))


def restated(site: Path, **changes: object) -> None:
    """Write other facts into build.json, and seal it as a build would: what a forger does."""
    said = json.loads((site / BUILD).read_bytes()) | changes
    (site / BUILD).write_bytes(json_bytes({**said, "seal": seal(said)}))


def copied(site: Path, to: Path) -> Path:
    """The files of a site that may be changed; `site` may be a link."""
    subprocess.run(["cp", "-rL", str(site), str(to)], check=True)
    return to
