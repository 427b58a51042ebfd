"""Which live posts someone's words point at: by the address of the post, on its network or here, or of a
picture."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from django.db.models import Q

from schoolgate.core.subjects import number_of
from schoolgate.patterns import lazy_pattern
from schoolgate.publishing import queries
from schoolgate.publishing.models import Delivery, Post, PostPerson, PostPicture
from schoolgate.publishing.named_in_public import copies_naming
from schoolgate.publishing.names_known import names_here
from schoolgate.publishing.standing import STANDS
from schoolgate.publishing.states import Purpose
from schoolgate.pupils.models import Pupil
from schoolgate.screening import Kind, Strength, screen

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
