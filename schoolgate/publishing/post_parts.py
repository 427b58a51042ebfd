"""What belongs to a post: its link cards, the parts of a thread, who wrote it; each read with what its
pages show of it (`core.reading_once`)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db.models import Prefetch

from schoolgate.accounts.connecting import abilities_of
from schoolgate.accounts.models import Account
from schoolgate.core.reading_once import Parts
from schoolgate.media.models import Film, Picture, Reading, film_of
from schoolgate.networks import threads
from schoolgate.networks.capabilities import Way, all_capabilities
from schoolgate.networks.handshake import Intent
from schoolgate.networks.normal import LONGEST_ADDRESS, byte_length, find_links
from schoolgate.networks.told import limits_with
from schoolgate.people.leads import one_will_among
from schoolgate.people.models import Person
from schoolgate.publishing.models import (
    Approval,
    Delivery,
    LeftOut,
    LinkCard,
    Post,
    PostMark,
    PostPerson,
    PostPicture,
    PostTarget,
    PostWriter,
    RemovalSaid,
)

# Which links of a post get a card, and what of it goes out. Reads rows that were read with the post.

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


def offered(account: Account, text: str) -> tuple[str, ...]:
    """Return the parts in which a text that is too long could go out on an account; none where it fits, or
    where no thread is sent there."""
    if abilities_of(account).way("publish") is not Way.PROGRAM:
        return ()
    return threads.split(text, limits_with(account.network, account.told_limits))


def parts_of(target: PostTarget) -> tuple[str, ...]:
    """Return the parts in which a text goes out; none for a single post."""
    return offered(target.account, target.text) if target.as_thread else ()


def is_begun(delivery: Delivery) -> bool:
    """Return whether only the first parts of a thread are there, and a person decides about the others."""
    return delivery.state == Intent.DIFFERENT and delivery.known().begun is not None


def parts_there(delivery: Delivery) -> int:
    """Return how many posts of a thread the network is known to have."""
    ref = delivery.ref
    return len(threads.refs_of(ref)) if ref is not None else 0


def writes_too(person: Person, post: Post) -> bool:
    """Return whether the post's author lets this person write it too."""
    return any(
        each.person_id == person.pk and each.added_by_id is not None and each.ended_at is None
        for each in post.writers.all()
    )


def wrote(person: Person, post: Post) -> bool:
    """Return whether this person wrote the post or a part of it."""
    writers = post.writers.all()
    return person.pk == post.author_id or any(
        each.person_id == person.pk and each.wrote_at is not None for each in writers
    )


def one_will_with(person: Person, post: Post, *, at: datetime) -> Person | None:
    """Return who wrote the post, or a part of it, and brought this person in or was brought in by them: their
    word about a child in it is no second person's."""
    by = [each.person for each in post.writers.all() if each.wrote_at is not None]
    return one_will_among(person, {post.author, *by}, at=at)


def frozen_picture(picture: Picture) -> dict[str, Any]:
    """Return what a delivery keeps of a picture: its file, its description and its shape."""
    film = film_of(picture)
    return {
        "picture": picture.pk,
        "digest": picture.digest,
        "media_type": picture.media_type,
        "alt": picture.alt,
        "width": picture.width,
        "height": picture.height,
        **({"film": frozen_film(film)} if film else {}),
    }


def frozen_film(film: Film) -> dict[str, Any]:
    """Return what a delivery keeps of a film beside its cover."""
    return {
        "digest": film.digest,
        "captions": film.captions,
        "width": film.width,
        "height": film.height,
        "milliseconds": film.milliseconds,
    }


def _deliveries() -> Prefetch[Any]:
    said = Prefetch("removals_said", RemovalSaid.objects.select_related("by"))
    rows = Delivery.objects.select_related("account", "done_by").prefetch_related("take_downs", said)
    return Prefetch("deliveries", rows.order_by("id"))


PARTS: Parts = {
    "placed": lambda: Prefetch(
        "placed", PostPicture.objects.select_related("picture__film").order_by("place")
    ),
    "targets": lambda: Prefetch(
        "targets", PostTarget.objects.select_related("account__school").order_by("account_id")
    ),
    "people": lambda: Prefetch(
        "people",
        PostPerson.objects.select_related("pupil").prefetch_related("pupil__changes").order_by("place"),
    ),
    "hit_answers": lambda: "hit_answers",
    "left_out": lambda: Prefetch("left_out", LeftOut.objects.select_related("pupil", "by")),
    "link_cards": lambda: "link_cards__words_read",
    "used_permissions": lambda: "used_permissions__permission__places",
    "writers": lambda: Prefetch("writers", PostWriter.objects.select_related("person").order_by("id")),
    "approvals": lambda: Prefetch("approvals", Approval.objects.select_related("by").order_by("-id")),
    "marks": lambda: Prefetch(
        "marks", PostMark.objects.select_related("raised_by", "judged_by").order_by("id")
    ),
    "deliveries": _deliveries,
}
"""What belongs to a post."""
