"""Threads on a server of ours that speaks Mastodon's API: what it is told, and what becomes of one that ends
too early."""

from dataclasses import replace

import pytest

from schoolgate.networks.mastodon.client import Mastodon, in_turn
from schoolgate.networks.port import Ref
from tests.networks.contract import a_picture, a_post
from tests.networks.mastodon_calls import mastodon_server
from tests.networks.mastodon_world import MASTODON, MastodonWorld, refused
from tests.networks.own_server import Instead

pytestmark = pytest.mark.usefixtures("own_server")
PARTS = ("Camp, day one.\n\n1/3", "Day two.\n\n2/3", "And home.\n\n3/3")
SENT = "POST /api/v1/statuses"


@pytest.fixture
def world():
    with mastodon_server() as server:
        yield MastodonWorld(server)


class Wrong(Mastodon):
    """A client to whose server something happens at one of the parts."""

    def at(self, number, happens):
        self.number, self.happens = number, happens
        return self

    def _post(self, out, key, text, body):
        self.number -= 1
        if self.number < 0:
            self.happens()
        return super()._post(out, key, text, body)


def wrong_at(world, number, status, *, after=False):
    server = world.server
    return Wrong(MASTODON, world.credential).at(
        number, lambda: server.instead.append(Instead(SENT, status, {"error": "No"}, after=after))
    )


def texts(world):
    ids = {one.id: one.text for one in world.server.statuses.values()}
    return [(one.text, ids.get(one.parent, "")) for one in world.server.statuses.values() if not one.gone]


WHOLE = [(PARTS[0], ""), (PARTS[1], PARTS[0]), (PARTS[2], PARTS[1])]


def test_each_part_answers_the_one_before_under_a_key_of_its_own(world):
    world.network.publish(a_post(parts=PARTS, pictures=(a_picture(),)))

    made = list(world.server.statuses.values())
    assert texts(world) == WHOLE
    assert ([one.visibility for one in made], [len(one.media) for one in made]) == (["public"] * 3, [1, 0, 0])
    assert len(world.server.keys) == 3


@pytest.mark.parametrize(("status", "code"), [(422, "refused"), (401, "sign_in"), (403, "not_allowed")])
def test_a_refusal_at_the_second_part_tells_what_is_there_and_the_rest_can_follow(world, status, code):
    out = a_post(parts=PARTS)

    error = refused(lambda: wrong_at(world, 1, status).publish(out))

    [first] = world.server.statuses.values()
    assert (error.code, error.there.id, error.there.whole) == (code, first.id, False)
    rest = world.network.publish(replace(out, there=error.there))
    assert (texts(world), rest.ref.id, len(rest.ref.rest)) == (WHOLE, first.id, 2)


def test_an_answer_that_is_lost_at_the_second_part_is_found_by_the_words_of_the_chain(world):
    out = a_post(parts=PARTS)

    error = refused(lambda: wrong_at(world, 1, 502, after=True).publish(out))
    found = world.network.look_up(out.intent_key, out.normal())

    assert (error.outcome_unknown, len(error.there.rest)) == (True, 0)
    assert (len(found.ref.rest), found.ref.whole) == (1, False)
    world.network.publish(replace(out, there=found.ref))
    assert texts(world) == WHOLE


def test_the_same_part_twice_below_the_first_can_not_be_told_apart(world):
    out = a_post(parts=PARTS)
    receipt = world.network.publish(out)
    world.server.post(world.member, PARTS[1], receipt.ref.id)

    assert refused(lambda: world.network.look_up(out.intent_key, out.normal())).code == "not_offered"


def test_the_same_words_below_another_post_are_another_thread(world):
    other = world.network.publish(a_post("Another post."))
    out = a_post(parts=PARTS)
    world.network.publish(out)
    world.server.post(world.member, PARTS[1], other.ref.id)

    assert world.network.look_up(out.intent_key, out.normal()).ref.whole


def test_a_part_is_not_sent_after_the_time_in_which_it_is_looked_up(monkeypatch):
    times = iter([0.0, 30.0, 60.5])
    monkeypatch.setattr("schoolgate.networks.mastodon.client.time.time", lambda: next(times))
    sent = []

    def post(out, key, text, body):
        sent.append(text)
        return Ref("mastodon", str(len(sent)))

    error = refused(lambda: in_turn(a_post(parts=PARTS), {}, post, seconds=30))

    assert (error.code, error.outcome_unknown, sent) == ("timed_out", False, [*PARTS[:2]])
    assert len(error.there.rest) == 1


def test_an_edited_part_is_noticed(world):
    out = a_post(parts=PARTS)
    receipt = world.network.publish(out)
    world.server.statuses[receipt.ref.rest[0].id].text = "Another day two."

    found = world.network.read_back(receipt.ref)

    assert out.normal().differences(found.normal) == ("text",)
