"""A browser without scripts, styles and pictures, on Django's client, for what a page does.

It speaks the words of Playwright that tests use: somebody finds links, buttons and fields by what the page
calls them, and presses them. What a script does, where something stands and how it looks needs a real browser
(`tests/browsing.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.test import Client
from lxml import html as markup

from tests.web.plain import forbidden_in, raw_in, shown_by
from tests.web.scriptless_found import Found
from tests.web.scriptless_page import Page
from tests.web.scriptless_words import FIELDS, Words, fits

__all__ = ["Page", "bring_session", "expect", "open_context", "wrong_with"]


class Context:
    """One person's browser."""

    def __init__(self, **more: Any) -> None:
        language = more.get("locale", "en-GB")
        self.client = Client(enforce_csrf_checks=True, headers={"accept-language": language})

    def new_page(self) -> Page:
        """Another page of theirs."""
        page = Page(self.client)
        page.context = self
        return page

    def add_cookies(self, cookies: list[dict[str, str]]) -> None:
        """Put cookies into it."""
        for each in cookies:
            self.client.cookies[each["name"]] = each["value"]

    def cookies(self) -> list[dict[str, str]]:
        """Those that are in it."""
        return [{"name": name, "value": each.value} for name, each in self.client.cookies.items()]

    def clear_cookies(self, *, name: str = "") -> None:
        """Forget all, or this one."""
        for each in [name] if name else list(self.client.cookies):
            self.client.cookies.pop(each, None)

    def close(self) -> None:
        """Nothing is open."""

    def __enter__(self) -> Context:
        return self

    def __exit__(self, *_given: object) -> None:
        self.close()


def open_context(**more: Any) -> Context:
    """A browser of its own for one person."""
    return Context(**more)


def bring_session(context: Context, client: Client) -> None:
    """Let a browser go on with the session of a test client that is signed in."""
    name = settings.SESSION_COOKIE_NAME
    context.client.cookies[name] = client.cookies[name].value


class Expected:
    """What is expected of something on a page: it's so at once or not at all."""

    def __init__(self, found: Found) -> None:
        self.found = found

    def to_be_visible(self, **_more: Any) -> None:
        """Somebody sees it."""
        self.found.wait_for()
        assert self.found.is_visible(), f"{self.found.what} is not to be seen"

    def not_to_be_visible(self) -> None:
        """Nobody sees it."""
        assert not self.found.is_visible(), f"{self.found.what} is to be seen"

    to_be_hidden = not_to_be_visible

    def to_be_attached(self) -> None:
        """It's on the page, to be seen or not."""
        self.found.wait_for()

    def to_be_enabled(self) -> None:
        """It can be pressed."""
        assert self.found.get_attribute("disabled") is None, self.found.what

    def to_be_checked(self) -> None:
        """It's ticked or chosen."""
        assert self.found.is_checked(), self.found.what

    def not_to_be_checked(self) -> None:
        """It's neither ticked nor chosen."""
        assert not self.found.is_checked(), self.found.what

    def to_have_count(self, number: int) -> None:
        """There are so many."""
        assert self.found.count() == number, f"{self.found.count()} of {self.found.what}"

    def to_contain_text(self, words: Words, **_more: Any) -> None:
        """It says so."""
        assert fits(self.found.inner_text(), words), f"not {words!r}: {self.found.inner_text()[:1500]}"

    def not_to_contain_text(self, words: Words) -> None:
        """It doesn't say so."""
        assert not fits(self.found.inner_text(), words), words

    def to_have_text(self, words: Words | list[str]) -> None:
        """They say exactly this."""
        wanted = words if isinstance(words, list) else [words]
        said = self.found.all_inner_texts()
        assert len(said) == len(wanted), said
        assert all(fits(*pair, exact=True) for pair in zip(said, wanted, strict=True)), said

    def to_have_value(self, value: str) -> None:
        """This is in the field."""
        assert self.found.input_value() == value

    def to_have_attribute(self, name: str, value: str) -> None:
        """It has this attribute."""
        assert self.found.get_attribute(name) == value


def expect(found: Found) -> Expected:
    """Say what is expected of something on a page."""
    return Expected(found)


def wrong_with(page: Page, language: str = "en") -> list[str]:
    """What is wrong with a page as it came, for any reader and however it's drawn."""
    spoken = page.root.get("lang")
    wrong = [] if spoken == language else [f"in the language {spoken}"]
    wrong += [f"not drawn: {tag}" for tag in raw_in(page.html)]
    wrong += [f"the word {word}" for word in forbidden_in(shown_by(page.html), language)]
    return [f"{page.url}: {each}" for each in [*wrong, *unsound(page)]]


def unsound(page: Page) -> Iterator[str]:
    """What a program that reads pages aloud stumbles over."""
    ids = Counter(page.root.xpath("//@id"))
    yield from (f"the id {key} {number} times" for key, number in ids.items() if number > 1)
    for name in ("for", "aria-describedby", "aria-labelledby"):
        named = {key for said in page.root.xpath(f"//@{name}") for key in said.split()}
        yield from (f"{name} {key}, which isn't there" for key in sorted(named - set(ids)))
    for each in page.root.xpath(f"//img[not(@alt)] | //a[@href] | //button | //*[{FIELDS}]"):
        if each.xpath("ancestor-or-self::*[@aria-hidden='true']"):
            if each.tag != "img" and each.get("tabindex") != "-1":
                yield f"reached, and not read out: {markup.tostring(each, encoding='unicode')[:160]}"
            continue
        if each.tag == "img" or not (page.name_of(each) or each.xpath(".//img[@alt!='']")):
            yield f"nobody says what this is: {markup.tostring(each, encoding='unicode')[:160]}"
    if len(page.root.xpath("//h1")) != 1:
        yield f"{len(page.root.xpath('//h1'))} first headings"
