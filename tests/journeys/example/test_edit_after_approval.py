"""A post is approved and then edited: the approval no longer counts, the approver sees what changed, comments
on words, and approves again; it goes out once, a minute later."""

import re

import pytest

from tests.browsing import PHONE
from tests.eyes import expect
from tests.journeys.example import steps

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
FIRST = "The first beans are up. Come and see them on Friday after school."
SECOND = "The first beans are up. Come and see them on Thursday after school."
BOARD = "noticeboard/wildground-juniors/"


def test_an_edited_post_is_approved_again_and_sent_once(house, somebody):
    priya, tom = somebody(house, "priya"), somebody(house, "tom")
    priya.sign_in()
    tom.sign_in()
    steps.draft(priya, FIRST, steps.BOARD)
    post = steps.hand_in(priya)
    steps.approve(tom, post)
    tom.sees("Until then you can undo this.")
    tom.look("post-undo-minute")

    priya.open(post)
    priya.press("Edit")
    priya.fill("Text", SECOND)
    priya.press("Save draft")
    steps.answer_what_is_asked(priya)
    priya.press("Save draft")
    house.minute_passes()
    assert SECOND not in house.public(BOARD)
    priya.open(post)
    steps.hand_in(priya)
    house.minute_passes()
    assert "Thursday after school" not in house.public(BOARD), "the old approval counts for nothing"

    comments_on_the_changed_word(somebody(house, "tom", browser=True, size=PHONE), post)

    priya.open(post)
    expect(priya.page.locator("mark")).to_have_text(re.compile("Thursday"))
    priya.fill("Your answer", "Yes, since this morning.")
    priya.page.get_by_role("button", name="Save answer").click()
    priya.sees("Answer saved.")
    priya.look("post-comment-answered")

    tom.open(post)
    tom.reads("Yes, since this morning.")
    tom.page.get_by_role("button", name="Mark as done").click()
    tom.sees("Comment done.")
    steps.approve(tom, post)
    house.minute_passes()
    house.minute_passes()
    assert house.public(BOARD).count(SECOND) == 1
    assert FIRST not in house.public(BOARD)


def comments_on_the_changed_word(tom, post):
    """Tom sees on his phone what changed, and selects the word that he asks about."""
    tom.sign_in()
    tom.open(post)
    tom.sees("Changes since your last look")
    text = tom.page.locator("#networks .sg-side__text")
    expect(text.locator("del")).to_have_text(re.compile("Friday"))
    expect(text.locator("ins")).to_have_text(re.compile("Thursday"))
    tom.look("post-changes")
    tom.page.evaluate(
        """() => {
          const text = document.querySelector('#networks ins').childNodes[1]
          document.getSelection().selectAllChildren(text.parentElement)
        }"""
    )
    expect(tom.page.get_by_label("Or the exact words")).to_have_value("Thursday")
    tom.fill("Comment", "Is Thursday certain?")
    tom.press("Save comment")
    tom.sees("Comment added. The author can see it beside these words.")
