"""A threat at 03:12: said by a visitor, passed on by the minute, and told to the police by the lead."""

from datetime import datetime, time, timedelta

import pytest

from schoolgate.core.clock import LONDON, local_day, now
from tests.eyes import expect
from tests.journeys.example import concerns, setting_up

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SAID = "A man writes below your post that he will be at the gate with a knife at eight."
BANNER = "Someone may be in danger, and no one is dealing with it yet."


@pytest.fixture
def leads(house):
    """Helen leads on safeguarding, Priya is her deputy."""
    with setting_up.inside(house):
        helen = setting_up.person("helen")
        for key, place in (("helen", "lead"), ("priya", "deputy")):
            setting_up.leads(setting_up.person(key), by=helen, place=place)


def tonight(hour: int, minute: int) -> datetime:
    return datetime.combine(local_day(now()) + timedelta(days=1), time(hour, minute), LONDON)


def test_a_threat_at_0312_reaches_the_lead_the_deputy_and_the_police(house, leads, somebody, pages_at):
    helen, priya = somebody(house, "helen"), somebody(house, "priya")
    helen.sign_in()
    priya.sign_in()

    pages_at(tonight(3, 12))
    visitor = somebody(house, "")
    concerns.report(visitor, SAID, danger="yes", path="/wildground/something-is-wrong")
    concerns.send(visitor)
    visitor.look("threat-thanks")
    visitor.sees("Is anyone in danger now? Ring 999.")
    helen.page.goto("/today")
    helen.sees(BANNER)

    pages_at(tonight(3, 26))
    house.minute_passes(tonight(3, 26))
    priya.page.goto("/today")
    priya.sees(BANNER)  # the deputy is told at once, as the lead is: the law's rule
    house.minute_passes(tonight(3, 27))
    pages_at(tonight(3, 28))
    priya.page.goto("/today")
    priya.sees(BANNER)

    pages_at(tonight(3, 31))
    helen.page.goto("/today")
    helen.press("Read and respond", within=helen.page.locator(".sg-strip"))
    helen.look("threat-waits")
    helen.reads(SAID)
    helen.reads("Not yet. It’s been 19 minutes.")
    concern = concerns.here(helen)
    helen.press("I’ll deal with this")
    pages_at(tonight(3, 34))
    concerns.tells_body(helen, "police", "The words, the time, and the gate.", "NYP-20261122-41")
    concerns.fold(helen, "Every step")
    helen.look("threat-police-told")
    for reads in (
        "3:12am",
        "3:27am",
        "3:31am",
        "3:34am",
        "after 22 minutes",
        "NYP-20261122-41",
        "Told: Priya Nair",
    ):
        helen.reads(reads)

    priya.page.goto("/today")
    expect(priya.page.get_by_text(BANNER)).to_have_count(0)
    paper = concerns.chronology(helen, concern)
    for reads in ("3:12am", "3:27am", "3:31am", "3:34am", "NYP-20261122-41"):
        assert reads in paper, paper
