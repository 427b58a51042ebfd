"""What draws a page that came to a browser without scripts, and says what only its drawing shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page
from playwright.sync_api import Page as DrawnPage
from playwright.sync_api import expect as of_browser

from tests.browsing import (
    AXE,
    DESK,
    PHONE,
    axe_says,
    chromium_path,
    open_unserved,
    started_as,
    too_wide,
)  # fmt: skip
from tests.web import scriptless
from tests.web.scriptless_found import Found

SHOW = """([html, folds]) => {
  const there = new DOMParser().parseFromString(html, 'text/html')
  if (folds) there.querySelectorAll('details').forEach((one) => { one.open = true })
  document.documentElement.lang = there.documentElement.lang
  document.title = there.title
  document.body.replaceWith(there.body)
}"""
"""The folds are opened before it's drawn: to draw it again takes as long."""
NOT_SHOWN = (
    "--disable-threaded-compositing", "--disable-lcd-text", "--disable-partial-raster", "--js-flags=--no-opt",
)  # fmt: skip
"""What is drawn is measured and never shown, which is a quarter of the work. Nothing can be pressed there. To
make axe quick takes longer than it then saves: a tenth of the work."""
EMPTY = "document.body.replaceChildren()"
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
        self.browser = chromium.browser_type.launch(**started_as(chromium_path(), *NOT_SHOWN))
        self._page: DrawnPage | None = None
        self._colours = "light"

    def wrong(self, html: str, *, folds: bool = False, colours: str = "light") -> list[str]:
        """Whether one has to scroll sideways on a phone or at a desk, and what axe says. `folds`: with all
        of them open."""
        page = self._page = self._page or self._opened()
        if colours != self._colours:
            page.evaluate(EMPTY)
            page.emulate_media(color_scheme=colours)
            self._colours = colours
        page.evaluate(SHOW, [html, folds])
        found = []
        # At the width that it has first: each page is drawn twice, and not three times.
        for size in (PHONE, DESK) if page.viewport_size == PHONE else (DESK, PHONE):
            if page.viewport_size != size:
                page.set_viewport_size(size)
            found += too_wide(page, size)
            if size is PHONE:
                found += complaints(page)
        return found

    def too_wide(self, html: str) -> list[str]:
        """Whether one has to scroll sideways on a phone, with all folds open."""
        return too_wide(self._on_a_phone(html, folds=True), PHONE)

    def height(self, html: str) -> int:
        """How high a page is on a phone, its folds closed, in pixels."""
        return self._on_a_phone(html, folds=False).evaluate("document.documentElement.scrollHeight")

    def _on_a_phone(self, html: str, *, folds: bool) -> DrawnPage:
        page = self._page = self._page or self._opened()
        if page.viewport_size != PHONE:
            page.evaluate(EMPTY)
            page.set_viewport_size(PHONE)
        page.evaluate(SHOW, [html, folds])
        return page

    def close(self) -> None:
        """End the browser."""
        self.browser.close()

    def _opened(self) -> DrawnPage:
        # Scripts have no part in it, and pictures say how large they are.
        return open_unserved(self.browser, PHONE)


@pytest.fixture(scope="session")
def eyes(chromium: Browser) -> Iterator[Eyes]:
    """What draws the pages that came to a browser without scripts."""
    looking = Eyes(chromium)
    yield looking
    looking.close()
