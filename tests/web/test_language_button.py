"""The language button of every page: what was typed into its form is there again in the other language."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from schoolgate.core.tenancy import scope
from schoolgate.web.frame.carrying import is_secret
from tests.cast import give, someone
from tests.web.addresses import ALL
from tests.web.everything import Everything, everything
from tests.web.test_other_federations import ROLES
from tests.web.things import NOW

TYPED = {
    "date": "2027-03-01", "email": "ann@example.org", "number": "7", "search": "Ann & <b>", "tel": "01234",
    "text": "Ann & <b>", "textarea": "Ann & <b>\n\nsaid: \"no\"", "time": "10:30", "url": "https://a.example/?a=1&b=2",
}  # fmt: skip
"""What is typed into a field of each kind."""


class Page(HTMLParser):
    """The forms of a page's main part with the fields that people type into, and its language buttons."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self.buttons: list[dict[str, str | None]] = []
        self.pressed: dict[str, list[tuple[str | None, ...]]] = {}
        """The submit buttons of each form with an id, in the order of the page."""
        self.language, self._main, self._area, self._form = "", False, None, ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        if tag == "html":
            self.language = has.get("lang") or ""
        if tag == "main":
            self._main = True
        if tag == "button" and has.get("name") in ("read-in", "language"):
            self.buttons.append(has)
        if tag == "form":
            self._form = has.get("id") or ""
        if tag == "button" and has.get("type", "submit") == "submit":
            owned = self.pressed.setdefault(has.get("form") or self._form, [])
            owned.append(tuple(has.get(name) for name in ("name", "value", "formaction")))
        if tag == "form" and self._main:
            by_htmx = any(name.startswith("hx-") for name in has)
            self.forms.append({**has, "by htmx": by_htmx, "fields": []})
        kind = tag if tag == "textarea" else has.get("type", "text") if tag == "input" else ""
        name = has.get("name")
        if (
            kind in TYPED
            and name
            and self._main
            and self.forms
            and "readonly" not in has
            and not is_secret(name)
        ):
            self.forms[-1]["fields"].append([name, kind, has.get("value") or ""])
            self._area = self.forms[-1]["fields"][-1] if tag == "textarea" else None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area[2] += data.removeprefix("\n") if not self._area[2] else data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None
        if tag == "form":
            self._form = ""
        if tag == "main":
            self._main = False

    @property
    def typed_into(self) -> list[dict[str, Any]]:
        return [form for form in self.forms if form["fields"]]


@pytest.fixture
def house(in_world, home, settings) -> Everything:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    return in_world(everything, NOW).everything


def pages(house: Everything, browser: Client) -> dict[str, tuple[str, Page]]:
    """Every page that answers this browser, by its address, with its path."""
    found = {}
    for address in ALL:
        if address.route.startswith("api/"):
            continue
        path = address.path(**{key: house.value(thing) for key, thing in address.things.items()})
        answer = browser.get(path)
        if (
            answer.status_code == 200
            and not answer.streaming
            and "text/html" in answer.get("Content-Type", "")
        ):
            found[address.name] = path, Page(answer.content.decode())
    return found


def lost(browser: Client, path: str, page: Page) -> str:
    """What of the words typed on this page isn't there after its language button; empty where all is."""
    if not page.buttons or len(page.typed_into) != 1:
        return ""
    (form,) = page.typed_into
    button = next((each for each in page.buttons if each["name"] == "read-in"), None)
    if form["by htmx"]:
        return "" if button is None else "its button sends a form that htmx takes"
    if button is None or button["form"] != form.get("id"):
        return "its button takes no form along"
    enter, others = page.pressed[form["id"]][0], page.pressed[form["id"]][1:]
    if enter[0] == "read-in" or enter != next((one for one in others if one[0] != "read-in"), (None,) * 3):
        return f"Enter presses {enter}"
    sent = {name: TYPED[kind] for name, kind, _now in form["fields"]}
    sent["read-in"] = "en" if page.language == "cy" else "cy"
    if form.get("method") == "get":
        answer = browser.get(form.get("action") or path, sent, follow=True)
    else:
        answer = browser.post(button["formaction"], sent)
    after = Page(answer.content.decode())
    now = [tuple(field) for form in after.typed_into for field in form["fields"]]
    browser.cookies.pop("django_language", None)
    if (answer.status_code, after.language) != (200, sent["read-in"]):
        return f"answers {answer.status_code} in {after.language}"
    missing = [name for name, kind, _now in form["fields"] if (name, kind, TYPED[kind]) not in now]
    return f"lost {missing}" if missing else ""


def test_what_is_typed_on_a_public_page_stays(house, client):
    found = pages(house, client)
    assert len(found) > 10
    assert {name: why for name, there in found.items() if (why := lost(client, *there))} == {}
    typed_into = {name: len(page.typed_into) for name, (_path, page) in found.items()}
    assert {name for name, forms in typed_into.items() if forms > 1} == set()
    assert {name for name, forms in typed_into.items() if forms} >= {
        "account_login",
        "genuine",
        "wrong-public",
    }


def test_what_is_typed_on_a_page_inside_stays(house, sign_in):
    with scope(house.federation.pk):
        person = someone("Vera Visitor")
        for role in ROLES[1:]:
            give(person, role)
    browser = sign_in(person)
    found = pages(house, browser)
    assert len(found) > 100
    assert {name: why for name, there in found.items() if (why := lost(browser, *there))} == {}
