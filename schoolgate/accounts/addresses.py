"""Normalise addresses and handles as people type them, so that the same page is recognised again. Pure.

Two spellings of one page (www., m., http, a slash at the end, capitals, a link copied from a telephone
with tracking parameters in it) have one `key`. Two pages that only look alike to the eye have two keys
and one `likeness`: this detects a look-alike, and never makes one page pass for another. Whose a post is,
is told by its address alone; nothing is asked of the network."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode

from schoolgate.core.surroundings import parts_of
from schoolgate.patterns import lazy_pattern

LONGEST = 500
HOSTS = {
    "facebook": "facebook.com fb.com fb.me facebook.co.uk",
    "instagram": "instagram.com instagr.am",
    "threads": "threads.net threads.com",
    "x": "x.com twitter.com",
    "linkedin": "linkedin.com",
    "tiktok": "tiktok.com",
    "youtube": "youtube.com youtu.be",
    "bluesky": "bsky.app",
}
"""network -> the hosts under which it shows pages; prefixes (www., m., cy-gb.) are ignored."""

_NETWORK_OF = {host: network for network, hosts in HOSTS.items() for host in hosts.split()}
_CASE_COUNTS = frozenset({"channel", "c"})
_TRACKING = lazy_pattern(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|igsh(?:id)?|mibextid|si|ref|ref_?src|ref_?url|rdid|share_url|mc_[ce]id"
)
_BEFORE_PROFILE = frozenset(
    {"profile", "company", "school", "in", "channel", "c", "user", "pages", "groups", "people", "p"}
)
_FEDIVERSE = lazy_pattern(r"(?:users/|@)([\w.-]+)")
_HANDLE = lazy_pattern(r"@?[\w.-]{1,100}(?:@[\w.-]{3,253})?")
_HOST = lazy_pattern(r"[\w-]+(?:\.[\w-]+)+", re.UNICODE)

_LOOK_ALIKE = {
    "a": "аαɑ", "b": "ьвβ", "c": "сϲ", "d": "ԁ", "e": "еє", "g": "ɡ", "h": "һн", "i": "іιı", "j": "ј",
    "k": "кκ", "l": "ℓӏ1|", "m": "м", "n": "п", "o": "оοσ0", "p": "рρ", "q": "ԛ", "r": "г", "s": "ѕ",
    "t": "тτ", "v": "ν", "w": "ԝ", "x": "хχ", "y": "уγ",
}  # fmt: skip
"""Letters of other alphabets, and figures, that look like Latin ones at a glance (Unicode's own list of
look-alikes, the part of it that appears in names)."""
_LIKE = str.maketrans({like: plain for plain, likes in _LOOK_ALIKE.items() for like in likes})


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person asked about.

    `key`: the page in one spelling, empty where only a handle was given. `handle`: in one spelling, empty
    where there is none. `network`: empty where it cannot be told. `host`: as a browser shows it. `strange`:
    it contains letters of another alphabet, or invisible ones.
    """

    shown: str
    key: str = ""
    handle: str = ""
    network: str = ""
    host: str = ""
    strange: bool = False

    @property
    def likeness(self) -> str:
        """Return one value for all that look the same."""
        return likeness(self.key or self.handle)


def read(text: str) -> Typed | None:
    """Return what was typed, in one spelling; None where it can be neither an address nor a handle."""
    seen = "".join(c for c in text[: LONGEST * 2] if unicodedata.category(c) not in ("Cf", "Cc", "Co", "Cs"))
    hidden = seen != text.strip("\r\n\t ") and len(seen) < len(text.strip())
    seen = unicodedata.normalize("NFC", seen).strip().strip("<>\"'“”‘’.,;").replace("\\", "/")
    if not seen or len(seen) > LONGEST or " " in seen:
        return None
    if "/" not in seen and (seen.startswith("@") or "." not in seen):
        return _handle(seen, hidden) if _HANDLE.fullmatch(seen) else None
    return _address(seen, hidden)


