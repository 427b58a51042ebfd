"""Single records by key, and the gate of a thread: who may reply, and which replies are hidden.

Lexicon app.bsky.feed.threadgate: the gate has the key of its post; an empty `allow` stops all replies, an
absent one allows them; `hiddenReplies` holds at most 300. The server accepts replies against the gate: only
the AppView enforces it, so a closed thread shows only when it is read.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from schoolgate.networks.bluesky import records
from schoolgate.networks.bluesky.session import SignedIn
from schoolgate.networks.port import IncomingItem, NetworkError


def new_gate(uri: str, *, at: datetime, allow: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """Return a gate's record for a post; without `allow` everyone may reply."""
    gate: dict[str, Any] = {"$type": records.GATE, "post": uri, "createdAt": records.instant(at)}
    return gate if allow is None else gate | {"allow": allow}


def is_closed(found: dict[str, Any] | None) -> bool:
    """Whether this gate stops all replies."""
    return found is not None and found.get("value", {}).get("allow") == []


def get_record(account: SignedIn, did: str, collection: str, key: str) -> dict[str, Any] | None:
    """One record as the server of the account holds it (uri, cid, value); None: it is not there. Raises
    NetworkError."""
    try:
        return account.ask("com.atproto.repo.getRecord", {"repo": did, "collection": collection, "rkey": key})
    except NetworkError as error:
        if error.code == "not_found":
            return None
        raise


def put_record(
    account: SignedIn, collection: str, key: str, record: dict[str, Any], *, over: str | None = ""
) -> None:
    """Write a record of our own under its key; the same again changes nothing.

    `over`: the version that it replaces (None: there is none yet), so that two changes at once do not lose
    one; the empty string does not ask. Raises NetworkError.
    """
    body = {"repo": account.session().did, "collection": collection, "rkey": key, "record": record}
    account.change("com.atproto.repo.putRecord", body if over == "" else body | {"swapRecord": over})


def delete_record(account: SignedIn, collection: str, key: str) -> None:
    """Delete a record of our own under its key; one that is not there is no error. Raises NetworkError."""
    body = {"repo": account.session().did, "collection": collection, "rkey": key}
    account.change("com.atproto.repo.deleteRecord", body)


def hide(account: SignedIn, key: str, item: IncomingItem, *, most: int | None) -> None:
    """Add an answer to the hidden ones of our post with that key. Raises NetworkError (`too_many_hidden` when
    full)."""
    gate, version = _gate(account, key, item.root, at=item.seen_at or item.created_at)
    hidden = list(gate.get("hiddenReplies") or ())
    if item.ref.id in hidden:
        return
    if most is not None and len(hidden) >= most:
        raise NetworkError("too_many_hidden", what_next="give_up")
    put_record(account, records.GATE, key, gate | {"hiddenReplies": [*hidden, item.ref.id]}, over=version)


def close(account: SignedIn, key: str, uri: str, *, at: datetime) -> None:
    """Stop all further replies; what is hidden stays hidden. Raises NetworkError."""
    gate, version = _gate(account, key, uri, at=at)
    if gate.get("allow") != []:
        put_record(account, records.GATE, key, gate | {"allow": []}, over=version)


def _gate(account: SignedIn, key: str, uri: str, *, at: datetime) -> tuple[dict[str, Any], str | None]:
    """Return the gate's record and version; a new one that allows all replies if there is none."""
    found = get_record(account, account.session().did, records.GATE, key)
    if found is None:
        return new_gate(uri, at=at), None
    return dict(found["value"]), str(found["cid"])
