"""One walk over every kind of page, in a real browser: each opens for everybody who may read it.

axe (one page in light colours, the next in dark ones), no scrolling sideways on a phone or at a desk, in
English or in Welsh, each fold open, no word of the console, nothing undrawn, no word that we don't use, and
no form that needs a script. A page in a state of its own is looked at where a test brings it there.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.browsing import (
    DESK,
    PHONE,
    bring_session,
    complaints_of_axe,
    open_context,
    too_wide,
    words_of_console,
    wrong_words,
)
from tests.web.addresses import ALL
from tests.web.everything import one_of_everything
from tests.web.pages_not_seen import NOT_SEEN
from tests.web.plain import forbidden_in, shown_by
from tests.web.sheet import Sheet
from tests.web.signing import show_second_step
from tests.web.things import NOW

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
OPEN_FOLDS = "document.querySelectorAll('details').forEach((one) => { one.open = true })"
IN_WELSH = f"""(html) => {{
  const there = new DOMParser().parseFromString(html, 'text/html').body
  there.className = document.body.className
  document.body.replaceWith(there)
  {OPEN_FOLDS}
}}"""
"""Puts a page that came in Welsh in the place of the English one: loading it would take as long again."""
COLOURS = ("light", "dark")
OFFLINE = "/offline"
"""The service worker asks for it in each language by itself."""
NEEDS_A_SCRIPT = {
    "no button: /sign-in/passkey": "a device signs in with a passkey by script alone",
    "no button: /account/second-step/passkey": "and makes one so",
    "no button: /posts/several": "its button is there where something may be chosen",
}
MOST_PIXELS = {"messages": 3000, "breach": 3000, "permission-asked": 3000, "/pupils?show=list": 3000}
"""How high some pages may be on a phone."""
OTHER_WAYS = (
    "/posts?as=month", "/posts?show=published", "/pupils?show=list", "/inbox?show=all", "/inbox?as=figures",
    "/policy?as=guides", "/accounts?show=nobody", "/accounts?show=there", "/people?by=role",
)  # fmt: skip
"""Pages that one address shows in another way."""


class Eyes:
    """Look at pages as somebody, with one browser for each person."""

    def __init__(self, chromium, served: str) -> None:
        self.chromium, self.served = chromium, served
        self.pages: dict[int, Any] = {}
        self.looked_at = 0

    def page(self, client: Client) -> Any:
        """Their browser, on a phone."""
        if id(client) not in self.pages:
            context = open_context(self.chromium, PHONE, service_workers="block")
            if settings.SESSION_COOKIE_NAME in client.cookies:
                bring_session(context, client, self.served)
            page = context.new_page()
            page.said = words_of_console(page)
            self.pages[id(client)] = page
        return self.pages[id(client)]

    def wrong(self, client: Client, path: str, most: int | None = None) -> list[str]:
        """What is wrong with the page at a path. `most`: how high it may be on a phone, its folds closed."""
        page, self.looked_at = self.page(client), self.looked_at + 1
        page.emulate_media(color_scheme=COLOURS[self.looked_at % 2])
        answer = page.goto(f"{self.served}{path}")
        found = [] if answer.status == 200 else [f"status {answer.status}"]
        found += wrong_words(page, "en")
        found += [to for to in without_a_button(Sheet(answer.text(), path)) if to not in NEEDS_A_SCRIPT]
        high = page.evaluate("document.documentElement.scrollHeight")
        found += [f"{high} px high"] if most and high > most else []
        page.evaluate(OPEN_FOLDS)
        found += complaints_of_axe(page) + too_wide(page, PHONE)
        page.set_viewport_size(DESK)
        found += too_wide(page, DESK)
        page.set_viewport_size(PHONE)
        found += [word for word in page.said if not word.startswith("Service Worker registration blocked")]
        page.said.clear()
        found += self._in_welsh(client, page, path) if path != OFFLINE else []
        return [f"{path}: {each}" for each in found]

    def _in_welsh(self, client: Client, page: Any, path: str) -> Iterator[str]:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "cy"
        html = client.get(path).content.decode()
        del client.cookies[settings.LANGUAGE_COOKIE_NAME]
        if '<html lang="cy"' not in html:
            yield "not in Welsh"
        yield from (f"in Welsh the word {word}" for word in forbidden_in(shown_by(html), "cy"))
        page.evaluate(IN_WELSH, html)
        yield from (f"in Welsh {each}" for each in too_wide(page, PHONE))


def without_a_button(page: Sheet) -> list[str]:
    """The forms of a page that nobody can send without a script."""
    return [f"no button: {form.action}" for form in page.forms if not form.buttons]


@pytest.fixture
def there(in_world, own_database, sign_in) -> SimpleNamespace:
    """One of everything, and who comes to look: those who may read most first, strangers last."""
    found = in_world(one_of_everything, NOW)
    clients = [*map(sign_in, found.people), Client()]
    for client in clients:
        client.raise_request_exception = False
    for client, person in zip(clients, found.people, strict=False):
        show_second_step(client, person)
    return SimpleNamespace(here=found.here, clients=clients)


def test_every_kind_of_page_is_readable_by_everybody(there, served, chromium):
    eyes, wrong, unseen = Eyes(chromium, served), [], set()
    for address in ALL:
        if "GET" not in getattr(address.view, "methods", ("GET",)) or address.name.startswith("api:"):
            continue
        path = there.here.path(address)
        client, said = who_reads(there.clients, path)
        if client is not None:
            wrong += eyes.wrong(client, path, MOST_PIXELS.get(address.name))
        elif set(said) - {302}:  # else it leads on
            unseen.add(address.name)
    for path in OTHER_WAYS:
        wrong += eyes.wrong(there.clients[0], path, MOST_PIXELS.get(path))
    assert "\n".join(wrong) == ""
    known = {name for names in NOT_SEEN.values() for name in names.split()}
    assert unseen - known == set(), "say in pages_not_seen.py which test sees what nobody here comes to"


def who_reads(clients: list[Client], path: str) -> tuple[Client | None, list[int]]:
    """The first of them who comes to a page there, or None and what they got instead; nothing for a file."""
    said = []
    for client in clients:
        answer = client.get(path)
        html = answer.get("Content-Type", "").startswith("text/html")
        if answer.status_code == 200:
            return (client if html else None), []
        if answer.status_code == 405:
            return None, []
        said.append(answer.status_code)
    return None, said
