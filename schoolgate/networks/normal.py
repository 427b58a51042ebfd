"""The normal form in which what we meant is compared with what a network gives back, with the card of a
link. Pure.

Networks tidy what they are given: line ends, outer white space, composed letters, the order of language
tags. None of that is a difference that a person must look at; another word, another link or another
picture is. Some networks take the card with the post, others read the page themselves
(`Capabilities.link_card`).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Literal, Self

from schoolgate.core.surroundings import parts_of

LONGEST_TITLE = 200
LONGEST_DESCRIPTION = 300
LONGEST_ADDRESS = 2_000
MOST_LETTERS = 20_000
"""Of a stranger's text, before it is tidied."""
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_KEPT = frozenset("\u200c\u200d")
"""Joiners: without them some scripts and emoji fall apart."""


def one_line(text: str, longest: int) -> str:
    """Return a stranger's text as one line without anything hidden (what turns the writing direction, too),
    cut at `longest` characters."""
    said = unicodedata.normalize("NFC", text[:MOST_LETTERS])
    plain = "".join(
        sign if sign in _KEPT or unicodedata.category(sign) not in _HIDDEN else " " if sign.isspace() else ""
        for sign in said
    )
    line = " ".join(plain.split()).strip("".join(_KEPT))
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _tidy(line: str) -> str:
    return " ".join(unicodedata.normalize("NFC", line).split())


def site_of(address: str) -> str:
    """Return the host of an address; empty where it is none."""
    return parts_of(address).netloc


@dataclass(frozen=True, slots=True)
class NormalCard:
    """A card as it is compared. `picture`: SHA-256 of the bytes; empty for none."""

    address: str
    title: str
    description: str
    picture: str = ""

    @classmethod
    def of(cls, address: str, title: str, description: str, picture: str = "") -> Self:
        """Bring into normal form."""
        return cls(address, _tidy(title), _tidy(description), picture)


@dataclass(frozen=True, slots=True)
class OutgoingCard:
    """The card of one link, as a network will receive it. Without a picture `data` is empty."""

    address: str
    title: str
    description: str = ""
    data: bytes = field(default=b"", repr=False)
    media_type: str = ""
    width: int = 0
    height: int = 0

    @property
    def digest(self) -> str:
        """SHA-256 of the picture's bytes, in hexadecimal; empty without one."""
        return hashlib.sha256(self.data).hexdigest() if self.data else ""

    def normal(self) -> NormalCard:
        """Return what reading it back should give."""
        return NormalCard.of(self.address, self.title, self.description, self.digest)


LinkKind = Literal["link", "mention", "tag"]

# An address as people type it; the closing punctuation of a sentence does not belong to it.
_URL = re.compile(r"(?<![\w@/.])https?://[^\s<>\"'“”‘’]+", re.IGNORECASE)
_MENTION = re.compile(
    r"(?<![\w@/.])@((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?)",
    re.IGNORECASE,
)
_TAG = re.compile(r"(?<![\w&/#])#([^\W\d_][\w-]{0,63}|\d+[^\W\d_][\w-]{0,62})")
_TRAILING = ".,;:!?…"


@dataclass(frozen=True, slots=True)
class Link:
    """A piece of the text that points somewhere; `start` and `end` count UTF-8 bytes, the end not
    included."""

    kind: LinkKind
    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class NormalFilm:
    """A film: SHA-256 of its bytes (empty: the network plays its own copy and doesn't tell), alternative
    text (None: the network has no place for it), SHA-256 of its captions (empty: it has none; None: the
    network shows none, or doesn't tell which)."""

    digest: str
    alt: str | None
    captions: str | None = ""

    def told_as(self, told: Self | None) -> bool:
        """Whether `told`, as a network gives it back, is this film."""
        return (
            told is not None
            and told.alt in (None, self.alt)
            and told.digest in ("", self.digest)
            and told.captions in (None, self.captions)
        )


