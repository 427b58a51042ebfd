"""The Mastodon client against a server of ours that keeps to the published API: the contract, and what is
Mastodon's own."""

from datetime import timedelta

import httpx
import pytest

from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.mastodon.client import Mastodon
from schoolgate.networks.port import Author, Credential, NetworkError, OutgoingReply, Ref
from tests.networks.contract import NetworkContract, a_picture, a_post, new_key, now, the_comment
from tests.networks.mastodon_server import MastodonServer, Status, mastodon_server

pytestmark = pytest.mark.usefixtures("own_server")
MASTODON = all_capabilities()["mastodon"]


class MastodonWorld:
    patience = 0.0

    def __init__(self, server: MastodonServer, **credential):
        self.server = server
        self.member = server.join("oakwood")
        self.stranger = server.join("stranger")
        self.credential = Credential(secret=self.member.token, service=server.origin, **credential)
        self.network = Mastodon(MASTODON, self.credential, loopback=True)

    def again(self, session=""):
        """Another client of the same account."""
        given = Credential(secret=self.member.token, service=self.server.origin, session=session or "")
        return Mastodon(MASTODON, given, loopback=True)

    def as_stranger(self, method, path, **body):
        answer = httpx.request(
            method,
            self.server.origin + path,
            json=body,
            headers={"Authorization": f"Bearer {self.stranger.token}"},
        )
        assert answer.is_success, answer.text
        return answer.json()

    def comment(self, receipt, text):
        body = {"status": text, "in_reply_to_id": receipt.ref.id, "visibility": "public"}
        return self.as_stranger("POST", "/api/v1/statuses", **body)["id"]

    def edit(self, item, text):
        self.as_stranger("PUT", f"/api/v1/statuses/{item.ref.id}", status=text)
        return True

    def delete(self, item):
        self.as_stranger("DELETE", f"/api/v1/statuses/{item.ref.id}")


@pytest.fixture(scope="module")
def shared_server():
    with mastodon_server() as made:
        yield made


@pytest.fixture(scope="module")
def plainer_server():
    with mastodon_server(
        tells_source=False, tells_scopes=False, lists_statuses=False, newest_instance=False, polls=2
    ) as made:
        yield made


@pytest.fixture
def server():
    with mastodon_server() as made:
        yield made


class TestMastodon(NetworkContract):
    @pytest.fixture
    def world(self, shared_server):
        return MastodonWorld(shared_server)


class TestAPlainerServer(NetworkContract):
    """One that tells no source, no scopes, no list of statuses, and has only the older call about itself."""

    @pytest.fixture
    def world(self, plainer_server):
        return MastodonWorld(plainer_server)


@pytest.fixture
def world(server):
    return MastodonWorld(server)


def refused(call):
    with pytest.raises(NetworkError) as raised:
        call()
    return raised.value
