"""Pupils who are named in what is public of our posts, whether or not their author chose them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from django.db.models import Q, QuerySet

from schoolgate.media import words
from schoolgate.media.captions import words_of
from schoolgate.networks.handshake import LIVE, Intent
from schoolgate.publishing.link_cards import words_in_card_pictures
from schoolgate.publishing.live_words import words_on_networks
from schoolgate.publishing.models import Delivery, HitAnswer, Post
from schoolgate.publishing.states import MEANT, HitReply, Purpose
from schoolgate.pupils.models import Pupil
from schoolgate.pupils.named import (
    gives_away,
    index_on_the_list,
    is_asked_about,
    named_in,
    names,
    that_may_name,
)
from schoolgate.screening import Kind

MOST_READ = 5_000
"""Copies, replies or comments, newest first, that are read for a first name alone."""


def pupils_named(pupils: Sequence[int]) -> set[int]:
    """Return those of these pupils who are named in a copy that is out or on its way: in its text, in the
    description of a picture, in captions or on the card of its link, or in what its network shows instead."""
    instead = words_on_networks()
    return named_in(pupils, lambda pupil: (text for _copy, texts in _with(pupil, instead) for text in texts))


def copies_naming(pupil: Pupil) -> set[int]:
    """Return the copies that are out or on their way and have this pupil's full name in their words, or any
    part of it of which a person said that they may be named so; but for those of which a person said that
    another is meant."""
    named = {
        copy.pk: copy.post_id for copy, texts in _with(pupil, words_on_networks()) if names(pupil, texts)
    }
    others = HitAnswer.objects.filter(post__in=named.values(), reply=HitReply.NOT_PUPIL)
    not_meant = set(others.filter(pupils__contains=[pupil.pk]).values_list("post_id", flat=True))
    told = {copy.pk for copy in _said_of(pupil, MEANT)}
    return {pk for pk, post in named.items() if post not in not_meant} | told


def posts_that_may_name(pupil: Pupil) -> list[int]:
    """Return the posts that stay although they may name this pupil, who is new on the do-not-publish list:
    people said that another is meant, or no one was asked about a first name alone."""
    another = {copy.post_id for copy in _said_of(pupil, {HitReply.NOT_PUPIL})}
    index, named = index_on_the_list(pupil), copies_naming(pupil)
    rows = out_or_going().exclude(pk__in=named).order_by("-pk")[:MOST_READ]
    instead = words_on_networks()
    loosely = {
        copy.post_id
        for copy in rows
        if any(is_asked_about(each, index) for each in (*texts_of(copy), *instead.get(copy.pk, ())))
    }
    return sorted(another | loosely)


def are_more_than_read() -> bool:
    """Return whether more is out or on its way than `posts_that_may_name` reads."""
    return out_or_going().order_by()[MOST_READ:].exists()


def _said_of(pupil: Pupil, replies: Collection[str]) -> Iterator[Delivery]:
    """Yield the copies of posts with words of which a person gave one of these answers about this pupil's
    name, if the words still are there."""
    said = HitAnswer.objects.filter(kind=Kind.PUPIL, reply__in=replies, pupils__contains=[pupil.pk])
    instead = words_on_networks()
    for copy in out_or_going().filter(post__in=said.values("post")).select_related("post"):
        here = (*texts_of(copy), *instead.get(copy.pk, ()), *words_in_pictures(copy.post))
        if gives_away(pupil, here):
            yield copy


def words_in_pictures(post: Post) -> Iterator[str]:
    """Yield the words that were read in a post's pictures and its link cards' pictures, each as one line."""
    yield from (" ".join(row.lines) for row in words.words_of(post.pictures).values() if row.lines)
    yield from (" ".join(lines) for _card, lines in words_in_card_pictures(post))


def texts_of(copy: Delivery) -> Iterator[str]:
    """Yield each text of a copy as it was sent."""
    yield " ".join((copy.text, *copy.parts))
    for each in copy.pictures:
        yield each.get("alt", "")
        yield words_of(each["film"].get("captions", "")) if "film" in each else ""
    yield f"{copy.card.get('title', '')} {copy.card.get('description', '')}"


def out_or_going() -> QuerySet[Delivery]:
    """Return the copies that are out, on their way or waiting for a person's hand, and not taken down."""
    return Delivery.objects.filter(
        Q(receipt__isnull=False) | Q(state__in=sorted(LIVE)), purpose=Purpose.PUBLISH
    ).exclude(take_downs__state=Intent.CONFIRMED)


def _with(pupil: Pupil, instead: Mapping[int, list[str]]) -> Iterator[tuple[Delivery, list[str]]]:
    """Yield each copy that may name a pupil with its texts. `instead`: what networks show of copies now."""
    rows = that_may_name(out_or_going(), pupil, "text", "parts", "pictures", "card")
    for copy in (*rows, *out_or_going().filter(pk__in=instead)):
        yield copy, [*texts_of(copy), *instead.get(copy.pk, ())]
