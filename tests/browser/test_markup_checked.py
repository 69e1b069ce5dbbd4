"""Every page of the demo is held to the HTML standard by the Nu checker, which the standard's own people use."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

import npm_programs

pytestmark = [pytest.mark.npm, pytest.mark.slow]

NO_HOST = ".*violates Content Security Policy.*"
"""A file has no host, so that nothing is 'self' to it; the browser's walk holds pages to their policy."""


@pytest.fixture(scope="module")
def checker() -> list[str]:
    java = shutil.which("java")
    assert java
    assert npm_programs.install("markup")
    jar = npm_programs.installed("markup") / "vnu-jar" / "build" / "dist" / "vnu.jar"
    return [java, "-Xss4m", "-jar", str(jar), "--format", "json", "--exit-zero-always", "--filterpattern", NO_HOST]


def said(checker: list[str], folder: Path) -> list[dict[str, Any]]:
    """What the checker says of every HTML file below a folder, remarks too."""
    ran = subprocess.run([*checker, "--skip-non-html", str(folder)], capture_output=True, check=True, timeout=300)
    found: list[dict[str, Any]] = json.loads(ran.stderr)["messages"]
    return found


def test_the_checker_finds_nothing_on_any_page(checker: list[str], demo_folder: Path) -> None:
    assert len(list(demo_folder.rglob("*.html"))) > 500
    told: dict[str, list[str]] = {}
    for message in said(checker, demo_folder):
        page = message["url"].partition(str(demo_folder))[2]
        told.setdefault(message["message"], []).append(f"{page}:{message.get('lastLine')}")
    assert not told, "\n".join(f"{len(pages)} × {text} ({pages[0]})" for text, pages in told.items())


def test_the_checker_sees_what_it_looks_for(checker: list[str], tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text(
        "<!doctype html><html lang=zh-CN><title>坏</title><dl><dd>没有名字</dd></dl><p id=a><p id=a>", encoding="utf-8"
    )
    texts = [message["message"] for message in said(checker, tmp_path)]
    assert any("Duplicate ID" in text for text in texts)
    assert any("dl" in text for text in texts)
