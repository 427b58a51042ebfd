"""The walk of `docs/walk.md` on the noticeboard and by hand. Tom approves by the keyboard, in a real browser.

The pages are the program's own, on the told story; the sweeps of the worker run when the test lets a minute
pass. `test_walk_on_bluesky.py` does it with a real network.
"""

import pytest

from schoolgate.core.ledger import verify
from tests.journeys.example import steps

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
FACEBOOK = "https://www.facebook.com/wildground-garden"
BOARD = "noticeboard/wildground-juniors/"


def test_the_walk(house, somebody):
    helen, joe, priya, tom = (somebody(house, key, both=True) for key in ("helen", "joe", "priya", "tom"))
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
    at_his_desk = somebody(house, "tom", browser=True, both=True)
    at_his_desk.sign_in()
    steps.approve_by_keyboard(at_his_desk, post)
    assert steps.TEXT not in house.public(BOARD)
    house.minute_passes()
    assert steps.TEXT in house.public(BOARD)
    assert steps.TEXT in house.public(BOARD + "feed.atom")
    steps.put_out_by_hand(priya, post, steps.GARDEN, steps.TEXT, f"{FACEBOOK}/posts/1234567890")

    visitor = somebody(house, both=True)
    steps.comment(visitor, steps.COMMENT)
    house.minute_passes()
    assert steps.COMMENT not in house.public(steps.path_of(visitor))
    tom.sign_in()
    steps.let_through(tom)
    assert steps.COMMENT in house.public(steps.path_of(visitor))
    steps.answer(tom)
    house.minute_passes()
    assert steps.ANSWER in house.public(steps.path_of(visitor))

    steps.show_evidence(
        helen,
        steps.ANSWERED_IN_TIME,
        event="A comment or message arrived and was given the policy’s deadline.",
    )
    steps.show_evidence(helen, steps.DECIDED_BY_SLT, event="A proposal for an account was accepted.")
    assert verify(house.federation.pk).sound
