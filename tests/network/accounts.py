"""Accounts on the loopback network, made over its public interface; no invitation and no mail needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.network.asking import ask


@dataclass(frozen=True)
class Account:
    """One account with its main password (only for these tests) and an app password, as the program is
    given."""

    handle: str
    did: str
    password: str
    app_password: str
    token: str


def create_account(pds: str, handle: str, password: str = "only-for-tests") -> Account:
    """Make an account with a `*.test` handle on the server, with a profile (the AppView wants one) and app
    password."""
    made = _call(
        pds,
        "com.atproto.server.createAccount",
        handle=handle,
        email=f"{handle}@example.com",
        password=password,
    )
    _call(
        pds,
        "com.atproto.repo.putRecord",
        made["accessJwt"],
        repo=made["did"],
        collection="app.bsky.actor.profile",
        rkey="self",
        record={"$type": "app.bsky.actor.profile", "displayName": handle.split(".", maxsplit=1)[0].title()},
    )
    app = _call(pds, "com.atproto.server.createAppPassword", made["accessJwt"], name="schoolgate")
    return Account(handle, made["did"], password, app["password"], made["accessJwt"])


def _call(pds: str, method: str, token: str = "", **body: object) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = ask("POST", f"{pds}/xrpc/{method}", json=body, headers=headers, timeout=30)
    if answer.is_error:
        raise RuntimeError(f"{method}: {answer.status_code} {answer.text[:300]}")
    return dict(answer.json())
