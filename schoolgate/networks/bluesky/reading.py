"""What others wrote, read from Bluesky's AppView. It is a few seconds behind and its lists leave things out,
so the thread below a post and the account's notifications are read both, and neither is taken for
complete."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from schoolgate.networks.bluesky import records
from schoolgate.networks.bluesky.session import SignedIn
from schoolgate.networks.checks import whole
from schoolgate.networks.port import IncomingItem, NetworkError, Reactions, Ref

DEPTH = 50
PAGES = 10
SEARCHED = 4
"""Pages of one search."""
AT_ONCE = 25
_REASONS = ("reply", "mention", "quote")


def thread(account: SignedIn, ref: Ref) -> dict[str, IncomingItem]:
    """Return the replies to our post, by id; empty while the AppView does not know the post. Raises
    NetworkError."""
    try:
        found = account.ask("app.bsky.feed.getPostThread", {"uri": ref.id, "depth": DEPTH, "parentHeight": 0})
    except NetworkError as error:
        if error.code == "not_found":
            return {}
        raise
    hidden = set(((found.get("threadgate") or {}).get("record") or {}).get("hiddenReplies") or ())
    me = account.session().did
    return {
        one.ref.id: one for view in _below(found.get("thread")) if (one := _item(view, account, me, hidden))
    }


def notifications(account: SignedIn, since: datetime | None) -> Iterator[IncomingItem]:
    """Return replies, mentions and quotes that the account was notified of, newest first; at most a thousand.
    Raises NetworkError."""
    me = account.session().did
    cursor = ""
    for _ in range(PAGES):
        query = {"limit": 100, "reasons": list(_REASONS), **({"cursor": cursor} if cursor else {})}
        page = account.ask("app.bsky.notification.listNotifications", query)
        views = [view for view in page.get("notifications") or () if isinstance(view, dict)]
        for view in views:
            if view.get("reason") not in _REASONS:
                continue
            one = _item(view, account, me)
            if one is not None:
                yield replace(one, kind="quote") if view["reason"] == "quote" else one
        oldest = records.read_instant(views[-1].get("indexedAt")) if views else None
        cursor = str(page.get("cursor") or "")
        if not cursor or oldest is None or (since is not None and oldest < since):
            return


def search(account: SignedIn, words: str, since: datetime | None) -> Iterator[IncomingItem]:
    """Return public posts with all these words, newest first; at most 400. Raises NetworkError."""
    me, cursor = account.session().did, ""
    query: dict[str, Any] = {"q": words, "sort": "latest", "limit": 100}
    if since is not None:
        query["since"] = records.instant(since)
    for _ in range(SEARCHED):
        page = account.ask("app.bsky.feed.searchPosts", query | ({"cursor": cursor} if cursor else {}))
        for view in page.get("posts") or ():
            one = _item(view, account, me) if isinstance(view, dict) else None
            if one is not None:
                yield one
        cursor = str(page.get("cursor") or "")
        if not cursor:
            return


def by_id(account: SignedIn, refs: Sequence[Ref]) -> dict[str, IncomingItem | None]:
    """Return known items in their current state; None for one that is gone. Raises NetworkError."""
    me = account.session().did
    found: dict[str, IncomingItem | None] = {ref.id: None for ref in refs}
    for view in _views(account, list(found)):
        one = _item(view, account, me)
        if one is not None and one.ref.id in found:
            found[one.ref.id] = one
    return found


def reactions(account: SignedIn, refs: Sequence[Ref]) -> dict[str, Reactions]:
    """Return what the AppView counts for these posts; without those that it doesn't know. Raises
    NetworkError."""
    wanted = {ref.id: None for ref in refs}
    return {
        str(view["uri"]): Reactions(
            likes=whole(view.get("likeCount")),
            shares=whole(view.get("repostCount")),
            replies=whole(view.get("replyCount")),
            quotes=whole(view.get("quoteCount")),
        )
        for view in _views(account, list(wanted))
        if isinstance(view, dict) and view.get("uri") in wanted
    }


def _views(account: SignedIn, wanted: Sequence[str]) -> Iterator[Any]:
    for start in range(0, len(wanted), AT_ONCE):
        answer = account.ask("app.bsky.feed.getPosts", {"uris": wanted[start : start + AT_ONCE]})
        yield from answer.get("posts") or ()


def address_of(account: SignedIn, uri: str, handle: str) -> str:
    """The page where a person sees it. A server on this machine has no pages, so there it is the record
    itself."""
    did, collection, key = uri.removeprefix("at://").split("/")
    if account.origin.startswith("http://"):
        return (
            f"{account.origin}/xrpc/com.atproto.repo.getRecord?repo={did}&collection={collection}&rkey={key}"
        )
    return f"https://bsky.app/profile/{handle or did}/post/{key}"


def _below(node: Any) -> Iterator[dict[str, Any]]:
    """The posts below a thread's node, without recursion: a stranger decides how deep it goes."""
    waiting = _children(node)
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict) and isinstance(one.get("post"), dict):
            yield one["post"]
            waiting.extend(_children(one))


def _children(node: Any) -> list[Any]:
    replies = node.get("replies") if isinstance(node, dict) else None
    return list(replies) if isinstance(replies, list) else []


def _item(
    view: dict[str, Any], account: SignedIn, me: str, hidden: set[str] | frozenset[str] = frozenset()
) -> IncomingItem | None:
    """One post view; None for what does not look like one, so that one odd post does not hide the others."""
    try:
        uri = str(view["uri"])
        address = address_of(account, uri, str(view["author"].get("handle", "")))
        return records.item(view, address=address, ours=me, hidden=uri in hidden)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
