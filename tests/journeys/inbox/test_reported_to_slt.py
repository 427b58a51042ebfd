"""Learn to Live: abuse that is removed is reported to SLT by itself, with its copy; they read it."""

from __future__ import annotations

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.inbox.models import AbuseReport
from tests.eyes import expect
from tests.journeys.inbox.night import (
    network_follows,
    night_of,
    on_the_night,
    presses,
    sees,
    unfold,
    with_role,
    writes,
)

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]
ABUSE = "Miss Writes is a stupid cow and you are all useless."


def test_a_removal_of_abuse_is_reported_to_slt_with_its_copy(
    own_database, home, make_federation, phone_of, pages_at
):
    house = night_of(make_federation("learn-to-live", "learn-to-live"))
    sue = with_role(house, "Sue Senior", "slt")
    item = writes(house, ABUSE, at=on_the_night(22, 50))
    pages_at(on_the_night(22, 55))

    mo = phone_of(house.answerer)
    mo.goto(f"/inbox/{item}")
    unfold(mo, "Hide or delete")
    mo.locator("#sight").get_by_label("It’s improper or offensive", exact=True).check()
    presses(mo, "Hide comment")
    network_follows(house, at=on_the_night(22, 56))
    mo.goto(f"/inbox/{item}")
    sees(mo, "Reported to:")
    sees(mo, "Not read yet")
    expect(mo.get_by_role("button", name="I’ve read this report")).to_have_count(0)

    senior = phone_of(sue)
    senior.goto("/today")
    sees(senior, "Read a report of a comment")
    senior.get_by_role("link", name="Read it").first.click()
    senior.wait_for_load_state()
    unfold(senior, "Evidence")
    sees(senior, "Matches the record")
    presses(senior, "I’ve read this report")
    sees(senior, "Sue Senior")
    senior.goto("/today")
    expect(senior.get_by_text("Read a report of a comment")).to_have_count(0)
    with scope(house.federation.pk):
        assert AbuseReport.objects.get().read_by == sue
