"""Somebody sees something online that puts the school, or people of it, in a bad light. Whom do they tell?"""

from typing import Literal

from schoolgate.rulebook.facts import Facts, Person, Roles, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class ListeningFound(Facts):
    """`by` saw it. `bad_light`: it puts the school or its people in a bad light. `also`: what else it was
    taken to be, nothing unless somebody says so. `route`: the way that `by` chose, None where nothing has
    been chosen. `told`: the roles that know of it."""

    by: Person | None = None
    bad_light: Tri = None
    also: tuple[Literal["misuse", "breach"], ...] = ()
    route: Literal["line_manager", "whistleblowing"] | None = None
    told: Roles | None = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


LISTENING_FOUND = Situation(
    key="listening.found",
    title=gettext_noop("Somebody sees something about the school online"),
    facts=ListeningFound,
    points=points("found_told found_everybody"),
)
