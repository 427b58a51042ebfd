"""The words for something that must come down: gone, still there, or not known yet."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.networks.handshake import Intent
from schoolgate.networks.wording import NEXT, SENTENCES
from schoolgate.publishing.models import Delivery

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
