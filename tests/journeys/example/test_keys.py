"""The keys of an account: shown after confirming, told, changed when somebody leaves, and on a sealed paper.

Each step is clicked as the person whose step it is, and read by somebody else.
"""

import re

import pytest
from django.core.cache import cache

from schoolgate.core.clock import local_day, now
from schoolgate.core.tenancy import scope
from schoolgate.notices.ways import Letter
from schoolgate.people.leaving import record_departure
from schoolgate.people.models import Person
from schoolgate.people.persons import PASSWORD
from tests.conftest import deliver_all
from tests.journeys.example.house import in_a_thread
from tests.notices.mails import mails_of

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
BY_HAND = "Wildground Juniors on Facebook"
KEPT = "example-only-not-a-password"


def test_a_key_from_the_vault_to_the_safe_and_back(house, somebody, wildground):
    joe = somebody(house, "joe", browser=True)
    joe.sign_in()
    go_to_keys(joe)
    joe.page.get_by_role("link", name=re.compile("^Password: ")).click()
    joe.look("key")
    confirm(house, joe)
    joe.page.clock.install()
    joe.press("Show")
    joe.reads(KEPT)
    joe.look("shown")
    joe.page.clock.fast_forward(61_000)
    joe.sees("Hidden again after one minute. Ask for it again to view it.")
    assert KEPT not in joe.page.content()
    joe.page.go_back()
    assert KEPT not in joe.page.content()

    mails: list[Letter] = []
    in_a_thread(lambda: mails.extend(mails_of(wildground.pk, now())))
    told = [message for message in mails if "a password was viewed" in message.subject]
    assert {message.to_address.split("@")[0].split(".")[0].split("+")[0] for message in told} >= {"tom"}
    assert all("Joe Lister" in message.body and KEPT not in message.body for message in told)

    joe_leaves_today(wildground)
    handlers_run(wildground)
    tom = somebody(house, "tom")
    tom.sign_in()
    tom.takes("View reason", about="Password")
    tom.reads("Someone who saw it has left.")
    tom.look("to-be-changed")

    go_to_keys(tom)
    tom.page.get_by_role("link", name=re.compile("^Password: ")).click()
    tom.press("Replace with a new one")
    tom.fill("Password", "another-example-73")
    tom.press("Store securely")
    tom.reads(
        "Only passwords for the school’s own accounts can be stored here. "
        "Confirm that this is one, or don’t store it."
    )
    tom.fill("Password", "another-example-73")
    tom.page.get_by_label("This is for the school’s own account, not anyone’s private account").check()
    tom.press("Store securely")
    tom.sees("Stored securely.")

    go_to_keys(tom)
    tom.reads("since changed")
    tom.page.get_by_role("link", name=re.compile("^Report as opened")).click()
    tom.look("paper-opened")
    tom.fill("Why?", "The office was flooded.")
    tom.press("Save to the record")
    tom.look("keys-after-opening")

    priya = somebody(house, "priya")
    priya.sign_in()
    go_to_keys(priya)
    priya.reads("The office was flooded.")
    priya.page.get_by_role("link", name=re.compile("^Recovery codes: ")).click()
    priya.reads("The sealed envelope with this password was opened.")


def go_to_keys(one) -> None:
    one.place("Accounts")
    one.press(BY_HAND)
    fold = one.page.locator("summary", has_text=one.say("Passwords and codes"))
    if fold.count():  # the keys of those who run it are open
        fold.click()
    one.press("View passwords")


def confirm(house, one) -> None:
    """Password, then code: both are asked for, and each leads back to where one was."""
    one.press("Confirm it’s me")
    one.fill("Password", PASSWORD)
    one.press("Confirm")
    one.press("Confirm it’s me")
    cache.clear()  # the code of the sign-in may still be the newest, and counts once
    one.fill("Code", house.code(f"{one.key}@wildground.example"))
    one.press("Confirm")


def handlers_run(federation) -> None:
    """What the worker does with the events that wait."""
    in_a_thread(lambda: deliver_all(federation.pk, now()))


def joe_leaves_today(federation) -> None:
    with scope(federation.pk):
        joe, helen = (Person.objects.get(name=name) for name in ("Joe Lister", "Helen Marsh"))
        record_departure(by=helen, at=now(), person=joe, left_on=local_day(now()))
