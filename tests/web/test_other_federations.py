"""Another federation's things are not there: at no address, for no role, just like what does not exist."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

import pytest
from django.apps import apps
from django.http import HttpResponse
from django.test import Client

from schoolgate.core.models import Federation, FederationOwned
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person
from schoolgate.people.queries import book_of, capacities_of_roles
from schoolgate.people.rules import can
from schoolgate.people.sessions import make_token
from schoolgate.rulebook import book
from schoolgate.web.frame.doors import SIGNED_IN, Visit
from schoolgate.web.frame.errors import ANYBODY
from tests.cast import someone
from tests.web.addresses import ALL, NOT_A_THING, WHAT, WITH_A_THING, Address
from tests.web.everything import Everything
from tests.web.signing import show_second_step
from tests.web.things import NOW
from tests.worlds import enter_federation, world

ROLES = ["", *(role.key for role in book("wildground").roles)]
"""Every role of the policy, and none."""
ALL_ROLES = "all of them"
ABSENT = {"int": 9_000_000_001, "str": "0" * 64}
METHODS = ("get", "post", "put", "patch", "delete")
"""Asked where a view doesn't say which it takes. What others get is the same at each door (`test_doors`)."""
NOTHING_THERE = (401, 403, 404, 405)
"""405: the address does not know the method; 403: the role may not come in here whatever it asks for."""


def test_every_parameter_of_every_address_is_known_to_this_test():
    unknown = {
        upto
        for address in ALL
        for upto in address.parameters.values()
        if upto not in WHAT and upto not in NOT_A_THING
    }
    assert unknown == set(), (
        "These addresses hold an id that nobody has tried from another federation. Say in "
        "tests/web/addresses.py what it names, and make one in tests/web/everything.py."
    )


def test_every_thing_that_stands_in_an_address_is_made(worlds):
    assert set(WHAT.values()) - set(worlds.theirs.values) == set()


@world()
def two_federations(_at: datetime) -> SimpleNamespace:
    """Two federations under one policy, each with one of everything."""
    ours, theirs = enter_federation(), enter_federation("oakfield", "wildground")
    return SimpleNamespace(mine=Everything(ours), theirs=Everything(theirs))


@dataclass
class Visitor:
    """Somebody of ours with a browser and a program, and what they are when they come to a door."""

    person: Person
    browser: Client
    program: Client
    visit: Visit
    may: dict[Callable[..., None], bool] = field(default_factory=dict)

    def passes(self, address: Address) -> bool:
        """Whether the door of an address lets them in: it says so before it looks at any id. What has no
        door decides inside."""
        wanted = getattr(address.view, "open_to", SIGNED_IN)
        if wanted not in (SIGNED_IN, ANYBODY) and wanted not in self.visit.capacities:
            return False
        check = getattr(address.view, "check", None)
        if check is None:
            return True
        if check not in self.may:  # many doors ask the same
            with scope(self.visit.federation.pk, self.person.pk):
                self.may[check] = can(check, self.person, on=self.visit.on)
        return self.may[check]

    def asks(self, method: str, address: Address, path: str, body: Any) -> HttpResponse:
        """The answer to them at a path of this address."""
        client = self.program if address.route.startswith("api/") else self.browser
        return ask(client, method, path, body)


class Worlds:
    """Two federations, and a visitor of the first for each role, for none and for all."""

    def __init__(self, here: SimpleNamespace, sign_in: Any) -> None:
        self.mine, self.theirs = here.mine, here.theirs
        self.ours = here.mine.federation
        self.visitors = {role: self._visitor(role, sign_in) for role in (*ROLES, ALL_ROLES)}

    def _visitor(self, role: str, sign_in: Any) -> Visitor:
        roles = ROLES[1:] if role == ALL_ROLES else [role] if role else []
        with scope(self.ours.pk):
            person = someone(f"Vera Visitor {role}".strip(), *roles)
            key = None
            if roles:
                given = {"name": "x", "days": 9, "may_write": True, "with_factor": True}
                key = make_token(by=person, at=NOW - timedelta(hours=1), **given).text
            visit = Visit(
                self.ours, NOW, who=person, capacities=capacities_of_roles(roles, book_of(self.ours))
            )
        browser = show_second_step(sign_in(person), person)
        program = Client(headers={"Authorization": f"Bearer {key}"} if key else {})
        return Visitor(person, browser, program, visit)


@pytest.fixture
def worlds(in_world, uncounted, sign_in) -> Worlds:
    return Worlds(in_world(two_federations, NOW), sign_in)


