"""Somebody has, or says to have, leave to use what is the school's. Does the leave count?"""

from typing import Literal

from schoolgate.rulebook.facts import Act, Facts, Given, Instant, Tri, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment

ASKER = "whoever_asks"


@moment("permission.counts", _("Does a permission count?"), "permission_counts permission_medium")
class PermissionCounts(Act, asked_of=ASKER):
    """`given`: the leave, None where it is not known; `none_given`: there is none. `used_at`: when the
    thing is, or was, used. `medium`: where. `several_schools`: it touches more than one school of the
    federation."""

    given: Given | None = fact(need="permission")
    none_given: bool = False
    used_at: Instant | None = None
    medium: Literal["internet", "written documentation", "spoken word"] | None = fact(
        _("where it is used"), _("Where is it used?")
    )
    several_schools: Tri = fact(_("whether it touches several schools"), default=False)

    @derived("permission_written", _("whether the leave is in writing"))
    def in_writing(self, _facts: Facts) -> bool | None:
        """Whether the leave was given in writing."""
        return self.given.written if self.given is not None else None

    @derived("permission_when", _("when leave was given and when it was used"))
    def given_before_use(self, _facts: Facts) -> bool | None:
        """Whether the leave was there by the time of the use."""
        if self.given is None or self.given.at is None or self.used_at is None:
            return None
        return self.given.at <= self.used_at
