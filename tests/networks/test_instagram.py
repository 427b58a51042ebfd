"""An Instagram account against our own server that keeps to the Graph API and fetches pictures itself: the
contract, and what is its own."""

from dataclasses import replace

import pytest

from schoolgate.networks.instagram.client import Instagram
from schoolgate.networks.known import Known
from schoolgate.networks.port import NetworkError
from tests.networks.contract import NetworkContract, a_picture, a_post
from tests.networks.instagram_server import instagram_server
from tests.networks.mastodon_world import refused
from tests.networks.meta_world import INSTAGRAM, InstagramWorld, jpeg, with_picture

pytestmark = pytest.mark.usefixtures("own_server")


@pytest.fixture
def server():
    with instagram_server() as made:
        yield made


@pytest.fixture
def world(server):
    return InstagramWorld(server)


class TestInstagram(NetworkContract):
    post = staticmethod(with_picture)
    picture = staticmethod(jpeg)
    takes_keys = False
    proves = False


def test_a_post_without_a_picture_is_refused_before_the_network_is_asked(server, world):
    assert refused(lambda: world.network.publish(a_post())).code == "picture_missing"
    assert server.seen == []


def test_only_jpeg_is_taken(server, world):
    error = refused(lambda: world.network.publish(a_post(pictures=(a_picture(),))))

    assert (error.code, server.seen) == ("picture_refused", [])


def test_each_picture_can_be_fetched_while_it_is_handed_over_and_never_after(server, world):
    world.network.publish(with_picture(pictures=(jpeg("One"), jpeg("Two"))))

    assert len(server.fetched) == 2
    assert world.laid.open == {}


def test_pictures_are_closed_where_the_network_refuses_them_too(server, world):
    server.breaks_media = True

    error = refused(lambda: world.network.publish(with_picture()))

    assert (error.code, error.outcome_unknown, world.laid.open) == ("picture_refused", False, {})
    assert server.of(world.member, "media") == []


def test_a_container_is_waited_for(server, world):
    server.polls = 3

    world.network.publish(with_picture("Later"))

    assert server.of(world.member, "media") == ["Later"]


def test_one_that_is_never_ready_is_put_off_and_nothing_is_published(server, world, monkeypatch):
    server.polls = 1000
    monkeypatch.setattr(world.network._graph._transport, "time_out", 0.4)

    error = refused(lambda: world.network.publish(with_picture()))

    assert (error.code, error.what_next, error.outcome_unknown) == ("timed_out", "try_again", False)
    assert (server.of(world.member, "media"), world.laid.open) == ([], {})


ROOM = [((99, 100), True), ((100, 100), False), ((24, 25), True), ((25, 25), False)]


@pytest.mark.parametrize(("quota", "room"), ROOM)
def test_the_network_says_how_many_posts_there_is_room_for(server, world, quota, room):
    server.quota = quota
    if room:
        world.network.publish(with_picture())
        return

    error = refused(lambda: world.network.publish(with_picture()))

    assert (error.code, error.what_next, error.retry_after) == ("too_fast", "try_again", 3600.0)
    assert server.fetched == []


def test_a_picture_that_the_network_cannot_fetch_is_tried_again(server, world):
    server.fetch = lambda address: None

    error = refused(lambda: world.network.publish(with_picture()))

    assert (error.code, error.what_next, error.outcome_unknown) == ("network_trouble", "try_again", False)


def test_the_address_is_that_of_the_post(world):
    ref = world.network.publish(with_picture()).ref

    assert world.network.capabilities.is_post_address(ref.address)


def test_an_address_that_cannot_be_read_is_no_failure(server, world):
    whole = world.network._graph.ask

    def ask(path, fields="", **params):
        if fields == "permalink":
            raise NetworkError("timed_out", what_next="try_again")
        return whole(path, fields, **params)

    world.network._graph.ask = ask
    receipt = world.network.publish(with_picture())

    assert (receipt.ref.address, bool(world.network.read_back(receipt.ref).ref.address)) == ("", True)


def test_a_comment_on_a_comment_is_read_with_its_place(server, world):
    receipt = world.network.publish(with_picture())
    first = world.comment(receipt, "Parking?")
    below = server.comment(first, "I wonder too")

    told = world.network.replies(receipt.ref)

    assert {(item.ref.id, item.parent, item.root) for item in told} == {
        (first, receipt.ref.id, receipt.ref.id), (below.id, first, receipt.ref.id),
    }  # fmt: skip


def test_without_a_public_address_nothing_is_handed_over(home):
    from schoolgate.networks.handing import handed_over

    with pytest.raises(NetworkError, match="not_reachable"), handed_over([jpeg()]):
        pass


def test_a_post_is_taken_down_by_the_key_of_the_person_who_connected_it_and_else_by_people(server, world):
    ref = world.network.publish(with_picture()).ref
    server.may_delete = False
    for_people = refused(lambda: world.network.take_down(ref))
    assert (for_people.code, for_people.what_next) == ("not_allowed", "reconnect")
    assert world.network.read_back(ref) is not None

    server.may_delete = True
    world.network.take_down(ref)
    assert world.network.read_back(ref) is None
    assert next(iter(server.people)) not in for_people.detail

    known = Known.read(world.credential.session)
    alone = replace(world.credential, session=replace(known, renews="").to_text())
    without = Instagram(INSTAGRAM, alone, app_secret=server.app_secret)
    assert refused(lambda: without.take_down(ref)).code == "sign_in"
