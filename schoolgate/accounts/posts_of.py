"""Whose a post is, as far as its address on a network shows. Pure; nothing is asked of the network."""

from __future__ import annotations

import re
from enum import StrEnum
from urllib.parse import parse_qsl, unquote

from schoolgate.accounts.addresses import handle_of, on_record
from schoolgate.core.web_address import parts_of

SHOWS: dict[str, str] = {
    "bluesky": r"profile/(?P<who>[^/]+)/post/",
    "facebook": r"(?P<who>groups/[^/]+|(?!groups/|watch/|share/|reel/|photo/|events/|pages/|people/)[^/]+)/"
    r"(?:posts|photos|videos|reel)/",
    "instagram": r"(?P<who>(?!p/|reel/)[^/]+)/(?:p|reel)/",
    "threads": r"@(?P<who>[^/]+)/post/",
    "x": r"(?P<who>(?!i/)[^/]+)/status/",
    "linkedin": r"posts/(?P<who>[^/_]+)_",
    "tiktok": r"@(?P<who>[^/]+)/(?:video|photo)/",
    "mastodon": r"(?:@|users/)(?P<who>[^/@]+)/",
}
"""network -> the beginning of a post's path that names its page. Other forms (a share link, a reel, a film on
YouTube) don't name it."""
NAMES_POST = frozenset({"story_fbid", "id", "fbid", "v", "set"})
"""Parts of a query that say which post it is; the others only follow people about."""


class Whose(StrEnum):
    """What the address of a post shows."""

    OURS = "ours"
    ANOTHERS = "anothers"
    UNTOLD = "untold"


def whose(network: str, post: str, *, handle: str, address: str) -> Whose:
    """Return whether an address of a post is on the account with this handle and address."""
    names, server = _names(network, handle, address)
    shown = _page_of(network, post)
    if not shown or not names:
        return Whose.UNTOLD
    if server and parts_of(post).hostname not in server:
        return Whose.ANOTHERS
    if shown in names:
        return Whose.OURS
    # A page with a name has a number as well: the one doesn't tell the other.
    both = {each.isdigit() for each in names}
    other_kind = network == "facebook" and shown.isdigit() not in both
    other_kind = other_kind or (network == "bluesky" and shown.startswith("did:"))
    return Whose.UNTOLD if other_kind else Whose.ANOTHERS


def same_post(one: str, other: str) -> bool:
    """Return whether two addresses lead to one post: without tracking, and whichever prefix the host has."""
    return _key(one) == _key(other)


def last_part(post: str) -> str:
    """Return the part of an address by which other spellings of it can be found."""
    parts = parts_of(post)
    path = [each for each in parts.path.split("/") if each]
    asked = dict(parse_qsl(parts.query))
    return next(
        (asked[each] for each in ("story_fbid", "fbid", "v") if each in asked), path[-1] if path else ""
    )


def _page_of(network: str, post: str) -> str:
    parts = parts_of(post)
    path = unquote(parts.path).lstrip("/")
    if network == "facebook" and path.rstrip("/") in ("permalink.php", "story.php"):
        return dict(parse_qsl(parts.query)).get("id", "")
    found = re.match(SHOWS[network], path, re.IGNORECASE) if network in SHOWS else None
    return found["who"].casefold() if found else ""


def _names(network: str, handle: str, address: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return by which names a page is known on its network, and on which servers (Mastodon's)."""
    known = on_record(address) if address else None
    said = handle_of(handle)
    name, _at, server = said.partition("@")
    shown = known.key.partition(":")[2].removeprefix("company/").removeprefix("school/") if known else ""
    if network == "mastodon":
        shown = known.handle if known else ""
        servers = {server} | ({known.host} if known else set())
        return frozenset({name, shown} - {""}), frozenset(servers - {""})
    return frozenset({said, shown.casefold()} - {""}), frozenset()


def _key(post: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    parts = parts_of(post)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("mobile.")
    host = {"twitter.com": "x.com", "threads.net": "threads.com"}.get(host, host)
    asked = tuple(sorted(each for each in parse_qsl(parts.query) if each[0] in NAMES_POST))
    return host, parts.path.rstrip("/"), asked
