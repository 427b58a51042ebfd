"""Nobody is shown a link or button that leads to a refusal or to nothing. No refusal loses what was typed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie
from itertools import product

import pytest
from django.http import HttpResponse
from django.test import Client

from schoolgate.cli.demo.cast import CAST
from schoolgate.core.models import Federation, School
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities_of_roles
from schoolgate.rulebook import book
from tests.cast import give, someone
from tests.web.walking import Walk

pytestmark = pytest.mark.timeout(900)


def walkers() -> dict[str, list[str]]:
    """The people of the five examples who walk, by federation; they are few, for a walk takes seconds.

    A link that leads nowhere is shown for one capacity while its page asks for another. So for every two
    capacities that some role keeps apart, somebody walks who has the one and not the other.
    """
    people = []
    for key, cast in CAST.items():
        for who in cast.people:
            manages = ["line-manager"] if who.key in dict(cast.manages) else []
            may = capacities_of_roles([*who.roles, *manages], book(key))
            people.append((key, who.name, may))
    every = frozenset().union(*(may for _key, _name, may in people))
    found: dict[str, list[str]] = {key: [] for key in CAST}
    apart: set[tuple[str, str]] = set()
    for key, name, may in sorted(people, key=lambda one: len(one[2])):
        theirs = set(product(may, every - may))
        if not theirs <= apart:
            apart |= theirs
            found[key].append(name)
    return found


@pytest.fixture
def told(told_anew, settings) -> Callable[[str], Federation]:
    """`told(key)`: an example federation. Nobody is counted from one request to the next: there are many."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    settings.USERSESSIONS_TRACK_ACTIVITY = False
    return told_anew


@pytest.fixture
def browser_of(sign_in) -> Callable[[Person], Client]:
    """A person's browser, as that of somebody who has just shown the second step once more."""

    def of(person: Person) -> Client:
        browser = sign_in(person)
        session = browser.session
        session["account_authentication_methods"] = [
            {"method": "password", "at": time.time(), "email": person.email},
            {"method": "mfa", "at": time.time(), "type": "totp"},
        ]
        session["account_authentication_methods_user"] = str(person.user_id)
        session.save()
        return browser

    return of


def others() -> Iterator[Person]:
    """People of Wildground whom its example has not: of one school only, covering, and a parent."""
    school = School.objects.order_by("pk").first()
    yield someone("Of One School", "slt", school=school)
    yield someone("Moderates One School", "administrator-moderator", school=school)
    yield someone("A Parent", relation="parent")
    cover = someone("Covers")
    held = give(cover, "lead-staff-member")
    held.acting_for = Person.objects.get(name="Tom Ellery")
    held.save(update_fields=["acting_for"])
    yield cover


@pytest.mark.parametrize("key", CAST)
def test_no_link_and_no_button_that_anybody_sees_leads_nowhere_and_no_refused_words_are_lost(
    key, told, browser_of
):
    federation = told(key)
    with scope(federation.pk):
        people = list(Person.objects.filter(name__in=walkers()[key]).select_related("user"))
        people += others() if key == "wildground" else []
    read_by_all: set[str] = set()
    dead, lost = {}, set()
    for person in people:
        walk = Walk(browser_of(person), read_by_all).go()
        assert {"today", "menu", "me", "accounts/<int:pk>"} <= walk.followed, person.name
        dead[person.name] = walk.dead
        lost |= walk.lost
    assert {name: found for name, found in dead.items() if found} == {}
    assert lost == set()


ASKS = "<form method=post action='/wrong'><textarea name=what></textarea></form>"


class Pages:
    """A browser of a program with three pages."""

    PAGES = {
        "/today": (
            200,
            "<a href='/people?show=1#top'>x</a><form method=post action='/stop'></form>" + ASKS,
        ),
        "/menu": (200, "<a href='https://elsewhere.example/'>x</a> <a href='people'>x</a>"),
        "/me": (302, ""),
    }

    def __init__(self) -> None:
        self.cookies, self.asked = SimpleCookie(), []

    def answer(self, method: str, path: str) -> HttpResponse:
        self.asked.append(f"{method} {path}")
        status, text = self.PAGES.get(path, (403, ""))
        return HttpResponse(text, status=status, headers={"Location": "menu"} if status == 302 else {})

    def get(self, path: str) -> HttpResponse:
        return self.answer("get", path)

    def post(self, path: str, sends: object) -> HttpResponse:
        return self.answer("post", path)


@pytest.mark.django_db
def test_a_walk_names_each_link_and_each_form_that_is_refused_and_each_word_that_is_lost():
    pages = Pages()
    walk = Walk(pages).go()

    assert walk.dead == {
        ("follow", "today", "people", 403), ("send", "today", "stop", 403), ("send", "today", "wrong", 403),
    }  # fmt: skip
    assert walk.lost == {("today", "wrong", 403, "what")}
    assert pages.asked == [
        "get /today", "post /stop", *["post /wrong"] * 3, "get /menu", "get /me", "get /people?show=1",
    ]  # fmt: skip
