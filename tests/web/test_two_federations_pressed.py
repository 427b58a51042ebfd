"""Somebody is invited by two federations, and one of them wants to come in as them."""

import re
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.test import Client

from schoolgate.core.tenancy import scope
from schoolgate.people import persons
from tests.cast import someone
from tests.notices.mails import mails_of
from tests.web.scriptless import bring_session, expect, open_context
from tests.web.signing import PASSWORD, sign_in, with_app, with_password

DAN, EVIL = "dan@school.example", "evil@elsewhere.example"
STOLEN = "four-stolen-horses"


@pytest.fixture
def cast(make_federation, own_database, home):
    """Amina looks after people at Wildground, Eve at Wootton. Wildground has invited Dan."""
    wildground, wootton = make_federation("wildground"), make_federation("wootton", "wootton")
    at = datetime.now(UTC)
    with scope(wildground.pk):
        amina = someone("Amina", "slt")
        dan = persons.add_person(by=amina, at=at, name="Dan", email=DAN, relation="staff")
        persons.invite(by=amina, at=at, person=dan)
    with scope(wootton.pk):
        eve = with_app(with_password(someone("Eve", "principal")))
    return SimpleNamespace(wildground=wildground, wootton=wootton, eve=eve)


def links_in_mails(federation):
    """Who got which link: the path of each invitation, by the address that it went to."""
    found = [
        (letter.to_address, re.search(r"/invitation/\S+", letter.body))
        for letter in mails_of(federation.pk, datetime.now(UTC))
    ]
    return [(address, link and link[0]) for address, link in found]


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def choose(page, link, password):
    page.goto(link)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_label("Confirm password").fill(password)
    press(page, "Set password")


def tries_to_sign_in(page, email, password):
    page.goto("/sign-in")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    press(page, "Sign in")


def test_another_federation_does_not_come_in_as_somebody_whom_it_invites_too(cast):
    context = open_context()
    bring_session(context, sign_in(cast.eve, Client()))
    eve = context.new_page()
    eve.goto("/people?new")
    eve.get_by_label("Name").fill("Dan")
    eve.get_by_label("Email address").fill(DAN)
    press(eve, "Add and invite")
    eve.get_by_role("link", name="Contact details").click()
    eve.get_by_label("Email address").fill(EVIL)
    press(eve, "Save contact details")
    expect(eve.get_by_text("Contact details saved.")).to_be_visible()
    expect(eve.get_by_text("They sign in with this address too")).to_have_count(0)
    eve.get_by_text("Sign-in", exact=True).click()
    press(eve, "Send invitation")

    links = links_in_mails(cast.wootton)
    assert {address for address, _link in links} == {DAN}, "no link goes where messages are directed"
    other = links[-1][1]

    ((address, own),) = links_in_mails(cast.wildground)
    assert address == DAN
    dan = open_context().new_page()
    choose(dan, own, PASSWORD)
    expect(dan.get_by_text("Your password is set.")).to_be_visible()
    tries_to_sign_in(dan, DAN, PASSWORD)
    dan.goto("/me")
    expect(dan.get_by_role("heading", name="Dan")).to_be_visible()

    late = open_context().new_page()
    late.goto(other)
    expect(late.get_by_text("This link no longer works.")).to_be_visible()
    expect(late.get_by_text("You already have a password.")).to_be_visible()
    tries_to_sign_in(late, DAN, STOLEN)
    expect(late.get_by_text("is wrong")).to_be_visible()
