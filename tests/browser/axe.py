"""axe-core asked about the page that a browser shows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCE = Path(__file__).parent / "vendor" / "axe.min.js"
ASK = """async only => {
    const options = {resultTypes: ['violations'], ...(only && {runOnly: {type: 'rule', values: only}})};
    const {violations, passes} = await axe.run(document, options);
    const found = violations.flatMap(rule => rule.nodes.map(node => ({
        rule: rule.id, place: node.target.join(' '), html: node.html.slice(0, 160), why: node.failureSummary,
    })));
    return [found, passes.length];
}"""
COLOURS = ("color-contrast", "link-in-text-block")
"""The rules of axe whose answer depends on colours."""


@cache
def source() -> str:
    return SOURCE.read_text(encoding="utf-8")


def run_axe(page: Page, only: Sequence[str] = ()) -> tuple[list[dict[str, Any]], int]:
    """What axe finds wrong, and how many of its rules had something to look at and liked it.

    `only`: the rules that run; without it, all. The page may have been asked before.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(source())  # the page's own security policy does not hold for what the driver evaluates
    found, passed = page.evaluate(ASK, list(only) or None)
    return found, passed


def found_by_axe(page: Page, only: Sequence[str] = ()) -> list[dict[str, Any]]:
    """What axe finds wrong."""
    return run_axe(page, only)[0]
