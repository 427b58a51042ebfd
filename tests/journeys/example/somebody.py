"""A person with a browser: reads and presses what the page says, in English or in Welsh.

Buttons, links and fields are found by the words that a person reads, so every step also proves that they are
there. What is written here in English is looked up in the catalogue for a walk in Welsh.
"""

from __future__ import annotations

import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.conf import settings
from django.test import Client
from django.utils import translation
from playwright.sync_api import Browser, Locator, Request

from schoolgate.cli.demo.cast import CAST, email_of
from schoolgate.core.surroundings import parts_of
from schoolgate.people.models import User
from schoolgate.people.persons import PASSWORD
from schoolgate.web.frame.forms import answer_to
from tests.browsing import DESK, GIVEN_UP, PATIENCE, PHONE, bring_session, keep_pictures, width_of
from tests.eyes import Eyes, complaints, expect
from tests.journeys.example.welsh import english_left
from tests.web import scriptless
from tests.web.plain import forbidden_in, raw_in, shown_by

LOOKED_AT: set[tuple[object, ...]] = set()
SIGNED_IN: set[tuple[object, ...]] = set()
"""For these, a person has signed in by the pages in this run."""
LANGUAGE = re.compile(r'<html[^>]* lang="(\w+)"')


def wrong_words(html: str, language: str) -> list[str]:
    """What is wrong with the words of a page that is to be read in a language."""
    wrong = [f"the word {word}" for word in forbidden_in(shown_by(html), language)]
    if LANGUAGE.findall(html) != [language]:
        return [*wrong, "in the other language"]
    return wrong + [f"in English: {text}" for text in english_left(html)] if language == "cy" else wrong


def session_of(email: str) -> Client:
    """A session of somebody who has just signed in with all that is asked of them."""
    browser = Client()
    user = User.objects.for_email(email)
    browser.force_login(user)
    session = browser.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "email": email},
        {"method": "mfa", "at": time.time(), "type": "totp"},
    ]
    session.save()
    return browser


