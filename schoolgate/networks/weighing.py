"""How long X counts a text: most signs of western scripts once, all others and each emoji twice, an address
23 whatever its length. Pure; `web/static/web/posts.mjs` counts the same while a post is written.

From docs.x.com/fundamentals/counting-characters and the configuration of twitter-text that it names
(version 3). X takes a name of a server without https:// for an address where it knows the name's end: it
counts here as the longer of both, so that nothing is sent that is too long.
"""

from __future__ import annotations

import re
import unicodedata

import grapheme

from schoolgate.networks.normal import find_links

ADDRESS = 23
_ONCE = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
_BARE = re.compile(
    r"(?<![\w@.-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}\b(?:/\S*)?",
    re.IGNORECASE | re.ASCII,
)


def weighted(text: str) -> int:
    """Return the length of a text on X."""
    raw, number, end = unicodedata.normalize("NFC", text).encode(errors="surrogatepass"), 0, 0
    for link in find_links(raw.decode(errors="surrogatepass")):
        if link.kind == "link":
            number += _without_addresses(raw[end : link.start].decode(errors="surrogatepass")) + ADDRESS
            end = link.end
    return number + _without_addresses(raw[end:].decode(errors="surrogatepass"))


def _without_addresses(text: str) -> int:
    bare = sum(max(0, ADDRESS - _plain(found.group())) for found in _BARE.finditer(text))
    return _plain(text) + bare


def _plain(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if _is_emoji(each) else sum(map(_weight, each)) for each in grapheme.graphemes(text))


def _weight(sign: str) -> int:
    return 1 if any(first <= ord(sign) <= last for first, last in _ONCE) else 2


def _is_emoji(cluster: str) -> bool:
    return any(sign in "\ufe0f\u20e3" or 0x1F000 <= ord(sign) <= 0x1FBFF for sign in cluster)
