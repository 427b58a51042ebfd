"""A threat in a comment at 03:12: the safeguarding lead and the person on duty are told at that hour, and
no one else; a question at the same hour waits until morning."""

from __future__ import annotations

from datetime import timedelta

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from tests.eyes import expect
from tests.journeys.inbox.night import leads, night_of, on_the_night, presses, sees, with_role, writes
from tests.notices.mails import mails_of

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]
THREAT = "I am coming to the school gate on Monday with a knife and I will kill them all."
QUESTION = "What time does the gala start?"
AT_0312 = on_the_night(3, 12) + timedelta(days=1)


def test_a_threat_at_0312_reaches_the_lead_and_the_person_on_duty_alone(
    own_database, home, make_federation, phone_of, pages_at
):
    house = night_of(make_federation("wildground", "wildground"))
    dee = leads(house, "Dee Lead", at=on_the_night(9))
    cal = with_role(house, "Cal Colleague", "lead-staff-member")
    pages_at(AT_0312)
    mails_of(house.federation.pk, AT_0312 - timedelta(minutes=1))
    item = writes(house, THREAT, at=AT_0312)

    with scope(house.federation.pk):
        told = Duty.objects.filter(kind="item.danger", subject=f"inbox.item:{item}")
        assert {duty.person.name for duty in told.select_related("person")} == {"Dee Lead", "Ann Answers"}
    letters = mails_of(house.federation.pk, AT_0312 + timedelta(minutes=1))
    to = {letter.to_address for letter in letters}
    assert to == {dee.email, house.answerer.email}
    assert not any("knife" in letter.body or "knife" in letter.subject for letter in letters)

    lead = phone_of(dee)
    lead.goto("/today")
    sees(lead, "Someone may be in danger: read this now")
    lead.get_by_role("link", name="Read it now").first.click()
    expect(lead.get_by_text(THREAT).first).to_be_visible()
    sees(lead, "Someone may be about to hurt others")
    lead.get_by_label("Someone may be in danger now").check()
    presses(lead, "Report and lock")
    sees(lead, "Restricted to safeguarding leads")

    other = phone_of(cal)
    other.goto("/today")
    expect(other.get_by_text("may be in danger")).to_have_count(0)
    on_duty = phone_of(house.answerer)
    on_duty.goto("/today")
    expect(on_duty.get_by_text("Someone may be in danger: read this now")).to_have_count(0)
