"""X's archive ("Download an archive of your data"): lists that are assigned to names of X's own.

Follows the published format: data/tweets.js with its parts, data/account.js, as described by the README in
each archive. Longer posts, which X stores in a file of their own, appear as far as its list of posts has
them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from schoolgate.networks.archives.files import WHOLE, first_item, items, named, whole
from schoolgate.networks.archives.port import Bundle, LeftOut, OldPost, Owner, from_words
from schoolgate.networks.checks import clean_incoming

_NO_SIGN = re.compile(r"&#[xX]?0*[0-9a-fA-F]{7,};?")
"""The number of no sign: there are a million, and Python refuses to read numbers of thousands of figures."""
_POSTS = r"(?:.*/)?data/tweets?(?:-part\d+)?\.js"


class X:
    """The reader."""

    network = "x"

    def fits(self, bundle: Bundle) -> bool:
        """Whether X's list of posts is in it."""
        if bundle.kind == "text":
            item = first_item(bundle, WHOLE, script=True)
            return isinstance(item, dict) and "full_text" in _inner(item)
        return bool(named(bundle, _POSTS))

    def owner(self, bundle: Bundle) -> Owner:
        """Number and user name of the account."""
        for name in named(bundle, r"(?:.*/)?data/account\.js"):
            with bundle.open(name) as stream:
                said = whole(stream, script=True)
            try:
                account = said[0]["account"]
                number, handle = clean_incoming(account["accountId"]), clean_incoming(account["username"])
            except (KeyError, IndexError, TypeError):
                continue
            return Owner(number, handle, f"https://x.com/{handle}" if handle else "")
        return Owner()

    def posts(self, bundle: Bundle) -> Iterator[OldPost | LeftOut]:
        """Every entry of the lists of posts."""
        handle = self.owner(bundle).handle or "i"
        for name in [WHOLE] if bundle.kind == "text" else named(bundle, _POSTS):
            with bundle.open(name) as stream:
                for entry in items(stream, script=True):
                    yield _post(entry, handle)


def _inner(entry: Any) -> dict[str, Any]:
    """The post in an entry: newer archives wrap it."""
    if not isinstance(entry, dict):
        return {}
    inner = entry.get("tweet", entry)
    return inner if isinstance(inner, dict) else {}


def _post(entry: Any, handle: str) -> OldPost | LeftOut:
    post = _inner(entry)
    number = clean_incoming(post.get("id_str"))
    text = html.unescape(_NO_SIGN.sub("\ufffd", clean_incoming(post.get("full_text"))))
    if not number.isdigit() or len(number) > 25:
        return LeftOut("not_a_post")
    if text.startswith("RT @"):
        return LeftOut("shared")
    at = from_words(post.get("created_at"))
    if at is None:
        return LeftOut("no_time")
    media = _media(post)
    if not text and not media:
        return LeftOut("empty")
    return OldPost(
        key=number,
        written_at=at,
        text=text,
        address=f"https://x.com/{handle}/status/{number}",
        pictures=media,
        edited=_edited(post),
        reply=bool(post.get("in_reply_to_status_id_str") or post.get("in_reply_to_user_id_str")),
        language=clean_incoming(post.get("lang"))[:8],
    )


def _media(post: dict[str, Any]) -> int:
    for part in ("extended_entities", "entities"):
        found = post.get(part)
        if isinstance(found, dict) and isinstance(found.get("media"), list):
            return len(found["media"])
    return 0


def _edited(post: dict[str, Any]) -> bool | None:
    info = post.get("edit_info")
    if not isinstance(info, dict):
        return None
    if "edit" in info:
        return True
    first = info.get("initial")
    versions = first.get("editTweetIds") if isinstance(first, dict) else None
    return len(versions) > 1 if isinstance(versions, list) else None
