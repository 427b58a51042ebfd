"""Every page there is, got once by somebody who has every role and by a stranger: what each must have.

No form of any page breaks over what is sent to it, shows what was typed as anything but text, or loses words
when it refuses them; and the language button of a page keeps what was typed into its form.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.test import Client

from schoolgate.core.models import FederationOwned
from schoolgate.core.tenancy import scope
from schoolgate.web.frame.errors import ANYBODY
from tests.budget import made_once
from tests.pace import LONG
from tests.stories import rolled_back
from tests.web.addresses import ALL
from tests.web.everything import Everything, one_of_everything
from tests.web.hostile import MARKUP, UNESCAPED, Hostile, listening
from tests.web.sheet import Form, Sheet, read
from tests.web.signing import show_second_step
from tests.web.things import NOW
from tests.web.walking import asked_by, forms_of, one_of_a_kind

pytestmark = pytest.mark.timeout(600)
SEED = 20261125
TYPED = {
    "date": "2027-03-01", "email": "ann@example.org", "number": "7", "search": "Ann & <b>", "tel": "01234",
    "text": "Ann & <b>", "textarea": "Ann & <b>\n\nsaid: \"no\"", "time": "10:30", "url": "https://a.example/?a=1&b=2",
}  # fmt: skip
"""What is typed into a field of each kind."""
SAID = {"name", "text", "title", "note", "reason", "words", "what", "why"}
"""Columns of what people wrote."""


NOTHING: dict[str, object] = {"broken": {}, "raw": set(), "lost": set()}


@dataclass
class Kept:
    """The pages that were got, by the names of their addresses, and what broke."""

    pages: dict[str, dict[str, Sheet]] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)


@dataclass
class House:
    """One of everything, who comes to look, and what they got."""

    here: Everything
    clients: dict[str, Client]
    kept: Kept


@pytest.fixture(scope="session")
def kept() -> Kept:
    """What the first test gets, for all."""
    return Kept()


@pytest.fixture
def house(in_world, home, uncounted, sign_in, kept) -> House:
    found = in_world(one_of_everything, NOW)
    vera = found.people[0]
    clients = {"inside": show_second_step(sign_in(vera), vera), "public": Client()}
    for client in clients.values():
        client.raise_request_exception = False
    if not kept.pages:
        with made_once(), rolled_back(), listening() as broken:
            with scope(found.here.federation.pk):
                assert written_as(MARKUP) >= {"core.School.name", "publishing.PostTarget.text"}
            for who, client in clients.items():
                kept.pages[who] = dict(got(found.here, client, who, broken))
            kept.broken = broken.found
    return House(found.here, clients, kept)


def got(here: Everything, client: Client, who: str, broken) -> Iterator[tuple[str, Sheet]]:
    """Every page that answers this browser."""
    for address in ALL:
        public = getattr(address.view, "open_to", ANYBODY) == ANYBODY
        if address.route.startswith("api/") or not address.name or (who == "public" and not public):
            continue
        path = here.path(address)
        answer = client.get(path)
        broken.look(answer.status_code, f"get {path}")
        if answer.status_code == 200 and (page := read(answer, path)).is_page:
            yield address.name, page


def written_as(text: str) -> set[str]:
    """Put a text into each column of what people wrote that takes it; gives those that have rows."""
    done = set()
    for model in apps.get_models():
        for each in model._meta.local_fields if issubclass(model, FederationOwned) else ():
            if each.attname not in SAID or not isinstance(each, models.CharField | models.TextField):
                continue
            try:
                with transaction.atomic():
                    if model._base_manager.update(**{each.attname: text[: each.max_length]}):
                        done.add(f"{model._meta.label}.{each.attname}")
            except DatabaseError:  # only ever added to, or each its own
                continue
    return done


def test_no_page_breaks_over_what_people_wrote_and_all_of_it_is_shown_as_text(house):
    assert house.kept.broken == {}
    inside, public = (house.kept.pages[who].values() for who in ("inside", "public"))
    assert len(inside) > 130
    assert len(public) > 10
    shown = [page for page in (*inside, *public) if "alert(&#x27;sg&#x27;)" in page.html]
    assert len(shown) > 50
    assert [page.path for page in (*inside, *public) if any(one in page.html for one in UNESCAPED)] == []


def test_no_tag_says_a_thing_twice(house):
    """A browser takes the first and drops the second."""
    twice = _Twice()
    for pages in house.kept.pages.values():
        for page in pages.values():
            twice.feed(page.html)
    assert twice.found == set()


class _Twice(HTMLParser):
    """Finds tags with an attribute that stands there twice."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag, attrs):
        if len({name for name, _value in attrs}) < len(attrs):
            self.found.add(self.get_starttag_text() or tag)


@pytest.mark.sized
@pytest.mark.parametrize(("who", "forms"), [("inside", 200), ("public", 8)])
def test_no_form_breaks_shows_markup_or_loses_words_over_what_is_sent(house, who, forms):
    found = forms_of(house.kept.pages[who].values())
    assert len(found) > forms
    found = found if LONG else one_of_a_kind(found)
    with listening() as broken:
        hostile = Hostile(house.clients[who], broken, Random(SEED))
        for form in found:
            hostile.each_once(form)
        for path, keys in asked_by(house.kept.pages[who].values()).items():
            hostile.ask(path, sorted(keys))
    assert {"broken": broken.found, "raw": hostile.raw, "lost": hostile.lost} == NOTHING


# --- The language button


def typed_into(page: Sheet) -> list[Form]:
    """The forms of its main part that people type into."""
    return [form for form in page.forms if form.in_main and into(form)]


def into(form: Form) -> dict[str, str]:
    """What somebody types into a form."""
    return {each.name: TYPED[each.kind] for each in form.typed if each.kind in TYPED}


def lost(browser: Client, page: Sheet) -> str:
    """What of the words typed on this page isn't there after its language button; empty where all is."""
    if not page.buttons or len(typed_into(page)) != 1:
        return ""
    (form,) = typed_into(page)
    button = next((each for each in page.buttons if each["name"] == "read-in"), None)
    if form.by_htmx:
        return "" if button is None else "its button sends a form that htmx takes"
    if button is None or button["form"] != form.key:
        return "its button takes no form along"
    enter, others = form.buttons[0], form.buttons[1:]
    if enter[0] == "read-in" or enter != next((one for one in others if one[0] != "read-in"), (None,) * 3):
        return f"Enter presses {enter}"
    sends = into(form) | {"read-in": "en" if page.language == "cy" else "cy"}
    if form.posts:
        answer = browser.post(button["formaction"], sends)
    else:
        answer = browser.get(form.action, sends, follow=True)
    after = read(answer, page.path)
    now = {(each.name, value) for form in typed_into(after) for each in form.typed for value in each.stands}
    browser.cookies.pop("django_language", None)
    if (answer.status_code, after.language) != (200, sends["read-in"]):
        return f"answers {answer.status_code} in {after.language}"
    missing = [name for name, text in into(form).items() if (name, text) not in now]
    return f"lost {missing}" if missing else ""


def test_what_is_typed_on_a_page_stays_in_the_other_language(house):
    for who, pages in house.kept.pages.items():
        assert {name: why for name, page in pages.items() if (why := lost(house.clients[who], page))} == {}
    public = {name: len(typed_into(page)) for name, page in house.kept.pages["public"].items()}
    assert {name for name, forms in public.items() if forms > 1} == set()
    assert {name for name, forms in public.items() if forms} >= {"account_login", "genuine", "wrong-public"}
