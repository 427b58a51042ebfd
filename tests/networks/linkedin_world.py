"""A Page on a server of ours that keeps to LinkedIn's interface, and a stranger, for tests."""

from schoolgate.core.outside.client import Client
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.known import Known
from schoolgate.networks.linkedin.client import LinkedIn
from schoolgate.networks.port import Credential
from tests.networks.linkedin_server import LinkedInServer

LINKEDIN = all_capabilities()["linkedin"].connected(chosen=True)


class LinkedInWorld:
    patience = 0.0

    def __init__(self, server: LinkedInServer, origin: str = "", client: Client | None = None) -> None:
        self.server, self.client = server, client
        self.origin = origin or server.origin
        self.page = server.join("Oakwood Primary School")
        self.person = server.person(self.page)
        self.network = self.connect()

    def connect(self, version: str = "202606") -> LinkedIn:
        """A client of the Page."""
        known = Known(self.page.id, self.page.name)
        self.credential = Credential(secret=self.person.access, service=self.origin, session=known.to_text())
        return LinkedIn(LINKEDIN, self.credential, version=version, client=self.client, pauses=(0.02,))

    def comment(self, receipt, text):
        return self.server.comment(receipt.ref.id, text).urn

    def edit(self, item, text):
        made = self.server.things[item.ref.id]
        made.text, made.changed = text, made.at + 1
        return True

    def delete(self, item):
        self.server.things[item.ref.id].gone = True
