"""Llanidloes: abuse of a teacher is removed with the policy's own notice; its author appeals; another person
than the moderator hears it and the removal stays, with reasons that its author reads."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from schoolgate.core.tenancy import scope
from schoolgate.inbox import sending
from schoolgate.inbox.models import Answer, Item
from schoolgate.networks.noticeboard.models import NoticeboardComment
from schoolgate.rulebook import book
from tests.browsing import PHONE, keep_pictures, open_context, wrong_with
from tests.journeys.inbox.night import (
    network_follows,
    night_of,
    on_the_night,
    presses,
    sees,
    unfold,
    with_role,
    writes,
)  # fmt: skip
from tests.journeys.posts.test_saturday_night import answer_what_is_asked

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]
SAID = "Mr Lloyd is a useless teacher and everyone knows it."
NOTICE = book("llanidloes").clauses["llanidloes-offensive-5"].parameters["removal_notice"]
WHY = "It’s only my opinion."
REASONS = "Opinions are welcome, insults of a teacher by name are not."


def removes_with_notice(page, house, item: int, address: str) -> str:
    """Hide it, and send the policy's own notice; the code that it gives the author."""
    page.goto(f"{address}/inbox/{item}")
    unfold(page, "Hide or delete")
    page.locator("#sight").get_by_label("It’s improper or offensive", exact=True).check()
    presses(page, "Hide comment")
    network_follows(house, at=on_the_night(22, 56))
    page.goto(f"{address}/inbox/{item}")
    sees(page, NOTICE)
    answer_what_is_asked(page)
    keep_pictures(page, "appeal-notice")
    presses(page, "Send notice")
    with scope(house.federation.pk):
        (answer,) = Answer.objects.all()
    sending.advance(house.federation.pk, answer.pk, clock=lambda: on_the_night(22, 57))
    with scope(house.federation.pk):
        told = NoticeboardComment.objects.get(ours=True).text
        assert NOTICE in told
    return re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", told)[-1]


def test_an_appeal_is_heard_by_another_and_the_removal_stays(
    own_database, home, make_federation, live_site, chromium, phone, pages_at
):
    house = night_of(make_federation("llanidloes", "llanidloes"))
    other = with_role(house, "Other Moderator", "moderator")
    item = writes(house, SAID, at=on_the_night(22, 50))
    pages_at(on_the_night(22, 55))
    mo = phone(house.answerer)
    code = removes_with_notice(mo, house, item, live_site)

    author = open_context(chromium, PHONE).new_page()
    author.goto(f"{live_site}/llanidloes/why-removed")
    author.get_by_label("Code from the notice").fill(code)
    presses(author, "Read why")
    sees(author, "It’s improper or offensive")
    author.get_by_label("Why should the comment be shown?").fill(WHY)
    presses(author, "Send appeal")
    sees(author, "Your appeal has been sent")
    keep_pictures(author, "appeal-sent")

    mo.goto(f"{live_site}/inbox/{item}")
    sees(mo, "You removed this comment, so someone else must hear the appeal.")
    expect(mo.get_by_role("button", name="Dismiss appeal")).to_have_count(0)
    hears = phone(other)
    hears.goto(f"{live_site}/inbox/{item}")
    sees(hears, WHY)
    keep_pictures(hears, "appeal-heard-by-another")
    hears.get_by_label("Reasons").fill(REASONS)
    presses(hears, "Dismiss appeal")
    sees(hears, "Appeal dismissed. Its author can read your reasons.")
    with scope(house.federation.pk):
        assert Item.objects.get(pk=item).kept_back == "hidden"

    author.goto(f"{live_site}/llanidloes/why-removed")
    author.get_by_label("Code from the notice").fill(code)
    presses(author, "Read why")
    sees(author, REASONS)
    assert wrong_with(author) == []
    keep_pictures(author, "appeal-dismissed")
    author.context.close()
