"""What becomes of what waits to be sent while posting is stopped, in words: of a reply, a decision about a
comment, and a post that is being sent. Of an approved post: `posts/wording.py`.

The words for something that must come down: gone, still there, or not known yet.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.networks.handshake import Intent
from schoolgate.networks.intents import IntentRow
from schoolgate.networks.wording import NEXT, SENTENCES
from schoolgate.publishing.models import Delivery
from schoolgate.publishing.rules import latest_start
from schoolgate.web.frame.shown import instant_in_words, time_in_words

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


Words = str | Promise


def of_removal(delivery: Delivery) -> tuple[str, Words, Words, Words]:
    """A removal in words: kind of the tag, tag, the plain truth, what comes next."""
    trouble = SENTENCES.get(delivery.because, "")
    match Intent(delivery.state):
        case Intent.CONFIRMED if delivery.because == "by_hand":
            return "", _("Gone"), _("Taken down by hand and checked by a second person."), ""
        case Intent.CONFIRMED:
            return "", _("Gone"), _("Schoolgate has checked: it’s gone from the network."), ""
        case Intent.WRITTEN if delivery.removal_said is not None:
            name = delivery.removal_said.by.name
            return (
                "wait",
                _("Needs checking"),
                format_lazy(_("Taken down by hand. Confirmed by: {name}."), name=name),
                _("Someone else will check that it’s gone."),
            )
        case Intent.WRITTEN if delivery.by_hand:
            return (
                "no",
                _("Still there"),
                _("It must be taken down on the network itself. Until then everyone can see it."),
                _("The author and the approvers have been asked. The first to do it should confirm it here."),
            )
        case Intent.WRITTEN:
            return (
                "no",
                _("Still there"),
                trouble or _("The network will be asked in a moment."),
                NEXT["try_again"] if trouble else "",
            )
        case Intent.SENT | Intent.UNKNOWN:
            return (
                "wait",
                _("Checking"),
                trouble or _("The network has been asked. Schoolgate is checking that it’s gone."),
                _("This takes a minute or two."),
            )
        case Intent.FAILED:
            return "no", _("Still there"), why_failed(delivery), _("Take it down by hand.")
        case Intent.ASKED | Intent.DIFFERENT:
            return (
                "ask",
                _("Not confirmed"),
                _("Schoolgate can’t tell whether it’s gone."),
                _("Check the network and record what you see."),
            )
        case _:
            return "", _("Cancelled"), "", ""


def why_failed(delivery: Delivery) -> Words:
    """Why the network did not take it."""
    if delivery.because == "not_there":
        return _("A person checked the network, and it isn’t there.")
    return SENTENCES.get(delivery.because, _("The network did not accept it."))
