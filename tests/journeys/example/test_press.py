"""A journalist under Wildground's policy: the media policy comes first, then its people may answer."""

import pytest

from tests.eyes import expect
from tests.journeys.press import marks, rings, unfold, writes

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_a_journalist_comments_and_rings_and_the_media_policy_comes_first(house, somebody):
    tom = somebody(house, "tom")
    tom.sign_in()
    comment = marks(tom)
    expect(tom.page.get_by_role("heading", name="Is it about what was posted?")).to_be_visible()
    tom.look("which-question")
    tom.press("Yes")
    tom.sees("Don’t answer this yet")
    tom.look("media-policy-first")
    writes(tom)
    tom.open(comment)
    tom.sees("From the press: don’t answer yet")
    tom.look("comment-not-to-answer")
    tom.press("Go to the enquiry")
    tom.press("Reply with this statement")
    tom.press("Send reply")
    tom.answer("Have the steps in the media policy been followed?", "Yes")
    tom.press("Send reply")
    tom.sees("Your reply is being sent.")
    tom.press("Go to the enquiry")
    unfold(tom, "History")
    tom.sees("Statement given: As a reply")

    rings(tom)
    tom.sees("Don’t answer this yet")
    writes(tom)
    tom.answer("How was it given?", "Read out by telephone")
    tom.answer("Have the steps in the media policy been followed?", "No")
    tom.press("Record as given")
    tom.look("given-without-the-media-policy")
    expect(tom.page.get_by_text("Recorded that the statement was given.")).to_have_count(0)
    tom.answer("Have the steps in the media policy been followed?", "Yes")
    tom.press("Record as given")
    tom.sees("Recorded that the statement was given.")
