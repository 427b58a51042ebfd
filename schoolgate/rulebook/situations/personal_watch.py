"""Somebody wants to search for, watch or list a private account of somebody else."""

from typing import Literal

from schoolgate.rulebook.facts import Facts, Person, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class PersonalWatch(Facts):
    """`by` wants to do it: to search for the account again and again, or to put it on a list. `refers`,
    `affects`: whether the account names the school or has an effect on it."""

    by: Person | None = None
    act: Literal["watch", "list"] | None = None
    refers: Tri = None
    affects: Tri = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


PERSONAL_WATCH = Situation(
    key="personal.watch",
    title=gettext_noop("Watching somebody's private account"),
    facts=PersonalWatch,
    points=points("private_life"),
)
