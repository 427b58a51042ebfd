"""One walk over every kind of page, in a real browser: each opens for everybody who may read it.

axe (one page in light colours, the next in dark ones), no scrolling sideways on a phone or at a desk, in
English or in Welsh, each fold open, no word of the console, nothing undrawn, no word that we don't use, and
no form that needs a script. A page in a state of its own is looked at where a test brings it there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from schoolgate.core.tenancy import scope
from schoolgate.pupils.models import NotPublished, Pupil
from tests.browsing import PHONE, bring_session, hand_over, open_context, words_of_console, wrong_in
from tests.eyes import Eyes
from tests.web.addresses import ALL
from tests.web.everything import one_of_everything
from tests.web.pages_not_seen import NOT_SEEN
from tests.web.plain import forbidden_in, shown_by
from tests.web.sheet import Sheet
from tests.web.signing import show_second_step
from tests.web.things import NOW

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
AS_IT_STANDS = """() => {
  const high = document.documentElement.scrollHeight
  document.querySelectorAll('details').forEach((one) => { one.open = true })
  return [high, document.documentElement.lang, document.documentElement.outerHTML]
}"""
"""How high a page is, and then its language and the page, its folds open."""
COLOURS = ("light", "dark")
EXPECTED = (
    "Service Worker registration blocked",
    "Failed to load resource: the server responded with a status of 422",
)
"""Words of the console that are in order."""
OFFLINE = "/offline"
"""The service worker asks for it in each language by itself."""
NEEDS_A_SCRIPT = {
    "no button: /sign-in/passkey": "a device signs in with a passkey by script alone",
    "no button: /account/second-step/passkey": "and makes one so",
    "no button: /posts/several": "its button is there where something may be chosen",
}
HIGHEST = 3000
"""How high a page may be on a phone, its folds closed, in pixels."""
HIGHER = {
    "words": "a list: every word of the glossary",
    "duty-sheet": "a list: everyone’s numbers, which is printed",
    "api-docs": "a list: every address that a program may use",
    "rulings": "a list: every question that the policy’s words leave open",
    "privacy": "a text: what the law has the public told",
    "policy-check": "a list: every question of a kind of decision, to try the rules with",
    "rehearsal": "a list: every step of the main job under a policy that isn’t signed",
}
"""Pages that may be higher, lists and texts alone: the name of the address, or the path, and the reason."""
OTHER_WAYS = (
    "/posts?as=month", "/posts?show=published", "/pupils?show=list", "/inbox?show=all", "/inbox?as=figures",
    "/policy?as=guides", "/accounts?show=nobody", "/accounts?show=there", "/people?by=role",
    "/help?about=posts",
)  # fmt: skip
"""Pages that one address shows in another way."""


class Visitors:
    """Open pages as somebody, with one browser for each person, and have them read by one page that is lent
    them: axe starts again in each page that is opened, which takes longer than its work."""

    def __init__(self, chromium, served: str, eyes: Eyes) -> None:
        self.chromium, self.served, self.eyes = chromium, served, eyes
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

    def wrong(
        self,
        client: Client,
        path: str,
        got: HttpResponse,
        named: str = "",
        again: Callable[[], HttpResponse] | None = None,
    ) -> list[str]:
        """What is wrong with the page that they got at a path, its folds closed. `named`: as `HIGHER` names
        it. `again`: how they get it once more, where it answers a form."""
        page, self.looked_at = self.page(client), self.looked_at + 1
        hand_over(path, got)
        answer = page.goto(f"{self.served}{path}")
        found = [] if answer.status == got.status_code in (200, 422) else [f"status {answer.status}"]
        sheet = Sheet(got.content.decode(), path)
        found += [to for to in without_a_button(sheet) if to not in NEEDS_A_SCRIPT]
        high, spoken, html = page.evaluate(AS_IT_STANDS)
        found += wrong_in(spoken, html, "en")
        found += [f"{high} px high"] if high > HIGHEST and named not in HIGHER else []
        found += self.eyes.wrong(html, colours=COLOURS[self.looked_at % 2])
        found += [word for word in page.said if not word.startswith(EXPECTED)]
        page.said.clear()
        get_again = again or (lambda: client.get(path))
        found += self._in_welsh(client, get_again) if path != OFFLINE else []
        return [f"{path}: {each}" for each in found]

    def _in_welsh(self, client: Client, get: Callable[[], HttpResponse]) -> Iterator[str]:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "cy"
        html = get().content.decode()
        del client.cookies[settings.LANGUAGE_COOKIE_NAME]
        if '<html lang="cy"' not in html:
            yield "not in Welsh"
        yield from (f"in Welsh the word {word}" for word in forbidden_in(shown_by(html), "cy"))
        yield from (f"in Welsh {each}" for each in self.eyes.too_wide(html))


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


def test_every_kind_of_page_is_readable_by_everybody(there, served, eyes):
    visitors, wrong, unseen = Visitors(eyes.browser, served, eyes), [], set()
    seen_by_others = {name for names in NOT_SEEN.values() for name in names.split()}
    for address in ALL:
        if "GET" not in getattr(address.view, "methods", ("GET",)) or address.name.startswith("api:"):
            continue
        if address.name in seen_by_others:
            continue
        path = there.here.path(address)
        client, got, said = who_reads(there.clients, path)
        if client is not None:
            wrong += visitors.wrong(client, path, got, address.name)
        elif set(said) - {302}:  # else it leads on
            unseen.add(address.name)
    for path in OTHER_WAYS:
        vera = there.clients[0]
        wrong += visitors.wrong(vera, path, vera.get(path), path)
    assert "\n".join(wrong) == ""
    assert unseen == set(), "say in pages_not_seen.py which test sees what nobody here comes to"


def who_reads(clients: list[Client], path: str) -> tuple[Client | None, HttpResponse, list[int]]:
    """The first of them who comes to a page there, and the page; or None, and what each got instead, which is
    nothing for a file. Where one person is led on, others are: then only the stranger may come to a page."""
    said: list[int] = []
    for client in clients:
        if 302 in said and client is not clients[-1]:
            continue
        answer = client.get(path)
        html = answer.get("Content-Type", "").startswith("text/html")
        if answer.status_code == 200:
            return (client if html else None), answer, []
        if answer.status_code == 405:
            return None, answer, []
        said.append(answer.status_code)
    return None, answer, said


LONG = "Da iawn " + "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch " * 4
NAMES = ("Osian Prydderch", "Cerys Llewelyn-Featherstonehaugh", "Gwenllian ap Rhys")


def test_the_page_for_words_found_is_readable_by_everybody_and_by_the_keyboard_alone(
    there, served, chromium, eyes
):
    """A long message with names of pupils, one of whom must not be published, and a telephone number."""
    here = there.here
    with scope(here.federation.pk):
        for number, name in enumerate(NAMES):
            first, last = name.split(" ", 1)
            pupil = Pupil.objects.create(
                school=here.school, key=f"K{number}", first_name=first, last_name=last, form="4B", year="4"
            )
        NotPublished.objects.create(pupil=pupil, by=here.sam, at=NOW)
    text = f"{LONG} {', '.join(NAMES)}. 07700 900123"
    given = {"account": here.board.pk, "to": "parent", "group": "Year 4", "people": "30",
             "purpose": "school_business", "text": text}  # fmt: skip
    path = "/inbox/messages"
    visitors, vera = Visitors(chromium, served, eyes), there.clients[0]

    def send() -> HttpResponse:
        return vera.post(path, given)

    got = send()
    assert got.status_code == 422
    wrong = [each for _colours in COLOURS for each in visitors.wrong(vera, path, got, again=send)]
    assert "\n".join(wrong) == ""

    page = visitors.page(vera)
    hand_over(path, got)
    page.goto(f"{served}{path}")
    came_to = []
    for _press in range(80):
        page.keyboard.press("Tab")
        came_to.append(page.evaluate("document.activeElement.name || document.activeElement.type || ''"))
        if page.evaluate("document.activeElement.matches('main form button')"):
            break
    asked = set(page.evaluate(NAMES_OF_FIELDS))
    assert asked - set(came_to) == set(), "the keyboard comes to each field"
    assert came_to.index("text") < min(came_to.index(name) for name in asked if name.startswith("hit-"))
    assert page.evaluate("document.activeElement.textContent.trim()") == "Continue"
    first = page.locator("input[type=radio]").first
    first.focus()
    page.keyboard.press("Space")
    assert first.is_checked()


NAMES_OF_FIELDS = """[...new Set([...document.querySelectorAll(
'main form :is(input:not([type=hidden]), textarea)')].map(one => one.name))]"""
