"""Between our types and Bluesky's records; the address of a record by its content, and the records of a
thread. Pure; lexicons app.bsky.feed.post, app.bsky.embed.images, app.bsky.richtext.facet.

Each part of a thread names the record that it answers, by its CID as the server computes it: SHA-256 of
its DAG-CBOR (https://atproto.com/specs/data-model). So all are written at once, and all are there or
none.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from typing import Any

from schoolgate.core.days import check_instant, instant_in
from schoolgate.networks.checks import clean_incoming
from schoolgate.networks.normal import (
    Link,
    NormalCard,
    NormalFilm,
    NormalPost,
    OutgoingCard,
    find_links,
    tidy_text,
)
from schoolgate.networks.port import (
    Attachment,
    Author,
    IncomingItem,
    OutgoingFilm,
    OutgoingPicture,
    OutgoingPost,
    OutgoingReply,
    PublishedPost,
    Ref,
    part_key,
)

POST = "app.bsky.feed.post"
GATE = "app.bsky.feed.threadgate"
BLOCK = "app.bsky.graph.block"
_FACET = "app.bsky.richtext.facet"
_SHA256_OF_RAW = bytes([1, 0x55, 0x12, 0x20])


def instant(at: datetime) -> str:
    """An instant as the lexicon's `datetime` wants it: UTC, milliseconds."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def read_instant(text: object) -> datetime | None:
    """Parse an instant; return None for an invalid one, or one without a time zone."""
    if not isinstance(text, str):
        return None
    try:
        return check_instant(instant_in(text))
    except ValueError:
        return None


def record_key(uri: str) -> str:
    """The last part of at://did/collection/key."""
    return uri.rsplit("/", 1)[-1]


