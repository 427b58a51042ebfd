"""A Page, an Instagram account and strangers on servers of ours that keep to Meta's Graph API, for tests."""

from schoolgate.core.outside.client import Client
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.facebook.client import Facebook
from schoolgate.networks.instagram.client import Instagram
from schoolgate.networks.known import Known
from schoolgate.networks.meta_threads.client import Threads
from schoolgate.networks.port import Credential
from tests.networks.contract import a_picture, a_post
from tests.networks.graph_server import GraphServer

FACEBOOK = all_capabilities()["facebook"].connected()
INSTAGRAM = all_capabilities()["instagram"].connected()
THREADS = all_capabilities()["threads"].connected()


class Laid:
    """Where pictures lie for Instagram, without files and doors; `open` is what can be fetched now."""

    def __init__(self) -> None:
        self.open: dict[str, bytes] = {}
        self.number = 0


class Opened:
    """The block in which they lie there."""

    def __init__(self, laid, pictures) -> None:
        self.laid, self.pictures = laid, pictures

    def __enter__(self):
        addresses = []
        for picture in self.pictures:
            self.laid.number += 1
            addresses.append(f"https://school.test/handed-over/{self.laid.number}.jpg")
            self.laid.open[addresses[-1]] = picture.data
        return addresses

    def __exit__(self, *_):
        self.laid.open.clear()


class MetaWorld:
    patience = 0.0
    kind = "page"

    def __init__(self, server: GraphServer, origin: str = "", client: Client | None = None) -> None:
        self.server = server
        self.member = server.join("oakwood", self.kind)
        known = Known(self.member.id, self.member.name, renews=server.person())
        self.credential = Credential(
            secret=self.member.token, service=origin or server.origin, session=known.to_text()
        )
        self.network = self.connect(client)

    def connect(self, client=None):
        return Facebook(FACEBOOK, self.credential, app_secret=self.server.app_secret, client=client)

    def comment(self, receipt, text):
        return self.server.comment(receipt.ref.id, text).id

    def edit(self, item, text):
        self.server.things[item.ref.id].text = text
        return True

    def delete(self, item):
        self.server.things[item.ref.id].gone = True


class InstagramWorld(MetaWorld):
    kind = "instagram"

    def connect(self, client=None):
        self.laid = Laid()
        self.server.fetch = self.laid.open.get
        return Instagram(
            INSTAGRAM, self.credential, app_secret=self.server.app_secret, client=client,
            hand_over=lambda pictures: Opened(self.laid, pictures), pauses=(0.05,),
        )  # fmt: skip


class ThreadsWorld(MetaWorld):
    kind = "threads"

    def connect(self, client=None):
        self.laid = Laid()
        self.server.fetch = self.laid.open.get
        return Threads(
            THREADS, self.credential, client=client,
            hand_over=lambda pictures: Opened(self.laid, pictures), pauses=(0.05,),
        )  # fmt: skip


def jpeg(alt="An empty hall, the chairs in rows."):
    return a_picture(alt, "JPEG")


def with_picture(text="Open day on Friday at ten.", **more):
    """A post as Instagram takes it."""
    return a_post(text, **{"pictures": (jpeg(),), **more})
