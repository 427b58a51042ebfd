"""Looking in, looking back and closing, each step pressed by whose step it is."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.accounts import archiving
from schoolgate.accounts.care import look_in
from schoolgate.accounts.models import Account, Archive
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.jobs.hourly import care
from schoolgate.jobs.minutely import duties
from schoolgate.policy.adopting import adopt
from tests.accounts.watched import CHECKS, choose, open_account_of
from tests.cast import give, someone
from tests.web.scriptless import bring_session, expect, open_context, wrong_with

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
AIMS = "To show what we grow.\nTo find helpers."


@pytest.fixture
def house(make_federation, sign_in):
    """`house(key, owner=..., roles=[...])`: a federation with an account that two people lead."""

    def enter(key: str, *, owner: str, roles: list[str], **account: object) -> SimpleNamespace:
        federation = make_federation(key, key, languages=["en", "cy"])
        with scope(federation.pk):
            school = School.objects.create(name="North School", slug="north")
            people = [someone("Olwen Price", owner)]
            people += [someone(name, *roles) for name in ("Amina Khan", "Bryn Ellis")]
            version = adopt(by=people[0], at=NOW - 60 * DAY)
            if key == "wildground":
                choose(version, people[0], CHECKS, check_interval_hours=24)
            found = open_account_of(school, *people[1:], opened_at=NOW - 40 * DAY, **account)
            for back in (2, 3, 5, 9, 10, 11, 16, 18, 23):
                look_in(account=found, by=people[1], at=NOW - back * DAY)
        owner_there, amina, bryn = (sign_in(person) for person in people)
        return SimpleNamespace(
            federation=federation, account=found, owner=owner_there, amina=amina, bryn=bryn
        )

    return enter


@pytest.fixture
def at_a_page():
    """`at_a_page(client, address)`: that person's phone, there. What was wrong with a page fails the test."""
    opened, wrong = [], []

    def go(client, address: str):
        context = open_context()
        opened.append(context)
        bring_session(context, client)
        page = context.new_page()
        page.goto(address)
        return page

    go.looked = lambda page, name: wrong.extend(wrong_with(page))
    yield go
    for context in opened:
        context.close()
    assert wrong == []


def press(page, name: str) -> None:
    page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first.click()
    page.wait_for_load_state()


def an_hour_passes(at: datetime) -> None:
    care(at)
    duties(at)


def test_a_missed_look_goes_to_the_second_person_who_taps_once(house, at_a_page):
    cast = house("wildground", owner="slt", roles=["staff"])
    an_hour_passes(NOW)

    bryn = at_a_page(cast.bryn, reverse("today"))
    at_a_page.looked(bryn, "care-today")
    expect(bryn.locator("main")).to_contain_text("Passed to you because it is overdue.")
    bryn.get_by_role("link", name="Check ").first.click()
    bryn.wait_for_load_state()
    at_a_page.looked(bryn, "care-looks")
    press(bryn, "Mark as checked")
    expect(bryn.locator("main")).to_contain_text("Check recorded. Thank you.")

    amina = at_a_page(cast.amina, reverse("account", args=[cast.account.pk]))
    assert "Bryn Ellis" in amina.get_by_role("main").text_content()
    at_a_page.looked(amina, "care-account")
    owner = at_a_page(cast.owner, reverse("accounts") + "?show=nobody")
    at_a_page.looked(owner, "care-nobody")


def test_looked_back_at_and_closed_step_by_step(house, at_a_page):
    answers = {
        "aim": AIMS, "evaluation_date": (NOW.date() + 5 * DAY).isoformat(),
        "closure_date": (NOW.date() + 6 * DAY).isoformat(), "ending.who_closes_it": "Amina Khan",
        "ending.what_happens_to_content": "The page is deleted.",
        "ending.what_followers_are_told": "We close on Friday. Thank you for reading!",
    }  # fmt: skip
    cast = house("wootton", owner="principal", roles=["site-author"], answers=answers)
    with scope(cast.federation.pk):
        give(cast.account.team.first().person, "administrator")
    an_hour_passes(NOW)

    amina = at_a_page(cast.amina, reverse("today"))
    at_a_page.looked(amina, "care-today-wootton")
    press(amina, "Record outcome")
    for number, answer in enumerate(("Achieved", "Partly achieved")):
        amina.get_by_role("group", name=AIMS.split("\n")[number]).get_by_label(answer, exact=True).check()
    amina.get_by_role("group", name="Does the account still serve its aims?").get_by_label("Yes").check()
    amina.get_by_label("Your conclusions").fill("Two new helpers.")
    at_a_page.looked(amina, "care-evaluation")
    press(amina, "Save review")
    expect(amina.locator("main")).to_contain_text("Recorded under your name.")

    amina.goto(amina.url.replace("/care", "/closing"))
    at_a_page.looked(amina, "care-closing-begin")
    press(amina, "Start closing")
    press(amina, "Confirm followers have been told")
    press(amina, "Create archive")
    with scope(cast.federation.pk):
        archive = Archive.objects.get()
    archiving.make(cast.federation.pk, archive.pk, clock=lambda: NOW)
    amina.reload()
    press(amina, "Confirm that it was done as planned")
    at_a_page.looked(amina, "care-closing-last")
    press(amina, "Close account")
    expect(amina.locator("main")).to_contain_text("Account closed. Its keys are destroyed.")

    bryn = at_a_page(cast.bryn, reverse("account", args=[cast.account.pk]))
    expect(bryn.locator("main")).to_contain_text("Closed")
    with scope(cast.federation.pk):
        assert Account.objects.get(pk=cast.account.pk).state == "closed"
