"""The interface of every network inside the program: plain types, no Django, no I/O; what goes out, and the
key of an intent, made before anything is sent.

A client is made by `registry.connect`. Its methods talk to the network at once, may take as long as the
network's own pace says (see `capabilities.yaml`), and raise `NetworkError` and nothing else. They never
open a transaction.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import KW_ONLY, asdict, dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, Protocol, Self

from schoolgate.networks.normal import (
    NormalFilm,
    NormalPost,
    OutgoingCard,
    digest_of_captions,
    tidy_text,
)

if TYPE_CHECKING:
    from schoolgate.networks.capabilities import Capabilities


_TID_ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"


def intent_key(*, at: datetime, about: str) -> str:
    """The key of one intent to send, made before anything is sent.

    Takes the instant at which the intent is written and what it is about (such as "publishing.delivery:417",
    with the number of the attempt where there is more than one intent). Gives 13 characters, sortable by
    time: microseconds since 1970 (the lowest thousand taken from `about`) and ten more bits from `about`.
    That is a TID as https://atproto.com/specs/tid describes, so that Bluesky takes it as the record's key;
    every other network only stores it. The same arguments give the same key.
    """
    salt = int.from_bytes(hashlib.blake2b(about.encode(), digest_size=8).digest(), "big")
    milliseconds = int(at.timestamp() * 1000)
    return _key(((milliseconds * 1000 + salt % 1000) << 10) | ((salt >> 32) & 0x3FF))


def key_time(key: str) -> datetime:
    """The instant at which the intent with this key was written, to the millisecond. Raises ValueError for
    what is no key."""
    return datetime.fromtimestamp((_number(key) >> 10) // 1000 / 1000, UTC)


def part_key(key: str, number: int) -> str:
    """The key of one part of a thread, by its place from 0: the first has the intent's own, the others follow
    it by so many microseconds. Raises ValueError for what is no key."""
    return _key(_number(key) + (number << 10)) if number else key


def _number(key: str) -> int:
    number = 0
    for sign in key:
        number = (number << 5) | _TID_ALPHABET.index(sign)
    return number


def _key(number: int) -> str:
    return "".join(_TID_ALPHABET[(number >> shift) & 31] for shift in range(60, -1, -5))


@dataclass(frozen=True, slots=True)
class Ref:
    """One thing on a network: its id there, the address a person opens, and the version that was seen.

    Of a thread it is the first part; `rest`: the other parts in order; `whole`: no part is still to come.
    """

    network: str
    id: str
    address: str = ""
    version: str = ""
    rest: tuple[Ref, ...] = ()
    whole: bool = True

    def to_json(self) -> dict[str, Any]:
        """Return it as stored in a row."""
        told: dict[str, Any] = {name: getattr(self, name) for name in ("network", "id", "address", "version")}
        if self.rest:
            told["rest"] = [each.to_json() for each in self.rest]
        return told if self.whole else told | {"whole": False}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Back from `to_json`."""
        rest = tuple(Ref.from_json(each) for each in data.get("rest", ()))
        return cls(**{**data, "rest": rest})


@dataclass(frozen=True, slots=True)
class OutgoingPicture:
    """One picture as every network will receive it. Width and height in pixels; zero: not known."""

    data: bytes = field(repr=False)
    media_type: str
    alt: str
    width: int = 0
    height: int = 0

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class OutgoingFilm:
    """The one film of a post (MP4), with its cover. `captions`: WebVTT in `language`, empty for none."""

    data: bytes = field(repr=False)
    alt: str
    captions: str = field(default="", repr=False)
    language: str = "en"
    width: int = 0
    height: int = 0
    milliseconds: int = 0
    cover: OutgoingPicture | None = None
    media_type: str = "video/mp4"

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    def normal(self) -> NormalFilm:
        """Return what reading it back should give."""
        return NormalFilm(self.digest, tidy_text(self.alt), digest_of_captions(self.captions))


@dataclass(frozen=True, slots=True)
class OutgoingPost:
    """What is about to be published on one account. `pictures` go out in this order; none with a `film`.

    `parts`: the texts of a thread, instead of `text`; pictures, film or card go with the first. `there`: the
    parts of it that the network has already. `link_card`: of a post without picture or film.
    """

    intent_key: str
    text: str
    created_at: datetime
    languages: tuple[str, ...] = ("en",)
    pictures: tuple[OutgoingPicture, ...] = ()
    comments_open: bool = True
    film: OutgoingFilm | None = None
    parts: tuple[str, ...] = ()
    there: Ref | None = None
    link_card: OutgoingCard | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """Return the text of each post that goes out, in order."""
        return self.parts or (self.text,)

    def normal(self) -> NormalPost:
        """Return what reading it back should give."""
        pictures = tuple((picture.digest, picture.alt) for picture in self.pictures)
        film = self.film.normal() if self.film else None
        card = self.link_card.normal() if self.link_card else None
        text = "\n\n".join(tidy_text(each) for each in self.texts)
        return NormalPost.of(text, self.languages, pictures, film=film, parts=self.parts, link_card=card)