@dataclass(frozen=True, slots=True)
class NormalPost:
    """Text, languages (sorted), links as (kind, target), pictures as (sha256 of the bytes, alternative text;
    None: the network has no place for it).

    Of a thread `text` has all parts below each other, `parts` each by itself.
    """

    text: str
    languages: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    pictures: tuple[tuple[str, str | None], ...]
    film: NormalFilm | None = None
    parts: tuple[str, ...] = ()
    link_card: NormalCard | None = None

    @classmethod
    def of(
        cls,
        text: str,
        languages: tuple[str, ...] = (),
        pictures: tuple[tuple[str, str | None], ...] = (),
        links: tuple[Link, ...] | None = None,
        film: NormalFilm | None = None,
        *,
        parts: tuple[str, ...] = (),
        link_card: NormalCard | None = None,
    ) -> Self:
        """Bring into normal form; `links` as the network gives them, else as they are found in the text.

        Mentions are left out: whether a network turns one into a link depends on that person's account, not
        on us.
        """
        tidy = tidy_text(text)
        found = find_links(tidy) if links is None else links
        return cls(
            text=tidy,
            languages=tuple(sorted({tag.lower() for tag in languages})),
            links=tuple((link.kind, link.target) for link in found if link.kind != "mention"),
            pictures=tuple((digest, None if alt is None else tidy_text(alt)) for digest, alt in pictures),
            film=film,
            parts=tuple(tidy_text(each) for each in parts),
            link_card=link_card,
        )

    def differences(self, other: Self) -> tuple[str, ...]:
        """The names of the parts in which `other`, as a network gives it back, differs from this, in a fixed
        order; empty if they are the same.

        A network may keep one language of several or none, and may draw pictures again and tell no digest of
        them (an empty one): neither is a difference.
        """
        same = {
            "text": self.text == other.text,
            "languages": set(other.languages) <= set(self.languages),
            "links": self.links == other.links,
            "pictures": len(self.pictures) == len(other.pictures)
            and all(
                told_alt in (None, alt) and told in ("", digest)
                for (digest, alt), (told, told_alt) in zip(self.pictures, other.pictures, strict=True)
            ),
            "film": other.film is None if self.film is None else self.film.told_as(other.film),
            "link_card": self.link_card == other.link_card,
        }
        return tuple(name for name, equal in same.items() if not equal)


def tidy_text(text: str) -> str:
    """Composed letters (NFC), line ends as one, no white space at either end of a line or of the text's
    end."""
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.rstrip() for line in composed.split("\n")).strip()


def digest_of_captions(captions: str) -> str:
    """Return the SHA-256 of captions as every network gets them; empty for none."""
    return hashlib.sha256(captions.encode()).hexdigest() if captions else ""


def byte_length(text: str) -> int:
    """Length in UTF-8 bytes; a lone surrogate, which no network takes, counts three."""
    return len(text.encode(errors="surrogatepass"))


def find_links(text: str) -> tuple[Link, ...]:
    """Addresses, mentions (@name.domain) and tags (#word) of a text, with UTF-8 byte offsets, in order of
    place."""
    links: list[Link] = []
    taken: list[tuple[int, int]] = []

    def add(kind: LinkKind, start: int, end: int, target: str) -> None:
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            return
        taken.append((start, end))
        before = byte_length(text[:start])
        links.append(Link(kind, before, before + byte_length(text[start:end]), target))

    for match in _URL.finditer(text):
        address = _without_closing(match.group())
        if len(address) > len("https://"):
            add("link", match.start(), match.start() + len(address), address)
    for match in _MENTION.finditer(text):
        add("mention", match.start(), match.end(), match.group(1).lower())
    for match in _TAG.finditer(text):
        add("tag", match.start(), match.end(), match.group(1))
    return tuple(sorted(links, key=lambda link: link.start))


def _without_closing(address: str) -> str:
    """Drop the full stop of the sentence, and a closing bracket that was opened before the address."""
    while address:
        last = address[-1]
        unopened = last in ")]}" and address.count(last) > address.count({")": "(", "]": "[", "}": "{"}[last])
        if last not in _TRAILING and not unopened:
            break
        address = address[:-1]
    return address
