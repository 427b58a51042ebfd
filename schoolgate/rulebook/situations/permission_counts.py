"""Somebody has, or says to have, leave to use what is the school's. Does the leave count?"""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Act, Ask, Facts, Given, Instant, Tri, derived
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points

ASKER = "whoever_asks"


class PermissionCounts(Act):
    """`given`: the leave, None where it is not known; `none_given`: there is none. `used_at`: when the
    thing is, or was, used. `medium`: where. `several_schools`: it touches more than one school of the
    federation."""

    given: Annotated[Given | None, Ask("permission", ASKER)] = None
    none_given: bool = False
    used_at: Instant | None = None
    medium: Annotated[
        Literal["internet", "written documentation", "spoken word"] | None,
        Ask("medium", ASKER, gettext_noop("where it is used"), gettext_noop("Where is it used?")),
    ] = None
    several_schools: Annotated[
        Tri, Ask("several_schools", ASKER, gettext_noop("whether it touches several schools"))
    ] = False

    @derived("permission_written", ASKER, gettext_noop("whether the leave is in writing"))
    def in_writing(self, _facts: Facts) -> bool | None:
        """Whether the leave was given in writing."""
        return self.given.written if self.given is not None else None

    @derived("permission_when", ASKER, gettext_noop("when leave was given and when it was used"))
    def given_before_use(self, _facts: Facts) -> bool | None:
        """Whether the leave was there by the time of the use."""
        if self.given is None or self.given.at is None or self.used_at is None:
            return None
        return self.given.at <= self.used_at


PERMISSION_COUNTS = Situation(
    key="permission.counts",
    title=gettext_noop("Does a permission count?"),
    facts=PermissionCounts,
    points=points("permission_counts permission_medium"),
)
