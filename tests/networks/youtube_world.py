"""A channel and strangers on a server of ours that keeps to the YouTube Data API, for tests."""

from schoolgate.core.outside.client import Client
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.known import Known
from schoolgate.networks.port import Credential
from schoolgate.networks.youtube.client import YouTube
from tests.networks.contract import a_post, outgoing_film
from tests.networks.youtube_server import YouTubeServer

YOUTUBE = all_capabilities()["youtube"].connected()
SMALL_PIECE = 256 * 1024


class YouTubeWorld:
    patience = 0.0

    def __init__(self, server: YouTubeServer, origin: str = "", client: Client | None = None) -> None:
        self.server, self.client = server, client
        self.origin = server.public = origin or server.origin
        self.channel = server.join("oakwood")
        self.network = self.connect()

    def connect(self, session: str = "", *, for_children: bool | None = False) -> YouTube:
        """A client of the channel. `session`: what an earlier one left."""
        known = Known(self.channel.id, self.channel.name, for_children=for_children)
        credential = Credential(
            secret=self.channel.token, service=self.origin, session=session or known.to_text()
        )
        application = (self.server.app_id, self.server.app_secret)
        return YouTube(
            YOUTUBE, credential, application=application, tokens=self.server.origin,
            client=self.client, piece=SMALL_PIECE, waits=(0.02, 0.02), pauses=(0.02,),
        )  # fmt: skip

    def comment(self, receipt, text):
        return self.server.comment(receipt.ref.id, text).id

    def edit(self, item, text):
        self.server.comments[item.ref.id].text = text
        return True

    def delete(self, item):
        self.server.comments[item.ref.id].gone = True


def with_film(text="Open day on Friday at ten.", **more):
    """A post as YouTube takes it."""
    return a_post(text, **{"film": outgoing_film(), **more})
