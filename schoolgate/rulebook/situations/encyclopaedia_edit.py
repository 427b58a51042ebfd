"""Somebody wants to change an article of an open encyclopaedia."""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Act, Ask, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class EncyclopaediaEdit(Act):
    """`for_themselves`: not on the school's behalf. `at_work`: while at work, breaks included.
    `connection`: over whose connection to the internet."""

    for_themselves: Annotated[
        Tri,
        Ask(
            "own_for_themselves",
            "private_person",
            gettext_noop("whether it is done for oneself"),
            question=gettext_noop("Do you do it for yourself, and not for the school?"),
        ),
    ] = None
    at_work: Annotated[
        Tri,
        Ask(
            "own_at_work",
            "private_person",
            question=gettext_noop("Is it while you are at work, breaks included?"),
        ),
    ] = None
    connection: Annotated[
        Literal["own", "school"] | None,
        Ask("own_network", "private_person", question=gettext_noop("Over whose connection to the internet?")),
    ] = None


ENCYCLOPAEDIA_EDIT = Situation(
    key="encyclopaedia.edit",
    title=gettext_noop("A change to an open encyclopaedia"),
    facts=EncyclopaediaEdit,
    points=points("encyclopaedia"),
)