@dataclass(frozen=True, slots=True)
class OutgoingReply:
    """An answer to one comment. `parent` is what is answered, `root` the post it all hangs on."""

    intent_key: str
    text: str
    created_at: datetime
    parent: Ref
    root: Ref
    languages: tuple[str, ...] = ("en",)

    def normal(self) -> NormalPost:
        """Return what reading it back should give."""
        return NormalPost.of(self.text, self.languages)


Visibility = Literal["public", "private", "unknown"]
"""Whether everyone can read something: "private" where its author wrote to chosen people alone."""
AttachmentKind = Literal["picture", "film", "sound", "poll", "card", "quote", "other"]
WhatNext = Literal["try_again", "reconnect", "give_up"]
LONGEST_WORDS = 300
"""Characters that are kept of what a network says about a refusal."""
COUNTED = ("likes", "shares", "replies", "quotes", "views")
"""The fields of `Reactions`."""


@dataclass(frozen=True, slots=True)
class Credential:
    """What a client needs to act for one account. Stored in the vault as `to_text()`, never in a row or a
    log.

    `service` is the address of the server, `session` what the network gave us to spare a fresh sign-in;
    `federation_id` and `school_id` say whose noticeboard it is.
    """

    handle: str = ""
    secret: str = field(default="", repr=False)
    service: str = ""
    session: str = field(default="", repr=False)
    federation_id: int | None = None
    school_id: int | None = None

    def to_text(self) -> str:
        """As one string, for the vault."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Back from `to_text`."""
        return cls(**json.loads(text))


@dataclass(frozen=True, slots=True)
class Receipt:
    """The network took it. `sent_at` is the instant the client gave, not one that the network chose."""

    ref: Ref
    intent_key: str


@dataclass(frozen=True, slots=True)
class PublishedPost:
    """Something of ours in its current state on the network, in normal form."""

    ref: Ref
    normal: NormalPost
    created_at: datetime | None = None
    comments_open: bool | None = None


@dataclass(frozen=True, slots=True)
class Reactions:
    """How people reacted to a post of ours, and how often it was seen, as the network counts. None: it
    doesn't tell that."""

    likes: int | None = None
    shares: int | None = None
    replies: int | None = None
    quotes: int | None = None
    views: int | None = None

    @property
    def total(self) -> int:
        """Return all reactions together; to see a post is none."""
        return sum(each or 0 for each in (self.likes, self.shares, self.replies, self.quotes))

    def __add__(self, other: Reactions) -> Reactions:
        return Reactions(*(_sum(getattr(self, name), getattr(other, name)) for name in COUNTED))


