"""The port where there is no connector: everything is for a person, so every call is refused as not
offered.

The two papers that pass between the program and a person: a card to publish from, and what comes back.
Pure.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput
from schoolgate.core.surroundings import parts_of
from schoolgate.networks.capabilities import Capabilities, all_capabilities
from schoolgate.networks.checks import NotOffered, clean_incoming, length
from schoolgate.networks.normal import byte_length, tidy_text
from schoolgate.networks.port import (
    Author,
    Credential,
    IncomingItem,
    OutgoingPicture,
    OutgoingPost,
    OutgoingReply,
    Ref,
)

LONGEST_ADDRESS = 2000
LONGEST_COMMENT = 20_000
LONGEST_NAME = 200
LONGEST_COMPOSE = 8000
CLOCKS_DIFFER = timedelta(minutes=10)
"""How far into the future a pasted comment's time may be: two clocks are never quite the same."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a person needs to publish or answer by hand.

    `open_address` is where it is written (with the text filled in where the network can do that), `answers`
    the thing that is answered. `over` tells by how much the text is longer than the network takes (0: it
    fits). `alt_field` is False where the network has no field for the description of a picture.
    """

    network: str
    network_name: str
    text: str
    open_address: str
    pictures: tuple[OutgoingPicture, ...] = ()
    alt_field: bool = True
    over: int = 0
    picture_missing: bool = False
    answers: str = ""


def card(capabilities: Capabilities, out: OutgoingPost | OutgoingReply) -> Card:
    """The card for one post or answer, exactly as it was approved."""
    text = tidy_text(out.text)
    pictures = out.pictures if isinstance(out, OutgoingPost) else ()
    most = capabilities.number("text")
    address = capabilities.compose_address(text)
    if len(address) > LONGEST_COMPOSE:
        address = capabilities.compose_address("")
    answers = out.parent.address if isinstance(out, OutgoingReply) else ""
    return Card(
        network=capabilities.key,
        network_name=capabilities.name,
        text=text,
        open_address=answers or address,
        pictures=tuple(replace(picture, alt=tidy_text(picture.alt)) for picture in pictures),
        alt_field=capabilities.number("alt") != 0,
        over=max(0, length(text, capabilities.text_unit) - most) if most is not None else 0,
        picture_missing=capabilities.picture_required and not pictures and isinstance(out, OutgoingPost),
        answers=answers,
    )


def published_at_address(capabilities: Capabilities, address: str) -> Ref:
    """Return where a post is live, from the address that a person pasted after publishing.

    Raises BadInput (field `address`) for what is not the address of one post on that network.
    """
    found = address.strip()
    if not found or len(found) > LONGEST_ADDRESS or not capabilities.is_post_address(found):
        sentence = _("Paste the link to the post itself on {network}, as your browser shows it.")
        raise BadInput({"address": format_lazy(sentence, network=capabilities.name)})
    return Ref(capabilities.key, found, found)


def pasted_comment(
    capabilities: Capabilities,
    *,
    root: Ref,
    author: str,
    text: str,
    written_at: datetime,
    at: datetime,
    address: str = "",
) -> IncomingItem:
    """A comment that a person copied from the network, with the time that the network shows.

    The same paper pasted twice has the same id. Raises BadInput (fields `text`, `author`, `written_at`,
    `address`).
    """
    words, name, link = clean_incoming(text), clean_incoming(author).strip(), address.strip()
    wrong: dict[str, str | Promise] = {}
    if not tidy_text(words):
        wrong["text"] = _("Paste the comment")
    elif byte_length(words) > 4 * LONGEST_COMMENT or len(words) > LONGEST_COMMENT:
        wrong["text"] = _("Comments can be up to 20,000 characters")
    if len(name) > LONGEST_NAME:
        wrong["author"] = _("Names can be up to 200 characters")
    if written_at.tzinfo is None or written_at > at + CLOCKS_DIFFER:
        wrong["written_at"] = _("Enter the time the network shows. It can’t be in the future")
    if link and not _is_web_address(link):
        wrong["address"] = _("Paste the whole link, starting with https://")
    if wrong:
        raise BadInput(wrong)
    paper = "\x1f".join([root.id, name, tidy_text(words), written_at.isoformat(), link])
    item_id = f"pasted:{hashlib.sha256(paper.encode()).hexdigest()[:32]}"
    return IncomingItem(
        network=capabilities.key,
        ref=Ref(capabilities.key, item_id, link),
        author=Author(f"pasted:{hashlib.sha256(name.encode()).hexdigest()[:32]}" if name else "", "", name),
        text=words,
        created_at=written_at,
        seen_at=at,
        parent=root.id,
        root=root.id,
        attachments=(),
        visibility="public",  # copied from below a post of ours
    )


def _is_web_address(link: str) -> bool:
    parts = parts_of(link)
    return (
        parts.scheme == "https" and "." in parts.netloc and len(link) <= LONGEST_ADDRESS and " " not in link
    )


def open_client(key: str, credential: Credential) -> NotOffered:
    """A client that asks no network; the cards of `manual.cards` take its place."""
    return NotOffered(all_capabilities()[key])
