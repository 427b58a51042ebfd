"""Somebody wants to search for, watch or list a private account of somebody else."""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Act, Ask, Facts, Tri, derived
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class PersonalWatch(Act):
    """`by` wants to do it: to search for the account again and again, or to put it on a list. `refers`,
    `affects`: whether the account names the school or has an effect on it."""

    act: Annotated[
        Literal["watch", "list"] | None,
        Ask(
            "own_act",
            "watching_person",
            gettext_noop("whether the account is to be watched or put on a list"),
            question=gettext_noop("What is about to be done?"),
        ),
    ] = None
    refers: Annotated[
        Tri, Ask("own_refers", "watching_person", question=gettext_noop("Does that account name the school?"))
    ] = None
    affects: Annotated[
        Tri,
        Ask(
            "own_affects",
            "watching_person",
            question=gettext_noop("Does that account have an effect on the school?"),
        ),
    ] = None

    @derived("own_refers_or_affects", "watching_person")
    def touches(self, _facts: Facts) -> bool | None:
        """Whether the account names the school or has an effect on it."""
        found = (self.refers, self.affects)
        return True if True in found else None if None in found else False


PERSONAL_WATCH = Situation(
    key="personal.watch",
    title=gettext_noop("Watching somebody's private account"),
    facts=PersonalWatch,
    points=points("private_life"),
)
