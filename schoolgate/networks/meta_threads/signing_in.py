"""Connecting Threads profiles through the operator's application: the way to the page where a person says yes
or no, the exchange of its code for keys, and keys that live longer. Calls the network; no rows.

Written from developers.facebook.com/docs/threads/get-started (get-access-tokens-and-permissions,
long-lived-tokens). Threads has applications of its own, with another id and secret than Meta's others.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from schoolgate.core.env import env
from schoolgate.networks.checks import clean_incoming
from schoolgate.networks.known import Choice, Known
from schoolgate.networks.meta.account import Graph, id_of
from schoolgate.networks.meta.signing_in import end_of, key_in
from schoolgate.networks.meta_threads import client
from schoolgate.networks.port import Credential
from schoolgate.networks.transport import Transport

DIALOG = "https://threads.net"
RIGHTS = (
    "threads_basic", "threads_content_publish", "threads_read_replies", "threads_manage_replies",
    "threads_delete", "threads_manage_insights",
)  # fmt: skip
"""What the person is asked to allow; no more than the client uses."""


def has_application() -> bool:
    """Return whether the operator entered the keys of an application for Threads."""
    return bool(env().threads_app_id and env().threads_app_secret.get_secret_value())


def dialog(network: str, *, state: str, back: str) -> str:
    """Return the address at Threads where the person says yes or no."""
    asked = {
        "client_id": env().threads_app_id, "redirect_uri": back, "state": state, "response_type": "code",
        "scope": ",".join(RIGHTS),
    }  # fmt: skip
    return f"{DIALOG}/oauth/authorize?{urlencode(asked)}"


def choices(network: str, *, code: str, back: str, state: str, at: datetime) -> list[Choice]:
    """Return the one profile of the person who gave this code. Raises NetworkError."""
    secret = env().threads_app_secret.get_secret_value()
    given = {
        "client_id": env().threads_app_id, "client_secret": secret, "code": code,
        "grant_type": "authorization_code", "redirect_uri": back,
    }  # fmt: skip
    short = _keys(
        "POST", "/oauth/access_token", secrets=(secret, code), content=urlencode(given).encode(),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )["access_token"]  # fmt: skip
    longer = {"grant_type": "th_exchange_token", "client_secret": secret, "access_token": short}
    told = _keys("GET", "/access_token", secrets=(secret, short), params=longer)
    credential = Credential(secret=told["access_token"], service=client.API)
    graph = Graph(_transport(), credential, version=client.VERSION)
    found = graph.ask("me", "id,username,name")
    number, handle = id_of(found), clean_incoming(found.get("username"))
    name = clean_incoming(found.get("name")) or handle
    known = Known(number, name, run_out_at=end_of(told, at))
    return [Choice(number, name, handle, replace(credential, handle=handle, session=known.to_text()))]


def renewed(network: str, credential: Credential, *, at: datetime) -> Credential:
    """Return a key of the same profile that lives longer. Raises NetworkError (`sign_in`, reconnect) where
    the person who connected it may no longer."""
    asked = {"grant_type": "th_refresh_token", "access_token": credential.secret}
    told = _keys("GET", "/refresh_access_token", secrets=(credential.secret,), params=asked)
    known = replace(Known.read(credential.session), run_out_at=end_of(told, at))
    return replace(credential, secret=told["access_token"], session=known.to_text())


def _keys(method: str, path: str, *, secrets: tuple[str, ...], **how: Any) -> dict[str, Any]:
    """Exchange something for a key."""
    return key_in(_transport().exchange(method, path, changes=False, **how), secrets=secrets)


def _transport() -> Transport:
    return Transport(client.API, time_out=20.0)
