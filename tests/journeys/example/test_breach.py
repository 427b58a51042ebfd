"""A data breach over the October change of clocks: 72 elapsed hours end an hour earlier by the clock."""

from datetime import date, datetime, time, timedelta

import pytest

from schoolgate.core.clock import LONDON, now
from schoolgate.web.frame.shown import instant_in_words
from tests.eyes import expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
DAY = timedelta(days=1)


def clocks_went_back() -> date:
    """The last Sunday in October that is more than three days past."""
    year = now().year
    while True:
        last = date(year, 10, 31)
        sunday = last - DAY * ((last.weekday() + 1) % 7)
        if datetime.combine(sunday + 3 * DAY, time(23), LONDON) < now():
            return sunday
        year -= 1


def test_told_in_the_last_minute_is_in_time_and_a_minute_later_needs_reasons(house, somebody):
    sunday = clocks_went_back()
    aware = datetime.combine(sunday - DAY, time(18), LONDON)
    due = datetime.combine(sunday + 2 * DAY, time(17), LONDON)
    assert due.timestamp() - aware.timestamp() == 72 * 3600

    helen = somebody(house, "helen")
    helen.sign_in()
    helen.open("/breaches")
    helen.page.locator("summary").filter(has_text="Record a data breach").click()
    helen.fill("What happened?", "A list of addresses went to the wrong families.")
    helen.page.locator('[name="aware_day"]').fill(aware.date().isoformat())
    helen.page.locator('[name="aware_time"]').fill("18:00")
    helen.press("Record data breach")
    helen.reads(instant_in_words(due))
    helen.look("breach-over-the-change-of-clocks")

    tell_the_ico(helen, due + timedelta(minutes=1), "")
    helen.look("breach-late-without-reasons")
    helen.reads("Reasons for the delay")
    expect(helen.page.get_by_text("The ICO was told on")).to_have_count(0)
    tell_the_ico(helen, due - timedelta(minutes=1), "ICO-77")
    helen.reads(f"The ICO was told on {instant_in_words(due - timedelta(minutes=1))}")
    helen.reads("71 hours")
    helen.look("breach-told-in-the-last-minute")


def tell_the_ico(helen, at, reference):
    """Save that the ICO was told, at this wall clock."""
    fold = helen.page.locator("details", has=helen.page.locator('[name="told_day"]')).first
    if fold.get_attribute("open") is None:
        fold.locator("summary").first.click()
    fold.locator('[name="told_day"]').fill(at.date().isoformat())
    fold.locator('[name="told_time"]').fill(at.strftime("%H:%M"))
    fold.locator('[name="reference"]').fill(reference)
    fold.get_by_role("button").first.click()
    helen.page.wait_for_load_state()