class Somebody:
    """Somebody of the cast (or a visitor, without a key), with a browser of their own: one without scripts,
    or a real one."""

    federation = "wildground"

    def __init__(
        self, page: Any, house, key: str, *, walk: str, language: str, both: bool, eyes: Eyes | None = None
    ) -> None:
        self._page = page
        self._first = ""
        """A page that they are sent to, and that isn't asked for while they go to another."""
        self.house = house
        self.key = key
        self.walk = walk
        self.language = language
        self.both = both
        self.eyes = eyes
        """What looks at the pages of a browser that draws nothing."""
        self.site = ""
        """Where a real browser finds the program."""
        self.asked = ""
        """How the page of a real browser was asked for: GET or POST."""
        self.troubles: list[str] = []

    @classmethod
    def without_scripts(cls, house, key: str, *, walk: str, eyes: Eyes, **given: Any) -> Somebody:
        """Open a browser without scripts."""
        said = {"language": "en", "both": False, **given}
        return cls(scriptless.open_context().new_page(), house, key, walk=walk, eyes=eyes, **said)

    @classmethod
    def with_browser(
        cls,
        chromium: Browser,
        house,
        key: str,
        *,
        address: str,
        walk: str,
        language: str = "en",
        both: bool = False,
        size: dict[str, int] = DESK,
        **options: object,
    ) -> Somebody:
        """Open a real browser in which nothing is remembered, with the content policy in force.

        `both`: each page that they look at is read in Welsh as well.
        """
        context = chromium.new_context(base_url=address, viewport=size, locale="en-GB", **options)
        context.set_default_timeout(PATIENCE)
        one = cls(context.new_page(), house, key, walk=walk, language=language, both=both)
        one.site = address
        one.page.on("request", one._asks)
        one.page.on("pageerror", lambda error: one.troubles.append(f"{one.page.url}: {error}"))
        one.page.on("console", one._heard)
        return one

    def _asks(self, request: Request) -> None:
        if request.is_navigation_request() and request.frame.parent_frame is None:
            self.asked = request.method

    def _heard(self, line) -> None:
        # An answer of 4xx is told to the console too; whether it was right, the test asks itself.
        expected = "the server responded with a status of 4" in line.text or line.text.startswith(GIVEN_UP)
        if line.type in ("error", "warning") and not expected:
            self.troubles.append(f"{self.page.url}: {line.text}")

    @property
    def page(self) -> Any:
        """Their browser's page."""
        if first := self._first:
            self.open(first)
        return self._page

    def close(self) -> None:
        """Close their browser."""
        self._page.context.close()

    # Words

    def say(self, sentence: str, **values: object) -> str:
        """A sentence of the program in this person's language."""
        with translation.override(self.language):
            said = translation.gettext(sentence)
        return said % values if values else said

    def speaking(self) -> AbstractContextManager[None]:
        """Within it the test itself speaks this person's language."""
        return translation.override(self.language)

    # Getting about

    @property
    def path(self) -> str:
        """Where they are."""
        return parts_of(self.page.url).path

    def sign_in(self) -> None:
        """By password, and by the code that `schoolgate code` gives where a second step is asked for.

        Where the test serves the pages, only the first of a federation signs in by them in each way; any
        other begins as they would afterwards, on Today where they go nowhere else.
        """
        who = next(one for one in CAST[self.federation].people if one.key == self.key)
        email = email_of(self.federation, who)
        way = (self.federation, self.language, self.eyes is None)
        if way in SIGNED_IN and self.house.in_this_process:
            bring_session(self._page.context, session_of(email), self.site)
            self._first = "/today"
            return
        SIGNED_IN.add(way)
        self.page.goto("/sign-in")
        self._switch_language()
        self.look()
        self.fill("Email address", email)
        self.fill("Password", PASSWORD)
        self.named("Sign in").click()
        self.page.wait_for_load_state()
        if "second-step" in self.page.url:
            self._switch_language()
            self.look()
            self.fill("Code", self.house.code(email))
            self.named("Sign in").click()
            self.page.wait_for_load_state()
        self._switch_language()
        self.headed("Today")
        self.look()

    def _switch_language(self) -> None:
        """Press the switch that stands on every page; whoever is signed in keeps the language chosen."""
        if LANGUAGE.findall(self.page.content()) != [self.language]:
            name = "Cymraeg" if self.language == "cy" else "English"
            self.page.get_by_role("button", name=name, exact=True).click()
            self.page.wait_for_load_state()

    def open(self, path: str) -> None:
        """Go to an address."""
        self._first = ""
        self.page.goto(path)
        self._switch_language()
        self.look()

    def press(self, sentence: str, *, within: Locator | None = None, **values: object) -> None:
        """Press the one button or link of this name."""
        self.named(sentence, within=within, **values).click()
        self.page.wait_for_load_state()
        self.look()

    def press_of(self, sentence: str, *, about: str) -> None:
        """Press the link of this name whose hidden words say what it is about."""
        self.page.get_by_role("link", name=f"{self.say(sentence)} {about}", exact=True).click()
        self.page.wait_for_load_state()
        self.look()

    def takes(self, button: str, *, about: str) -> None:
        """On Today, press the button of the task about this; tasks alike are folded behind the first ones."""
        folded = self.page.locator(".sg-task > details:not([open]):has(> .sg-task) > summary")
        while folded.count():
            folded.first.click()
        name = re.compile(rf"^{re.escape(self.say(button))}.*{re.escape(about)}", re.DOTALL)
        self.page.get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()
        self.look()

    def named(self, sentence: str, *, within: Locator | None = None, **values: object) -> Locator:
        """The one button or link of this name."""
        place = within or self.page.locator("body")
        name = self.say(sentence, **values)
        return place.get_by_role("button", name=name, exact=True).or_(
            place.get_by_role("link", name=name, exact=True)
        )

    def place(self, sentence: str) -> None:
        """Go to a place by the navigation."""
        nav = self.page.get_by_role("navigation", name=self.say("Main navigation"))
        nav.get_by_role("link", name=re.compile(rf"^{re.escape(self.say(sentence))}")).click()
        self.page.wait_for_load_state()
        self.look()

    # Writing

    def fill(self, sentence: str, text: str) -> None:
        """Write into the field of this label."""
        self.page.get_by_label(self.say(sentence), exact=True).fill(text)

    def choose(self, sentence: str, option: str) -> None:
        """Choose an option of a list; `option` as the page shows it, looked up in the catalogue."""
        self.page.get_by_label(self.say(sentence), exact=True).select_option(label=self.say(option))

    def choose_person(self, sentence: str, name: str) -> None:
        """Choose a person or a role of the policy, by their own name, which is in no catalogue."""
        self.page.get_by_label(self.say(sentence), exact=True).select_option(label=name)

    def answer(self, question: str, answer: str) -> None:
        """Mark an answer to a question, by the words of both."""
        with self.speaking():
            said = answer_to(self.say(question), self.say(answer))
        self.group(question).get_by_label(said, exact=True).check()

    def pick(self, question: str, *people: str) -> None:
        """Choose people in the boxes below a question, one in each, from the first box on."""
        boxes = self.group(question).get_by_role("combobox")
        for number, name in enumerate(people):
            boxes.nth(number).select_option(label=name)

    def group(self, question: str) -> Locator:
        """The fields below one question."""
        return self.page.get_by_role("group", name=self.say(question), exact=True)

    # Reading

    def sees(self, sentence: str, **values: object) -> None:
        """The page shows this sentence of the program."""
        expect(self.page.get_by_text(self.say(sentence, **values)).first).to_be_visible()

    def reads(self, text: str) -> None:
        """The page shows these words of somebody's."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    def headed(self, sentence: str) -> None:
        """The page's heading ends with this sentence (what it is about stands before it)."""
        name = re.compile(rf"{re.escape(self.say(sentence))}$")
        expect(self.page.get_by_role("heading", level=1, name=name)).to_be_visible()

    def look(self, name: str = "") -> None:
        """Ask of a page what is asked of any; what is wrong fails the test at its end.

        A page that a step names is looked at in each walk, any other once in a run for each person. Those
        with a name are drawn: how wide they are, and what axe says of them, is asked of the browser that the
        person has, or of one that is lent the page. The walk over all kinds of page asks it of each kind.
        """
        where = re.sub(r"\w*\d\w*", "n", self.path).strip("/")
        where = name or where.replace("/", "-") or "home"
        seen = (self.language, self.eyes is None, self.key, where, self.walk if name else "")
        if seen in LOOKED_AT:
            return
        LOOKED_AT.add(seen)
        html = self.page.content()
        wrong = wrong_words(html, self.language) + [f"not drawn: {tag}" for tag in raw_in(html)]
        asked = self.asked if self.eyes is None else self.page.asked
        if self.both and asked == "GET":
            wrong += [f"in Welsh: {each}" for each in wrong_words(self._in_welsh(), "cy")]
        wrong += self._drawn(name, where) if self.eyes is None else self._undrawn(name)
        self.troubles += [f"{self.page.url}: {each}" for each in wrong]

    def _undrawn(self, name: str) -> list[str]:
        wrong = list(scriptless.unsound(self.page))
        return wrong + self.eyes.wrong(self.page.content()) if name else wrong

    def _drawn(self, name: str, where: str) -> list[str]:
        wrong = complaints(self.page) if name and self.language == "en" else []
        before = self.page.viewport_size
        for size, width in ((PHONE, "phone"), (DESK, "desk")):
            self.page.set_viewport_size(size)
            if width_of(self.page) > size["width"]:
                wrong.append(f"wider than a {width}")
        self.page.set_viewport_size(before)
        keep_pictures(self.page, f"{self.walk}-{self.key or 'visitor'}-{where}")
        return wrong

    def _in_welsh(self) -> str:
        """The page at this address, as it is given to this person where they read Welsh on their device."""
        if self.eyes is not None:
            return self.page.in_language("cy")
        cookies = {one["name"]: one["value"] for one in self.page.context.cookies(self.page.url)}
        cookies[settings.LANGUAGE_COOKIE_NAME] = "cy"
        said = "; ".join(f"{name}={value}" for name, value in cookies.items())
        asked = urllib.request.Request(self.page.url.partition("#")[0], headers={"Cookie": said})
        try:
            with urllib.request.urlopen(asked, timeout=60) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.read().decode()

    @contextmanager
    def on_a_phone(self) -> Iterator[None]:
        """The same person, with the page on their phone."""
        before = self.page.viewport_size
        self.page.set_viewport_size(PHONE)
        yield
        self.page.set_viewport_size(before)
