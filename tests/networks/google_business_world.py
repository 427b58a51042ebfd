"""A place on a server of ours that keeps to Google's Business Profile interfaces, for tests."""

from schoolgate.core.outside.client import Client
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.google_business.client import GoogleBusiness
from schoolgate.networks.known import Known
from schoolgate.networks.port import Credential
from tests.networks.google_business_server import GoogleBusinessServer
from tests.networks.meta_world import Laid, Opened

GOOGLE_BUSINESS = all_capabilities()["googlebusiness"].connected()


class GoogleBusinessWorld:
    patience = 0.0

    def __init__(self, server: GoogleBusinessServer, origin: str = "", client: Client | None = None) -> None:
        self.server, self.client = server, client
        self.origin = origin or server.origin
        self.place = server.join("Oakwood Primary School")
        self.network = self.connect()

    def connect(self, session: str = "") -> GoogleBusiness:
        """A client of the place. `session`: what an earlier one left."""
        self.laid = Laid()
        self.server.fetch = self.laid.open.get
        known = Known(self.place.id, self.place.title, inside=self.place.account)
        credential = Credential(
            secret=self.place.token, service=self.origin, session=session or known.to_text()
        )
        return GoogleBusiness(
            GOOGLE_BUSINESS, credential, application=(self.server.app_id, self.server.app_secret),
            tokens=self.server.origin, places=self.server.origin, client=self.client,
            hand_over=lambda pictures: Opened(self.laid, pictures), waits=(0.02, 0.02),
        )  # fmt: skip
