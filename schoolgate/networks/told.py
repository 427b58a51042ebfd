"""What the server of an account told about its own limits, beside those that `capabilities.yaml` has for the
network. Mastodon's servers differ: one takes 500 characters, another 5,000."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.checks import limits_of
from schoolgate.networks.mastodon.account import Known
from schoolgate.networks.port import Limits

SERVERS_DIFFER: Final = ("mastodon",)
"""The connectors to networks whose servers each have limits of their own."""
TOLD: Final = ("text_max", "text_unit", "pictures", "picture_bytes", "film_bytes", "alt_max")
"""Those limits of `port.Limits` that a server may tell."""


def told_in(key: str, session: str) -> dict[str, int | str]:
    """Return the limits in the session that is saved with an account's keys; nothing of it is secret."""
    known = _known(key, session)
    found = {name: getattr(known, name, None) for name in TOLD}
    return {name: value for name, value in found.items() if value}


def told_at(key: str, session: str) -> datetime | None:
    """Return when the server told these limits; None where it told none."""
    known = _known(key, session)
    return datetime.fromtimestamp(known.read_at, UTC) if known is not None and known.read_at else None


def limits_with(key: str, told: Mapping[str, int | str]) -> Limits:
    """Return the limits for an account on this network: as its server told them, else the network's."""
    known: dict[str, Any] = {name: told[name] for name in TOLD if name in told}
    return replace(limits_of(all_capabilities()[key]), **known)


def _known(key: str, session: str) -> Known | None:
    return Known.read(session) if all_capabilities()[key].connector in SERVERS_DIFFER else None
