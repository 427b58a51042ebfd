"""The entries of an RSS or Atom feed, by libxml2's XML reader. Builds no tree and resolves nothing; refuses a
feed that declares a type."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urljoin

from schoolgate.core.days import check_instant, instant_in, instant_in_header
from schoolgate.core.outside.declaring import declares
from schoolgate.core.outside.texts import AT_ONCE, DEEPEST_MARKUP, TooDeep, decoded, read_page

KINDS: Final = (
    "application/rss+xml", "application/atom+xml", "application/xml", "text/xml", "application/rdf+xml",
)  # fmt: skip
"""The media types of feeds."""
MOST_ENTRIES: Final = 100
LONGEST_TITLE: Final = 300
LONGEST_TEXT: Final = 4000
_MOST_READ: Final = 40_000
"""Characters of one field that are read before its markup is taken out."""
_HEAD: Final = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_SAID: Final = re.compile(rb"<\?xml[^>]{0,200}encoding\s{0,9}=\s{0,9}[\"']([a-zA-Z0-9._-]{1,40})[\"']")
_LONGEST_TIME: Final = 100
_ENTRY: Final = frozenset({"item", "entry"})
_FIELDS: Final = {
    "title": "title", "description": "text", "summary": "text", "content": "text", "encoded": "text",
    "pubdate": "at", "published": "at", "updated": "at", "date": "at", "creator": "author", "name": "author",
    "author": "author", "link": "link", "guid": "guid", "id": "guid",
}  # fmt: skip


class NoFeed(Exception):
    """These bytes are no feed that can be read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as plain text. `at`: None where the feed tells no time that can be read."""

    address: str
    title: str
    text: str
    author: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed holds: its own title, and its first entries in their order."""

    title: str
    entries: tuple[Entry, ...]


def read_feed(body: bytes, *, charset: str = "", address: str = "") -> Feed:
    """Return the entries of a feed. `charset`: as the answer's header names it; `address`: where it is, for
    links without a host. An entry without an https or http address is left out.

    Raises NoFeed.
    """
    from lxml import etree  # a large library, needed in few processes

    text = _decoded(body, charset)
    if declares(text):
        raise NoFeed
    reads = _Entries(address)
    parser = etree.XMLParser(
        target=reads, resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False,
        dtd_validation=False, encoding="utf-8",
    )  # fmt: skip
    whole = _HEAD.sub("", text).strip().encode("utf-8", "replace")
    if not whole:
        raise NoFeed
    try:
        for begin in range(0, len(whole), AT_ONCE):
            parser.feed(whole[begin : begin + AT_ONCE])
        parser.close()
    except (etree.XMLSyntaxError, TooDeep, ValueError):
        if not reads.entries:  # what came before the damage counts
            raise NoFeed from None
    if not reads.is_feed:
        raise NoFeed
    return Feed(reads.title, tuple(reads.entries))


def plain(html: str) -> str:
    """Return the words of a piece of markup in one line."""
    found: list[str] = []
    reader = _Words(found)
    with suppress(TooDeep, ValueError):  # what was read until then counts
        read_page(html[:_MOST_READ], reader)
    return " ".join("".join(found).split())


def _decoded(body: bytes, charset: str) -> str:
    said = _SAID.search(body[:400])
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        charset = "utf-16"
    return decoded(body, charset or (said.group(1).decode("ascii") if said else "utf-8")).lstrip("\ufeff")


class _Words:
    """Collects words; blocks are apart."""

    def __init__(self, found: list[str]) -> None:
        self._found, self._quiet = found, 0

    def start(self, tag: str, given: dict[str, str]) -> None:
        self._quiet += tag in ("script", "style")
        if tag not in ("b", "i", "em", "strong", "a", "span"):
            self._found.append(" ")

    def end(self, tag: str) -> None:
        self._quiet -= tag in ("script", "style")

    def data(self, text: str) -> None:
        if self._quiet <= 0:
            self._found.append(text)


class _Entries:
    """Takes the parts of a feed as they are read."""

    def __init__(self, address: str) -> None:
        self.entries: list[Entry] = []
        self.title, self.is_feed = "", False
        self._address, self._depth = address, 0
        self._said: dict[str, str] | None = None
        self._field, self._words, self._size = "", [], 0  # type: tuple[str, list[str], int]

    def start(self, tag: str, given: dict[str, str]) -> None:
        """An element begins."""
        self._depth += 1
        if self._depth > DEEPEST_MARKUP:
            raise TooDeep
        name = _name(tag)
        if self._depth == 1:
            self.is_feed = name in ("rss", "feed", "rdf")
        if name in _ENTRY and len(self.entries) < MOST_ENTRIES:
            self._said = {}
        elif name in _FIELDS and not (self._field == "author" and name != "name"):
            self._field, self._words, self._size = _FIELDS[name], [], 0
            is_link = name == "link" and given.get("rel", "alternate") == "alternate"
            if is_link and self._said is not None and given.get("href"):
                self._said.setdefault("link", given["href"])

    def data(self, text: str) -> None:
        """Words of a field, in pieces."""
        if self._field and self._size < _MOST_READ:
            self._words.append(text)
            self._size += len(text)

    def end(self, tag: str) -> None:
        """An element ends: a field is kept, or the whole entry."""
        self._depth -= 1
        name = _name(tag)
        if self._field and _FIELDS.get(name) == self._field:
            words = "".join(self._words)[:_MOST_READ].strip()
            if words and self._said is not None:
                self._said.setdefault(self._field, words)
            elif words and self._field == "title" and not self.title:
                self.title = plain(words)[:LONGEST_TITLE]
            self._field = ""
        if name in _ENTRY and self._said is not None:
            self._keep(self._said)
            self._said = None

    def comment(self, text: str) -> None:
        """No part of what people read."""

    def close(self) -> None:
        """The feed is over."""

    def _keep(self, said: dict[str, str]) -> None:
        address = urljoin(self._address, said.get("link") or said.get("guid", ""))
        if not address.startswith(("https://", "http://")) or len(address) > 2000:
            return
        self.entries.append(
            Entry(
                address,
                plain(said.get("title", ""))[:LONGEST_TITLE],
                plain(said.get("text", ""))[:LONGEST_TEXT],
                plain(said.get("author", ""))[:LONGEST_TITLE],
                _instant(said.get("at", "")),
            )
        )


def _name(tag: str) -> str:
    return tag.rpartition("}")[2].lower()


def _instant(words: str) -> datetime | None:
    for read in (instant_in, instant_in_header):
        with suppress(ValueError):
            at = read(words.strip()[:_LONGEST_TIME])
            return check_instant(at if at.tzinfo else at.replace(tzinfo=UTC))
    return None
