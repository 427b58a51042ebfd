"""What becomes of what waits to be sent while posting is stopped, in words: of a reply, a decision about a
comment, and a post that is being sent. Of an approved post: `posts/wording.py`."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.networks.intents import IntentRow
from schoolgate.publishing.rules import latest_start
from schoolgate.web.frame.times import instant_in_words, time_in_words

NOTHING_LEAVES = _("Posting is stopped here, so nothing is being sent.")


def waits_for_stop(row: IntentRow, *, at: datetime, by_hand: bool = False) -> str | Promise:
    """Return what becomes of something that waits to be sent, and is held by a stop at `at`."""
    if by_hand:
        return _("Once the stop is lifted, a person posts it on the network itself.")
    last = latest_start(row)
    if at > last:
        return _("It has waited too long, so it won’t be sent. When the stop ends, decide again.")
    said = _("If the stop is lifted before {last}, it goes out then. Otherwise decide again.")
    return format_lazy(said, last=clock_in_words(last, at=at))


def clock_in_words(then: datetime, *, at: datetime) -> str:
    """Return an instant as a time of day if it is on the same day, else with its day."""
    return time_in_words(then) if local_day(then) == local_day(at) else instant_in_words(then)
