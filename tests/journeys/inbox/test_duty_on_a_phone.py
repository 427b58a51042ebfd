"""On duty by the rota, on a phone: the person whose turn it is sees what is due and answers it; a colleague
who is not on duty is asked for nothing."""

from __future__ import annotations

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from tests.eyes import expect, wrong_with
from tests.journeys.inbox.night import night_of, on_the_night, with_role
from tests.journeys.posts.test_saturday_night import ASKED, REPLY, answer_what_is_asked, send_and_show

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]


def test_the_person_whose_turn_it_is_answers_from_today_and_no_one_else_is_asked(
    own_database, home, make_federation, phone_of, pages_at
):
    house = night_of(make_federation("boroughbridge", "boroughbridge"))
    cal = with_role(house, "Cal Colleague", "lead-member-of-staff")
    pages_at(on_the_night(22, 45))

    off_duty = phone_of(cal)
    off_duty.goto("/today")
    expect(off_duty.get_by_role("link", name="Read and reply")).to_have_count(0)
    expect(off_duty.get_by_role("button", name="Check in")).to_have_count(0)
    with scope(house.federation.pk):
        asked = Duty.objects.filter(kind="item.answer", state="open").select_related("person")
        assert [duty.person.name for duty in asked] == ["Ann Answers"]

    page = phone_of(house.answerer)
    page.goto("/today")
    assert wrong_with(page) == []
    page.get_by_role("link", name="Read and reply").first.click()
    expect(page.get_by_text(ASKED).first).to_be_visible()
    page.locator("summary").get_by_text("Reply", exact=True).click()
    page.locator("#id_text").fill(REPLY)
    answer_what_is_asked(page)
    assert send_and_show(page, house).by_id == house.answerer.pk
    page.goto("/today")
    expect(page.get_by_role("link", name="Read and reply")).to_have_count(0)
