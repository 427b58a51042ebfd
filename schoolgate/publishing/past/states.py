"""States of the import of a download, and their allowed transitions."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class PastState(models.TextChoices):
    """The status of a download."""

    READING = "reading", _("Reading file")
    FOUND = "found", _("Ready to check")
    UNREADABLE = "unreadable", _("Can’t be used")
    TAKING = "taking", _("Importing")
    STOPPED = "stopped", _("Stopped part-way")
    DONE = "done", _("Imported")
    DROPPED = "dropped", _("Cancelled")
    LAPSED = "lapsed", _("Expired")


PAST_MOVES: dict[PastState, frozenset[PastState]] = {
    PastState.READING: frozenset(
        {PastState.FOUND, PastState.UNREADABLE, PastState.DROPPED, PastState.LAPSED}
    ),
    PastState.FOUND: frozenset({PastState.TAKING, PastState.DROPPED, PastState.LAPSED, PastState.UNREADABLE}),
    PastState.TAKING: frozenset({PastState.DONE, PastState.STOPPED}),
    PastState.STOPPED: frozenset({PastState.TAKING, PastState.DROPPED, PastState.LAPSED}),
}

OPEN = (PastState.READING, PastState.FOUND, PastState.TAKING, PastState.STOPPED)
"""While a download is in one of these, its posts are in a file of their own."""

FILE_LASTS = timedelta(days=1)
"""House rule: a download that is not confirmed or continued for a day is dropped with its file."""

QUIET = timedelta(minutes=10)
"""The sweep restarts a reading or an import that has not reported for this long."""


class Whose(models.TextChoices):
    """Whose account the download names."""

    SAME = "same", _("this account’s")
    OTHER = "other", _("another account’s")
    NOT_TOLD = "not_told", _("the file does not say")


class PastWordSaid(models.TextChoices):
    """One person's word about an older post that may name or show a pupil."""

    GONE = "gone", _("Taken down on the network")
    NOTHING = "nothing", _("Checked: it isn’t this pupil")
