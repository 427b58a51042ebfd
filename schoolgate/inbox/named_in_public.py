"""Pupils who are named in our replies, or in comments that our noticeboard shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Q

from schoolgate.inbox.models import Answer
from schoolgate.networks.handshake import LIVE
from schoolgate.networks.noticeboard.models import NoticeboardComment
from schoolgate.networks.noticeboard.states import CommentState
from schoolgate.pupils.named import named_in


def pupils_named(pupils: Sequence[int]) -> set[int]:
    """Return those of these pupils who are named there."""
    return named_in(pupils, _texts_with)


def _texts_with(word: str) -> Iterator[str]:
    out = Q(receipt__isnull=False) | Q(state__in=sorted(LIVE))
    yield from Answer.objects.filter(out, gone_at=None, text__icontains=word).values_list("text", flat=True)
    shown = NoticeboardComment.objects.filter(state=CommentState.RELEASED)
    for name, text in shown.filter(Q(text__icontains=word) | Q(name__icontains=word)).values_list(
        "name", "text"
    ):
        yield f"{name}: {text}"
