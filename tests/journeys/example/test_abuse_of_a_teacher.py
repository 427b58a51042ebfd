"""A parent abuses a teacher in the comments below our post: a colleague has the comment, the teacher is
heard, and asked again a week later."""

from datetime import datetime, time, timedelta

import pytest

from schoolgate.conduct.answers import enter_number
from schoolgate.core.clock import LONDON, local_day, now
from tests.eyes import expect
from tests.journeys.example import concerns, setting_up, steps

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
POST = "The bean race is on."
SAID = "Mr Ellery is useless and everyone at the gate hates him. Signed, Leo’s mum."
SEEN = "A parent insults Tom Ellery below our post."
TOLD = "A parent insults me below our post. It has gone on all week."
ASKED = "Asked the parent to delete the rest, invited them in for Friday, sent the complaints procedure."
DID = "The parent came in, deleted the rest and apologised."


@pytest.fixture
def comment_waits(house, somebody) -> None:
    """A post of ours is out, a parent has written below it, and the union's number is entered."""
    with setting_up.inside(house):
        setting_up.approved(POST, "noticeboard", by="helen")
        enter_number(by=setting_up.person("helen"), at=now(), name="NEU", telephone="0345 811 8111")
    house.minute_passes()
    visitor = somebody(house, "")
    steps.comment(visitor, SAID, POST)
    house.minute_passes()


def in_a_week(hour: int) -> datetime:
    return datetime.combine(local_day(now()) + timedelta(days=7), time(hour), LONDON)


def test_a_teacher_abused_by_a_parent_is_heard_protected_and_asked_again(
    house, comment_waits, somebody, pages_at
):
    tom, joe, helen = somebody(house, "tom"), somebody(house, "joe"), somebody(house, "helen")

    # It isn't Tom's to deal with, though he leads the account: Joe has it, and reports it with one tap.
    joe.sign_in()
    steps.read(joe, SAID)
    comment = concerns.here(joe)
    concerns.report(joe, SEEN)
    concerns.answer(joe, "kinds", "abuse")
    concerns.answer(joe, "done_by", "parent")
    concerns.answer(joe, "part", "saw")
    seen = concerns.send(joe)
    tom.sign_in()
    tom.place("Inbox")
    expect(tom.page.get_by_text("Mr Ellery is useless")).to_have_count(0)
    assert tom.page.request.get(f"{house.address}{comment}").status == 404
    assert not concerns.lists(tom, seen)

    # Tom has heard of it at the gate, and says himself what it does to him.
    tom.open("/today")
    concerns.report(tom, TOLD)
    concerns.answer(tom, "kinds", "pestered")
    concerns.answer(tom, "done_by", "parent")
    concerns.answer(tom, "part", "suffered")
    reference = concerns.send(tom)
    tom.look("abuse-thanks")
    tom.sees("Support for you")
    tom.reads("Education Support")
    tom.reads("NEU 0345 811 8111")

    # Helen finds the comment with what Joe wrote, as it was, and first keeps it from being read.
    helen.sign_in()
    concerns.open_listed(helen, seen)
    helen.reads(SAID)
    helen.press("I’ll deal with this")
    helen.press("Open the current version")
    assert concerns.here(helen) == comment
    concerns.fold(helen, "Hide or delete")
    helen.page.locator('[name="because"][value="improper"]').check()
    helen.press("Hide comment")
    helen.look("abuse-hidden")
    helen.sees("No one else can read it now. Your reason has been recorded.")

    # It was a parent: asked, invited, and pointed to the complaints procedure, as this policy has it.
    concern = concerns.open_listed(helen, reference)
    helen.press("I’ll deal with this")
    helen.open(concern)
    helen.press("Assessment")
    concerns.answer(helen, "kinds", "abuse")
    concerns.answer(helen, "subject", "parent")
    concerns.answer(helen, "called_for.none_of_these")
    helen.press("Save")
    helen.press("Outcome")
    helen.look("abuse-outcome")
    concerns.answer(helen, "routes", "complaints_procedure")
    concerns.answer(helen, "found", "none_of_these")
    helen.fill("Note", ASKED)
    helen.press("Save")
    concerns.closes(helen, DID)
    helen.sees("Closed")
    helen.look("abuse-closed")

    # Tom sees that it is over; a week later Helen is reminded to ask him.
    tom.open("/wrong/reports?show=reported")
    tom.page.get_by_role("link", name=reference).click()
    tom.sees("We’ve dealt with it, and it’s closed.")
    tom.sees("Support for you")
    assert DID not in tom.page.content()
    pages_at(in_a_week(9))
    helen.open("/today")
    helen.takes("Open concern", about=reference)
    helen.sees("Ask your colleague how they are")
    helen.look("abuse-week-later")
    helen.press("Mark as asked")
    expect(helen.page.get_by_text("Ask your colleague how they are")).to_have_count(0)
