"""Pupils who are named in what is public of our posts, whether or not their author chose them; and which
live posts someone's words point at."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from schoolgate.core.subjects import number_of
from schoolgate.media import words
from schoolgate.media.captions import words_of
from schoolgate.networks.handshake import LIVE, Intent
from schoolgate.patterns import lazy_pattern
from schoolgate.publishing import queries
from schoolgate.publishing.live import words_on_networks
from schoolgate.publishing.looked_for import names_here
from schoolgate.publishing.models import (
    MEANT,
    Delivery,
    HitAnswer,
    HitReply,
    Post,
    PostPerson,
    PostPicture,
    Purpose,
)
from schoolgate.publishing.post_parts import words_in_card_pictures
from schoolgate.publishing.queries import STANDS
from schoolgate.pupils.models import Pupil
from schoolgate.pupils.named import (
    gives_away,
    index_on_the_list,
    is_asked_about,
    named_in,
    names,
    that_may_name,
)
from schoolgate.screening import Kind, Strength, screen

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


MOST = 5
"""Posts offered to be taken down beside what someone wrote; one more is returned where there are more."""
MOST_SIGNS = 20
"""Addresses and keys of a text that are looked for."""
_LINK = lazy_pattern(r"https?://[^\s<>\"]{1,500}")
_INSIDE = lazy_pattern(r"/posts/([0-9]{1,15})\b")
_PICTURE_INSIDE = lazy_pattern(r"/pictures/([0-9]{1,15})\b")
_KEY = lazy_pattern(r"\b[0-9a-z]{13}\b")
_DIGEST = lazy_pattern(r"\b[0-9a-f]{64}\b")


def posts_pointed_at(words: str, *, about: str = "") -> list[Post]:
    """Return the posts that still stand and that these words are about, or the post or picture with the name
    `about` in the record: the newest few."""
    ids, pictures = _numbers(_INSIDE, words), _numbers(_PICTURE_INSIDE, words)
    if about.startswith("publishing.post:"):
        ids.add(number_of(about))
    elif about.startswith("media.picture:"):
        pictures.add(number_of(about))
    digests = _DIGEST.findall(words)[:MOST_SIGNS]
    if pictures or digests:
        shows = PostPicture.objects.filter(Q(picture__in=pictures) | Q(picture__digest__in=digests))
        ids |= set(shows.values_list("post_id", flat=True))
    sent = Q(pk__in=[])
    if keys := _KEY.findall(words)[:MOST_SIGNS]:
        sent |= Q(intent_key__in=keys)
    if links := _LINK.findall(words)[:MOST_SIGNS]:
        plain = {form for link in links for form in _forms(link)}
        sent |= Q(receipt__address__in=sorted(plain))
    if keys or links:
        deliveries = Delivery.objects.filter(sent, purpose=Purpose.PUBLISH)
        ids |= set(deliveries.values_list("post_id", flat=True))
    return _standing(ids) if ids else []


def posts_with_named(words: str, *, on: date) -> list[Post]:
    """Return the posts that still stand and show or name a pupil whose full name is in these words, one who
    has left too: the newest few."""
    hits = screen(words, names_here(on=on)).hits
    pupils = {pk for hit in hits if hit.kind is Kind.PUPIL and hit.strength is Strength.STOP for pk in hit.of}
    if not 0 < len(pupils) <= MOST:
        return []
    ids = set(PostPerson.objects.filter(pupil__in=pupils).values_list("post_id", flat=True))
    copies = {pk for pupil in Pupil.objects.filter(pk__in=pupils) for pk in copies_naming(pupil)}
    ids |= set(Delivery.objects.filter(pk__in=copies).values_list("post_id", flat=True))
    return _standing(ids)


def _standing(ids: Collection[int]) -> list[Post]:
    rows = Post.objects.filter(pk__in=ids, state__in=STANDS).order_by("-pk") if ids else Post.objects.none()
    return queries.posts_by_id(list(rows.values_list("pk", flat=True)[: MOST + 1]))


def _numbers(pattern: re.Pattern[str], words: str) -> set[int]:
    return {int(found) for found in pattern.findall(words)[:MOST_SIGNS]}


def _forms(link: str) -> set[str]:
    """Return a link as it may be saved: without what follows a sentence, a question mark or a slash."""
    whole = link.rstrip(".,;:!?)'")
    bare = whole.partition("?")[0].partition("#")[0]
    return {whole, bare, bare.rstrip("/"), bare.rstrip("/") + "/"}
