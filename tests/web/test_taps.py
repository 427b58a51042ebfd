"""How many taps the main jobs take on a phone: each button, box, choice and field that is touched is one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.publishing.models import Post, PostState
from tests.web.scriptless import Page, bring_session, open_context
from tests.web.test_item_page_pressed import inbox  # noqa: F401
from tests.web.test_proposals_pressed import as_somebody, wootton  # noqa: F401

DAY = timedelta(days=1)
SOON = datetime.now(UTC) + 30 * DAY
A_PROPOSAL = {
    "name": "Upper School art", "network": "noticeboard", "kind": "school", "pupils_in_audience": "no",
    "point-department": "Art", "point-purpose_reason": "Families ask.", "point-aim": "To show our art.",
    "point-content_description": "Pictures.", "point-audience": ["own_staff"],
    "point-contributors": ["own_staff"], "point-administrators": ["Di Rook", "Ed Shaw"],
    "point-moderators": ["Di Rook", "Ed Shaw"], "point-host": "school",
    "point-contributor_advertising": "Not at all.", "point-vulnerable_adults_contribute": "no",
    "point-security_contributing": "We check.", "point-security_friends": "We check.",
    "point-reason_kind": "pedagogical", "point-effort_weighed": "Little.", "point-hours_per_week": "2",
    "point-accountable_manager": "Olwen Price", "point-ending.what_happens_to_content": "Stored.",
    "point-ending.who_closes_it": "Ann.", "point-ending.what_followers_are_told": "Goodbye.",
    "point-success_measure": "Visits.", "point-under_age_prevention": "Closed.",
    "point-under_age_response": "Removed.", "point-contributors.what_each_may_do": ["own_staff"],
    "point-go_live_date": f"{SOON:%Y-%m-%d}", "point-closure_date": f"{SOON + 370 * DAY:%Y-%m-%d}",
    "point-evaluation_date": f"{SOON + 170 * DAY:%Y-%m-%d}", "point-author": "Ann Field",
    "point-line_manager": "Lou Grant", "school": "Wootton Upper",
}  # fmt: skip
"""What Appendix B asks, and an answer to each."""
MOST_OF_APPENDIX_B, HIGHEST_PART = 34, 2000
"""Taps, and pixels of each of its parts."""


class Thumb:
    """Counts each touch of somebody on a phone. A field is filled in the touch that opens it."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def press(self, role: str, name: str, **more: Any) -> None:
        """Touch a button or a link."""
        self.page.get_by_role(role, name=name, **more).click()
        self.taps += 1

    def tick(self, question: str, answer: str) -> None:
        """Touch an answer to a question."""
        self.page.get_by_role("group", name=question).get_by_label(answer).check()
        self.taps += 1

    def answer(self, name: str, answer: Any) -> None:
        """Answer a question of a form, where it isn't answered already."""
        fields = list(self.page.root.xpath("//main//*[@name=$name]", name=name))
        chosen = [said for field in fields for _name, said in self.page.sent_of(field) if said]
        if chosen or not any(self.page.shows(each) for each in fields):
            return
        for number, said in enumerate(answer if isinstance(answer, list) else [answer]):
            self._touch(fields, number, said)
            self.taps += 1

    def _touch(self, fields: list[Any], number: int, said: str) -> None:
        if fields[0].get("type") in ("radio", "checkbox"):
            self.page.tick(next(each for each in fields if each.get("value") == said))
        elif fields[0].tag == "select":
            there = fields[number].xpath(".//option[normalize-space()=$said or @value=$said]", said=said)
            self.page.typed[fields[number]] = [there[0].get("value")]
        else:
            self.page.typed[fields[0]] = said


@pytest.mark.browser
def test_appendix_b_takes_thirty_four_taps_at_most_on_pages_that_are_short(wootton, as_somebody, eyes):  # noqa: F811
    """What is known isn't asked: who manages Ann, her department, the only two who administer, and that a
    noticeboard is hosted by its school."""
    ann = as_somebody("ann")
    thumb = Thumb(ann)
    ann.goto(reverse("proposal-new"))
    for _part in range(6):
        for name, answer in A_PROPOSAL.items():
            thumb.answer(name, answer)
        assert eyes.height(ann.content()) < HIGHEST_PART, ann.url
        thumb.press("button", "Save and continue")
    thumb.press("button", "Send for approval")
    assert "Sent for approval" in ann.text()
    assert thumb.taps == MOST_OF_APPENDIX_B


def test_a_post_is_approved_with_one_tap_its_content_in_sight_and_the_next_one_opens(stage):
    first, second = (stage.submitted(f"The fair is on Friday. Number {n}.") for n in range(2))
    context = open_context()
    bring_session(context, stage.browser("ben"))
    page = context.new_page()
    page.goto(f"/posts/{first.pk}?sitting={first.pk}.{second.pk}")
    thumb = Thumb(page)
    assert "The fair is on Friday. Number 0." in page.text()
    thumb.press("button", "Approve and next")
    assert thumb.taps == 1
    assert "The fair is on Friday. Number 1." in page.text()
    with scope(stage.federation.pk):
        assert Post.objects.get(pk=first.pk).state == PostState.APPROVED


def on_the_page_of(inbox, kind: str, who: str = "ben") -> Thumb:  # noqa: F811
    context = open_context()
    bring_session(context, inbox[who])
    page = context.new_page()
    page.goto(f"/inbox/{inbox['ids'][kind]}")
    return Thumb(page)


def test_a_question_is_answered_with_two_taps(inbox):  # noqa: F811
    thumb = on_the_page_of(inbox, "question")
    thumb.page.fill("#id_text", "Their PE kit, and yes.")
    thumb.tick("Is it from the press?", "No")
    thumb.press("button", "Send reply")
    assert "Your reply is being sent." in thumb.page.text()
    assert thumb.taps == 2


def test_a_comment_is_assigned_with_one_tap_and_a_disclosure_or_a_reason_to_hide_is_one_away(inbox):  # noqa: F811
    thumb = on_the_page_of(inbox, "question")
    thumb.press("button", "Assign to me")
    assert thumb.taps == 1
    assert "Assigned to Ben Carter" in thumb.page.text()
    for link, button in (("Disclosure", "Report and lock"), ("Hide", "Hide comment")):
        thumb = on_the_page_of(inbox, "question")
        thumb.press("link", link, exact=True)
        assert thumb.page.get_by_role("button", name=button).is_visible(), link
        assert thumb.taps == 1


def test_a_disclosure_that_may_be_danger_is_reported_with_one_tap_of_the_bar_that_stays_in_sight(inbox):  # noqa: F811
    thumb = on_the_page_of(inbox, "danger")
    bar = thumb.page.locator(".sg-acts")
    assert "Assign to me" not in bar.all_inner_texts()[0]
    assert bar.get_by_role("button", name="Report and lock").count() == 1
    assert thumb.page.get_by_role("button", name="Report and lock").count() == 1, "it stands once"
    assert "no one is dealing with it yet" not in thumb.page.text(), "the page itself needs no link to itself"
    thumb.press("button", "Report and lock")
    assert thumb.taps == 1
    assert "reported" in thumb.page.text().casefold()
