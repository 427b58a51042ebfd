"""What draws a page that came to a browser without scripts, and says what only its drawing shows."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page
from playwright.sync_api import Page as DrawnPage
from playwright.sync_api import expect as of_browser

from tests.browsing import AXE, DESK, PHONE, axe_says, open_by_itself, too_wide
from tests.web import scriptless
from tests.web.scriptless_found import Found

SHOW = """(html) => {
  const there = new DOMParser().parseFromString(html, 'text/html')
  document.documentElement.lang = there.documentElement.lang
  document.title = there.title
  document.body.replaceWith(there.body)
}"""
OPEN_FOLDS = "document.querySelectorAll('details').forEach((one) => { one.open = true })"
BUILT = """[...document.querySelectorAll('body, body *')].map(one => one.tagName + [...one.attributes].filter(
each => !['id', 'for', 'href', 'value', 'action', 'nonce'].includes(each.name)).map(
each => each.name + each.value.replace(/\\d+/g, '')).join() + (one.checkVisibility() ? 1 : 0)
+ (one.textContent.trim() ? 1 : 0)).join()"""
"""How a page is built: its elements as they are shown, and which of them have words. What axe says of it, it
says of another that is built alike."""
READ_BY_AXE: set[tuple[str, str]] = set()


def expect(found: Found | Locator | Page) -> Any:
    """Say what is expected of something on a page: of a real browser, or of one without scripts."""
    return scriptless.expect(found) if isinstance(found, Found) else of_browser(found)


def complaints(page: DrawnPage) -> list[str]:
    """What axe says of a page as it stands; nothing of one that is built as another of this run."""
    colours = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    built = (f"{page.viewport_size} {colours}", page.evaluate(BUILT))
    if built in READ_BY_AXE:
        return []
    READ_BY_AXE.add(built)
    # Evaluated, not added as a script: so the content policy stays in force for the page itself.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    return axe_says(page)


def wrong_with(page: Any, language: str = "en") -> list[str]:
    """What is wrong with a page without scripts, as it came and as `page.eyes` draw it."""
    return [*scriptless.wrong_with(page, language), *page.eyes.wrong(page.content())]


class Eyes:
    """One page of a real browser, with the program's styles, which is lent the pages to look at."""

    def __init__(self, chromium: Browser) -> None:
        self._chromium = chromium
        self._page: DrawnPage | None = None

    def wrong(self, html: str, *, folds: bool = False, colours: str = "light") -> list[str]:
        """Whether one has to scroll sideways on a phone or at a desk, and what axe says. `folds`: with all
        of them open."""
        page = self._showing(html)
        page.emulate_media(color_scheme=colours)
        if folds:
            page.evaluate(OPEN_FOLDS)
        found = []
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            found += too_wide(page, size)
        return found + complaints(page)

    def too_wide(self, html: str) -> list[str]:
        """Whether one has to scroll sideways on a phone, with all folds open."""
        page = self._showing(html)
        page.evaluate(OPEN_FOLDS)
        page.set_viewport_size(PHONE)
        return too_wide(page, PHONE)

    def _showing(self, html: str) -> DrawnPage:
        page = self._page = self._page or self._opened()
        page.evaluate(SHOW, html)
        return page

    def _opened(self) -> DrawnPage:
        # Scripts have no part in it, and pictures say how large they are.
        return open_by_itself(self._chromium, PHONE, files=(".css",))


@pytest.fixture(scope="session")
def eyes(chromium: Browser) -> Eyes:
    """What draws the pages that came to a browser without scripts."""
    return Eyes(chromium)
