"""Lighthouse scores of four pages of the demo, served with the shipped nginx configuration, on the simulated slow phone.

Each page is measured three times; the median of each figure counts. Exit code 1 where a score is too low or a page too slow.
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
MIN_SCORE = 95
MAX_FIRST_PAINT = 1000
"""Milliseconds to the first contentful paint on Lighthouse's slow phone."""

CATEGORIES = {"performance": "速度", "accessibility": "无障碍", "best-practices": "做法", "seo": "可被搜到"}
SKIPPED_AUDIT = "is-crawlable"
"""Skipped: every page of the demo asks search engines not to index it, because its data is invented."""

FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"


class PageScores(NamedTuple):
    """Medians of a page: scores of 100 by category, ms to the first and the largest paint, and the audits that lost points."""

    path: str
    scores: Mapping[str, int]
    first_paint: float
    largest_paint: float
    lost_by: tuple[str, ...]

    @property
    def passes(self) -> bool:
        return min(self.scores.values()) >= MIN_SCORE and self.first_paint < MAX_FIRST_PAINT


def pages(site: Mapping[str, bytes]) -> list[str]:
    """Addresses of the four measured pages: of each type the one with the most content."""
    by_type = samples(site)
    return [by_type["home"][0], by_type["dossier"][0], by_type["platform"][0], "/results/"]


def report(url: str, folder: Path) -> dict[str, object]:
    """The report of Lighthouse for one visit."""
    file = folder / "report.json"
    program = npm_programs.installed("lighthouse") / "lighthouse" / "cli" / "index.js"
    chromium = provision.executable(provision.CHROMIUM)
    subprocess.run(
        [
            "node",
            str(program),
            url,
            "--quiet",
            "--output=json",
            f"--skip-audits={SKIPPED_AUDIT}",
            f"--output-path={file}",
            f"--chrome-flags={FLAGS}",
        ],
        check=True,
        capture_output=True,
        timeout=180,
        env={**os.environ, "CHROME_PATH": str(chromium)},
    )
    content: dict[str, object] = json.loads(file.read_text("utf-8"))
    return content


def medians(path: str, reports: list[dict[str, object]]) -> PageScores:
    """The medians of several visits of one page."""

    def middle(read: object, *names: str) -> float:
        values = []
        for visit in reports:
            value: object = visit[str(read)]
            for name in names:
                assert isinstance(value, dict)
                value = value[name]
            assert isinstance(value, int | float)
            values.append(float(value))
        return statistics.median(values)

    scores = {name: round(100 * middle("categories", name, "score")) for name in CATEGORIES}
    first = middle("audits", "first-contentful-paint", "numericValue")
    largest = middle("audits", "largest-contentful-paint", "numericValue")
    return PageScores(path, scores, first, largest, tuple(failed_audits(reports[-1])))


def failed_audits(report_of_visit: dict[str, object]) -> Iterator[str]:
    """Names and scores of the audits that have a weight and were not passed."""
    categories, audits = report_of_visit["categories"], report_of_visit["audits"]
    assert isinstance(categories, dict)
    assert isinstance(audits, dict)
    for category in CATEGORIES:
        for of in categories[category]["auditRefs"]:
            score = audits[of["id"]]["score"]
            if of["weight"] and score is not None and score < 0.9:
                yield f"{of['id']} {score:g}"


def table(measured_pages: list[PageScores]) -> str:
    head = f"{'页面':<26}" + "".join(f"{name:>6}" for name in CATEGORIES.values()) + "  首次可见  最大内容"
    rows = [
        f"{p.path:<28}"
        + "".join(f"{n:>8}" for n in p.scores.values())
        + f"{p.first_paint:>8.0f}ms{p.largest_paint:>8.0f}ms"
        for p in measured_pages
    ]
    return "\n".join([head, *rows, *(f"{p.path} 失分：{'，'.join(p.lost_by)}" for p in measured_pages if p.lost_by)])


def measured(folder: Path, times: int = TIMES) -> list[PageScores]:
    """Create, build, serve and measure the demo below an empty folder."""
    from shipped_nginx import running

    site = built(compute_demo(folder / "demo"), base_url="")
    with running(write(site, folder / "srv" / "one"), folder / "nginx") as address:
        measured_pages = []
        for path in pages(site):
            measured_pages.append(medians(path, [report(address + path, folder) for _ in range(times)]))
            say(f"{path} 测完")
    return measured_pages


def main() -> int:
    speak_utf8()
    missing = [t.name for t in (provision.CHROMIUM, provision.NGINX, provision.NPM) if provision.executable(t) is None]
    if missing or not npm_programs.install("lighthouse"):
        say(f"停下：缺少{'、'.join(missing) or 'Lighthouse'}。改法：apt install chromium nginx-light nodejs npm")
        return 3
    with tempfile.TemporaryDirectory() as folder:
        measured_pages = measured(Path(folder))
    print(table(measured_pages))
    return 0 if all(p.passes for p in measured_pages) else 1


if __name__ == "__main__":
    sys.exit(main())
