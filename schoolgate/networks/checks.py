"""What can be refused before a network is asked: too long, empty, not text, a picture or film it does not
take, or too many of them; and a plain refusal of what a network does not offer, which every client
begins with.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import chain, repeat
from typing import Any, NoReturn, TypeVar

import grapheme

from schoolgate.networks.capabilities import Capabilities
from schoolgate.networks.normal import Link, NormalPost, OutgoingCard, byte_length, find_links, tidy_text
from schoolgate.networks.port import (
    Author,
    IncomingItem,
    Limits,
    NetworkError,
    Newest,
    OutgoingFilm,
    OutgoingPicture,
    OutgoingPost,
    OutgoingReply,
    Profile,
    PublishedPost,
    Reactions,
    Receipt,
    Ref,
    TooMany,
)
from schoolgate.networks.weighing import weighted

Thing = TypeVar("Thing")

# Control characters that no post needs; line ends and tabs stay. Bidirectional marks are text and stay too.
_CONTROLS = frozenset(chr(code) for code in (*range(32), *range(127, 160))) - {"\n", "\r", "\t"}

_ELSEWHERE = re.compile(r"(?<![\w@/])@([\w.-]*\w)@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)
"""A mention of an account on another of Mastodon's servers: @name@server."""


LINK = 23
"""What an address counts on Mastodon, whatever its length."""
IN_FULL = "characters, links at least 23"
"""What a text is counted in for a server that speaks as Mastodon's do and doesn't say that it keeps to their
rules: it may count an address with all its characters, and each sign of an emoji. What is short enough by
both counts it takes."""


def limits_of(capabilities: Capabilities) -> Limits:
    """The limits as the file has them, for a network that is not asked at run time."""
    return Limits(
        text_max=capabilities.number("text"),
        text_unit=capabilities.text_unit,
        text_bytes=capabilities.number("text_bytes"),
        pictures=capabilities.number("pictures"),
        picture_bytes=capabilities.number("picture_bytes"),
        alt_max=capabilities.number("alt"),
        picture_types=capabilities.picture_types,
        films=capabilities.films,
        film_bytes=capabilities.number("film_bytes"),
        film_seconds=capabilities.number("film_seconds"),
        caption_bytes=capabilities.number("caption_bytes"),
        parts=capabilities.number("thread") or 1,
        link_cards=capabilities.sends_link_card,
        card_bytes=capabilities.number("card_bytes"),
        text_without=capabilities.text_without,
    )


def length(text: str, unit: str) -> int:
    """How long a network counts a text: in graphemes (what a reader takes for one sign), UTF-16 units, bytes,
    as Mastodon counts, as X weighs them, in characters (code points) where an address counts 23 at least, or
    in characters alone."""
    match unit:
        case "graphemes":
            return int(grapheme.length(text))
        case "UTF-16 units":
            return len(text.encode("utf-16-le", errors="surrogatepass")) // 2
        case "bytes":
            return byte_length(text)
        case "Mastodon characters":
            return int(grapheme.length(_as_mastodon_counts(text)))
        case "weighted characters":
            return weighted(text)
        case _ if unit == IN_FULL:
            return len(text) + sum(max(0, LINK - len(link.target)) for link in _addresses(text))
        case _:
            return len(text)


def _addresses(text: str) -> list[Link]:
    return [link for link in find_links(text) if link.kind == "link"]


def _as_mastodon_counts(text: str) -> str:
    """An address counts 23 whatever its length; of @name@server only the name counts."""
    raw = text.encode(errors="surrogatepass")
    for link in reversed(_addresses(text)):
        raw = raw[: link.start] + b"x" * LINK + raw[link.end :]
    return _ELSEWHERE.sub(r"@\1", raw.decode(errors="surrogatepass"))


def check_text(text: str, limits: Limits) -> None:
    """Raises NetworkError (give_up) `empty`, `unreadable_text`, `sign_refused` or `too_long`; bytes are
    counted first, being cheap."""
    if not tidy_text(text):
        raise NetworkError("empty", what_next="give_up")
    if any(character in _CONTROLS or "\ud800" <= character <= "\udfff" for character in text):
        raise NetworkError("unreadable_text", what_next="give_up")
    if any(sign in text for sign in limits.text_without):
        raise NetworkError("sign_refused", what_next="give_up", detail=limits.text_without)
    if limits.text_bytes is not None and byte_length(text) > limits.text_bytes:
        raise NetworkError("too_long", what_next="give_up", detail=f"{byte_length(text)} bytes")
    if limits.text_max is not None and length(text, limits.text_unit) > limits.text_max:
        raise NetworkError(
            "too_long", what_next="give_up", detail=f"{length(text, limits.text_unit)} {limits.text_unit}"
        )


