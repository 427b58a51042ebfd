"""A page without a browser: what stands on it, and what comes of pressing it (`scriptless`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from typing import Any
from urllib.parse import urlencode, urljoin

from django.conf import settings
from django.test import Client
from django.utils import translation
from lxml import html as markup

from schoolgate.core.surroundings import parts_of
from tests.web.scriptless_files import Asking, Coming, Download
from tests.web.scriptless_found import Found
from tests.web.scriptless_words import (
    FIELDS,
    ROLES,
    SENDS,
    Words,
    file_of,
    fits,
    text_of,
    xpath_of,
)
from tests.web.sheet import fields_of, sent_of


class Page:
    """A page that somebody is at."""

    def __init__(self, client: Client) -> None:
        self.context: Any = None
        self.client, self.url, self.before = client, "", []
        self.root: Any = markup.document_fromstring("<html><body></body></html>")
        self.typed: dict[Any, Any] = {}
        self.html = ""
        self.asked = ""
        """How it was asked for: GET or POST."""
        self.downloads: list[Download] = []

    @property
    def request(self) -> Asking:
        """Addresses asked for beside the page, with its cookies."""
        return Asking(self.client)

    def goto(self, path: str) -> Any:
        """Open an address."""
        return self._ask("get", path)

    def _ask(self, how: str, path: str, data: Any = None) -> Any:
        there = parts_of(path)
        path = there._replace(scheme="", netloc="").geturl()
        language = translation.get_language()  # the page's stays in the thread otherwise
        with translation.override(language):
            ask = getattr(self.client, how)
            answer = ask(path, follow=True) if data is None else ask(path, data, follow=True)
            return self._came(answer, path, how)

    def reload(self) -> None:
        """Open the same address again."""
        self.goto(self.url)

    def go_back(self) -> None:
        """Go to the page before."""
        self.before.pop()
        self.goto(self.before.pop())

    def _came(self, answer: Any, path: str, how: str) -> Any:
        for to, _status in answer.redirect_chain:
            path, how = urljoin(path, to), "get"
        assert answer.status_code < 500, path
        answer.status = answer.status_code
        if Download.is_in(answer):
            self.downloads.append(Download(answer))
            return answer
        self.url, self.html, self.asked = path, answer.content.decode(), how.upper()
        self.root, self.typed = markup.document_fromstring(self.html), {}
        self.before.append(path)
        return answer

    @contextmanager
    def expect_download(self) -> Iterator[Any]:
        """What is done within brings a file."""
        coming = Coming()
        before = len(self.downloads)
        yield coming
        (coming.value,) = self.downloads[before:]

    def in_language(self, language: str) -> str:
        """What somebody gets here who reads another language on their device."""
        cookies, name = self.client.cookies, settings.LANGUAGE_COOKIE_NAME
        before = cookies.pop(name, None)
        cookies[name] = language
        with translation.override(language):
            html = self.client.get(self.url.partition("#")[0]).content.decode()
        del cookies[name]
        if before is not None:
            cookies[name] = before.value
        return str(html)

    def content(self) -> str:
        """The page as it came."""
        return self.html

    def text(self) -> str:
        """What its middle says."""
        return text_of((self.root.xpath("//main") or [self.root])[0])

    def fill(self, where: str, text: str) -> None:
        """Type into what stands there."""
        self.locator(where).fill(text)

    def wait_for_load_state(self, *_state: str) -> None:
        """It's there."""

    def wait_for_url(self, where: str | re.Pattern[str]) -> None:
        """Fail if it's another page: nothing comes later."""
        there = where.search(self.url) if isinstance(where, re.Pattern) else fnmatch(self.url, where)
        assert there, f"{self.url} isn't {where}"

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
        self,
        inside: Any,
        role: str,
        *,
        name: Words | None = None,
        exact: bool = False,
        level: int = 0,
        checked: bool = False,
    ) -> Found:
        """What has this role and name; what a closed fold hides has none."""
        where = f"self::h{level}" if level else ROLES[role]

        def find() -> list[Any]:
            found = [each for one in inside() for each in one.xpath(f".//*[{where}]")]
            named = [each for each in found if name is None or fits(self.name_of(each), name, exact=exact)]
            return [each for each in named if self.reads(each) and (not checked or self.sent_of(each))]

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

        def smallest(one: Any) -> list[Any]:
            """Where a part doesn't say so, none within it does."""
            within = [each for child in one for each in smallest(child)] if says(one) else None
            return [] if within is None else within or [one]

        def find() -> list[Any]:
            if isinstance(words, str) and not exact:
                return [each for one in inside() for each in smallest(one)]
            found = [each for one in inside() for each in one.iter() if says(each)]
            return [each for each in found if not any(says(child) for child in each)]

        return Found(self, find, f"text {words!r}")

    def within(self, inside: Any, where: str, **more: Any) -> Found:
        """What stands there. `has`: something that has to stand in it."""
        path = xpath_of(where)

        def find() -> list[Any]:
            return list(dict.fromkeys(each for one in inside() for each in one.xpath(path)))

        return self.narrowed(find, where, **more)

    def narrowed(self, among: Any, what: str, *, has_text: Words = "", has: Found | None = None) -> Found:
        """Those that have this text, or something, in them."""

        def find() -> list[Any]:
            found = among()
            if has:
                around = {each for one in has.find() for each in one.iterancestors()}
                found = [each for each in found if each in around]
            return [each for each in found if fits(text_of(each), has_text)] if has_text else found

        return Found(self, find, what)

    def reads(self, element: Any) -> bool:
        """Whether somebody sees it, and it's read aloud."""
        return self.shows(element) and not element.xpath("ancestor-or-self::*[@aria-hidden='true']")

    def shows(self, element: Any) -> bool:
        """Whether somebody sees it: not what is hidden, nor what stands in a closed fold."""
        inside = element
        for each in [element, *element.iterancestors()]:
            if each.get("hidden") is not None:
                return False
            fold = each.tag == "details" and each is not element and inside.tag != "summary"
            if fold and each.get("open") is None:
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
        if element.tag == "img":
            return element.get("alt") or ""
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
            self._fold(found.getparent(), shut=found.getparent().get("open") is not None)
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
            for fold in [each, *each.iterancestors("details")]:
                if fold.tag == "details":
                    self._fold(fold, shut=False)

    def _fold(self, fold: Any, *, shut: bool) -> None:
        if not shut:
            fold.set("open", "")
        elif fold.get("open") is not None:
            del fold.attrib["open"]

    def enter(self, element: Any) -> None:
        """Press Enter there: in a field, it's the first button of its form."""
        if element.xpath(FIELDS) and element.tag == "input":
            form = self._form_of(element)
            self._send(next(each for each in form.xpath(f".//*[{SENDS}]") if each.get("disabled") is None))
        else:
            self.press(element)

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
            self._ask("post", to, sent)
        else:
            self._ask("get", f"{parts_of(to).path}?{urlencode(sent, doseq=True)}")

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
