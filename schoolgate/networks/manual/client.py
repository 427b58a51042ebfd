"""The port where there is no connector: everything is for a person, so every call is refused as not
offered."""

from __future__ import annotations

from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.checks import NotOffered
from schoolgate.networks.port import Credential


def open_client(key: str, credential: Credential) -> NotOffered:
    """A client that asks no network; the cards of `manual.cards` take its place."""
    return NotOffered(all_capabilities()[key])
