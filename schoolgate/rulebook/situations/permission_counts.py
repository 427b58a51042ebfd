"""Somebody has, or says to have, leave to use what is the school's. Does the leave count?"""

from typing import Literal

from schoolgate.rulebook.facts import Facts, Given, Instant, Person, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class PermissionCounts(Facts):
    """`given`: the leave, None where it is not known; `none_given`: there is none. `used_at`: when the
    thing is, or was, used. `medium`: where. `several_schools`: it touches more than one school of the
    federation."""

    by: Person | None = None
    given: Given | None = None
    none_given: bool = False
    used_at: Instant | None = None
    medium: Literal["internet", "written documentation", "spoken word"] | None = None
    several_schools: Tri = False

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


PERMISSION_COUNTS = Situation(
    key="permission.counts",
    title=gettext_noop("Does a permission count?"),
    facts=PermissionCounts,
    points=points("permission_counts permission_medium"),
)
