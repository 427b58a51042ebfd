"""A governor notes how the policy works, and finds the note counted in the report."""

import pytest

from schoolgate.core.clock import local_day, now

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_a_governor_notes_how_the_policy_works(house, somebody):
    grace = somebody(house, "grace", both=True)
    grace.sign_in()
    grace.open("/policy/versions")
    grace.press("How the policy works")
    grace.headed("How the policy works")
    grace.look("practice")
    grace.page.locator("#change > summary").click()
    form = grace.page.locator("#change form")
    form.get_by_label(grace.say("Date"), exact=True).fill(local_day(now()).isoformat())
    form.get_by_label(grace.say("Risk"), exact=True).fill("Only one person replies on Mondays.")
    form.get_by_label(grace.say("Recommended change"), exact=True).fill("Put two people on Mondays.")
    form.get_by_label(grace.say("Recommended to"), exact=True).select_option("SLT")
    form.get_by_role("button", name=grace.say("Save note"), exact=True).click()
    grace.page.wait_for_load_state()
    grace.reads("Only one person replies on Mondays.")
    grace.look("practice-noted")
    grace.open("/evidence?as=report")
    for part in grace.page.locator("details.sg-card > summary").all():
        part.click()
    grace.sees("Changes recommended")
