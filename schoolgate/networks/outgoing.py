"""What goes out to a network: a post with its pictures, film or card, and a reply. Plain types."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from schoolgate.networks.keys import Ref
from schoolgate.networks.link_cards import OutgoingCard
from schoolgate.networks.normal import NormalFilm, NormalPost, digest_of_captions, tidy_text


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