def check_picture(picture: OutgoingPicture, limits: Limits) -> None:
    """Raises NetworkError (give_up) `picture_refused` for a type, size or missing alternative text that is
    not taken."""
    if limits.picture_types and picture.media_type not in limits.picture_types:
        raise NetworkError("picture_refused", what_next="give_up", detail=picture.media_type)
    if limits.picture_bytes is not None and len(picture.data) > limits.picture_bytes:
        raise NetworkError("picture_refused", what_next="give_up", detail=f"{len(picture.data)} bytes")
    if limits.alt_max and length(picture.alt, "graphemes") > limits.alt_max:  # 0: it has no place for it
        raise NetworkError("picture_refused", what_next="give_up", detail="alternative text too long")


def check_film(film: OutgoingFilm, limits: Limits) -> None:
    """Raises NetworkError (give_up) `film_refused` for a film where none is taken, or one of another kind,
    too large, too long or described at too great a length."""
    if not limits.films:
        raise NetworkError("film_refused", what_next="give_up", detail="no films")
    if film.media_type != "video/mp4":
        raise NetworkError("film_refused", what_next="give_up", detail=film.media_type)
    if limits.film_bytes is not None and len(film.data) > limits.film_bytes:
        raise NetworkError("film_refused", what_next="give_up", detail=f"{len(film.data)} bytes")
    if limits.film_seconds is not None and film.milliseconds > limits.film_seconds * 1000:
        raise NetworkError("film_refused", what_next="give_up", detail=f"{film.milliseconds} ms")
    if limits.caption_bytes is not None and byte_length(film.captions) > limits.caption_bytes:
        raise NetworkError("film_refused", what_next="give_up", detail="captions too long")
    if limits.alt_max and length(film.alt, "graphemes") > limits.alt_max:  # 0: it has no place for it
        raise NetworkError("film_refused", what_next="give_up", detail="alternative text too long")


def check_card(card: OutgoingCard, limits: Limits) -> None:
    """Raises NetworkError (give_up) `card_refused` for a card where none is taken, or one whose picture is
    too large or of a kind that is not taken."""
    if not limits.link_cards:
        raise NetworkError("card_refused", what_next="give_up", detail="no cards")
    if not card.title or not card.address.startswith(("https://", "http://")):
        raise NetworkError("card_refused", what_next="give_up", detail="no title or address")
    if card.data and card.media_type not in limits.picture_types:
        raise NetworkError("card_refused", what_next="give_up", detail=card.media_type)
    if limits.card_bytes is not None and len(card.data) > limits.card_bytes:
        raise NetworkError("card_refused", what_next="give_up", detail=f"{len(card.data)} bytes")


def check_outgoing(out: OutgoingPost, limits: Limits) -> None:
    """Texts, pictures, film and link card of a post; see `check_text`, `check_picture`, `check_film`,
    `check_card`. Raises NetworkError (give_up) `too_many_pictures` for more than the network takes, or beside
    a film; `too_long` for a thread where there are none, or of more parts."""
    if len(out.texts) > limits.parts:
        raise NetworkError("too_long", what_next="give_up", detail=f"{len(out.texts)} posts")
    for each in out.texts:
        check_text(each, limits)
    if out.film is not None:
        check_film(out.film, limits)
        if out.pictures:
            raise NetworkError("too_many_pictures", what_next="give_up", detail="pictures beside a film")
    if limits.pictures is not None and len(out.pictures) > limits.pictures:
        raise NetworkError("too_many_pictures", what_next="give_up", detail=f"{len(out.pictures)} pictures")
    for picture in out.pictures:
        check_picture(picture, limits)
    if out.link_card is not None:
        check_card(out.link_card, limits)
        if out.pictures or out.film is not None:
            raise NetworkError("card_refused", what_next="give_up", detail="beside a picture")


def clean_incoming(text: object) -> str:
    """A stranger's text as it can be kept: what is no text becomes empty, NUL and lone surrogates the sign
    for a character that cannot be shown. Everything else stays as it was written."""
    if not isinstance(text, str):
        return ""
    return "".join("\ufffd" if sign == "\0" or "\ud800" <= sign <= "\udfff" else sign for sign in text)


def table(value: Any) -> dict[str, Any]:
    """A JSON object; empty for anything else."""
    return value if isinstance(value, dict) else {}


def rows(told: Mapping[str, Any], listed: str = "items") -> list[dict[str, Any]]:
    """The objects of a list in it."""
    found = told.get(listed)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


MOST_COUNTED = 2_000_000_000


def whole(number: object) -> int | None:
    """A number that a stranger's server counted; None for what is no such number."""
    if isinstance(number, bool) or not isinstance(number, int) or number < 0:
        return None
    return min(number, MOST_COUNTED)


