"""Watches on the schools' names that are over, and what is still stored of what they found: what is due, and
how it is destroyed.

What was found and dealt with is emptied earlier (`actions.finding.wipe_old`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.retention import NUMBERED, Area, Declared, Part, Public, Row
from schoolgate.core.subjects import number_of
from schoolgate.listening.models import Find, Source, Watch
from schoolgate.policy.retention import DECIDED_ON

FIND = "listening.find:"


class Watches(Declared):
    """Watches that are over, with what they found."""

    key, number, endings = "watches", 21, ("watch_period",)
    area = Area.INBOX
    public = Public.NOWHERE
    name = _("Saved searches for the schools’ names")
    thing = _("Saved search")
    counted = _("From the day it ended.")
    goes = _("Its name, words and purpose, its news feeds, and any public post that is still stored with it.")
    stays = _("The search, its dates, its school and who set it up.")
    because = _(
        "Our suggestion: one year. No law sets a number. A public post that someone dealt with is emptied "
        "after 90 days."
    )
    first = _("End the search, and read what it found.")
    row = Row(
        Watch,
        over=Q(),
        since=("ended_at", "until"),
        empties={"name": NUMBERED, "phrases": ["-"], "purpose": "-"},
        parts=(
            Part(Source, "watch"),
            Part(
                Find, "watch",
                {
                    "text": "", "address": "", "place": "", "author_id_there": "", "author_handle": "",
                    "author_name": "", "note": "", "ref": None, "version": "",
                },
            ),
            DECIDED_ON,
        ),
    )  # fmt: skip

    def due(self, before: datetime, *, at: datetime) -> QuerySet[Watch]:
        """Leave out what still searches today."""
        return super().due(before, at=at).exclude(ended_at=None, until__gte=local_day(at))

    def unheld(self, rows: QuerySet[Watch], held: Sequence[str]) -> QuerySet[Watch]:
        """Leave out what a ban on the watch, or on something that it found, keeps."""
        found = Find.objects.filter(pk__in=[number_of(one) for one in held if one.startswith(FIND)])
        return super().unheld(rows, held).exclude(pk__in=found.values("watch"))

    def destroy(self, pks: Sequence[int], *, at: datetime) -> list[str]:
        """Say of what they found that it was emptied, too."""
        Find.objects.filter(watch__in=pks, wiped_at=None).update(wiped_at=at)
        return super().destroy(pks, at=at)
