"""Somebody who comes to the home page with a question, and takes few steps."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page

MOST = 3


class Visitor:
    """A step is a click, or words typed and Enter; none may follow the third."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site, self.steps = page, site, 0
        page.goto(f"{site}/")

    def _step(self) -> None:
        self.steps += 1
        assert self.steps <= MOST, "more steps than a visitor has patience for"

    def click(self, words: str, within: str = "body") -> None:
        """Follow the first link with these words, as somebody does who reads from the top; to open 栏目 is a step, too."""
        if within == "nav.main" and not self.page.locator(within).is_visible():
            self._step()
            self.page.click("[for=menu]")
        self._step()
        before = self.page.url
        link = self.page.locator(within).get_by_role("link", name=words).first
        link.click()
        self.page.wait_for_url(lambda url: url != before)

    def unfold(self, words: str) -> None:
        self._step()
        self.page.locator("main summary", has_text=words).first.click()

    def my_place(self, name: str) -> None:
        """Type a name into 我的村居 and press Enter."""
        self._step()
        box = self.page.locator(".mine input")
        box.fill(name)
        box.press("Enter")
        self.page.wait_for_url(re.compile(r"/\d{6,12}/$"))

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.site)

    def below(self, heading: str) -> Locator:
        """The part of the page under a heading."""
        return self.page.locator("main section", has=self.page.get_by_role("heading", name=heading, exact=True)).last

    def texts(self, selector: str) -> list[str]:
        return [words.strip() for words in self.page.locator(selector).all_inner_texts()]
