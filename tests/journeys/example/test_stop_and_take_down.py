"""The stop button on a phone, and a post that has to go: read at the public page."""

from datetime import timedelta

import pytest

from schoolgate.cli.demo.posts import PLANNED
from schoolgate.publishing.models import Post
from tests.journeys.example import setting_up

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
    tom = somebody(house, "tom")
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
