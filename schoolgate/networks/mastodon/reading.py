"""What is on the server: what others wrote to us, and what we posted ourselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from schoolgate.core.clock import now
from schoolgate.core.days import instant_in_header
from schoolgate.networks.archives.times import from_iso
from schoolgate.networks.checks import whole
from schoolgate.networks.mastodon import statuses
from schoolgate.networks.mastodon.account import Account, is_id
from schoolgate.networks.port import IncomingItem, NetworkError, Reactions, Ref

PAGE = 40
PAGES = 25
AT_ONCE = 20
DEEPEST = 30
"""Answers to answers, until the post at the top of a thread is looked for no further."""
TOLERANCE = timedelta(seconds=5)
"""By how much a server's clock may jump."""
_KINDS = ("mention", "quote")
SEARCHED = 2
"""Pages of one search."""


def below(account: Account, network: str, ref: Ref) -> list[IncomingItem]:
    """Return what stands below our post. Raises NetworkError."""
    me = account.known().id
    found = account.ask(f"/api/v1/statuses/{checked_id(ref)}/context").get("descendants")
    listed = found if isinstance(found, list) else []
    return [one for status in listed if (one := _item(network, status, me, root=ref.id, kind="comment"))]


def addressed(account: Account, network: str, since: datetime | None) -> list[IncomingItem]:
    """Return what the account was notified of, at most a thousand; replies below our own posts are
    "comment". Raises NetworkError."""
    me = account.known().id
    told = [(one["type"], one["status"]) for one in _notified(account, since)]
    roots = _roots(account, [status for _, status in told], me)
    found = []
    for kind, status in told:
        root = roots.get(str(status.get("id")), "")
        what = "quote" if kind == "quote" else "comment" if root else "mention"
        one = _item(network, status, me, root=root, kind=what)
        if one is not None:
            found.append(one)
    return found


def search(account: Account, network: str, words: str) -> list[IncomingItem]:
    """Return posts that the server finds for these words in this order and everyone may see; at most 80.
    Raises NetworkError."""
    me, found = account.known().id, []
    phrase = words.replace('"', " ").strip()
    for page in range(SEARCHED):
        query = {"q": f'"{phrase}"', "type": "statuses", "limit": PAGE, "offset": page * PAGE}
        told = account.ask("/api/v2/search", query).get("statuses")
        some = told if isinstance(told, list) else []
        public = [one for one in some if isinstance(one, dict) and one.get("visibility") in statuses.OPEN]
        found += [item for one in public if (item := _item(network, one, me, root="", kind="mention"))]
        if len(some) < PAGE:
            break
    return found


def by_id(account: Account, network: str, refs: Sequence[Ref]) -> dict[str, IncomingItem | None]:
    """Return known items in their current state; None for one that is gone. Raises NetworkError."""
    me = account.known().id
    there = _statuses(account, [ref.id for ref in refs if is_id(ref.id)])
    roots = _roots(account, list(there.values()), me)
    found: dict[str, IncomingItem | None] = {}
    for ref in refs:
        status, root = there.get(ref.id), roots.get(ref.id, "")
        kind = "comment" if root else "mention"
        found[ref.id] = _item(network, status, me, root=root, kind=kind) if status is not None else None
    return found


def reactions(account: Account, refs: Sequence[Ref]) -> dict[str, Reactions]:
    """Return what the server counts for these posts; without those that it doesn't know. Raises
    NetworkError."""
    there = _statuses(account, [ref.id for ref in refs if is_id(ref.id)])
    return {
        key: Reactions(
            likes=whole(status.get("favourites_count")),
            shares=whole(status.get("reblogs_count")),
            replies=whole(status.get("replies_count")),
            quotes=whole(status.get("quotes_count")),
        )
        for key, status in there.items()
    }


def posted_since(account: Account, at: datetime) -> Iterator[dict[str, Any]]:
    """Our own statuses from an instant of our clock on, newest first, as the server has them. Raises
    NetworkError, also where it cannot be told that these are all."""
    me, older = account.known().id, ""
    for _ in range(PAGES):
        query = {"limit": PAGE, "exclude_reblogs": "true"} | ({"max_id": older} if older else {})
        page = account.ask_list(f"/api/v1/accounts/{me}/statuses", query)
        theirs = at + _ahead(page.date, now()) - TOLERANCE
        for status in page.items:
            written = from_iso(status.get("created_at"))
            if written is not None and written < theirs:
                return
            yield status
        older = page.older
        if not older:
            return
    raise NetworkError("not_offered", what_next="give_up", detail="too many posts")