def variants(address: Address, worlds: Worlds) -> Iterator[tuple[str, str]]:
    """Pairs of addresses: with one of their ids, and with one that nobody has; the other ids are ours."""
    for foreign in address.things:
        own = {key: worlds.mine.value(thing) for key, thing in address.things.items() if key != foreign}
        theirs = worlds.theirs.value(address.things[foreign])
        absent = ABSENT["int" if isinstance(theirs, int) else "str"]
        yield (
            address.path(**own, **{foreign: theirs}),
            address.path(**own, **{foreign: absent}),
        )


def ask(client: Client, method: str, path: str, body: Any = None) -> HttpResponse:
    """The answer."""
    if path.startswith("/api/"):
        data = json.dumps(body or {}) if method != "get" else None
        return getattr(client, method)(path, data, content_type="application/json")
    return getattr(client, method)(path)


def methods_of(address: Address) -> list[str]:
    """The methods that an address takes."""
    return [each.lower() for each in getattr(address.view, "methods", METHODS) if each != "HEAD"]


def main_of(page: str) -> str:
    """What a page says in its middle to any reader; all of an answer of the API."""
    return page[page.find("<main") : page.rfind("</main>") or None]


def seen(response: HttpResponse, *paths: str) -> tuple[int, str, str]:
    """What a visitor can tell from an answer, without what is another one each time: the ids of the two
    addresses, and the tokens of forms."""
    body = "a file" if response.streaming else response.content.decode(errors="replace")
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"', "", body)
    body = re.sub(r"(\?on=[a-z]+)-", r"\1 ", body)  # on what a report is: an id, no date
    here, there = (path.split("/") for path in paths)
    ids = "|".join(
        re.escape(word) for pair in zip(here, there, strict=True) if len(set(pair)) > 1 for word in pair
    )
    whole = re.compile(rf"(?<![\w-])(?:{ids})(?![\w-])")
    return response.status_code, whole.sub("ID", unquote(response.get("Location", ""))), whole.sub("ID", body)


def rows_of(federation: Federation) -> str:
    """A digest of every row that a federation has."""
    found = hashlib.sha256()
    with scope(federation.pk):
        for model in apps.get_models():
            if issubclass(model, FederationOwned):
                rows = sorted(map(repr, model._default_manager.values_list()))
                found.update(f"{model._meta.label} {rows}".encode())
    return found.hexdigest()


def body_for(method: str, address: Address, worlds: Worlds) -> dict[str, Any]:
    """What an operation of the API wants before it looks for the thing."""
    wanted = {
        "put api/v1/posts/<post_id>": {
            "targets": [{"account": worlds.mine.board.pk, "text": "x"}],
            "version": 1,
        },
        "post api/v1/posts/<post_id>/approve": {"seen": "0" * 64},
        "post api/v1/posts/<post_id>/send-back": {"reason": "Not yet."},
        "post api/v1/posts/<post_id>/take-down": {"reason": "mistake"},
        "post api/v1/inbox/<item_id>/answers": {"text": "x", "version": "1"},
        "post api/v1/inbox/<item_id>/close": {"reason": "spam"},
    }
    return wanted.get(f"{method} {address.route}", {})


@pytest.mark.timeout(600)
def test_another_federations_things_are_not_there_for_any_role(worlds):
    """Each address is asked by somebody with all roles, who passes every door and meets 404 there, and by one
    of those who pass its door with one role or none, in turn: what a view refuses to them it refuses first.

    People that a door refuses are refused before it looks at the id (`test_doors`), so they aren't asked.
    """
    before = rows_of(worlds.theirs.federation)
    unlike, came = [], set()
    for number, address in enumerate(WITH_A_THING):
        nothing = _Nothing(address, worlds)
        pass_it = [role for role in ROLES if worlds.visitors[role].passes(address)]
        role = pass_it[number % len(pass_it)] if pass_it else ALL_ROLES
        came.add(role)
        unlike += nothing.unlike_for(ALL_ROLES)
        unlike += nothing.unlike_for(role) if role != ALL_ROLES else []
    assert unlike == []
    assert came >= set(ROLES), "each role came to some addresses"
    assert rows_of(worlds.theirs.federation) == before


class _Nothing:
    """What visitors are told at an address with another federation's thing, and with one that isn't there."""

    def __init__(self, address: Address, worlds: Worlds) -> None:
        self.address, self.worlds = address, worlds
        self.words: dict[str, str] = {}
        """What the page says of no such thing, by method."""

    def unlike_for(self, role: str) -> list[str]:
        """How a visitor with this role can tell the one from the other."""
        return [
            f"{role} {method} {self.address.route}: {told}"
            for pair in variants(self.address, self.worlds)
            for method in methods_of(self.address)
            if (told := self._told(role, method, pair))
        ]

    def _told(self, role: str, method: str, pair: tuple[str, str]) -> str:
        def asks(path: str) -> HttpResponse:
            body = body_for(method, self.address, self.worlds)
            return self.worlds.visitors[role].asks(method, self.address, path, body)

        told = asks(pair[0])
        what = main_of(seen(told, *pair)[2])
        if told.status_code == 404 and self.words.get(method) == what:
            return ""  # the words of what isn't there, which the address has said before
        absent = asks(pair[1])
        right = (404, 405) if role == ALL_ROLES else NOTHING_THERE
        if told.status_code not in right or seen(told, *pair) != seen(absent, *pair):
            return f"{told.status_code} {absent.status_code}"
        if told.status_code == 404:
            self.words[method] = what
        return ""


