"""A child’s disclosure below our post: one tap reports it, locks it and hides it from readers. What others
knew of it (an enquiry from the press, a task, a decision) is gone for them; the lead has it all."""

from __future__ import annotations

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.inbox.models import Evidence, Item, Moderation
from schoolgate.networks.noticeboard.models import NoticeboardComment
from schoolgate.policy.models import DecisionRecord
from tests.eyes import expect, wrong_with
from tests.journeys.inbox.night import (
    leads,
    network_follows,
    night_of,
    on_the_night,
    presses,
    sees,
    shown_by_a_deputy,
    unfold,
    with_role,
    writes,
)

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
TELLS = "please help my dad hits me when he is drunk and i am scared to go home"
MODERATES = {"wootton": "administrator"}


@pytest.mark.parametrize("key", MODERATES)
def test_it_is_reported_locked_and_hidden_in_one_tap(
    key, own_database, home, make_federation, phone_of, pages_at
):
    house = night_of(make_federation(key, key))
    dee = leads(house, "Dee Lead", at=on_the_night(9))
    other = with_role(house, "Cal Colleague", MODERATES[key])
    item = writes(house, TELLS, at=on_the_night(22, 50), name="Leo")
    shown_by_a_deputy(house, item, at=on_the_night(22, 52))
    pages_at(on_the_night(22, 55))

    page = phone_of(house.answerer)
    page.goto(f"/inbox/{item}")
    unfold(page, "Pass on")
    presses(page, "This is from the press")  # a slip: it's no journalist
    sees(page, "Press enquiry")
    enquiry = page.url
    page.goto(f"/inbox/{item}")
    unfold(page, "Pass on")
    unfold(page, "A disclosure or an allegation")
    expect(page.get_by_label("Hide it on the network too")).to_be_checked()
    asked = page.locator("#harm, #pass-on").get_by_role("group", name="Could it show the abuse of a child?")
    if key == "wootton":
        asked.get_by_label("No", exact=True).check()
    else:
        expect(asked).to_have_count(0)
    presses(page, "Report and lock")
    sees(page, "Only they can find it now.")
    network_follows(house, at=on_the_night(22, 56))

    with scope(house.federation.pk):
        row = Moderation.objects.get(how="hidden")
        assert (row.state, row.how, row.reason) == ("confirmed", "hidden", "child")
        assert DecisionRecord.objects.get(pk=row.decision).situation == "item.remove"
        assert NoticeboardComment.objects.get(text=TELLS).state != "released"
        assert Evidence.objects.get().content["versions"][0]["text"] == TELLS
        assert Item.every.get(pk=item).kept_back == "hidden"
        names = set(
            Duty.objects.filter(state__in=["open", "overdue"], subject=f"inbox.item:{item}").values_list(
                "person__name", flat=True
            )
        )
        assert names <= {"Dee Lead"}
        decisions = list(
            DecisionRecord.objects.filter(subject=f"inbox.item:{item}").values_list("pk", flat=True)
        )

    for one in (page, phone_of(other)):
        for path in ("/today", "/inbox?show=all", "/inbox?as=press&show=all", "/inbox?as=figures"):
            one.goto(path)
            expect(one.get_by_text("my dad hits me")).to_have_count(0)
            expect(one.get_by_text("don’t answer before you’ve read this")).to_have_count(0)
        gone = [f"/inbox/{item}", enquiry, *(f"/decisions/{pk}" for pk in decisions)]
        for path in gone:
            assert one.request.get(path).status == 404, path
    board = page.request.get(f"/{key}/noticeboard/north/")
    assert TELLS not in board.text()

    lead = phone_of(dee)
    lead.goto(f"/inbox/{item}")
    sees(lead, TELLS)
    sees(lead, "it’s hidden on the network")
    assert wrong_with(lead) == []
    lead.goto("/inbox?as=locked")
    sees(lead, f"Comment or message {item}")


def test_a_lead_hides_in_one_step_what_was_only_locked(
    own_database, home, make_federation, phone_of, pages_at
):
    house = night_of(make_federation("wildground", "wildground"))
    dee = leads(house, "Dee Lead", at=on_the_night(9))
    item = writes(house, TELLS, at=on_the_night(22, 50), name="Leo")
    shown_by_a_deputy(house, item, at=on_the_night(22, 52))
    pages_at(on_the_night(22, 55))
    page = phone_of(house.answerer)
    page.goto(f"/inbox/{item}")
    unfold(page, "Pass on")
    unfold(page, "A disclosure or an allegation")
    page.get_by_label("Hide it on the network too").uncheck()
    presses(page, "Report and lock")

    lead = phone_of(dee)
    lead.goto(f"/inbox/{item}")
    sees(lead, "It may still be on the network.")
    presses(lead, "Hide on the network")
    network_follows(house, at=on_the_night(22, 57))
    lead.goto(f"/inbox/{item}")
    sees(lead, "it’s hidden on the network")
    expect(lead.get_by_role("button", name="Hide on the network")).to_have_count(0)
    with scope(house.federation.pk):
        assert NoticeboardComment.objects.get(text=TELLS).state != "released"
