"""A page of a browser from which tests import modules of the theme."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

PLAIN = "value => value instanceof Set ? Array.from(value) : value instanceof Node ? value.outerHTML : value"


class Modules:
    """An empty page from which modules are imported."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def value(self, module: str, name: str) -> Any:
        return self.page.evaluate("async ([at, name]) => (await import(at))[name]", [f"/js/{module}", name])

    def call(self, module: str, function: str, *arguments: Any) -> Any:
        """What an exported function returns; a set as a list, an element as its markup."""
        return self.each(module, function, [arguments])[0]

    def each(self, module: str, function: str, calls: list[Any]) -> list[Any]:
        """What it returns for each list of arguments."""
        script = f"""async ([at, name, calls]) => {{
            const module = await import(at), plain = {PLAIN}, found = [];
            for (const given of calls) found.push(plain(await module[name](...given)));
            return found;
        }}"""
        found: list[Any] = self.page.evaluate(script, [f"/js/{module}", function, calls])
        return found

    def run(self, script: str, given: Any = None) -> Any:
        """What a script of a test returns; it may import modules."""
        return self.page.evaluate(script, given)


def open_page(browser: Browser, address: str) -> tuple[BrowserContext, Modules]:
    """An empty page at an address of the theme's files."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/js/dom.js")  # for the origin; what is shown is replaced
    page.set_content("<!doctype html><title>-</title><body></body>")
    return context, Modules(page)
