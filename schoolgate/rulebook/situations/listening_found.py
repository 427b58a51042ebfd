"""Somebody sees something online that puts the school, or people of it, in a bad light. Whom do they tell?"""

from typing import Literal

from schoolgate.rulebook.facts import Act, Facts, Roles, Tri, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment


@moment("listening.found", _("Somebody sees something about the school online"), "found_told found_everybody")
class ListeningFound(Act, asked_of="listening_finder"):
    """`by` saw it. `bad_light`: it puts the school or its people in a bad light. `also`: what else it was
    taken to be, nothing unless somebody says so. `route`: the way that `by` chose, None where nothing has
    been chosen. `told`: the roles that know of it."""

    bad_light: Tri = fact(
        _("whether it puts the school or its people in a bad light"), need="listening_bad_light"
    )
    also: tuple[Literal["misuse", "breach"], ...] = ()
    route: Literal["line_manager", "whistleblowing"] | None = None
    told: Roles | None = None

    @derived("listening_told", _("who knows of it"))
    def known_to(self, _facts: Facts) -> Roles | None:
        """The roles that know of it. Nobody has to be told who goes the way of whistleblowing."""
        return () if self.told is None and self.route == "whistleblowing" else self.told
