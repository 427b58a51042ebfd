"""Each network's own server with an account that is tried on it, for tests."""

from contextlib import contextmanager
from dataclasses import replace

from schoolgate.networks.trying import Trial
from tests.networks.contract import now, outgoing_film
from tests.networks.facebook_server import facebook_server
from tests.networks.google_business_server import google_business_server
from tests.networks.google_business_world import GoogleBusinessWorld
from tests.networks.instagram_server import instagram_server
from tests.networks.linkedin_server import linkedin_server
from tests.networks.linkedin_world import LinkedInWorld
from tests.networks.mastodon_calls import mastodon_server
from tests.networks.mastodon_world import MastodonWorld
from tests.networks.meta_world import InstagramWorld, MetaWorld, ThreadsWorld
from tests.networks.threads_server import threads_server
from tests.networks.x_server import x_server
from tests.networks.x_world import XWorld
from tests.networks.youtube_calls import youtube_server
from tests.networks.youtube_world import YouTubeWorld

WORLDS = {
    "mastodon": (mastodon_server, MastodonWorld),
    "facebook": (facebook_server, MetaWorld),
    "instagram": (instagram_server, InstagramWorld),
    "threads": (threads_server, ThreadsWorld),
    "youtube": (youtube_server, YouTubeWorld),
    "googlebusiness": (google_business_server, GoogleBusinessWorld),
    "linkedin": (linkedin_server, LinkedInWorld),
    "x": (x_server, XWorld),
}


@contextmanager
def on(network, **given):
    server, world = WORLDS[network]
    with server(**given) as made:
        yield made, world(made)


def tried(world, *, comments=True):
    """Everything, with a stranger who writes below the post."""
    film = replace(outgoing_film(), cover=None) if world.network.capabilities.film_required else None
    told = []
    trial = Trial(world.network, told.append, now(), film=film, patience=0)
    posted = []
    publish = world.network.publish

    def note(out):
        posted.append(publish(out))
        return posted[-1]

    world.network.publish = note
    if comments:
        trial.comment = lambda _address: world.comment(posted[0], "Is there parking?")
    assert trial.read() is not None
    trial.post()
    assert told == trial.steps
    return trial, {each.name: (each.result, each.words) for each in trial.steps}
