"""What the server of an account told about its own limits, beside those that `capabilities.yaml` has for the
network. Mastodon's servers differ: one takes 500 characters, another 5,000."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.checks import limits_of
from schoolgate.networks.mastodon.account import Known
from schoolgate.networks.port import Limits

TOLD: Final = ("text_max", "pictures", "picture_bytes", "alt_max")
"""Those limits of `port.Limits` that a server may tell."""


def told_in(key: str, session: str) -> dict[str, int]:
    """Return the limits in the session that is saved with an account's keys; nothing of it is secret."""
    known = Known.read(session) if all_capabilities()[key].connector == "mastodon" else None
    found = {name: getattr(known, name, None) for name in TOLD}
    return {name: value for name, value in found.items() if value}


def limits_with(key: str, told: Mapping[str, int]) -> Limits:
    """Return the limits for an account on this network: as its server told them, else the network's."""
    known: dict[str, Any] = {name: told[name] for name in TOLD if name in told}
    return replace(limits_of(all_capabilities()[key]), **known)
