"""Connecting accounts through an application that the operator registered with the company behind their
network: the same steps for all of them. Calls the network; no rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.google_business import signing_in as google_business
from schoolgate.networks.known import Choice, Known
from schoolgate.networks.linkedin import signing_in as linkedin
from schoolgate.networks.meta import signing_in as meta
from schoolgate.networks.meta_threads import signing_in as meta_threads
from schoolgate.networks.port import Credential
from schoolgate.networks.x import signing_in as x
from schoolgate.networks.youtube import signing_in as youtube


class _Company(Protocol):
    def has_application(self) -> bool:
        """Return whether the operator entered the keys of an application."""

    def dialog(self, network: str, *, state: str, back: str) -> str:
        """Return the company's address where the person says yes or no."""
        ...

    def choices(self, network: str, *, code: str, back: str, state: str, at: datetime) -> list[Choice]:
        """Return what the person who gave this code for this `state` may connect. Raises NetworkError."""

    def renewed(self, network: str, credential: Credential, *, at: datetime) -> Credential:
        """Return keys of the same account that live longer, if there are any. Raises NetworkError."""
        ...


_COMPANIES: Mapping[str, _Company] = {
    "facebook": meta,
    "instagram": meta,
    "threads": meta_threads,
    "youtube": youtube,
    "googlebusiness": google_business,
    "linkedin": linkedin,
    "x": x,
}


_ENDINGS: Mapping[str, Callable[[datetime], tuple[str, str] | None]] = {"linkedin": linkedin.ending}
"""The networks whose interfaces have versions that end."""


class Ending(NamedTuple):
    """A version of a network's interface that ends soon, and the setting that names it."""

    network: str
    version: str
    setting: str


def endings(at: datetime) -> list[Ending]:
    """Return what ends soon at the companies whose applications are entered."""
    told = [(key, ending(at)) for key, ending in _ENDINGS.items() if offered(key)]
    return [Ending(all_capabilities()[key].name, *each) for key, each in told if each is not None]


def offered(network: str) -> bool:
    """Return whether the operator entered the keys of an application for this network."""
    known = all_capabilities().get(network)
    return bool(known and known.with_app and network in _COMPANIES and _COMPANIES[network].has_application())


def dialog(network: str, *, state: str, back: str) -> str:
    """Return the address at the company where the person says yes or no."""
    return _COMPANIES[network].dialog(network, state=state, back=back)


def choices(network: str, *, code: str, back: str, at: datetime, state: str = "") -> list[Choice]:
    """Return what the person who gave this code for this `state` may connect. Raises NetworkError."""
    return _COMPANIES[network].choices(network, code=code, back=back, state=state, at=at)


def renewed(network: str, credential: Credential, *, at: datetime) -> Credential:
    """Return keys of the same account that live longer, or as they are where there are none. Raises
    NetworkError (`sign_in`, reconnect) where the person who connected it may no longer."""
    return _COMPANIES[network].renewed(network, credential, at=at)


RENEWED_BEFORE_USE = frozenset({"x"})
"""The networks whose keys end within hours, and are renewed by others that count only once."""
SPARE = timedelta(minutes=15)
"""How long before its end such a key is renewed: longer than any use of it takes."""


def ends_soon(network: str, credential: Credential, *, at: datetime) -> bool:
    """Return whether these keys have to be renewed before they are used."""
    if network not in RENEWED_BEFORE_USE or not credential.session:
        return False
    return Known.read(credential.session).access_until < (at + SPARE).timestamp()


def asks_about_children(network: str) -> bool:
    """Return whether the account's owner has to say to this network if its films are made for children."""
    return all_capabilities()[network].asks_about_children


def declared(credential: Credential, *, for_children: bool) -> Credential:
    """Return the credential with that answer."""
    known = replace(Known.read(credential.session), for_children=for_children)
    return replace(credential, session=known.to_text())
