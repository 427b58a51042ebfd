"""Stops of posting that are over: what is due, and how it is destroyed."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import Stop
from schoolgate.core.retention import NO_SOURCE, Area, Declared, Public, Row, unless_empty


class Stops(Declared):
    """Stops of posting that were lifted, or ended by themselves."""

    key, number, endings = "stops", 27, ("stop_period",)
    area = Area.POSTS
    public = Public.NOWHERE
    name = _("Stops on posting")
    thing = _("Stop on posting")
    counted = _("From the day it was lifted or ended.")
    goes = _("The reason that was given.")
    stays = _("The stop’s school and dates, and who set and lifted it.")
    because = NO_SOURCE
    first = _("Lift the stop first.")
    row = Row(
        Stop,
        over=Q(lifted_at__isnull=False) | Q(until__isnull=False),
        since=("lifted_at", "until"),
        empties={"reason": unless_empty("reason")},
    )