# --- Who may come in at all----

PUBLIC = {
    "": "static files, and the API's answer to what it does not know",
    "healthz": "whether pages can be made",
    "metrics": "whoever has the token; numbers only",
    "home": "leads to the sign-in page, or to today",
    "language": "chooses a language for this device",
    "style": "the parts of the pages, without data",
    "theme": "chooses light or dark for this device", "robots": "what search engines may read",
    "manifest": "the name and icons for installing", "manifest-of": "",
    "service-worker": "a script, the same for everyone",
    "offline": "emergency numbers that anyone may have", "icon": "our mark",
    "front": "the public page of a federation", "school-front": "the public page of a school",
    "posts-feed": "anyone with the secret address: times, accounts and states only",
    "rota-feed": "anyone with the secret address: times and the school only",
    "account_login": "", "account_logout": "", "account_inactive": "", "mfa_authenticate": "",
    "mfa_login_webauthn": "", "account_reset_password": "", "account_reset_password_done": "",
    "account_reset_password_from_key": "", "account_reset_password_from_key_done": "",
    "choose_password": "", "invitation": "",
    "set-up-begin": "whoever has the address", "set-up-first": "whoever has the address",
    "set-up-first-password": "whoever has the address",
    "school-accounts": "which school to sign in with", "school-account-start": "", "school-account-back": "",
    "school-account-invitation": "whoever has the link",
    "policy-by-link": "whoever has the link", "policy-by-link-check": "whoever has the link",
    "policy-by-link-document": "whoever has the link",
    "consent-code": "whoever has the code", "consent": "whoever has the link",
    "governors-by-link": "anyone with the link: the report, as its maker may see it",
    "register": "the public register", "register-json": "the public register",
    "register-atom": "what is new on it", "genuine": "whether a page is ours", "report-fake": "for anybody",
    "take-down-asked": "for anybody",
    "guides": "the public guides",
    "privacy": "what becomes of people's data",
    "wrong-start": "which school something is wrong at", "wrong-public": "for anybody",
    "wrong-answer": "whoever has the code", "wrong-school": "for pupils and parents of a school",
    "handed-over": "whoever has the address, while a network fetches the picture",
    "noticeboard": "a school's public page", "noticeboard-feed": "", "noticeboard-picture": "",
    "noticeboard-post": "", "noticeboard-comment": "", "noticeboard-rules": "what its rules are",
    "why-removed": "whoever has the code: why, and nothing about anyone",
    "public-may-i": "what the policy says to parents and pupils", "public-may-i-entry": "",
    "api:openapi-json": "the API's document, without data", "api:api-root": "nothing", "api-nothing": "",
}  # fmt: skip
"""Every address that somebody who is not signed in may open. A closed list: think before adding to it."""

SIGN_IN_PAGES = ("schoolgate.web.signin.", "allauth.")


def test_every_page_says_who_may_see_it():
    """By its door (`open_to`), or as one of the sign-in's own, or as one of the few in the list above."""
    silent = [
        f"{address.name} {address.route}"
        for address in ALL
        if not hasattr(address.view, "open_to")
        and not address.name.startswith("api:")
        and address.name not in PUBLIC
        and not getattr(address.view, "__module__", "").startswith(SIGN_IN_PAGES)
        and not getattr(getattr(address.view, "view_class", None), "__module__", "").startswith(SIGN_IN_PAGES)
    ]
    assert silent == []


def test_every_door_that_is_open_to_anybody_is_on_the_list():
    assert {a.name for a in ALL if getattr(a.view, "open_to", "") == "anybody"} - set(PUBLIC) == set()


def test_who_is_not_signed_in_sees_no_page_but_the_public_ones(worlds, client):
    wrong = []
    for address in ALL:
        if address.name in PUBLIC:
            continue
        path = address.path(**{key: worlds.mine.value(thing) for key, thing in address.things.items()})
        expected = (401, "") if path.startswith("/api/") else (302, "/sign-in")
        answers = [ask(client, method, path) for method in methods_of(address)]
        told = {(one.status_code, one.get("Location", "").split("?")[0]) for one in answers}
        if told - {(405, "")} != {expected}:
            wrong.append(f"{address.name}: {told}")
    assert wrong == []
