"""Wildground and Boroughbridge: a parent is asked to delete what is improper, and invited to talk, before we
delete it ourselves."""

from __future__ import annotations

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.inbox.models import Item, Moderation
from tests.eyes import expect
from tests.journeys.inbox.night import network_follows, night_of, on_the_night, presses, sees, unfold, writes

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]
SAID = "The head is an idiot and so is everyone who works there."


def records(page, step, words) -> None:
    """Record a step with the author, as taken that day."""
    unfold(page, f"Record: {step}")
    fold = page.locator("#found details", has_text=f"Record: {step}")
    fold.get_by_label("On which day?").fill(on_the_night(22).date().isoformat())
    fold.locator("input[name$=words]").fill(words)
    fold.get_by_role("button", name="Save step").click()
    page.wait_for_load_state()


@pytest.mark.parametrize("key", ["boroughbridge"])
def test_a_parent_is_asked_and_invited_before_the_comment_is_deleted(
    key, own_database, home, make_federation, phone_of, pages_at
):
    house = night_of(make_federation(key, key))
    item = writes(house, SAID, at=on_the_night(22, 50), name="Leo’s mum")
    pages_at(on_the_night(22, 55))
    page = phone_of(house.answerer)
    page.goto(f"/inbox/{item}")

    unfold(page, "Judge the comment")
    page.locator("#judge").get_by_label("It’s improper or offensive", exact=True).check()
    page.locator("#judge select[name=judge-relation]").select_option("parent")
    presses(page, "Save judgement")
    sees(page, "Asked to delete it")
    sees(page, "Invited to talk")
    expect(page.get_by_text("Not done yet")).to_have_count(2)

    # To delete it straight away the policy has to be answered first.
    unfold(page, "Hide or delete")
    page.locator("#sight").get_by_label("It’s improper or offensive", exact=True).check()
    page.get_by_role("button", name="Delete permanently").click()
    page.wait_for_load_state()
    with scope(house.federation.pk):
        assert not Moderation.objects.filter(how="removed").exists()
        assert Item.objects.get(pk=item).kept_back == ""

    page.goto(f"/inbox/{item}")
    records(page, "Asked to delete it", "She won’t.")
    records(page, "Invited to talk", "Comes in on Tuesday.")
    expect(page.get_by_text("Not done yet")).to_have_count(0)
    unfold(page, "Hide or delete")
    page.locator("#sight").get_by_label("It’s improper or offensive", exact=True).check()
    page.get_by_role("button", name="Delete permanently").click()
    page.wait_for_load_state()
    who = page.locator("#sight").get_by_role("group", name="Who wrote it?", exact=True)
    if who.count():
        who.get_by_label("A parent or carer", exact=True).check()
        page.get_by_role("button", name="Delete permanently").click()
        page.wait_for_load_state()
    network_follows(house, at=on_the_night(22, 58))
    with scope(house.federation.pk):
        assert Item.objects.get(pk=item).kept_back == "removed"