def post_record(
    out: OutgoingPost | OutgoingReply,
    *,
    did_of: Callable[[str], str | None],
    embed: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The record for a post or an answer. `did_of` finds the account behind a mentioned handle (None: plain
    text); `embed` has its pictures, its film or its link card."""
    text = tidy_text(out.text)
    record: dict[str, Any] = {"$type": POST, "text": text, "createdAt": instant(out.created_at)}
    if out.languages:
        record["langs"] = sorted(out.languages)
    facets = [facet for link in find_links(text) if (facet := _facet(link, did_of))]
    if facets:
        record["facets"] = facets
    if isinstance(out, OutgoingReply):
        record["reply"] = {
            "root": {"uri": out.root.id, "cid": out.root.version},
            "parent": {"uri": out.parent.id, "cid": out.parent.version},
        }
    if embed:
        record["embed"] = embed
    return record


def pictures_embed(stored: Iterable[tuple[OutgoingPicture, dict[str, Any]]]) -> dict[str, Any]:
    """Return the pictures with their blobs, in this order: each with its alternative text and, where the size
    is known, its shape (so that pages do not jump)."""
    images = []
    for picture, blob in stored:
        image: dict[str, Any] = {"image": blob, "alt": tidy_text(picture.alt)}
        if picture.width > 0 and picture.height > 0:
            image["aspectRatio"] = {"width": picture.width, "height": picture.height}
        images.append(image)
    return {"$type": "app.bsky.embed.images", "images": images}


def film_embed(film: OutgoingFilm, stored: dict[str, Any], captions: dict[str, Any] | None) -> dict[str, Any]:
    """Return a film with its blobs, its alternative text and its shape (app.bsky.embed.video)."""
    embed: dict[str, Any] = {"$type": "app.bsky.embed.video", "video": stored, "alt": tidy_text(film.alt)}
    if captions is not None:
        embed["captions"] = [{"lang": film.language, "file": captions}]
    if film.width > 0 and film.height > 0:
        embed["aspectRatio"] = {"width": film.width, "height": film.height}
    return embed


def card_embed(card: OutgoingCard, thumb: dict[str, Any] | None) -> dict[str, Any]:
    """Return the card of a link, with the blob of its picture if it has one (app.bsky.embed.external)."""
    external: dict[str, Any] = {
        "uri": card.address, "title": card.title, "description": card.description,
    }  # fmt: skip
    if thumb is not None:
        external["thumb"] = thumb
    return {"$type": "app.bsky.embed.external", "external": external}


def published(ref: Ref, record: dict[str, Any], *, comments_open: bool | None = None) -> PublishedPost:
    """Convert a published record to normal form. Raises KeyError, TypeError or ValueError for what is no
    post."""
    embed = record.get("embed") or {}
    images = embed.get("images", [])
    pictures = tuple((digest_of(image["image"]["ref"]["$link"]), image.get("alt", "")) for image in images)
    links = tuple(link for facet in record.get("facets", []) if (link := _link(facet)))
    film, card, languages = _film_in(embed), _card_in(embed), tuple(record.get("langs", ()))
    normal = NormalPost.of(record["text"], languages, pictures, links, film, link_card=card)
    return PublishedPost(ref, normal, read_instant(record.get("createdAt")), comments_open)


def _film_in(embed: dict[str, Any]) -> NormalFilm | None:
    if "video" not in embed:
        return None
    captions = [digest_of(each["file"]["ref"]["$link"]) for each in embed.get("captions") or ()]
    film = digest_of(embed["video"]["ref"]["$link"])
    return NormalFilm(film, tidy_text(embed.get("alt") or ""), ",".join(captions))


def _card_in(embed: dict[str, Any]) -> NormalCard | None:
    if "external" not in embed:
        return None
    card = embed["external"]
    thumb = digest_of(card["thumb"]["ref"]["$link"]) if card.get("thumb") else ""
    return NormalCard.of(card["uri"], card["title"], card["description"], thumb)


def digest_of(cid: str) -> str:
    """A blob's CID (base32 of version, codec "raw", SHA-256 and the digest) -> the digest in hexadecimal."""
    raw = base64.b32decode(cid[1:].upper() + "=" * (-len(cid[1:]) % 8))
    if not cid.startswith("b") or not raw.startswith(_SHA256_OF_RAW):
        raise ValueError("not the CID of a blob")
    return raw[len(_SHA256_OF_RAW) :].hex()


def item_of(view: dict[str, Any], *, address: str, ours: str, hidden: bool = False) -> IncomingItem:
    """A post view (of a thread, a list of posts or a notification) -> an item. `ours` is our account's DID.

    Raises KeyError or TypeError for what is no post view.
    """
    record, author = view["record"], view["author"]
    reply = record.get("reply") or {}
    root = (reply.get("root") or {}).get("uri", "")
    seen = read_instant(view.get("indexedAt"))
    created = read_instant(record.get("createdAt")) or seen or datetime.fromtimestamp(0, UTC)
    return IncomingItem(
        network="bluesky",
        ref=Ref("bluesky", view["uri"], address, view["cid"]),
        author=Author(
            author["did"], clean_incoming(author.get("handle")), clean_incoming(author.get("displayName"))
        ),
        text=clean_incoming(record.get("text")),
        created_at=created,
        seen_at=seen,
        parent=(reply.get("parent") or {}).get("uri", ""),
        root=root,
        kind="comment" if root.startswith(f"at://{ours}/") else "mention",
        languages=tuple(tag for tag in record.get("langs") or () if isinstance(tag, str)),
        hidden=hidden,
        ours=author["did"] == ours,
        attachments=tuple(_attachments(record.get("embed"), view.get("embed"))),
        visibility="public",  # the network has nothing else
    )


def _attachments(embed: object, shown: object) -> Iterator[Attachment]:
    """What a record embeds; `shown`: the same as the AppView shows it, with addresses, where it does."""
    told, there = _table(embed), _table(shown)
    for image, one in zip_longest(_rows(told.get("images")), _rows(there.get("images"))):
        words = clean_incoming((image or one or {}).get("alt"))
        yield Attachment("picture", words, link=_https((one or {}).get("fullsize")))
    if "video" in told:
        yield Attachment("film", clean_incoming(told.get("alt")))
    if card := _table(told.get("external")):
        yield Attachment("card", clean_incoming(card.get("title")), link=_https(card.get("uri")))
    if quoted := _table(there.get("record")):
        of = _table(quoted.get("record")) if "value" not in quoted else quoted
        yield Attachment("quote", clean_incoming(_table(of.get("value")).get("text")))
    elif told.get("record"):
        yield Attachment("quote")
    if media := _table(told.get("media")):
        yield from _attachments(media, there.get("media"))


def _table(told: object) -> dict[str, Any]:
    return told if isinstance(told, dict) else {}


def _rows(told: object) -> list[dict[str, Any]]:
    return [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []


def _https(told: object) -> str:
    address = clean_incoming(told)
    return address if address.startswith("https://") else ""


def _facet(link: Link, did_of: Callable[[str], str | None]) -> dict[str, Any] | None:
    feature: dict[str, Any]
    if link.kind == "link":
        feature = {"$type": f"{_FACET}#link", "uri": link.target}
    elif link.kind == "tag":
        feature = {"$type": f"{_FACET}#tag", "tag": link.target}
    else:
        did = did_of(link.target)
        if did is None:
            return None
        feature = {"$type": f"{_FACET}#mention", "did": did}
    return {"index": {"byteStart": link.start, "byteEnd": link.end}, "features": [feature]}


def _link(facet: dict[str, Any]) -> Link | None:
    start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
    for feature in facet["features"]:
        match feature.get("$type"):
            case "app.bsky.richtext.facet#link":
                return Link("link", start, end, feature["uri"])
            case "app.bsky.richtext.facet#tag":
                return Link("tag", start, end, feature["tag"])
    return None


_DAG_CBOR = bytes([1, 0x71, 0x12, 0x20])


def cid_of(record: Mapping[str, Any]) -> str:
    """Return the CID of a record. Raises TypeError for what no record of ours has."""
    digest = hashlib.sha256(_encoded(record)).digest()
    return "b" + base64.b32encode(_DAG_CBOR + digest).decode().lower().rstrip("=")


def _encoded(value: Any) -> bytes:
    match value:
        case bool():
            return b"\xf5" if value else b"\xf4"
        case int() if value >= 0:
            return _head(0, value)
        case str():
            raw = value.encode()
            return _head(3, len(raw)) + raw
        case {"$link": str(link), **others} if not others:
            raw = b"\0" + base64.b32decode(link[1:].upper() + "=" * (-len(link[1:]) % 8))
            return _head(6, 42) + _head(2, len(raw)) + raw
        case Mapping():
            inside = sorted((key.encode(), each) for key, each in value.items())
            inside.sort(key=lambda pair: len(pair[0]))
            entries = (_head(3, len(key)) + key + _encoded(each) for key, each in inside)
            return _head(5, len(inside)) + b"".join(entries)
        case Sequence():
            return _head(4, len(value)) + b"".join(_encoded(each) for each in value)
        case _:
            raise TypeError(f"no {type(value).__name__} in a record")


def _head(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind << 5 | number])
    for width, mark in ((1, 24), (2, 25), (4, 26), (8, 27)):
        if number < 1 << (8 * width):
            return bytes([kind << 5 | mark]) + number.to_bytes(width, "big")
    raise TypeError("a number too large for a record")


def records_of(
    out: OutgoingPost,
    *,
    uri_of: Callable[[str], str],
    did_of: Callable[[str], str | None],
    embed: dict[str, Any] | None,
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give key and record of each part in order, of a single post its own; `embed` goes with the first.
    Raises NetworkError as `did_of` does."""
    places: list[dict[str, str]] = []
    for number, text in enumerate(out.texts):
        key = part_key(out.intent_key, number)
        part = replace(out, text=text, created_at=out.created_at + timedelta(milliseconds=number))
        record = post_record(part, did_of=did_of, embed=None if number else embed)
        if places:
            record["reply"] = {"root": places[0], "parent": places[-1]}
        places.append({"uri": uri_of(key), "cid": cid_of(record)})
        yield key, record
