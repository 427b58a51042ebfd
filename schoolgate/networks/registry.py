"""From the key of a network to its client and its capabilities. Clients are imported when they are first
asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from schoolgate.networks.capabilities import Capabilities, Connector, all_capabilities
from schoolgate.networks.port import Credential, Network

_CLIENTS: dict[Connector, str] = {
    "noticeboard": "schoolgate.networks.noticeboard.client",
    "bluesky": "schoolgate.networks.bluesky.client",
    "mastodon": "schoolgate.networks.mastodon.client",
    "facebook": "schoolgate.networks.facebook.client",
    "instagram": "schoolgate.networks.instagram.client",
    "threads": "schoolgate.networks.meta_threads.client",
    "youtube": "schoolgate.networks.youtube.client",
    "googlebusiness": "schoolgate.networks.google_business.client",
    "linkedin": "schoolgate.networks.linkedin.client",
    "x": "schoolgate.networks.x.client",
    "manual": "schoolgate.networks.manual.client",
}


class _Client(Protocol):
    def open_client(self, key: str, credential: Credential) -> Network: ...


def capabilities(key: str) -> Capabilities:
    """What a network can do. Raises KeyError for a key that `capabilities.yaml` does not have."""
    return all_capabilities()[key]


def network_keys() -> list[str]:
    """The keys of all networks, in the order in which pages show them."""
    return list(all_capabilities())


def connect(key: str, credential: Credential) -> Network:
    """A client for one account; nothing is sent by connecting. Raises NetworkError where the credential
    cannot be one (`sign_in`, `bad_address`), KeyError for an unknown network."""
    found = capabilities(key)
    connector = (found.connected() if credential.secret else found).connector
    module = cast("_Client", import_module(_CLIENTS[connector]))
    return module.open_client(key, credential)
