"""The examples, walked once as their people.

Nobody is shown a link or button that leads to a refusal or to nothing. Each role comes to few kinds of page,
and the most used ask little of the database. Nothing that is sent breaks a page, nor does a day that an older
version let in. `SCHOOLGATE_TEST_FUZZ=26000` sends 26,000, as all who walk, in all five examples.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from http.cookies import SimpleCookie
from random import Random

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.http import HttpResponse

from bench.pages import paths
from schoolgate.accounts.models import Care
from schoolgate.cli.demo.cast import CAST
from schoolgate.core.models import Federation, FederationOwned
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person
from tests.budget import made_once
from tests.stories import rolled_back
from tests.web.hostile import NASTY, Hostile, as_filled, listening, spoilt
from tests.web.sheet import Sheet
from tests.web.signing import show_second_step
from tests.web.walkers import EXAMPLE, Arrived, walk_all, walkers
from tests.web.walking import Walk, asked_by, forms_of

WIDE = int(os.environ.get("SCHOOLGATE_TEST_FUZZ", "0"))
SEED = int(os.environ.get("SCHOOLGATE_TEST_FUZZ_SEED", "20261125"))
FEW = 150
"""Requests of the gate's own run."""
pytestmark = pytest.mark.timeout(WIDE or 600)
MOST_KINDS = 82
"""For the role that sees most: a third fewer than the 119 of before. 81 for the headteacher in November 2026,
with help, breaches, checks, evidence, permissions, pupils, news and their own accounts; and since, where a
colleague is late, the page of that task. A file is no page."""
MOST_QUERIES = {
    "today": 25, "posts": 17, "composer": 21, "post": 41, "inbox": 18, "item": 44, "accounts": 15,
    "account": 34, "policy": 15, "may-i": 9,
}  # fmt: skip
"""For the role that takes most; with a rota, as here, which differs by the day. Nothing is cached; BEGIN,
COMMIT and when somebody came last do not count. Today asks once what of other people's tasks the reader
may know of. The page of a post asks once whether its federation's first post waits for a safeguarding
lead, and once who was taken out of its pictures after a no. The page of a comment asks three times whether
people can read it and our reply, and once each who leads on safeguarding, which leads can open what is
theirs, whether a concern about it may be about the reader. The
list of accounts asks the rota twice whether the reader is on duty, and so needs the duty sheet. On a
weekday of term Today asks one more than on a Saturday. Six are everyone's: the session, who came in, the
scope, the visitor with what hangs over every page, what they hold, and the policy."""
WHO_MAY = ("people.RoleAssignment", "people.Person", "people.Departure", "accounts.TeamMember")
"""Tables whose days say who may open a page at all."""
EXPECTED = {"accounts.Care.evaluate_on", "policy.PolicyVersion.review_due", "accounts.AccountKey.change_by"}
"""Some of the columns that must hold a day far away, so that the test says something."""


@pytest.fixture
def example(told, uncounted) -> Iterator[Callable[[str], Federation]]:
    """`example(key)`: an example federation; what the test writes there is rolled back."""
    found: dict[str, Federation] = {}
    with contextlib.ExitStack() as ends:

        def of(key: str) -> Federation:
            if key not in found:
                found[key] = told(key)
                ends.enter_context(rolled_back())
            return found[key]

        yield of


@dataclass
class Walked:
    """What was walked until now, by example and name, and where forms arrived."""

    walks: dict[str, dict[str, Walk]] = field(default_factory=dict)
    arrived: Arrived = field(default_factory=Arrived)


@pytest.fixture(scope="session")
def until_now() -> Walked:
    """What the first test walked, for all."""
    return Walked()


@pytest.fixture
def walked(example, sign_in, until_now) -> Callable[[str], dict[str, Walk]]:
    """`walked(key)`: the walks of an example's people, by their names."""

    def of(key: str) -> dict[str, Walk]:
        if key not in until_now.walks:
            with made_once():
                until_now.walks[key] = dict(walk_all(key, example(key), sign_in, until_now.arrived))
        return until_now.walks[key]

    return of


@pytest.mark.sized
@pytest.mark.parametrize("key", CAST)
def test_no_link_and_no_button_that_anybody_sees_leads_nowhere(key, walked):
    for name, walk in walked(key).items():
        assert {"today", "menu", "me", "accounts/<int:pk>"} <= walk.followed, name
    assert {name: walk.dead for name, walk in walked(key).items() if walk.dead} == {}


def test_each_role_comes_to_few_kinds_of_page(walked, capsys):
    found = walked(EXAMPLE)
    followed = {who.name: found[who.name].followed for who in CAST[EXAMPLE].people}
    kinds = {
        name: len([route for route in routes if not route.endswith(".pdf")])
        for name, routes in followed.items()
    }
    with capsys.disabled():
        print("\n" + json.dumps({"kinds of page": kinds}, indent=2))
    assert max(kinds.values()) <= MOST_KINDS


def test_the_most_used_pages_ask_little_of_the_database(told_anew, uncounted, sign_in, queries, capsys):
    asked = dict.fromkeys(MOST_QUERIES, 0)
    with scope(told_anew(EXAMPLE).pk):  # commits are real: within a transaction each page asks once more
        people = list(Person.objects.exclude(user=None).select_related("user"))
    for browser in map(sign_in, people):
        for page, path in paths().items():
            for _again in range(2):  # a first visit may ask once more, and only what asks most is told
                with queries() as seen:
                    opens = browser.get(path).status_code == 200
                number = len([one for one in seen if one["sql"] not in ("BEGIN", "COMMIT")]) if opens else 0
                if number <= asked[page]:
                    break
            else:
                asked[page] = number
    with capsys.disabled():
        print("\n" + json.dumps({"queries": asked}, indent=2))
    assert all(asked.values()), "each page opens for someone"
    assert {page: asked[page] for page in asked if asked[page] > MOST_QUERIES[page]} == {}


