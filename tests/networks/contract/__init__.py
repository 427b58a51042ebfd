"""What every network must do in the same way, run over the noticeboard, the fake, servers of ours and a real
Bluesky network.

A suite inherits `NetworkContract` and gives a `world`: the account under test, and hands for a stranger.
"""

from tests.networks.contract.cards import Cards
from tests.networks.contract.comments import Comments
from tests.networks.contract.films import Films
from tests.networks.contract.pictures import Pictures
from tests.networks.contract.posts import Posts
from tests.networks.contract.threads import Threads
from tests.networks.contract.world import (
    World,
    a_picture,
    a_post,
    comments,
    eventually,
    new_key,
    now,
    outgoing_film,
    the_comment,
)

__all__ = [
    "NetworkContract",
    "PostsContract",
    "World",
    "a_picture",
    "a_post",
    "comments",
    "eventually",
    "new_key",
    "now",
    "outgoing_film",
    "the_comment",
]


class PostsContract(Posts, Pictures, Films, Cards, Threads):
    """The tests of what goes out, for a network whose posts take no comments."""


class NetworkContract(PostsContract, Comments):
    """The tests; `world` comes from the suite."""
