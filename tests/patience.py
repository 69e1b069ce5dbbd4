"""What a browser does in its own time is waited for, however busy the machine is."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

PAUSE, TURNS = 50, 1200
"""Milliseconds between two looks, and how often it is looked: a minute."""


def comes_true(page: Page, holds: Callable[[], object]) -> None:
    """Until `holds` returns something true and raises no AssertionError; in the end what is wrong is said by `holds`."""
    for _ in range(TURNS):
        try:
            if holds():
                return
        except AssertionError:
            pass
        page.wait_for_timeout(PAUSE)
    assert holds()