@dataclass(frozen=True, slots=True)
class Author:
    """The author of a comment, by the network. The display name may be missing; nothing may rely on it."""

    id: str
    handle: str = ""
    display: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """What came with a text, or instead of one.

    `words`: its description, title or question as its author gave it; `options`: of a poll; `link`: where a
    person can see it, empty where the network gives no lasting address.
    """

    kind: AttachmentKind
    words: str = ""
    options: tuple[str, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class IncomingItem:
    """One comment, reply or mention by another person.

    `created_at` is what the network says and may have been set by the author; `seen_at` is the network's own
    clock if it has one. `version` changes when the text does. `released` is False for a comment that stays
    hidden until we release it. `kind` tells where it is: under one of our posts, or elsewhere and addressed
    to us. Each reader says which `attachments` came, if only that there are none, and the `visibility`: what
    isn't known to be public is private.
    """

    network: str
    ref: Ref
    author: Author
    text: str
    created_at: datetime
    seen_at: datetime | None = None
    parent: str = ""
    root: str = ""
    kind: Literal["comment", "mention", "quote"] = "comment"
    languages: tuple[str, ...] = ()
    edited: bool = False
    hidden: bool = False
    released: bool = True
    ours: bool = False
    _: KW_ONLY
    attachments: tuple[Attachment, ...]
    visibility: Visibility

    @property
    def version(self) -> str:
        """What tells two versions of this item apart. Addresses of files change by themselves."""
        told = [(each.kind, each.words, each.options) for each in self.attachments]
        content = self.text + (repr(told) if told else "")
        return self.ref.version or hashlib.sha256(content.encode(errors="surrogatepass")).hexdigest()

    @property
    def private(self) -> bool:
        """Return whether it counts as written to the school alone."""
        return self.visibility != "public"


@dataclass(frozen=True, slots=True)
class Profile:
    """The account as the network shows it; `also`: other addresses of the same account."""

    id: str
    handle: str
    display: str = ""
    description: str = ""
    address: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """What one post may hold on this account now. None: no limit. `text_without`: signs it can't have."""

    text_max: int | None
    text_unit: str
    text_bytes: int | None
    pictures: int | None
    picture_bytes: int | None
    alt_max: int | None
    picture_types: tuple[str, ...] = ()
    films: int | None = 0
    film_bytes: int | None = None
    film_seconds: int | None = None
    caption_bytes: int | None = None
    parts: int = 1
    """How many posts a thread may have; one: none."""
    link_cards: bool = False
    card_bytes: int | None = None
    text_without: str = ""


class NetworkError(Exception):
    """Something went wrong between us and a network.

    `code` is one of `wording.SENTENCES`, `detail` the network's own words with secrets taken out,
    `retry_after` in seconds. `outcome_unknown` is True where the network may have done what was asked: then
    nothing may be sent again before it was looked up. `there`: the parts of a thread that the network has.
    """

    def __init__(
        self,
        code: str,
        *,
        what_next: WhatNext,
        outcome_unknown: bool = False,
        detail: str = "",
        status: int | None = None,
        retry_after: float | None = None,
        there: Ref | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.what_next: WhatNext = what_next
        self.outcome_unknown = outcome_unknown
        self.detail = detail
        self.status = status
        self.retry_after = retry_after
        self.there = there

    @property
    def words(self) -> str:
        """Return what the network itself said, on one line and bounded; empty where these are our words, and
        where it speaks of our key, which it may repeat."""
        if not self.status or self.what_next == "reconnect":
            return ""
        readable = "".join(sign if sign.isprintable() else " " for sign in self.detail)
        return " ".join(readable.split())[:LONGEST_WORDS]

    def __str__(self) -> str:
        return f"{self.code} ({self.what_next}{', outcome unknown' if self.outcome_unknown else ''})"


class TooMany(NetworkError):
    """A list goes on after as many pages as are read. What came first was given already."""

    def __init__(self) -> None:
        super().__init__("not_offered", what_next="give_up", detail="too many")


class Newest(list[IncomingItem]):
    """Replies below a post that has more of them than are read."""


class Network(Protocol):
    """One account on one network. Each method raises NetworkError; what `capabilities` denies is refused as
    `not_offered` without asking the network."""

    @property
    def key(self) -> str:
        """The network's key in `capabilities.yaml`."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """What this network can do."""
        ...

    def publish(self, out: OutgoingPost) -> Receipt:
        """Publish; where the network takes keys, a second call with the same intent key makes no second
        post. A thread that ends too early is an error with `there`."""

    def read_back(self, ref: Ref) -> PublishedPost | None:
        """Return our own post or reply in its current state; of a thread all parts that are there, as one.
        None: it is not there (a proof only if capabilities.proves_absence)."""

    def look_up(self, intent_key: str, wanted: NormalPost | None = None) -> PublishedPost | None:
        """Was something published under this key? None: no (a proof only if capabilities.proves_absence).

        `wanted`: what it would be, in normal form. A network that stores no keys of ours finds it by that.
        """

    def reactions(self, refs: Sequence[Ref]) -> dict[str, Reactions]:
        """Return the counts for posts of ours, by id; one that the network doesn't know is left out. Each
        part of a thread is a post here: see `threads.reactions_of`."""

    def replies(self, ref: Ref, since: datetime | None = None) -> list[IncomingItem]:
        """Return the replies under our post, ours too, oldest first; only those seen from `since` on. Of very
        many as `Newest`."""

    def mentions(self, since: datetime | None = None) -> list[IncomingItem]:
        """What elsewhere is addressed to this account (answers, mentions, quotes), oldest first."""

    def search(self, words: str, since: datetime | None = None) -> list[IncomingItem]:
        """Return public posts that contain these words, oldest first; ours and posts below ours too. The
        network may leave some out, and finds more than it was asked for."""

    def look_again(self, refs: Sequence[Ref]) -> dict[str, IncomingItem | None]:
        """Return known items in their current state, by id: an edit has a new version, None is one that is
        gone.

        Whether one is `hidden` is told by `replies` alone, because Bluesky stores that in the thread's gate.
        """

    def reply(self, out: OutgoingReply) -> Receipt:
        """Answer a comment; keys as in `publish`."""
        ...

    def release(self, item: IncomingItem) -> None:
        """Make a comment that waited for us visible to everyone."""

    def hide(self, item: IncomingItem) -> None:
        """Take a comment out of sight below our post; may be done twice."""

    def remove(self, item: IncomingItem) -> None:
        """Delete another person's comment below our post; may be done twice."""

    def block(self, author: Author, *, intent_key: str, at: datetime) -> None:
        """Block a person from the account; may be done twice. If `capabilities.public('block')` is true,
        everyone can see it."""

    def unblock(self, author: Author, *, block_key: str) -> None:
        """End the block that was made under this intent key; may be done twice."""

    def report(self, item: IncomingItem, *, reason: str, note: str = "") -> str:
        """Report a comment to the network; gives the network's own number for it."""

    def close_comments(self, ref: Ref, *, at: datetime) -> None:
        """Close replies below our post; may be done twice."""

    def take_down(self, ref: Ref) -> None:
        """Delete our own post, all parts of a thread, or an answer; may be done twice."""

    def profile(self) -> Profile:
        """The account as others see it; also the cheapest proof that the key still works."""
        ...

    def limits(self) -> Limits:
        """What one post may hold now: the network's own answer where it gives one."""
        ...

    def session_to_keep(self) -> str | None:
        """The session string for the vault, when it changed since connecting."""


def _sum(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else one + other
