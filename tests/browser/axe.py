"""axe-core asked about the page that a browser shows."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCE = Path(__file__).parent / "vendor" / "axe.min.js"
ASK = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations.flatMap(
    rule => rule.nodes.map(node => ({
        rule: rule.id, place: node.target.join(' '), html: node.html.slice(0, 160), why: node.failureSummary,
    })))"""
COUNT = "async () => (await axe.run(document, {resultTypes: ['passes']})).passes.length"


@cache
def source() -> str:
    return SOURCE.read_text(encoding="utf-8")


def found_by_axe(page: Page) -> list[dict[str, Any]]:
    """What axe finds wrong, with all of its rules; the page may have been asked before."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(source())  # the page's own security policy does not hold for what the driver evaluates
    found: list[dict[str, Any]] = page.evaluate(ASK)
    return found


def rules_that_passed(page: Page) -> int:
    """How many of axe's rules had something to look at and liked it."""
    passed: int = page.evaluate(COUNT)
    return passed
