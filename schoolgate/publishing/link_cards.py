"""Which links of a post get a card, and what of it goes out. Reads rows that were read with the post."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from schoolgate.media.models import Reading
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.normal import LONGEST_ADDRESS, byte_length, find_links
from schoolgate.publishing.card_models import LinkCard
from schoolgate.publishing.models import Post, PostTarget

MOST_CARDS: Final = 4
"""Of one post: its texts may differ by account, and so may their links."""


def first_link(text: str) -> str:
    """Return the address of a text of which a card is made; empty for none."""
    found = next((each.target for each in find_links(text) if each.kind == "link"), "")
    return found if byte_length(found) <= LONGEST_ADDRESS else ""


def links_wanted(post: Post) -> list[str]:
    """Return the addresses of which the post's networks are sent a card: none beside a picture or a film, and
    none of an emergency text, whose words alone were approved beforehand."""
    if post.pictures or post.emergency_text_id is not None:
        return []
    sent = [each.text for each in post.targets.all() if _is_sent(each)]
    return list(dict.fromkeys(link for text in sent if (link := first_link(text))))[:MOST_CARDS]


def card_for(post: Post, target: PostTarget) -> LinkCard | None:
    """Return the card that goes out on one account, or None."""
    if post.pictures or not _is_sent(target):
        return None
    link = first_link(target.text)
    return next((each for each in post.link_cards.all() if each.address == link and each.goes_out), None)


def cards_going_out(post: Post) -> list[LinkCard]:
    """Return the cards that go out on any of the post's accounts, each once."""
    if not post.link_cards.all():
        return []
    found = {card.pk: card for each in post.targets.all() if (card := card_for(post, each)) is not None}
    return list(found.values())


def words_in_card_pictures(post: Post) -> list[tuple[LinkCard, list[str]]]:
    """Return the lines that were read in the pictures of the cards that go out with theirs."""
    shown = [(card, card.words) for card in cards_going_out(post) if card.has_picture]
    return [(card, words.lines) for card, words in shown if words is not None and words.lines]


def still_reading_cards(post: Post, *, at: datetime) -> bool:
    """Return whether the words in the picture of a card that goes out may come within minutes."""
    shown = [card.words for card in cards_going_out(post) if card.has_picture]
    return any(words is not None and words.reading(at=at) is Reading.WAITING for words in shown)


def frozen_card(card: LinkCard | None) -> dict[str, Any]:
    """Return what a delivery keeps of a card, and what is approved of it; empty for none."""
    if card is None:
        return {}
    words = {"address": card.address, "title": card.title, "description": card.description}
    if not card.has_picture:
        return words
    return words | {
        "digest": card.digest, "media_type": card.media_type, "width": card.width, "height": card.height,
    }  # fmt: skip


def _is_sent(target: PostTarget) -> bool:
    return all_capabilities()[target.account.network].sends_link_card
