"""A page without a browser: what stands on it, and what comes of pressing it (`scriptless`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.test import Client
from lxml import html as markup

from tests.web.scriptless_words import (
    FIELDS,
    ROLES,
    SENDS,
    Words,
    file_of,
    fits,
    text_of,
    value_of,
    xpath_of,
)
from tests.web.sheet import fields_of, sent_of


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
        """Press a key on it."""
        assert key == "Enter", key
        self.page.press(self.one())

    def fill(self, text: str) -> None:
        """Type into it."""
        self.page.typed[self.one()] = text

    def check(self) -> None:
        """Tick it, or choose it among those of its question."""
        self.page.tick(self.one())

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

    def wait_for(self) -> None:
        """Fail if it isn't there: nothing comes later."""
        assert self.find(), f"no {self.what} at {self.page.url}: {self.page.text()[:1500]}"

    # --- What it says

    def inner_text(self) -> str:
        """What it says."""
        return text_of(self.one())

    text_content = inner_text

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


class Page:
    """A page that somebody is at."""

    def __init__(self, client: Client) -> None:
        self.context: Any = None
        self.client, self.url, self.before = client, "", []
        self.root: Any = markup.document_fromstring("<html><body></body></html>")
        self.typed: dict[Any, Any] = {}
        self.opened: set[Any] = set()
        self.html = ""

    def goto(self, path: str) -> Any:
        """Open an address."""
        return self._came(self.client.get(path, follow=True), path)

    def reload(self) -> None:
        """Open the same address again."""
        self.goto(self.url)

    def go_back(self) -> None:
        """Go to the page before."""
        self.before.pop()
        self.goto(self.before.pop())

    def _came(self, answer: Any, path: str) -> Any:
        for to, _status in answer.redirect_chain:
            path = urljoin(path, to)
        self.url, self.html = path, answer.content.decode()
        assert answer.status_code < 500, path
        self.root, self.typed, self.opened = markup.document_fromstring(self.html), {}, set()
        self.before.append(path)
        answer.status = answer.status_code
        return answer

    def content(self) -> str:
        """The page as it came."""
        return self.html

    def text(self) -> str:
        """What its middle says."""
        return text_of((self.root.xpath("//main") or [self.root])[0])

    def fill(self, where: str, text: str) -> None:
        """Type into what stands there."""
        self.locator(where).fill(text)

    def wait_for_load_state(self) -> None:
        """It's there."""

    # --- Finding

    def _whole(self) -> list[Any]:
        return [self.root]

    def get_by_role(self, role: str, **more: Any) -> Found:
        """What has this role."""
        return self.by_role(self._whole, role, **more)

    def get_by_label(self, words: Words, **more: Any) -> Found:
        """The fields that are called so."""
        return self.by_label(self._whole, words, **more)

    def get_by_text(self, words: Words, **more: Any) -> Found:
        """What says so."""
        return self.by_text(self._whole, words, **more)

    def locator(self, where: str, **more: Any) -> Found:
        """What stands there, by the few words of CSS that tests use."""
        return self.within(self._whole, where, **more)

    def by_role(
        self, inside: Any, role: str, *, name: Words | None = None, exact: bool = False, level: int = 0
    ) -> Found:
        """What has this role and name; what a closed fold hides has none."""
        where = f"self::h{level}" if level else ROLES[role]

        def find() -> list[Any]:
            found = [each for one in inside() for each in one.xpath(f".//*[{where}]") if self.shows(each)]
            return [each for each in found if name is None or fits(self.name_of(each), name, exact=exact)]

        return Found(self, find, f"{role} {name!r}")

    def by_label(self, inside: Any, words: Words, *, exact: bool = False) -> Found:
        """The fields that are called so."""

        def find() -> list[Any]:
            found = [each for one in inside() for each in one.xpath(f".//*[{FIELDS}]")]
            return [
                each for each in found if any(fits(one, words, exact=exact) for one in self.labels_of(each))
            ]

        return Found(self, find, f"field {words!r}")

    def by_text(self, inside: Any, words: Words, *, exact: bool = False) -> Found:
        """The smallest parts of the page that say so."""

        def says(one: Any) -> bool:
            return isinstance(one.tag, str) and fits(text_of(one), words, exact=exact)

        def find() -> list[Any]:
            found = [each for one in inside() for each in one.iter() if says(each)]
            return [each for each in found if not any(says(child) for child in each)]

        return Found(self, find, f"text {words!r}")

    def within(self, inside: Any, where: str, *, has_text: str = "", has: Found | None = None) -> Found:
        """What stands there. `has`: something that has to stand in it."""
        path = xpath_of(where)

        def find() -> list[Any]:
            found = [each for one in inside() for each in one.xpath(path)]
            within = {each for one in has.find() for each in one.iterancestors()} if has else set(found)
            return [each for each in found if each in within and has_text.lower() in text_of(each).lower()]

        return Found(self, find, where)

    def shows(self, element: Any) -> bool:
        """Whether somebody sees it: not what is hidden, nor what stands in a closed fold."""
        inside = element
        for each in [element, *element.iterancestors()]:
            if each.get("hidden") is not None:
                return False
            fold = each.tag == "details" and each is not element and inside.tag != "summary"
            if fold and each.get("open") is None and each not in self.opened:
                return False
            inside = each
        return True

    def offers(self) -> list[str]:
        """What can be pressed."""
        return [self.name_of(each) for each in self.root.xpath(f"//main//a[@href] | //main//*[{SENDS}]")]

    def name_of(self, element: Any) -> str:
        """What it's called."""
        if said := element.get("aria-label"):
            return str(said)
        if named := element.get("aria-labelledby"):
            return " ".join(text_of(each) for key in named.split() for each in self._with_id(key))
        if element.tag in ("fieldset", "table", "details"):
            head = element.xpath("./legend | ./caption | ./summary")
            return text_of(head[0]) if head else ""
        if element.xpath(FIELDS) and element.get("type") != "submit":
            return " ".join(self.labels_of(element))
        return text_of(element) or element.get("value") or ""

    def labels_of(self, field: Any) -> list[str]:
        """What a field is called, by each of its labels."""
        names = [field.get("aria-label") or ""]
        names += [text_of(each) for each in field.iterancestors("label")]
        names += [text_of(each) for each in self.root.xpath("//label[@for=$id]", id=field.get("id") or "-")]
        named = (field.get("aria-labelledby") or "").split()
        names += [text_of(each) for key in named for each in self._with_id(key)]
        return [each for each in names if each]

    def _with_id(self, key: str) -> list[Any]:
        return list(self.root.xpath("//*[@id=$id]", id=key))

    # --- Pressing

    def press(self, element: Any) -> None:
        """Press something; what has no act of its own passes it on to what it stands in."""
        kinds = ("a", "button", "summary", "label", "input")
        found = next((each for each in [element, *element.iterancestors()] if each.tag in kinds), None)
        assert found is not None, f"{text_of(element)!r} can't be pressed"
        assert self.shows(found), f"{text_of(found)!r} is not to be seen"
        if found.tag == "a":
            self._follow(urljoin(self.url, found.get("href")))
        elif found.tag == "summary":
            self.opened ^= {found.getparent()}
        elif found.tag == "label":
            self.tick(self._with_id(found.get("for"))[0])
        elif found.get("type") in ("checkbox", "radio"):
            self.tick(found)
        else:
            assert found.get("disabled") is None, f"{self.name_of(found)!r} is disabled"
            self._send(found)

    def _follow(self, to: str) -> None:
        here, _, place = to.partition("#")
        if not place or here != self.url.partition("#")[0]:
            self.goto(to)
            return
        self.url = to
        for each in self._with_id(place):
            self.opened |= {fold for fold in [each, *each.iterancestors()] if fold.tag == "details"}

    def tick(self, field: Any) -> None:
        """Tick a box, or choose one of several."""
        if field.get("type") == "radio":
            for other in self._form_of(field).xpath(
                ".//input[@type='radio'][@name=$name]", name=field.get("name")
            ):
                self.typed[other] = False
        self.typed[field] = True

    def _send(self, button: Any) -> None:
        form = self._form_of(button)
        sent: dict[str, list[Any]] = {}
        for field in fields_of(self.root, form):
            for name, value in self.sent_of(field):
                sent.setdefault(name, []).append(value)
        if button.get("name"):
            sent.setdefault(button.get("name"), []).append(button.get("value", ""))
        to = urljoin(self.url, button.get("formaction") or form.get("action") or self.url)
        if form.get("method", "get").lower() == "post":
            self._came(self.client.post(to, sent, follow=True), to)
        else:
            self._came(self.client.get(urlsplit(to).path, sent, follow=True), to)

    def _form_of(self, element: Any) -> Any:
        if named := element.get("form"):
            return self._with_id(named)[0]
        return next(each for each in element.iterancestors() if each.tag == "form")

    def sent_of(self, field: Any) -> list[tuple[str, Any]]:
        """What is sent of a field: what was typed, chosen and ticked, or what stood there."""
        return sent_of(field, self._typed)

    def _typed(self, field: Any, stands: Any) -> Any:
        typed = self.typed.get(field, stands)
        return [file_of(each) for each in typed] if field.get("type") == "file" else typed
