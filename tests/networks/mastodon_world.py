"""An account and a stranger on a server of ours that speaks Mastodon's API, for tests."""

import pytest

from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.mastodon.client import Mastodon
from schoolgate.networks.port import Credential, NetworkError
from tests.network.asking import ask
from tests.networks.mastodon_server import MastodonServer

MASTODON = all_capabilities()["mastodon"]


class MastodonWorld:
    patience = 0.0

    def __init__(self, server: MastodonServer, **credential):
        self.server = server
        self.member = server.join("oakwood")
        self.stranger = server.join("stranger")
        self.credential = Credential(secret=self.member.token, service=server.origin, **credential)
        self.network = Mastodon(MASTODON, self.credential)

    def again(self, session=""):
        """Another client of the same account."""
        given = Credential(secret=self.member.token, service=self.server.origin, session=session or "")
        return Mastodon(MASTODON, given)

    def as_stranger(self, method, path, **body):
        answer = ask(
            method,
            self.server.origin + path,
            json=body,
            headers={"Authorization": f"Bearer {self.stranger.token}"},
        )
        assert answer.is_success, answer.text
        return answer.json()

    def comment(self, receipt, text, root=None):
        body = {"status": text, "in_reply_to_id": receipt.ref.id, "visibility": "public"}
        return self.as_stranger("POST", "/api/v1/statuses", **body)["id"]

    def elsewhere(self, text):
        return self.as_stranger("POST", "/api/v1/statuses", status=text, visibility="public")["id"]

    def edit(self, item, text):
        self.as_stranger("PUT", f"/api/v1/statuses/{item.ref.id}", status=text)
        return True

    def delete(self, item):
        self.as_stranger("DELETE", f"/api/v1/statuses/{item.ref.id}")


def refused(call):
    """The error with which a call ends."""
    with pytest.raises(NetworkError) as raised:
        call()
    return raised.value
