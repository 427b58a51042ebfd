"""What is said of something that is to come down: gone, still there, or not known yet."""

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
            return "", _("Gone"), _("It was taken down by hand, and a second person has looked."), ""
        case Intent.CONFIRMED:
            return "", _("Gone"), _("It is gone from the network; the program has looked."), ""
        case Intent.WRITTEN if delivery.removal_said is not None:
            name = delivery.removal_said.by.name
            return (
                "wait",
                _("Said to be gone"),
                format_lazy(_("It was taken down by hand. Said by: {name}."), name=name),
                _("Somebody else looks whether it is really gone."),
            )
        case Intent.WRITTEN if delivery.by_hand:
            return (
                "no",
                _("Still there"),
                _("It has to be taken down on the network's own pages; until then everybody can see it."),
                _("Its author and those who approve posts are asked. The first who does it says so."),
            )
        case Intent.WRITTEN:
            return (
                "no",
                _("Still there"),
                trouble or _("The network is asked in a moment."),
                NEXT["try_again"] if trouble else "",
            )
        case Intent.SENT | Intent.UNKNOWN:
            return (
                "wait",
                _("Not known yet"),
                trouble or _("The network was asked. The program looks whether it is gone."),
                _("This takes a minute or two."),
            )
        case Intent.FAILED:
            return "no", _("Still there"), why_failed(delivery), _("Take it down by hand.")
        case Intent.ASKED | Intent.DIFFERENT:
            return (
                "ask",
                _("Nobody knows"),
                _("Nothing can prove whether it is gone."),
                _("Look on the network, and say how it stands."),
            )
        case _:
            return "", _("Taken back"), "", ""


def why_failed(delivery: Delivery) -> Words:
    """Why the network did not take it."""
    if delivery.because == "not_there":
        return _("Somebody looked on the network, and it is not there.")
    return SENTENCES.get(delivery.because, _("The network did not take it."))