def words_of(account: Account, status: Mapping[str, Any]) -> str:
    """The text of a status of ours as it was written; as readers see it where the server does not tell that.
    Raises NetworkError."""
    try:
        told = account.ask_if_there(f"/api/v1/statuses/{status['id']}/source")
    except NetworkError as error:
        if error.what_next == "try_again":
            raise
        told = None
    if told is None or not isinstance(told.get("text"), str):
        return statuses.text_of(status)
    return statuses.with_warning(str(told.get("spoiler_text") or ""), told["text"])


def checked_id(ref: Ref) -> str:
    """The id of a thing, fit to be part of an address. Raises NetworkError."""
    if not is_id(ref.id):
        raise NetworkError("not_found", what_next="give_up")
    return ref.id


def _notified(account: Account, since: datetime | None) -> Iterator[dict[str, Any]]:
    older = ""
    for _ in range(PAGES):
        query: dict[str, Any] = {"limit": PAGE, "types[]": list(_KINDS)}
        page = account.ask_list("/api/v1/notifications", query | ({"max_id": older} if older else {}))
        for one in page.items:
            if one.get("type") in _KINDS and isinstance(one.get("status"), dict):
                at = from_iso(one.get("created_at"))
                if at is None or since is None or at >= since:
                    yield one
        times = [at for one in page.items if (at := from_iso(one.get("created_at")))]
        older = page.older
        if not older or (since is not None and times and min(times) < since):
            return


def _statuses(account: Account, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Several at once (Mastodon 4.3), one by one where the server can't."""
    found: dict[str, dict[str, Any]] = {}
    wanted = list(dict.fromkeys(ids))
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        try:
            page: Sequence[dict[str, Any]] = account.ask_list("/api/v1/statuses", {"id[]": some}).items
        except NetworkError as error:
            if error.code not in ("not_found", "refused"):
                raise
            page = [one for each in some if (one := account.ask_if_there(f"/api/v1/statuses/{each}"))]
        found |= {str(one.get("id")): one for one in page}
    return {key: found[key] for key in wanted if key in found}


def _roots(account: Account, start: Sequence[Mapping[str, Any]], me: str) -> dict[str, str]:
    """By id of a status, the id of the post at the top of its thread, where that is ours. Asks for whole
    layers of answered statuses at once: requests are counted."""
    known = {str(one.get("id")): one for one in start}
    missing = _answered(known.values()) - set(known)
    for _ in range(DEEPEST):
        if not missing:
            break
        layer = _statuses(account, sorted(missing))
        known |= layer
        missing = _answered(layer.values()) - set(known)
    return {key: top for one in start if (top := _top(key := str(one.get("id")), known, me))}


def _answered(some: Any) -> set[str]:
    told = {str(one.get("in_reply_to_id") or "") for one in some}
    return {key for key in told if is_id(key)}


def _top(key: str, known: Mapping[str, Mapping[str, Any]], me: str) -> str:
    seen: set[str] = set()
    while key in known and key not in seen:
        seen.add(key)
        status = known[key]
        if not status.get("in_reply_to_id"):
            who = status.get("account")
            return key if isinstance(who, dict) and str(who.get("id")) == me and len(seen) > 1 else ""
        key = str(status["in_reply_to_id"])
    return ""


def _ahead(date: str, here: datetime) -> timedelta:
    """By how much the server's clock is ahead of ours at least (`here`: when its answer had come); nothing
    where it tells no time."""
    try:
        return instant_in_header(date) - here
    except ValueError:
        return timedelta()


def _item(network: str, status: Any, me: str, **more: Any) -> IncomingItem | None:
    """None for what is no status, so that one odd one does not hide the others."""
    try:
        return statuses.item(network, status, ours=me, **more)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def since_then(items: Sequence[IncomingItem], since: datetime | None) -> list[IncomingItem]:
    """Oldest first; those that the server saw at or after `since`, or whose time it does not tell."""
    kept = [item for item in items if since is None or item.seen_at is None or item.seen_at >= since]
    once = {item.ref.id: item for item in kept}
    return sorted(once.values(), key=lambda item: (item.seen_at or item.created_at, item.ref.id))
