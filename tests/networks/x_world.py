"""An account on a server of ours that keeps to X's API, and a stranger, for tests."""

from schoolgate.core.outside.client import Client
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.known import Known
from schoolgate.networks.port import Credential
from schoolgate.networks.x.client import X
from tests.networks.x_server import XServer

ON_X = all_capabilities()["x"].connected(chosen=True)


class XWorld:
    patience = 0.0

    def __init__(self, server: XServer, origin: str = "", client: Client | None = None) -> None:
        self.server, self.client = server, client
        self.origin = origin or server.origin
        self.user, self.stranger = server.join("Oakwood School"), server.join("A parent")
        server.keys(self.user)
        self.network = self.connect()

    def connect(self) -> X:
        """A client of the account."""
        until = int(self.user.until.timestamp())
        known = Known(self.user.id, self.user.name, renews=self.user.refresh, access_until=until)
        self.credential = Credential(
            handle=self.user.handle, secret=self.user.access, service=self.origin, session=known.to_text()
        )
        return X(ON_X, self.credential, client=self.client, pauses=(0.02,))

    def comment(self, receipt, text):
        return self.server.write(self.stranger, text, to=receipt.ref.id).id

    def edit(self, item, text):
        made = self.server.posts[item.ref.id]
        made.text, made.versions = text, made.versions + 1
        return True

    def delete(self, item):
        self.server.posts[item.ref.id].gone = True