def in_order(items: Iterable[IncomingItem], since: datetime | None) -> list[IncomingItem]:
    """Return comments, oldest first; with `since`, those seen from then on and those without a time. Of more
    than are read, those that came first, as `Newest`."""
    left: list[bool] = []
    found = list(each_of(items, left))
    kept = [one for one in found if since is None or one.seen_at is None or one.seen_at >= since]
    kept.sort(key=lambda item: (item.created_at, item.ref.id))
    return Newest(kept) if left else kept


def each_of(items: Iterable[Thing], left: list[bool]) -> Iterator[Thing]:
    """Return what is read of a list; `left` gets an entry where it goes on after that."""
    try:
        yield from items
    except TooMany:
        left.append(True)


def the_one(found: Sequence[Thing]) -> Thing | None:
    """Return the one post that has the words looked up, or None. Raises NetworkError `not_offered` where
    several have them: nothing tells which of them is meant."""
    if len(found) > 1:
        refuse("look_up")
    return found[0] if found else None


@contextmanager
def if_there() -> Iterator[None]:
    """Change something that may be gone already. Raises NetworkError for whatever else goes wrong."""
    try:
        yield
    except NetworkError as error:
        if error.code != "not_found":
            raise


def wait_until(ready: Callable[[], bool], *, pauses: Sequence[float], ends: float, otherwise: str) -> None:
    """Ask whether something can be used, with these seconds in between, the last of them again and again.
    `ends`: by the clock of `time.monotonic`. Raises NetworkError `timed_out`, with `otherwise`."""
    for pause in chain(pauses, repeat(pauses[-1])):
        if ready():
            return
        if time.monotonic() + pause >= ends:
            raise NetworkError("timed_out", what_next="try_again", detail=otherwise)
        time.sleep(pause)


def refuse(action: str) -> NoReturn:
    """Raises NetworkError `not_offered`; no network was asked."""
    raise NetworkError("not_offered", what_next="give_up", detail=action)


class NotOffered:
    """Refuses everything: a client overrides what its network can do."""

    def __init__(self, capabilities: Capabilities) -> None:
        self._capabilities = capabilities

    @property
    def key(self) -> str:
        """The network's key."""
        return self._capabilities.key

    @property
    def capabilities(self) -> Capabilities:
        """What the network can do."""
        return self._capabilities

    def publish(self, out: OutgoingPost) -> Receipt:
        """See the port; so for all that follow."""
        refuse("publish")

    def read_back(self, ref: Ref) -> PublishedPost | None:
        """Refused."""
        refuse("read_back")

    def look_up(self, intent_key: str, wanted: NormalPost | None = None) -> PublishedPost | None:
        """Refused."""
        refuse("look_up")

    def reactions(self, refs: Sequence[Ref]) -> dict[str, Reactions]:
        """Refused."""
        refuse("reactions")

    def replies(self, ref: Ref, since: datetime | None = None) -> list[IncomingItem]:
        """Refused."""
        refuse("replies")

    def mentions(self, since: datetime | None = None) -> list[IncomingItem]:
        """Refused."""
        refuse("mentions")

    def search(self, words: str, since: datetime | None = None) -> list[IncomingItem]:
        """Refused."""
        refuse("search")

    def look_again(self, refs: Sequence[Ref]) -> dict[str, IncomingItem | None]:
        """Refused."""
        refuse("look_again")

    def reply(self, out: OutgoingReply) -> Receipt:
        """Refused."""
        refuse("reply")

    def release(self, item: IncomingItem) -> None:
        """Refused."""
        refuse("release")

    def hide(self, item: IncomingItem) -> None:
        """Refused."""
        refuse("hide")

    def remove(self, item: IncomingItem) -> None:
        """Refused."""
        refuse("remove")

    def block(self, author: Author, *, intent_key: str, at: datetime) -> None:
        """Refused."""
        refuse("block")

    def unblock(self, author: Author, *, block_key: str) -> None:
        """Refused."""
        refuse("block")

    def report(self, item: IncomingItem, *, reason: str, note: str = "") -> str:
        """Refused."""
        refuse("report")

    def close_comments(self, ref: Ref, *, at: datetime) -> None:
        """Refused."""
        refuse("close_comments")

    def take_down(self, ref: Ref) -> None:
        """Refused."""
        refuse("take_down")

    def profile(self) -> Profile:
        """Refused."""
        refuse("profile")

    def limits(self) -> Limits:
        """The limits as the file has them."""
        return limits_of(self._capabilities)

    def session_to_keep(self) -> str | None:
        """Return None: there is no session to store."""
        return None
