"""Somebody wants to change an article of an open encyclopaedia."""

from typing import Literal

from schoolgate.rulebook.facts import Act, Tri, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment


@moment("encyclopaedia.edit", _("A change to an open encyclopaedia"), "encyclopaedia")
class EncyclopaediaEdit(Act, asked_of="private_person"):
    """`for_themselves`: not on the school's behalf. `at_work`: while at work, breaks included.
    `connection`: over whose connection to the internet."""

    for_themselves: Tri = fact(
        _("whether it is done for oneself"),
        _("Do you do it for yourself, and not for the school?"),
        need="own_for_themselves",
    )
    at_work: Tri = fact(question=_("Is it while you are at work, breaks included?"), need="own_at_work")
    connection: Literal["own", "school"] | None = fact(
        question=_("Over whose connection to the internet?"), need="own_network"
    )
