"""How browser tests and screenshots view a page: on which device, and in which display mode."""

from __future__ import annotations

from playwright.sync_api import Browser, BrowserContext, Page

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

DEVICES = {"phone": (360, 740), "desktop": (1280, 900)}
"""Width and height of the viewport in CSS pixels."""

MODES = ("light", "dark", "print", "care")


def context(browser: Browser, device: str, *, scripts: bool = True) -> BrowserContext:
    """A browser context without cookies or storage."""
    width, height = DEVICES[device]
    return browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=scripts, locale="zh-CN", color_scheme="light"
    )


def show(page: Page, mode: str) -> None:
    """Switch the open page to a display mode; 关怀版 by its checkbox, as a visitor does it."""
    page.emulate_media(media="screen")
    if page.locator("#care").count():
        page.set_checked("#care", mode == "care")
    page.emulate_media(
        media="print" if mode == "print" else "screen", color_scheme="dark" if mode == "dark" else "light"
    )
