"""Below one post there can be more comments than are read: the newest arrive all the same, and it can be told
that older ones were left."""

import pytest

from schoolgate.networks.google import account as google
from schoolgate.networks.linkedin import reading as linkedin
from schoolgate.networks.meta import account as meta
from schoolgate.networks.port import Newest
from schoolgate.networks.x import reading as x
from schoolgate.networks.youtube import reading as youtube
from tests.networks.contract import a_post, comments
from tests.networks.facebook_server import facebook_server
from tests.networks.instagram_server import instagram_server
from tests.networks.linkedin_server import linkedin_server
from tests.networks.linkedin_world import LinkedInWorld
from tests.networks.meta_world import InstagramWorld, MetaWorld, ThreadsWorld, with_picture
from tests.networks.threads_server import threads_server
from tests.networks.x_server import x_server
from tests.networks.x_world import XWorld
from tests.networks.youtube_calls import youtube_server
from tests.networks.youtube_world import YouTubeWorld, with_film

pytestmark = pytest.mark.usefixtures("own_server")
PAGE = 3
WORLDS = {
    "facebook": (facebook_server, MetaWorld, a_post, [(meta, "PAGE"), (meta, "PAGES")]),
    "instagram": (instagram_server, InstagramWorld, with_picture, [(meta, "PAGE"), (meta, "PAGES")]),
    "threads": (threads_server, ThreadsWorld, a_post, [(meta, "PAGE"), (meta, "PAGES")]),
    "youtube": (youtube_server, YouTubeWorld, with_film, [(youtube, "THREADS"), (google, "PAGES")]),
    "linkedin": (linkedin_server, LinkedInWorld, a_post, [(linkedin, "PAGE"), (linkedin, "PAGES")]),
    "x": (x_server, XWorld, a_post, [(x, "PAGE"), (x, "PAGES")]),
}
OLDEST_FIRST = {"linkedin"}
"""LinkedIn doesn't say in which order it gives them; our server gives the oldest first."""


@pytest.mark.parametrize("name", WORLDS)
def test_of_very_many_comments_the_newest_are_read_and_it_is_told_that_others_were_left(name, monkeypatch):
    server, world_of, post, limits = WORLDS[name]
    for module, constant in limits:
        monkeypatch.setattr(module, constant, PAGE if constant != "PAGES" else 1)
    with server() as made:
        world = world_of(made)
        few, many = (world.network.publish(post(words)) for words in ("Few", "Many"))
        written = [world.comment(many, f"Comment {number}") for number in range(PAGE + 2)]
        one = world.comment(few, "Alone")

        assert [item.ref.id for item in comments(world, few.ref)] == [one]
        found = world.network.replies(many.ref)

    kept = written[:PAGE] if name in OLDEST_FIRST else written[-PAGE:]
    assert {item.ref.id for item in found} == set(kept)
    assert isinstance(found, Newest)
