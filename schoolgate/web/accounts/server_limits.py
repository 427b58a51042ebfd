"""What the server of an account takes in one post, for the account's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from schoolgate.accounts.connecting import are_old
from schoolgate.accounts.models import Account
from schoolgate.networks.told import limits_with


@dataclass(frozen=True)
class ServerLimits:
    """The limits of one server. `film_megabytes`: None where it tells none. `old`: it has not answered for
    days."""

    characters: int | None
    pictures: int | None
    film_megabytes: int | None
    told_at: datetime
    old: bool


def of_server(account: Account, *, at: datetime) -> ServerLimits | None:
    """Return what the account's own server told; None for an account whose server told nothing."""
    if account.limits_told_at is None or not account.told_limits:
        return None
    limits, film = limits_with(account.network, account.told_limits), account.told_limits.get("film_bytes")
    return ServerLimits(
        limits.text_max,
        limits.pictures,
        film // 1_000_000 if film else None,
        account.limits_told_at,
        old=are_old(account, at=at),
    )
