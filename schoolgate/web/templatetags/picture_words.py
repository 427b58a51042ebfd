"""The words that a program read in a picture of a post."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from schoolgate.media.models import Picture, Reading, WordsRead
from schoolgate.media.words import words_of
from schoolgate.publishing.models import CAN_BE_CHANGED, LinkCard, Post
from schoolgate.publishing.post_parts import cards_going_out
from schoolgate.web.posts.pictures import WAITS

register = template.Library()

LONGEST_SHOWN = 600


@register.inclusion_tag("posts_screening/_words.html", takes_context=True)
def words_in(context: Any, picture: Picture) -> dict[str, Any]:
    """What was read in a picture, or that no program has read it."""
    return _shown(context, picture)


@register.inclusion_tag("posts_screening/_words_since.html", takes_context=True)
def words_read_since(context: Any, read: Mapping[int, WordsRead | None]) -> dict[str, Any]:
    """The same for those pictures that the page shows as being read, to take the place of that. `read`: as
    `words_waited_for` found them."""
    return {"each_words": [_words(context, pk, row) for pk, row in read.items()]}


@register.inclusion_tag("posts_screening/_words_of_post.html", takes_context=True)
def words_of_post(context: Any, post: Post) -> dict[str, Any]:
    """What was read in each picture of a post, for those who approve it."""
    open_ = post.state in CAN_BE_CHANGED
    pictures = post.pictures if open_ else []
    cards = [card for card in cards_going_out(post) if card.has_picture] if open_ else []
    each_words = [
        *({**_shown(context, each), "place": n} for n, each in enumerate(pictures, start=1)),
        *({**_words(context, card.pk, card.words), "site": card.site} for card in cards),
    ]
    not_read = any(each["state"] == Reading.NOT_READ for each in each_words)
    return {"each_words": each_words, "not_read": not_read}


@register.inclusion_tag("posts_screening/_card_words.html", takes_context=True)
def words_in_card(context: Any, card: LinkCard) -> dict[str, Any]:
    """What was read in the picture of a link card, or that no program has read it."""
    return _words(context, card.pk, card.words)


def _shown(context: Any, picture: Picture) -> dict[str, Any]:
    return _words(context, picture.pk, words_of([picture]).get(picture.pk))


def _words(context: Any, pk: int, row: WordsRead | None) -> dict[str, Any]:
    words = " / ".join(row.lines or ()) if row else ""
    return {
        "pk": pk,
        "state": str(row.reading(at=context["request"].visit.at) if row else Reading.NOT_READ),
        "words": words if len(words) <= LONGEST_SHOWN else words[: LONGEST_SHOWN - 1] + "…",
        "reader": row.reader if row else "",
        "waits": WAITS,
    }