@lru_cache(maxsize=20_000)
def on_record(address: str) -> Typed | None:
    """Return the same for an address on record, cached: each look-up compares all of a federation's. What
    visitors type goes through `read` and is not cached."""
    return read(address)


def key_of(address: str) -> str:
    """Return the normal form of an address on record; empty where it is none."""
    typed = on_record(address)
    return typed.key if typed else ""


def handle_of(handle: str) -> str:
    """Return the normal form of a handle on record."""
    return unicodedata.normalize("NFKC", handle).strip().lstrip("@").casefold()


def likeness(key: str) -> str:
    """Return what a key looks like at a glance."""
    plain = unicodedata.normalize("NFKD", key.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(_LIKE)
    return re.sub(r"[-_.]", "", plain.replace("rn", "m").replace("vv", "w"))


def _handle(seen: str, hidden: bool) -> Typed:
    handle = handle_of(seen)
    if "@" in handle:  # name@server, as Mastodon writes it
        name, _, host = handle.partition("@")
        return Typed(seen, f"https://{host}/@{name}", "", "mastodon", host, hidden or not handle.isascii())
    return Typed(seen, "", handle, "", "", hidden or not handle.isascii())


def _address(seen: str, hidden: bool) -> Typed | None:
    if "://" not in seen:
        seen = f"https://{seen.lstrip('/')}"
    parts = parts_of(seen)
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    ours = _host(host)
    if ours is None:
        return None
    strange = hidden or not ours.isascii()
    network = next((net for end, net in _NETWORK_OF.items() if ours == end or ours.endswith(f".{end}")), "")
    if network:
        profile = _profile(network, parts)
        handle = profile.rpartition("/")[2].lstrip("@") if profile else ""
        return Typed(seen, f"{network}:{profile}", handle, network, ours, strange or not profile.isascii())
    return _elsewhere(seen, ours, parts.port, parts, strange)


def _host(host: str) -> str | None:
    """Return the host in letters (not as xn--), without meaningless parts; None where it is no host name."""
    try:
        read_out = ".".join(
            label.encode("ascii").decode("idna") if label.startswith("xn--") else label
            for label in unicodedata.normalize("NFKC", host).casefold().split(".")
        )
    except UnicodeError:
        return None
    if not _HOST.fullmatch(read_out) and read_out != "localhost":
        return None
    for before in ("www.", "m.", "mobile."):
        if read_out.startswith(before) and read_out.count(".") > 1:
            return read_out.removeprefix(before)
    return read_out


def _profile(network: str, parts: SplitResult) -> str:
    """Return the profile that an address on a network belongs to; a post leads to its author's."""
    path = [unquote(one) for one in parts.path.split("/") if one]
    asked = dict(parse_qsl(parts.query))
    if network == "facebook" and path[:1] in (["profile.php"], ["people"], ["pages"]):
        number = asked.get("id") or (path[-1] if path[-1].isdigit() else "")
        if number:
            return number
    if not path:
        return ""
    if path[0].casefold() in _BEFORE_PROFILE and len(path) > 1:
        kind = path[0].casefold()
        name = path[1] if kind in _CASE_COUNTS else path[1].casefold()
        # The same company or user, whichever way the network writes it; a channel's own code stays one.
        return name if kind in ("profile", "user") else f"{kind}/{name}"
    return path[0].casefold().lstrip("@") if network != "youtube" else path[0].casefold()


def _elsewhere(seen: str, host: str, port: int | None, parts: SplitResult, strange: bool) -> Typed:
    path = unquote(parts.path).strip("/")
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    member = _FEDIVERSE.match(path)
    if member:
        name = member[1].casefold()
        return Typed(seen, f"https://{place}/@{name}", name, "mastodon", host, strange)
    kept = sorted(
        (name, value) for name, value in parse_qsl(parts.query) if not _TRACKING.fullmatch(name.lower())
    )
    key = f"https://{place}" + (f"/{path}" if path else "") + (f"?{urlencode(kept)}" if kept else "")
    return Typed(seen, key, "", "", host, strange or not path.isascii())


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
