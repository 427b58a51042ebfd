"""A concern reported on a phone in each of the five examples: taps beside the text, seconds, pixels, kB.

In a real browser at 390 by 844 pixels, from the page a person happens to be on to the number of the concern.
Every touch counts, that into the text field too. `python -m bench reporting` needs Chromium and playwright.
"""

import time
from typing import Any

from bench.database import told
from bench.pages import PHONE, browser_of, clients_of, served

WANTED_TAPS = 6
FEDERATIONS = ("wildground", "boroughbridge", "learn-to-live", "llanidloes", "wootton")
SAYS = "A colleague makes fun of our caretaker in the staff chat."
SMALLEST = {"FEDERATIONS": ("wildground",)}


class Phone:
    """A page on a phone that counts how often it is touched."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.taps = 0

    def tap(self, found: Any) -> None:
        """Touch what was found."""
        found.first.click()
        self.taps += 1


def run() -> dict[str, Any]:
    """What it takes, by federation: for staff with and without a kind, and for a visitor."""
    with told(*FEDERATIONS), served() as address, browser_of() as browser:
        found = {one: _all(browser, address, one) for one in FEDERATIONS}
    most = max(each["taps"] for ways in found.values() for each in ways.values())
    return {
        "what": "a concern reported on a phone: taps beside the text, by federation and way",
        "wanted": {"staff_taps": WANTED_TAPS},
        "reached": most <= WANTED_TAPS,
        "most_taps": most,
        "reports": found,
    }


def _all(browser: Any, address: str, federation: str) -> dict[str, dict[str, float]]:
    client = next(iter(clients_of(federation).values()))
    return {
        "staff": _reported(browser, address, "/today", client=client),
        "staff, with its kind": _reported(browser, address, "/today", client=client, kind=True),
        "visitor": _reported(browser, address, f"/{federation}"),
    }


def _reported(
    browser: Any, address: str, path: str, *, client: Any = None, kind: bool = False
) -> dict[str, float]:
    from django.conf import settings

    context = browser.new_context(viewport=PHONE, locale="en-GB")
    if client is not None:
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])
    phone = Phone(context.new_page())
    page = phone.page
    page.goto(address + path)
    started = time.monotonic()
    phone.tap(page.locator(".sg-wrong"))
    page.wait_for_load_state()
    pixels = page.evaluate("document.documentElement.scrollHeight")
    phone.tap(page.get_by_label("What happened?"))
    page.keyboard.type(SAYS)
    phone.tap(page.get_by_label("No", exact=True))
    if kind:
        phone.tap(page.get_by_text("Give more details"))
        phone.tap(page.get_by_label("Abuse or bullying"))
    phone.tap(page.get_by_role("button", name="Send"))
    page.get_by_role("heading", name="Thank you for telling us").wait_for()
    found = {
        "taps": phone.taps,
        "seconds_without_typing": round(time.monotonic() - started, 1),
        "pixels": pixels,
        "pixels_after": page.evaluate("document.documentElement.scrollHeight"),
    }
    context.close()
    return found
