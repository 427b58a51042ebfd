"""Somebody wants to change an article of an open encyclopaedia."""

from typing import Literal

from schoolgate.rulebook.facts import Facts, Person, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class EncyclopaediaEdit(Facts):
    """`for_themselves`: not on the school's behalf. `at_work`: while at work, breaks included.
    `connection`: over whose connection to the internet."""

    by: Person | None = None
    for_themselves: Tri = None
    at_work: Tri = None
    connection: Literal["own", "school"] | None = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


ENCYCLOPAEDIA_EDIT = Situation(
    key="encyclopaedia.edit",
    title=gettext_noop("A change to an open encyclopaedia"),
    facts=EncyclopaediaEdit,
    points=points("encyclopaedia"),
)
