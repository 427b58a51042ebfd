"""Contributors to a site are sought, or somebody is to become one. May that be done?"""

from typing import Literal

from schoolgate.rulebook.facts import Facts, Given, Instant, Name, Part, Person, Text, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class Vetting(Part):
    """Somebody looked into who the contributor is: who, when and how."""

    by: Name
    at: Instant | None = None
    how: Text | None = None


class ContributorAdmit(Facts):
    """`act`: a call for contributors goes out, or one is let in. `through_social_media`: the call goes out
    there. `vettings`: of the one who is let in, `approvals`: of the call; empty where there are none."""

    by: Person | None = None
    act: Literal["call", "let_in"] | None = None
    through_social_media: Tri = None
    vettings: tuple[Vetting, ...] | None = None
    approvals: tuple[Given, ...] | None = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


CONTRIBUTOR_ADMIT = Situation(
    key="contributor.admit",
    title=gettext_noop("Contributors to a site are sought or let in"),
    facts=ContributorAdmit,
    points=points("contributor_vetted call_approved"),
)
