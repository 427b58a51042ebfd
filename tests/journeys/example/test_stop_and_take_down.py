"""The stop button on a phone, and a post that has to go: read at the public page."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from schoolgate.cli.demo.words import PLANNED, POSTS
from schoolgate.publishing.models import Post
from tests.browsing import PHONE
from tests.journeys.example import setting_up, steps

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
BOARD = "noticeboard/wildground-juniors/"


@pytest.fixture
def planned(house) -> Post:
    """The story's post that is approved and planned for tomorrow."""
    with setting_up.inside(house):
        return Post.objects.get(state="approved", targets__text=PLANNED)


@pytest.fixture
def tom_has_stopped(house, somebody):
    """Tom, on his phone, with the stop button pressed for the whole federation."""
    tom = somebody(house, "tom", size=PHONE)
    tom.sign_in()
    tom.open("/stop")
    tom.page.get_by_text(tom.say("What to stop, why, and until when")).click()
    tom.fill("Or in your own words", "A storm warning came in.")
    tom.press("Stop with these choices")
    tom.sees("Posting is stopped. Nothing new goes out until the stop is lifted.")
    tom.look("stopped")
    return tom


def lift(tom) -> None:
    tom.open("/stop")
    tom.press("Lift this stop")
    tom.sees("Posting is not stopped")


def test_a_stop_keeps_a_due_post_back_and_lets_it_out_once_when_lifted_in_time(
    house, planned, tom_has_stopped
):
    due = planned.planned_at
    house.minute_passes(due + timedelta(minutes=1))
    assert PLANNED not in house.public(BOARD)
    assert setting_up.state_of(house, planned) == "approved"

    lift(tom_has_stopped)
    house.minute_passes(due + timedelta(minutes=20))
    house.minute_passes(due + timedelta(minutes=21))
    assert house.public(BOARD).count(PLANNED) == 1


def test_what_waited_too_long_behind_a_stop_does_not_burst_out_when_it_is_lifted(
    house, planned, tom_has_stopped, somebody
):
    due = planned.planned_at
    house.minute_passes(due + timedelta(minutes=1))
    lift(tom_has_stopped)
    house.minute_passes(due + timedelta(minutes=31))

    assert PLANNED not in house.public(BOARD)
    assert setting_up.state_of(house, planned) == "expired"
    priya = somebody(house, "priya", size=PHONE)
    priya.sign_in()
    priya.sees("Correct a post")


def test_who_may_not_stop_is_told_whom_to_ask(house, somebody):
    priya = somebody(house, "priya", size=PHONE)
    priya.sign_in()
    priya.open("/stop")
    priya.sees("Your role can’t stop posting")
    expect(priya.named("Stop")).to_have_count(0)


def test_a_post_that_is_taken_down_is_gone_from_the_public_page_and_its_feed(house, somebody):
    gone = POSTS[0].text
    assert gone in house.public(BOARD)
    with setting_up.inside(house):
        post = Post.objects.get(targets__text=gone)
    tom = somebody(house, "tom", size=PHONE)
    tom.sign_in()
    steps.take_down(tom, f"/posts/{post.pk}")
    house.minute_passes()

    assert gone not in house.public(BOARD)
    assert gone not in house.public(BOARD + "feed.atom")
    tom.open(f"/posts/{post.pk}")
    tom.look("taken-down")
    tom.sees("Taken down")
    tom.page.locator("summary").filter(has_text=tom.say("History")).click()
    tom.reads("Confirmed as taken down: Wildground Juniors noticeboard")
