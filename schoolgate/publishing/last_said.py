"""What people said last of a pupil's name at the doors but a post's, and how long one word counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from schoolgate.core.doors import Door
from schoolgate.publishing.hit_models import WordAnswer
from schoolgate.publishing.states import HitReply
from schoolgate.pupils.consents import not_named_since
from schoolgate.pupils.models import Pupil


def last_said(pupil: Pupil, door: Door) -> dict[str, str]:
    """Return the last answer that a person gave about this pupil's name, by what it was about.

    That another is meant is one person's word: once this pupil may not be named any more, what they said
    before is read as if this one were, until it's said again.
    """
    rows = WordAnswer.objects.filter(door=door, pupils__contains=[pupil.pk]).order_by("pk")
    since = not_named_since([pupil.pk]) if rows else {}
    return {row.about: HitReply.RIGHT if is_over(row, since) else row.reply for row in rows}


def is_over(row: WordAnswer, since: Mapping[int, datetime]) -> bool:
    """Return whether a person said that another is meant before one of these pupils could no longer be named.
    `since`: as of `not_named_since`."""
    ended = (since[pk] for pk in row.pupils if pk in since)
    return row.reply == HitReply.NOT_PUPIL and any(row.at < one for one in ended)
