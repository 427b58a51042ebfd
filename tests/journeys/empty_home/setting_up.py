"""From an empty home, by the printed address alone, to a list on which only the first account is left."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from schoolgate.core.clock import local_day
from schoolgate.core.models import Federation
from schoolgate.core.setting_up import mint_link
from schoolgate.core.tenancy import scope
from schoolgate.people import invitations
from schoolgate.people.models import Invitation
from schoolgate.reports.ready import still_open
from tests.browsing import PHONE, open_context, wrong_with
from tests.notices.server import running
from tests.web.signing import code

pytestmark = pytest.mark.browser
WORDS = "three-brown-horses"
NOW = datetime.now(UTC)
FIRST, LAST = local_day(NOW) - timedelta(days=5), local_day(NOW) + timedelta(days=50)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def fill(page: Page, label: str, words: str) -> None:
    page.get_by_label(label, exact=True).fill(words)


def comes_in(page: Page, email: str) -> None:
    """Choose a password on the page that is open, sign in with it, and set the second step up."""
    fill(page, "Password", WORDS)
    fill(page, "The same password once more", WORDS)
    press(page, "Set the password")
    fill(page, "E-mail address", email)
    page.get_by_label("Password", exact=True).fill(WORDS)
    press(page, "Sign in")
    page.get_by_role("link", name="Set up an app").click()
    page.locator("input[name=code]").fill(code(page.locator("main strong").inner_text()))
    press(page, "Set up an app")
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def looks_right(page: Page, picture: str) -> None:
    assert wrong_with(page, picture=f"setting-up-{picture}") == []


def first_pages(page: Page, address: str) -> None:
    """Olu, at the keyboard of an empty home."""
    page.goto(address)
    looks_right(page, "begin")
    press(page, "Begin")
    fill(page, "Name of the federation, or of the school", "Oakhill Federation")
    fill(page, "Its word in public addresses, as in /oakhill/register", "oakhill")
    press(page, "Keep and go on")
    expect(page.get_by_text("Something needs to be changed")).to_be_visible()
    looks_right(page, "federation")
    page.get_by_role("radio", name=re.compile("Wildground")).check()
    press(page, "Keep and go on")
    fill(page, "Name of the school", "Oakhill Juniors")
    fill(page, "Its word in public addresses", "juniors")
    page.get_by_label("England").check()
    looks_right(page, "first-school")
    press(page, "Add this school")
    fill(page, "Your name", "Olu Head")
    fill(page, "Your e-mail address", "olu@oakhill.example.org")
    page.get_by_label("SLT").check()
    looks_right(page, "first-person")
    press(page, "Keep and choose a password")
    comes_in(page, "olu@oakhill.example.org")


def days(page: Page, served: str) -> None:
    page.goto(f"{served}/set-up/schools")
    looks_right(page, "schools")
    page.get_by_role("link", name="Term dates").click()
    text = f"Spring term,{FIRST.day}/{FIRST.month}/{FIRST.year},{LAST.day}/{LAST.month}/{LAST.year}\n"
    page.get_by_label("A calendar (ics) or a list (CSV, Excel)").set_input_files(
        {"name": "terms.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    press(page, "Read the file")
    expect(page.get_by_text("This is what was read")).to_be_visible()
    looks_right(page, "calendar")
    press(page, "Keep these dates")
    expect(page.get_by_text("The dates are kept.")).to_be_visible()


def mail(page: Page, served: str) -> None:
    with running() as server:
        page.goto(f"{served}/set-up/mail")
        fill(page, "Mail server", "127.0.0.1")
        fill(page, "Port", str(server.port))
        page.get_by_role("radio", name=re.compile("Not encrypted")).check()
        fill(page, "Address that mails come from", "office@oakhill.example.org")
        press(page, "Keep")
        press(page, "Send a test mail")
        expect(page.get_by_text("The test mail is on its way")).to_be_visible()
        looks_right(page, "mail")
        fill(
            page,
            "The code in the test mail",
            re.search(r"here: (\d{6})|\b(\d{6})\b", server.taken[0][1])[0][-6:],
        )
        press(page, "It arrived, here is the code")
    expect(page.get_by_text("Mail works")).to_be_visible()


def policy(page: Page, served: str) -> None:
    page.goto(f"{served}/set-up/policy")
    looks_right(page, "policy")
    for label, words in (("Day", "12"), ("Month", "10"), ("Year", "2026")):
        fill(page, label, words)
    fill(page, "Minute", "Governors, 12 October 2026, item 7")
    press(page, "It was adopted, put it in force")
    expect(page.get_by_text("The policy is in force")).to_be_visible()
    press(page, "Sign this reading")


def second(page: Page, served: str) -> None:
    page.goto(f"{served}/set-up/second")
    fill(page, "Name", "Dora Deputy")
    fill(page, "E-mail address", "dora@oakhill.example.org")
    page.get_by_label("SLT").check()
    looks_right(page, "second")
    press(page, "Add and invite")
    expect(page.get_by_text("Invited.")).to_be_visible()
    # Under this policy the SLT approves; somebody else has to write.
    page.get_by_role("link", name="Give a role").click()
    page.get_by_label("Role in the policy").select_option(label="Lead staff member")
    press(page, "Give the role")
    expect(page.get_by_text("The role is given.")).to_be_visible()


def safeguarding(page: Page, served: str) -> None:
    for name, place in (("Dora Deputy", "Designated safeguarding lead"), ("Olu Head", "Deputy")):
        page.goto(f"{served}/set-up/safeguarding")
        page.get_by_label("Who", exact=True).select_option(label=name)
        page.get_by_label(place, exact=True).check()
        press(page, "Keep")
    looks_right(page, "safeguarding")


def test_an_office_sets_an_empty_home_up_until_only_the_first_account_is_left(
    own_database, home, served, chromium
):
    cache.clear()
    page = open_context(chromium, PHONE).new_page()
    page.goto(f"{served}/sign-in")
    expect(page.get_by_text("Nothing is set up here yet.")).to_be_visible()
    first_pages(page, f"{served}/set-up/begin/{mint_link(at=NOW)}")
    page.goto(f"{served}/set-up")
    looks_right(page, "list")
    days(page, served)
    mail(page, served)
    policy(page, served)
    second(page, served)
    safeguarding(page, served)

    # Dora, on her own phone, by the link that her invitation brings.
    dora = open_context(chromium, PHONE).new_page()
    dora.goto(f"{served}/invitation/{invitations.mint(Invitation.objects.get(used_at=None))}")
    comes_in(dora, "dora@oakhill.example.org")
    dora.goto(f"{served}/set-up")
    looks_right(dora, "list-almost-done")
    expect(dora.get_by_role("heading", name="An open account")).to_be_visible()

    # The same at another door.
    with scope(Federation.objects.get().pk):
        assert [point.key for point in still_open(at=datetime.now(UTC))] == ["account"]
