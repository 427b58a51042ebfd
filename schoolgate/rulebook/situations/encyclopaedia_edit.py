"""Somebody wants to change an article of an open encyclopaedia."""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Act, Ask, Tri
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Situation, points


class EncyclopaediaEdit(Act):
    """`for_themselves`: not on the school's behalf. `at_work`: while at work, breaks included.
    `connection`: over whose connection to the internet."""

    for_themselves: Annotated[
        Tri,
        Ask(
            "own_for_themselves",
            "private_person",
            _("whether it is done for oneself"),
            question=_("Do you do it for yourself, and not for the school?"),
        ),
    ] = None
    at_work: Annotated[
        Tri, Ask("own_at_work", "private_person", question=_("Is it while you are at work, breaks included?"))
    ] = None
    connection: Annotated[
        Literal["own", "school"] | None,
        Ask("own_network", "private_person", question=_("Over whose connection to the internet?")),
    ] = None


ENCYCLOPAEDIA_EDIT = Situation(
    key="encyclopaedia.edit",
    title=_("A change to an open encyclopaedia"),
    facts=EncyclopaediaEdit,
    points=points("encyclopaedia"),
)
