"""Between our types and Mastodon's entities Status and Account. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final, Literal

from schoolgate.core.web_address import parts_of
from schoolgate.networks.archives.mastodon import plain
from schoolgate.networks.archives.port import Unreadable
from schoolgate.networks.archives.times import from_iso
from schoolgate.networks.checks import clean_incoming
from schoolgate.networks.normal import NormalFilm, NormalPost, tidy_text
from schoolgate.networks.port import Attachment, AttachmentKind, Author, IncomingItem, PublishedPost, Ref

OPEN, CLOSED = frozenset({"public", "unlisted"}), frozenset({"private", "direct"})
"""Who sees a status: everyone, or its author's followers and those it names."""
_KINDS: Final[Mapping[str, AttachmentKind]] = {
    "image": "picture",
    "gifv": "film",
    "video": "film",
    "audio": "sound",
}
JOINS = "\u00a0"
"""Between the mention that an answer has to begin with and its words: so that reading back knows our own."""


def ref_of(network: str, status: Mapping[str, Any]) -> Ref:
    """Where a status is. Its version is the instant of its last edit; empty where there was none."""
    return Ref(network, str(status["id"]), address_of(status.get("url")), _words(status.get("edited_at")))


def address_of(told: object) -> str:
    """An address that a person can open; empty for what is none."""
    address = _words(told)
    return address if parts_of(address).scheme in ("http", "https") else ""


def text_of(status: Mapping[str, Any]) -> str:
    """The words as a reader sees them, a content warning first."""
    try:
        words = plain(_words(status.get("content")))
    except Unreadable:
        words = ""
    return with_warning(_words(status.get("spoiler_text")), words)


def with_warning(warning: str, words: str) -> str:
    """A content warning stands before the words."""
    return clean_incoming("\n\n".join(part for part in (warning, words) if part))


def without_mention(text: str) -> str:
    """The words of an answer of ours, without the mention that `client.reply` put before them."""
    before, join, after = text.partition(JOINS)
    return after if join and before.startswith("@") and not set(before) & set(" \n") else text


def published(ref: Ref, status: Mapping[str, Any], text: str) -> PublishedPost:
    """A status of ours in normal form; `text` as it was written. The server draws pictures again, so their
    digests are not told."""
    language = _words(status.get("language"))
    media = [one for one in status.get("media_attachments") or () if isinstance(one, dict)]
    films = [one for one in media if one.get("type") in ("video", "gifv")]
    pictures = tuple(("", _words(one.get("description"))) for one in media if one not in films)
    film = NormalFilm("", tidy_text(_words(films[0].get("description"))), None) if films else None
    normal = NormalPost.of(without_mention(text), (language,) if language else (), pictures, film=film)
    return PublishedPost(ref, normal, from_iso(status.get("created_at")), comments_open=True)


def item(
    network: str,
    status: Mapping[str, Any],
    *,
    ours: str,
    root: str,
    kind: Literal["comment", "mention", "quote"],
) -> IncomingItem:
    """A status as an item; `ours` is our account's id. Raises KeyError, TypeError, ValueError for what is
    none.

    `seen_at` is told for people of the same server alone: what others' servers say may be days old, and then
    `since` would leave it out.
    """
    who = status["account"]
    handle = clean_incoming(who.get("acct"))
    at = from_iso(status.get("created_at"))
    seen_by = status.get("visibility")
    return IncomingItem(
        network=network,
        ref=ref_of(network, status),
        author=Author(str(who["id"]), handle, clean_incoming(who.get("display_name"))),
        text=text_of(status),
        created_at=at or datetime.fromtimestamp(0, UTC),
        seen_at=at if "@" not in handle else None,
        parent=_words(status.get("in_reply_to_id")),
        root=root,
        kind=kind,
        languages=(language,) if (language := _words(status.get("language"))) else (),
        edited=bool(status.get("edited_at")),
        ours=str(who["id"]) == ours,
        attachments=tuple(_attachments(status)),
        visibility="public" if seen_by in OPEN else "private" if seen_by in CLOSED else "unknown",
    )


def _attachments(status: Mapping[str, Any]) -> Iterator[Attachment]:
    """The pictures, films, sounds, poll, card and quoted post of a status."""
    for media in _rows(status.get("media_attachments")):
        kind = _KINDS.get(_words(media.get("type")), "other")
        link = address_of(media.get("url")) or address_of(media.get("remote_url"))
        yield Attachment(kind, _words(media.get("description")), link=link)
    poll = status.get("poll")
    if isinstance(poll, dict):
        yield Attachment(
            "poll", options=tuple(_words(one.get("title")) for one in _rows(poll.get("options")))
        )
    card = status.get("card")
    if isinstance(card, dict):
        yield Attachment("card", _words(card.get("title")), link=address_of(card.get("url")))
    quote = status.get("quote")
    if isinstance(quote, dict):
        quoted = quote.get("quoted_status")
        of = quoted if isinstance(quoted, dict) else quote
        if of.get("content") or of.get("url"):
            yield Attachment("quote", text_of(of), link=address_of(of.get("url")))


def _rows(told: object) -> list[dict[str, Any]]:
    return [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []


def _words(value: object) -> str:
    return clean_incoming(value)
