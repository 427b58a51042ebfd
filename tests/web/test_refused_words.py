"""No form of any page loses what was typed into it, whoever sends it: on the pages of everything there is,
and on the public ones."""

import time
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import NoReverseMatch

from schoolgate.core.tenancy import scope
from schoolgate.rulebook import book
from schoolgate.web.frame.doors import ANYBODY
from tests.cast import someone
from tests.web.addresses import ALL
from tests.web.everything import Everything
from tests.web.everything import everything as EVERYTHING
from tests.web.things import NOW
from tests.web.walking import Walk

pytestmark = pytest.mark.timeout(900)


@pytest.fixture
def everything(in_world, home, settings) -> Everything:
    """One of everything; nobody is counted from one request to the next, for there are many."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    settings.USERSESSIONS_TRACK_ACTIVITY = False
    return in_world(EVERYTHING, NOW).everything


def pages(everything: Everything, *, public: bool) -> Iterator[str]:
    """Every address of a page, with the things of everything in it."""
    for address in ALL:
        known = getattr(address.view, "open_to", None)
        if known is None or (known == ANYBODY) != public:
            continue
        try:
            yield address.path(**{key: everything.value(thing) for key, thing in address.things.items()})
        except NoReverseMatch:  # a secret in the address, which only a letter has
            continue


def test_no_public_form_that_is_refused_loses_its_words(everything):
    walk = Walk(Client(), begins=list(pages(everything, public=True))).go()
    assert len(walk.sent) > 5
    assert walk.lost == set()


def test_no_form_inside_that_is_refused_loses_its_words(everything, sign_in):
    paths = list(pages(everything, public=False))
    with scope(everything.federation.pk):
        person = someone("Ada Allroles", *(role.key for role in book("wildground").roles))
    browser = sign_in(person)
    session = browser.session  # as somebody who has just shown the second step once more
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "email": person.email},
        {"method": "mfa", "at": time.time(), "type": "totp"},
    ]
    session["account_authentication_methods_user"] = str(person.user_id)
    session.save()
    walk = Walk(browser, begins=paths).go()
    assert len(walk.sent) > 100
    assert walk.lost == set()