@pytest.mark.parametrize("key", CAST if WIDE else [EXAMPLE])
def test_nothing_that_is_sent_breaks_a_page(key, walked, example, sign_in):
    found = walked(key)
    federation, jobs, known = example(key), [], set()
    with scope(federation.pk):
        people = Person.objects.filter(name__in=walkers()[key]).select_related("user")
        clients = {person.name: sign_in(person) for person in people}
    with listening() as broken:
        dice = Random(SEED)
        for name in reversed(walkers()[key]):  # who comes to most pages first
            clients[name].raise_request_exception = False
            hostile = Hostile(clients[name], broken, dice)
            sheets = [kept.sheet for kept in found[name].pages]
            new = [form for form in forms_of(sheets) if form.shape() not in known]
            known |= {form.shape() for form in new}
            jobs += [(hostile.spoil, (form,)) for form in new]
            jobs += [(hostile.ask, (path, sorted(keys))) for path, keys in asked_by(sheets).items()]
        dice.shuffle(jobs)
        for turn in range(WIDE // len(CAST) or FEW):
            send, what = jobs[turn % len(jobs)]
            send(*what)
    print(f"\n{key}: {len(known)} forms, {len(jobs)} to send")
    assert len(known) > 60
    assert broken.found == {}


# --- A day from before there were bounds, such as 9999-12-31, in every column of days


def moved_to(day: date) -> set[str]:
    """Put a day into each column that takes it; gives those that have rows."""
    done = set()
    Care.objects.update(first_day_taken=True)  # the day that people set counts, not the plan's
    for model in apps.get_models():
        if issubclass(model, FederationOwned) and model._meta.label not in WHO_MAY:
            for each in filter(_is_day, model._meta.local_fields):
                try:
                    with transaction.atomic():
                        if model._base_manager.update(**{each.attname: day}):
                            done.add(f"{model._meta.label}.{each.attname}")
                except DatabaseError:  # only ever added to, or bounded by the database
                    continue
    return done


def _is_day(field: models.Field) -> bool:
    return isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField)


@pytest.mark.parametrize("day", [date(9999, 12, 31), date(1, 1, 1)])
def test_no_page_breaks_over_a_day_at_an_end_of_the_calendar(example, sign_in, day):
    with scope(example(EXAMPLE).pk):
        head = Person.objects.select_related("user").get(name="Helen Marsh")
        assert moved_to(day) >= EXPECTED
    browser = show_second_step(sign_in(head), head)
    browser.raise_request_exception = False
    with listening() as broken:
        walk = Walk(browser).go()
        for kept in walk.pages:
            broken.look(kept.status, kept.sheet.path)
    assert len(walk.followed) > 40
    assert broken.found == {}


# --- What these tests go by


ASKS = "<form method=post action='/wrong'><textarea name=what></textarea></form>"


class Pages:
    """A browser of a program with three pages."""

    PAGES = {
        "/today": (200, "<a href='/people?show=1#top'>x</a><form method=post action='/stop'></form>" + ASKS),
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

    def post(self, path: str, _body: object, **_kind: str) -> HttpResponse:
        return self.answer("post", path)


@pytest.mark.django_db
def test_a_walk_names_each_link_and_each_form_that_is_refused():
    pages = Pages()
    walk = Walk(pages).go().send()

    assert walk.dead == {
        ("follow", "today", "people", 403), ("send", "today", "stop", 403), ("send", "today", "wrong", 403),
    }  # fmt: skip
    assert pages.asked == [
        "get /today",
        "get /menu",
        "get /me",
        "get /people?show=1",
        "post /stop",
        "post /wrong",
    ]


PAGE = """<form action="/x" method="post"><input name="a" value="1">
<input type="hidden" name="csrfmiddlewaretoken">
<select name="b"><option value=""><option value="2"></select><input type="radio" name="c" value="3">
<input type="date" name="d"><button name="do" value="go"></button></form>
<form><input type="search" name="q"></form><input name="e" form="none">"""


def test_a_form_is_found_with_its_fields_filled_in_and_spoilt_the_same_each_time():
    form, search = Sheet(PAGE, "/here").forms
    assert (form.action, form.posts, search.action, search.posts) == ("/x", True, "/here", False)
    filled = as_filled(form, Random(1))
    assert dict(filled) | {"d": "-"} == {"a": "1", "b": "2", "c": "3", "d": "-", "do": "go"}
    twice = [[spoilt(filled, dice) for _ in range(200)] for dice in (Random(5), Random(5))]
    assert twice[0] == twice[1]
    sent = {value for one in twice[0] for _name, value in one}
    assert len(sent & set(NASTY)) > 40
    assert filled not in twice[0]


def test_a_page_that_breaks_is_noted_with_the_place_in_the_code(browser, monkeypatch):
    browser.raise_request_exception = False
    page = '<form action="/me/language" method="post"><input type="hidden" name="language" value="cy"></form>'
    (form,) = Sheet(page, "/me").forms
    monkeypatch.setattr("schoolgate.people.persons.set_language", lambda **_given: {}["no such thing"])
    with listening() as broken:
        Hostile(browser, broken, Random(1)).send(form, form.as_it_stands)
    (what,) = broken.found
    assert what.startswith("KeyError: 'no such thing' at")
    assert "web/people/me.py" in what
