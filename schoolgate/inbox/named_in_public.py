"""Pupils who are named in our replies, or in comments that our noticeboard shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Q

from schoolgate.core.subjects import number_of
from schoolgate.inbox.models import Answer, Item
from schoolgate.networks.handshake import LIVE
from schoolgate.networks.noticeboard.models import NoticeboardComment
from schoolgate.networks.noticeboard.states import CommentState
from schoolgate.publishing.hit_models import WordAnswer
from schoolgate.publishing.states import HitReply
from schoolgate.pupils.models import Pupil
from schoolgate.pupils.named import named_in, names

NOT_READ_YET = 0
"""Stands for the comment of words that our inbox hasn't read yet."""


def pupils_named(pupils: Sequence[int]) -> set[int]:
    """Return those of these pupils who are named there."""
    return named_in(pupils, lambda word: (text for _item, text in _texts_with(word)))


def items_naming(pupil: Pupil) -> set[int]:
    """Return the comments of which the words, the writer's name or our reply have this pupil's full name, but
    for those of which a person said that another is meant."""
    named = {item for item, text in _texts_with(pupil.last_name) if names(pupil, [text])}
    others = WordAnswer.objects.filter(
        about__in=[f"inbox.item:{pk}" for pk in named], reply=HitReply.NOT_PUPIL, pupils__contains=[pupil.pk]
    )
    not_meant = {number_of(about) for about in others.values_list("about", flat=True)}
    return named - not_meant - {NOT_READ_YET}


def _texts_with(word: str) -> Iterator[tuple[int, str]]:
    """Yield each text with this word that people can read, or soon can, with its comment."""
    out = Q(receipt__isnull=False) | Q(state__in=sorted(LIVE))
    ours = Answer.objects.filter(out, gone_at=None, text__icontains=word)
    yield from ours.values_list("item_id", "text")
    shown = NoticeboardComment.objects.filter(state=CommentState.RELEASED, ours=False)
    there = list(
        shown.filter(Q(text__icontains=word) | Q(name__icontains=word)).values_list("key", "name", "text")
    )
    items = Item.every.filter(network_id__in=[key for key, *_said in there])
    of_key = dict(items.values_list("network_id", "pk"))
    for key, name, text in there:
        yield of_key.get(key, NOT_READ_YET), f"{name}: {text}"
