"""Texts as LinkedIn's interface writes them (its `little` format): a reserved sign without a backslash before
it is no plain text, and ends it silently. Pure."""

from __future__ import annotations

import re

from schoolgate.networks.normal import find_links

_RESERVED = frozenset("\\|{}@[]()<>#*_~")
_SAID = re.compile(
    r"\{hashtag\|((?:\\.|[^\\|{}])*)\|((?:\\.|[^\\|{}])*)\}"
    r"|@\[((?:\\.|[^\\\[\]])*)\]\([^()\s]*\)"
    r"|\\(.)",
    re.DOTALL,
)


def written(text: str) -> str:
    """Return a text as it is sent: everything plain, but its hashtags."""
    raw, parts, end = text.encode(), [], 0
    for link in find_links(text):
        if link.kind == "tag" and link.target.isalnum():
            parts.append(_plain(raw[end : link.start].decode()))
            parts.append(f"{{hashtag|\\#|{link.target}}}")
            end = link.end
    return "".join([*parts, _plain(raw[end:].decode())])


def read(told: str) -> str:
    """Return a text as people read it."""
    return _SAID.sub(_shown, told)


def _plain(text: str) -> str:
    return "".join(f"\\{sign}" if sign in _RESERVED else sign for sign in text)


def _shown(found: re.Match[str]) -> str:
    sign, tag, name, plain = found.groups()
    return plain if plain is not None else read(name) if name is not None else read(sign) + read(tag)
