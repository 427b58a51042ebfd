"""Pupils who are named in our replies, or in comments that our noticeboard shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Q, QuerySet

from schoolgate.core.doors import Door
from schoolgate.core.subjects import number_of
from schoolgate.inbox.models import Answer, Item
from schoolgate.networks.capabilities import OURS
from schoolgate.networks.handshake import STANDING
from schoolgate.networks.noticeboard.models import CommentState, NoticeboardComment
from schoolgate.publishing.leaving import last_said
from schoolgate.publishing.models import MEANT, HitReply
from schoolgate.publishing.named_in_public import MOST_READ
from schoolgate.pupils.models import Pupil
from schoolgate.pupils.named import index_on_the_list, is_asked_about, named_in, names, that_may_name
from schoolgate.screening import NameIndex, taken_over

ITEM = "inbox.item:"


def pupils_named(pupils: Sequence[int]) -> set[int]:
    """Return those of these pupils who are named there."""
    return named_in(pupils, _texts_with)


def replies_naming(pupil: Pupil) -> list[Answer]:
    """Return our replies in public, out or on their way, that have this pupil's full name, or of which a
    person said that they may be named; but for those where another is meant."""
    said = _said_of(pupil, Door.REPLY)
    rows = _out().filter(item__private=False)
    may = [item for item, reply in said.items() if reply in MEANT]
    named = that_may_name(rows, pupil, "text").values("pk")
    found = rows.filter(Q(pk__in=named) | Q(item__in=may))
    return [
        answer
        for answer in found.select_related("item__account").order_by("-pk")
        if said.get(answer.item_id) != HitReply.NOT_PUPIL
        and (answer.item_id in may or names(pupil, [answer.text]))
    ]


def comments_naming(pupil: Pupil) -> list[Item]:
    """Return the comments on our noticeboards of which the words or the writer's name, as shown there, have
    this pupil's full name, or any part of it of which a person said that they may be named so; but for those
    where another is meant."""
    said = _said_of(pupil, Door.COMMENT)
    shown = [row.key for row in _shown_with(pupil) if names(pupil, [f"{row.name}: {row.text}"])]
    may = [item for item, reply in said.items() if reply in MEANT]
    named = Q(network_id__in=shown) | Q(pk__in=may, network_id__in=_shown().values("key"))
    items = Item.every.filter(named, account__network=OURS)
    return [one for one in items.order_by("-pk") if said.get(one.pk) != HitReply.NOT_PUPIL]


def may_name(pupil: Pupil) -> list[int]:
    """Return the comments that stay, or of which our reply does, although the gate would ask about this pupil
    there now that they are on the do-not-publish list: no one was asked about a first name alone before."""
    index = index_on_the_list(pupil)
    said, shown = _said_of(pupil, Door.REPLY), _said_of(pupil, Door.COMMENT)
    answers = _out().filter(item__private=False).exclude(pk__in=[each.pk for each in replies_naming(pupil)])
    rows = answers.select_related("item").prefetch_related("item__versions").order_by("-pk")[:MOST_READ]
    found = {
        answer.item_id
        for answer in rows
        if said.get(answer.item_id) != HitReply.NOT_PUPIL and _names_or_confirms(answer, index)
    }
    keys = [
        row.key
        for row in _shown().order_by("-pk")[:MOST_READ]
        if is_asked_about(f"{row.name}: {row.text}", index)
    ]
    named = [item.pk for item in comments_naming(pupil)]
    items = Item.every.filter(account__network=OURS, network_id__in=keys).exclude(pk__in=named)
    found |= {pk for pk in items.values_list("pk", flat=True) if shown.get(pk) != HitReply.NOT_PUPIL}
    return sorted(found)


def are_more_than_read() -> bool:
    """Return whether more replies or comments are out than `may_name` reads."""
    replies, comments = _out().filter(item__private=False), _shown()
    return replies[MOST_READ:].exists() or comments[MOST_READ:].exists()


def _names_or_confirms(answer: Answer, index: NameIndex) -> bool:
    asked = max(answer.item.versions.all(), key=lambda each: each.pk, default=None)
    said = taken_over(answer.text, asked.text, index) if asked else []
    return is_asked_about(answer.text, index) or any(hit.of for hit in said)


def _said_of(pupil: Pupil, door: Door) -> dict[int, str]:
    """Return the last answer that a person gave about this pupil's name, by comment (`last_said`)."""
    rows = last_said(pupil, door).items()
    return {number_of(about): reply for about, reply in rows if about.startswith(ITEM)}


def _out() -> QuerySet[Answer]:
    out = Q(receipt__isnull=False) | Q(state__in=sorted(STANDING))
    return Answer.objects.filter(out, gone_at=None)


def _shown() -> QuerySet[NoticeboardComment]:
    return NoticeboardComment.objects.filter(state=CommentState.RELEASED, ours=False)


def _shown_with(pupil: Pupil) -> QuerySet[NoticeboardComment]:
    return that_may_name(_shown(), pupil, "name", "text")


def _texts_with(pupil: Pupil) -> Iterator[str]:
    """Yield each text that may name this pupil and that people can read, or soon can."""
    yield from that_may_name(_out(), pupil, "text").values_list("text", flat=True)
    yield from (f"{row.name}: {row.text}" for row in _shown_with(pupil))
