"""Lighthouse's points of four pages of the demo on its slow phone, served by the shipped nginx configuration: a table.

Each page is measured three times; of each figure the median counts. Exit code 1 where one is too low or too late.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import npm_programs
import provision
from demo_site import built, compute_demo, write
from environment import ROOT, say, speak_utf8
from page_samples import samples

sys.path.insert(0, str(ROOT / "tests" / "deploy"))

TIMES = 3
LEAST = 95
FIRST_VIEW = 1000
"""Milliseconds until something is seen (first contentful paint), on Lighthouse's slow phone."""

CATEGORIES = {"performance": "速度", "accessibility": "无障碍", "best-practices": "做法", "seo": "可被搜到"}
NOT_ASKED = "is-crawlable"
"""The demo asks search engines on every page to leave it alone, as made-up data should."""

FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"


class Points(NamedTuple):
    """Medians: points of 100 for each category, ms of the first view and of the largest, and what cost points."""

    path: str
    points: Mapping[str, int]
    first: float
    largest: float
    cost: tuple[str, ...]

    @property
    def enough(self) -> bool:
        return min(self.points.values()) >= LEAST and self.first < FIRST_VIEW


def pages(site: Mapping[str, bytes]) -> list[str]:
    """The fullest page of each of the four."""
    found = samples(site)
    return [found["home"][0], found["dossier"][0], found["platform"][0], "/results/"]


def report(url: str, folder: Path) -> dict[str, object]:
    """What Lighthouse writes of one visit."""
    written = folder / "report.json"
    program = npm_programs.installed("lighthouse") / "lighthouse" / "cli" / "index.js"
    chromium = provision.executable(provision.CHROMIUM)
    subprocess.run(
        [
            "node",
            str(program),
            url,
            "--quiet",
            "--output=json",
            f"--skip-audits={NOT_ASKED}",
            f"--output-path={written}",
            f"--chrome-flags={FLAGS}",
        ],
        check=True,
        capture_output=True,
        timeout=180,
        env={**os.environ, "CHROME_PATH": str(chromium)},
    )
    found: dict[str, object] = json.loads(written.read_text("utf-8"))
    return found


def medians(path: str, reports: list[dict[str, object]]) -> Points:
    """Of several visits of one page."""

    def middle(read: object, *names: str) -> float:
        values = []
        for found in reports:
            value: object = found[str(read)]
            for name in names:
                assert isinstance(value, dict)
                value = value[name]
            assert isinstance(value, int | float)
            values.append(float(value))
        return statistics.median(values)

    points = {name: round(100 * middle("categories", name, "score")) for name in CATEGORIES}
    first = middle("audits", "first-contentful-paint", "numericValue")
    largest = middle("audits", "largest-contentful-paint", "numericValue")
    return Points(path, points, first, largest, tuple(costly(reports[-1])))


def costly(found: dict[str, object]) -> Iterator[str]:
    """Names of the audits that have a weight and were not passed."""
    categories, audits = found["categories"], found["audits"]
    assert isinstance(categories, dict)
    assert isinstance(audits, dict)
    for category in CATEGORIES:
        for of in categories[category]["auditRefs"]:
            score = audits[of["id"]]["score"]
            if of["weight"] and score is not None and score < 0.9:
                yield f"{of['id']} {score:g}"


def table(found: list[Points]) -> str:
    head = f"{'页面':<26}" + "".join(f"{name:>6}" for name in CATEGORIES.values()) + "  首次可见  最大内容"
    rows = [
        f"{p.path:<28}" + "".join(f"{n:>8}" for n in p.points.values()) + f"{p.first:>8.0f}ms{p.largest:>8.0f}ms"
        for p in found
    ]
    return "\n".join([head, *rows, *(f"{p.path} 失分：{'，'.join(p.cost)}" for p in found if p.cost)])


def measured(folder: Path, times: int = TIMES) -> list[Points]:
    """The demo made, built, served and measured below an empty folder."""
    from shipped_nginx import running

    site = built(compute_demo(folder / "demo"), base_url="")
    with running(write(site, folder / "srv" / "one"), folder / "nginx") as address:
        found = []
        for path in pages(site):
            found.append(medians(path, [report(address + path, folder) for _ in range(times)]))
            say(f"{path} 测完")
    return found


def main() -> int:
    speak_utf8()
    missing = [t.name for t in (provision.CHROMIUM, provision.NGINX, provision.NPM) if provision.executable(t) is None]
    if missing or not npm_programs.install("lighthouse"):
        say(f"停下：缺少{'、'.join(missing) or 'Lighthouse'}。改法：apt install chromium nginx-light nodejs npm")
        return 3
    with tempfile.TemporaryDirectory() as made:
        found = measured(Path(made))
    print(table(found))
    return 0 if all(p.enough for p in found) else 1


if __name__ == "__main__":
    sys.exit(main())
