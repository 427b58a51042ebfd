"""How a film reaches YouTube: in pieces, once, whole, and cleared away where it can't be used."""

from dataclasses import replace

import pytest

from schoolgate.networks.youtube.client import TRIES
from tests.networks.contract import outgoing_film
from tests.networks.mastodon_world import refused
from tests.networks.own_server import Instead
from tests.networks.youtube_calls import youtube_server
from tests.networks.youtube_world import SMALL_PIECE, YouTubeWorld, with_film

pytestmark = pytest.mark.usefixtures("own_server")


@pytest.fixture
def server():
    with youtube_server() as made:
        yield made


@pytest.fixture
def world(server):
    return YouTubeWorld(server)


def large(pieces=3, more=17):
    """A film of several pieces; the server looks at bytes only."""
    film = outgoing_film()
    return replace(film, data=film.data + b"\0" * (SMALL_PIECE * pieces + more))


def test_a_large_film_goes_in_pieces_and_on_where_the_line_broke(server, world):
    film = large()
    server.takes = [SMALL_PIECE, 100_000]  # half of the second piece is lost
    server.instead = [Instead("PUT upload/videos", 503)]

    receipt = world.network.publish(with_film(film=film))

    assert server.videos[receipt.ref.id].data == film.data
    assert server.started == 1


def test_a_line_that_stays_broken_is_put_off_and_the_next_attempt_begins_again(server, world):
    out = with_film(film=large())
    server.instead = [Instead("PUT upload/videos", 503) for _number in range(20)]

    error = refused(lambda: world.network.publish(out))

    assert (error.code, error.what_next, error.outcome_unknown) == ("timed_out", "try_again", False)
    assert 20 - len(server.instead) == TRIES + 1
    server.instead = []
    assert world.network.publish(out)
    assert server.of(world.channel) == [out.text]


def test_an_answer_that_is_lost_at_the_end_of_the_film_uploads_nothing_twice(server, world):
    server.instead = [Instead("PUT upload/videos", 503, after=True)]

    world.network.publish(with_film())

    assert (server.started, len(server.videos)) == (1, 1)


def test_what_an_earlier_attempt_uploaded_is_used(server, world):
    out = with_film()
    server.instead = [Instead("POST upload/captions", 503)]

    first = refused(lambda: world.network.publish(out))
    receipt = world.network.publish(out)

    assert (first.what_next, first.outcome_unknown) == ("try_again", False)
    assert (server.started, [receipt.ref.id]) == (1, list(server.videos))


def test_another_film_with_the_same_words_is_never_taken_for_ours(server, world):
    server.instead = [Instead("POST upload/captions", 503)]
    refused(lambda: world.network.publish(with_film()))
    film = large(pieces=1)

    receipt = world.network.publish(with_film(film=film))

    assert (server.started, server.videos[receipt.ref.id].data) == (2, film.data)


def test_a_film_is_never_sent_to_another_server_than_was_asked(server, world):
    server.public = "https://elsewhere.test"

    error = refused(lambda: world.network.publish(with_film()))

    assert (error.code, error.outcome_unknown, server.videos) == ("unreadable_answer", False, {})


def test_a_film_that_the_network_cannot_read_is_refused_and_cleared_away(server, world):
    server.breaks = True

    error = refused(lambda: world.network.publish(with_film()))

    assert (error.code, error.what_next, error.detail) == ("film_refused", "give_up", "codec")
    assert server.private(world.channel) == 0


@pytest.mark.parametrize("polls", [1, 1000])
def test_a_film_that_is_still_worked_on_is_waited_for_a_moment_only(server, world, polls):
    server.polls = polls

    world.network.publish(with_film("Later"))

    assert server.of(world.channel) == ["Later"]
