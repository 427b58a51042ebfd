"""What a page tells about itself for a card: title, description and picture. No rows, no scope: network work.

The page is another person's. So its words are tidied and cut, nothing in it is run, and its picture is
redrawn as an upload is, without what lies beside the pixels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urljoin

from schoolgate.core.errors import BadInput
from schoolgate.core.outside.client import Answer, CannotRead, Opener
from schoolgate.core.outside.texts import TooDeep, decoded, read_page
from schoolgate.media.faces import count_faces
from schoolgate.media.proving import ProvenPicture, prove_picture, turn
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.normal import LONGEST_ADDRESS, LONGEST_DESCRIPTION, LONGEST_TITLE, one_line

AGENT: Final = "Schoolgate (makes the card of a link)"
PAGES: Final = Opener(most_bytes=2_000_000, agent=AGENT)
PICTURES: Final = Opener(
    most_bytes=5_000_000, agent=AGENT, kinds=("image/jpeg", "image/png", "image/webp", "image/avif")
)
LONGEST_EDGE: Final = 1200
SHORTEST_EDGE: Final = 100
"""Pixels; what is smaller is there to count visits, or a sign of the site."""
_TITLES: Final = ("og:title", "twitter:title", "<title>")
_DESCRIPTIONS: Final = ("og:description", "twitter:description", "description")
_PICTURES: Final = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
_MOST_KEPT: Final = 10_000
_SAID_INSIDE: Final = re.compile(rb"<meta[^>]{0,200}charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([a-zA-Z0-9_-]{1,40})")


@dataclass(frozen=True)
class SeenPage:
    """What goes on the card. `picture`: None where the page has none that can be used."""

    title: str
    description: str
    picture: ProvenPicture | None = None


def see_page(address: str, *, pages: Opener = PAGES, pictures: Opener = PICTURES) -> SeenPage:
    """Return what the page at an address tells about itself. Raises CannotRead; a picture that can't be
    fetched or used is left out."""
    page = pages.fetch(address)[-1]
    said = _head_of(page)
    title = _first(said, _TITLES, LONGEST_TITLE)
    if not title:
        raise CannotRead("nothing_to_show")
    return SeenPage(
        title,
        _first(said, _DESCRIPTIONS, LONGEST_DESCRIPTION),
        _picture(urljoin(page.address, _where(said)), pictures) if _where(said) else None,
    )


def most_bytes() -> int:
    """The most bytes that a card's picture may have on every network that cards are sent to."""
    limits = [found.number("card_bytes") for found in all_capabilities().values()]
    return min(limit for limit in limits if limit is not None)


def _picture(address: str, pictures: Opener) -> ProvenPicture | None:
    if len(address) > LONGEST_ADDRESS:
        return None
    try:
        with turn():
            fetched = pictures.fetch(address)[-1].body
            proven = prove_picture(fetched, most_bytes=most_bytes(), longest_edge=LONGEST_EDGE)
            if min(proven.width, proven.height) < SHORTEST_EDGE:
                return None
            return replace(proven, faces=count_faces(proven.content))
    except (CannotRead, BadInput):
        return None


class _Head:
    """Collect what a page tells about itself: the first of each kind; runs nothing."""

    def __init__(self) -> None:
        self.said: dict[str, str] = {}
        self._title: list[str] | None = None

    def start(self, tag: str, given: dict[str, str]) -> None:
        """Note a meta element, or the beginning of the title."""
        if tag == "title" and "<title>" not in self.said:
            self._title = []
        elif tag == "meta":
            name = (given.get("property") or given.get("name") or "").strip().lower()
            if name in _ALL and given.get("content", "").strip():
                self.said.setdefault(name, given["content"][:_MOST_KEPT])

    def end(self, tag: str) -> None:
        """Keep the title when it is over."""
        if tag == "title" and self._title is not None:
            self.said["<title>"], self._title = "".join(self._title)[:_MOST_KEPT], None

    def data(self, text: str) -> None:
        """Collect the title's words, which come in pieces."""
        if self._title is not None and sum(map(len, self._title)) < _MOST_KEPT:
            self._title.append(text)


_ALL: Final = frozenset((*_TITLES, *_DESCRIPTIONS, *_PICTURES))


def _head_of(page: Answer) -> dict[str, str]:
    head = _Head()
    try:
        read_page(_text_of(page), head)
    except (TooDeep, ValueError):
        if not head.said:  # what was said before the depth counts
            raise CannotRead("unreadable") from None
    return head.said


def _text_of(page: Answer) -> str:
    """Return the page's text: in the encoding that its server names, else the one that it names itself, else
    in UTF-8; in another where its letters show that neither is true."""
    inside = _SAID_INSIDE.search(page.body[:4096])
    return decoded(page.body, page.charset or (inside.group(1).decode("ascii") if inside else "utf-8"))


def _first(said: dict[str, str], names: tuple[str, ...], longest: int) -> str:
    return next((line for name in names if (line := one_line(said.get(name, ""), longest))), "")


def _where(said: dict[str, str]) -> str:
    return next((said[name].strip() for name in _PICTURES if said.get(name, "").strip()), "")
