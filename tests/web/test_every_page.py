"""One walk over every kind of page, in a real browser: each opens for everybody who may read it.

On a phone in English by day, at a desk in Welsh in the dark: axe, no scrolling sideways, each fold open, no
word of the console, nothing undrawn, no word that we don't use, and no form that needs a script. A page in a
state of its own is looked at where the test brings it there (`wrong_with`).
"""

from __future__ import annotations

import json
from datetime import datetime
from html.parser import HTMLParser
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from schoolgate.core.tenancy import scope
from schoolgate.rulebook import book
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
from tests.cast import someone
from tests.web.addresses import ALL
from tests.web.everything import Everything
from tests.web.things import NOW
from tests.worlds import enter_federation, world

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
OPEN_FOLDS = "document.querySelectorAll('details').forEach((one) => { one.open = true })"
WAYS = [("en", PHONE, "light"), ("cy", DESK, "dark")]
OURS = book("wildground")
MOST_PIXELS = {"messages": 3000, "breach": 3000, "permission-asked": 3000, "/pupils?show=list": 3000}
"""How high some pages may be on a phone."""
OTHER_WAYS = (
    "/posts?as=month", "/posts?show=published", "/pupils?show=list", "/inbox?show=all", "/inbox?as=figures",
    "/policy?as=guides", "/accounts?show=nobody", "/accounts?show=there", "/people?by=role",
)  # fmt: skip
"""Pages that one address shows in another way."""
NOT_SEEN: dict[str, str] = {}
"""Addresses where none of these people comes to a page, and the test that does."""


@world()
def one_of_everything(_at: datetime) -> SimpleNamespace:
    """A federation with one of everything, and somebody who has every role."""
    here = Everything(enter_federation(languages=["en", "cy"]))
    with scope(here.federation.pk):
        vera = someone("Vera Visitor", *(role.key for role in book("wildground").roles))
    return SimpleNamespace(here=here, people=[vera, here.amina, here.ben, here.sam])


class _Forms(HTMLParser):
    """The forms of a page that nobody can send without a script: they have no button."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open, self.sent, self.ids = "", set[str](), dict[str, str]()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = given.get("id") or f"{given.get('action', '')} {len(self.ids)}"
            self.ids[self.open] = given.get("action", "")
        sends = given.get("type", "submit" if tag == "button" else "") in ("submit", "image")
        if tag in ("button", "input") and sends:
            self.sent.add(given.get("form") or self.open)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = ""

    def without_a_button(self) -> list[str]:
        """Their addresses."""
        return [f"no button: {action}" for key, action in self.ids.items() if key not in self.sent]


class Eyes:
    """Look at pages in each of the two ways, as somebody."""

    def __init__(self, chromium, served: str) -> None:
        self.chromium, self.served = chromium, served
        self.pages: dict[tuple[int, str], object] = {}

    def page(self, client: Client, way: tuple[str, dict[str, int], str]):
        """Their browser in one of the ways."""
        language, size, scheme = way
        key = id(client), language
        if key not in self.pages:
            context = open_context(self.chromium, size, color_scheme=scheme, service_workers="block")
            if settings.SESSION_COOKIE_NAME in client.cookies:
                bring_session(context, client, self.served)
            context.add_cookies([{"name": "django_language", "value": language, "url": self.served}])
            page = context.new_page()
            page.said = words_of_console(page)
            self.pages[key] = page
        return self.pages[key]

    def wrong(self, client: Client, path: str, most: int | None = None) -> list[str]:
        """What is wrong with the page at a path. `most`: how high it may be on a phone, its folds closed."""
        wrong = []
        for way in WAYS:
            page = self.page(client, way)
            answer = page.goto(f"{self.served}{path}")
            found = [] if answer.status == 200 else [f"status {answer.status}"]
            found += wrong_words(page, way[0])
            high = page.evaluate("document.documentElement.scrollHeight")
            found += [f"{high} px high"] if most and way[1] is PHONE and high > most else []
            page.evaluate(OPEN_FOLDS)
            found += too_wide(page, way[1]) + complaints_of_axe(page) + page.said
            page.said.clear()
            if way[1] is PHONE:
                found += _Forms(answer.text()).without_a_button()
                page.set_viewport_size(DESK)
                found += too_wide(page, DESK)
                page.set_viewport_size(PHONE)
            wrong += [f"{urlsplit(path).path} in {way[0]}: {each}" for each in found]
        return wrong


@pytest.fixture
def there(in_world, own_database, sign_in) -> SimpleNamespace:
    """One of everything, and who comes to look: those who may read most first, strangers last."""
    found = in_world(one_of_everything, NOW)
    return SimpleNamespace(here=found.here, clients=[*map(sign_in, found.people), Client()])


def test_every_kind_of_page_is_readable_by_everybody(there, served, chromium):
    eyes, wrong, unseen = Eyes(chromium, served), [], {}
    own = {"clause": next(iter(OURS.clauses)), "tension": next(iter(OURS.tensions))}
    for address in ALL:
        if "GET" not in getattr(address.view, "methods", ("GET",)) or address.name.startswith("api:"):
            continue
        values = {key: own.get(thing) or there.here.value(thing) for key, thing in address.things.items()}
        client, said = who_reads(there.clients, address.path(**values))
        if client is not None:
            wrong += eyes.wrong(client, address.path(**values), MOST_PIXELS.get(address.name))
        elif said:
            unseen[address.name] = said
    for path in OTHER_WAYS:
        wrong += eyes.wrong(there.clients[0], path, MOST_PIXELS.get(path))
    print(json.dumps(unseen, indent=1))
    assert wrong == []
    assert set(unseen) == set(NOT_SEEN), "say which test sees a page that nobody here comes to"


def who_reads(clients: list[Client], path: str) -> tuple[Client | None, str]:
    """The first of them who comes to a page there, or None and what they got instead; nothing for a file."""
    said = []
    for client in clients:
        answer = client.get(path)
        html = answer.get("Content-Type", "").startswith("text/html")
        if answer.status_code == 200:
            return (client, "") if html else (None, "")
        if answer.status_code == 405:
            return None, ""
        said.append(str(answer.status_code))
    return None, " ".join(said)
