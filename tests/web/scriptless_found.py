"""What on a page is called so, and what is done with it (`scriptless_page`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from lxml import html as markup

from tests.web.scriptless_words import Words, text_of, value_of

if TYPE_CHECKING:
    from tests.web.scriptless_page import Page


class Found:
    """What on a page is called so, looked for each time it's asked."""

    def __init__(self, page: Page, find: Callable[[], list[Any]], what: str) -> None:
        self.page, self.find, self.what = page, find, what

    # --- Which of them

    def all(self) -> list[Found]:
        """Each by itself."""
        return [self.nth(place) for place in range(len(self.find()))]

    def count(self) -> int:
        """How many there are."""
        return len(self.find())

    def nth(self, place: int) -> Found:
        """One of them."""
        return Found(self.page, lambda: self.find()[place:][:1], f"{self.what} [{place}]")

    @property
    def first(self) -> Found:
        """The first of them."""
        return self.nth(0)

    @property
    def last(self) -> Found:
        """The last of them."""
        return Found(self.page, lambda: self.find()[-1:], f"the last {self.what}")

    def or_(self, other: Found) -> Found:
        """These, or those."""
        return Found(self.page, lambda: self.find() + other.find(), f"{self.what} or {other.what}")

    def and_(self, other: Found) -> Found:
        """What is both."""
        return Found(self.page, lambda: [one for one in self.find() if one in other.find()], self.what)

    def filter(self, **more: Any) -> Found:
        """Those that have this text, or something, in them."""
        return self.page.narrowed(self.find, self.what, **more)

    def locator(self, where: str, **more: Any) -> Found:
        """What stands within, by the few words of CSS that tests use."""
        if where == "visible=true":
            return Found(self.page, lambda: [one for one in self.find() if self.page.shows(one)], self.what)
        return self.page.within(self.find, where, **more)

    def get_by_role(self, role: str, **more: Any) -> Found:
        """What has this role within."""
        return self.page.by_role(self.find, role, **more)

    def get_by_label(self, words: Words, **more: Any) -> Found:
        """The fields within that are called so."""
        return self.page.by_label(self.find, words, **more)

    def get_by_text(self, words: Words, **more: Any) -> Found:
        """What says so within."""
        return self.page.by_text(self.find, words, **more)

    def one(self) -> Any:
        """The only one there is."""
        found = self.find()
        assert len(found) == 1, f"{len(found)} of {self.what} at {self.page.url}: {self.page.offers()}"
        return found[0]

    # --- What is done with it

    def click(self) -> None:
        """Press it: a link, a button, the head of a fold, a box."""
        self.page.press(self.one())

    def press(self, key: str) -> None:
        """Press a key on it: Enter in a field is its form's first button."""
        assert key == "Enter", key
        self.page.enter(self.one())

    def fill(self, text: str) -> None:
        """Type into it."""
        self.page.typed[self.one()] = text

    def check(self, **_more: Any) -> None:
        """Tick it, or choose it among those of its question."""
        self.page.tick(self.one())

    def uncheck(self) -> None:
        """Take the tick out of it."""
        self.page.typed[self.one()] = False

    def select_option(self, value: str | None = None, *, label: str | None = None) -> None:
        """Choose from a list by what it says or by its value."""
        field = self.one()
        wanted = [
            each
            for each in field.xpath(".//option")
            if text_of(each) in (label, value) or (value is not None and value_of(each) == value)
        ]
        assert wanted, (
            f"{value or label} is not offered: {[text_of(each) for each in field.xpath('.//option')]}"
        )
        self.page.typed[field] = [value_of(wanted[0])]

    def set_input_files(self, given: Any) -> None:
        """Choose files."""
        self.page.typed[self.one()] = given if isinstance(given, list) else [given]

    def wait_for(self, **_more: Any) -> None:
        """Fail if it isn't there: nothing comes later."""
        assert self.find(), f"no {self.what} at {self.page.url}: {self.page.text()[:1500]}"

    # --- What it says

    def inner_text(self) -> str:
        """What it says."""
        return text_of(self.one())

    text_content = inner_text

    def all_inner_texts(self) -> list[str]:
        """What each says."""
        return [text_of(each) for each in self.find()]

    def inner_html(self) -> str:
        """What stands in it, as it came."""
        return str(markup.tostring(self.one(), encoding="unicode"))

    def is_checked(self) -> bool:
        """Whether it's ticked or chosen."""
        return bool(self.page.sent_of(self.one()))

    def get_attribute(self, name: str) -> str | None:
        """One of its attributes."""
        return self.one().get(name)

    def input_value(self) -> str:
        """What is in the field."""
        sent = self.page.sent_of(self.one())
        return str(sent[0][1]) if sent else ""

    def is_visible(self) -> bool:
        """Whether somebody sees it."""
        return any(self.page.shows(each) for each in self.find())
