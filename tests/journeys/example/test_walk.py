"""The walk of `docs/walk.md`, without a network of others: noticeboard and by hand.

The pages are the program's own, served by threads of the test; the sweeps of the worker run when the test lets
a minute pass.
"""

import pytest

from tests.journeys.example import steps

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]
FACEBOOK = "https://www.facebook.com/wildground-garden"


@pytest.mark.parametrize(
    "way",
    [{}, {"language": "cy"}, {"scripts": False}],
    ids=["in English", "in Welsh", "without scripts"],
)
def test_the_walk(house, somebody, way):
    priya, helen, joe = (somebody(house, key, **way) for key in ("priya", "helen", "joe"))
    priya.sign_in()
    steps.propose(priya, "Facebook Page")
    helen.sign_in()
    steps.decide(helen)
    joe.sign_in()
    steps.set_up(joe, FACEBOOK)
    steps.open_account(joe)
    assert steps.GARDEN in house.public("register")
    steps.draft(priya, steps.TEXT, steps.BOARD, steps.GARDEN)
    post = steps.hand_in(priya)
    tom = somebody(house, "tom", **way)
    tom.sign_in()
    steps.approve(tom, post)
    house.minute_passes()
    assert steps.TEXT in house.public("noticeboard/wildground-juniors/")
    steps.put_out_by_hand(priya, post, steps.TEXT, f"{FACEBOOK}/posts/1234567890")
    visitor = somebody(house, **way)
    steps.comment(visitor, steps.COMMENT)
    house.minute_passes()
    steps.let_through(tom)
    steps.answer(tom)
    house.minute_passes()
